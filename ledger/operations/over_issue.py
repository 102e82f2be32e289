"""Carried home all the same: what a paper day handed out beyond what the book allows, booked by two people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import LedgerError, refuse_together
from ledger.journal import Balance, Move, act
from ledger.journal.paper import proposed_on
from ledger.operations.basket import NotEnoughPoints, Priced, TooFewBeside, points_moves, price_basket, purses_of
from ledger.operations.collecting import EnoughForToday, StaffCollects, Visit
from ledger.operations.limits import Counted, OverLimit, quantities, uses_of
from ledger.operations.lots import OnlyExpired, Parts, ShortOnShelf, is_expired, shelf_of, take
from ledger.operations.own_award import OwnAward
from ledger.operations.redemption import book_basket
from ledger.registers.households import Household, NotActive
from ledger.registers.items import Item
from ledger.registers.limits import limits_on
from ledger.registers.lots import Lot
from ledger.registers.paper_lines import PAPER_LINE, PaperLine, paper_number
from ledger.registers.policy import policy
from ledger.registers.proxies import Proxy
from ledger.registers.register import find
from ledger.registers.requests import decide, for_second_hand
from ledger.registers.staff import OwnHousehold, check_not_kin
from ledger.terms import N_

BEYOND = {
    NotEnoughPoints: "points-short", TooFewBeside: "too-few-beside", ShortOnShelf: "shelf-short",
    OnlyExpired: "past-best-before", OverLimit: "over-limit", NotActive: "not-active", OwnHousehold: "own-household",
    OwnAward: "own-award", EnoughForToday: "collector", StaffCollects: "collector",
}
"""What the counter refuses, and a paper day has done already: by refusal the word for it."""


class NeverHere(LedgerError):
    """What was handed out came from some lot; without one nobody could say whose gift it was."""

    message = N_("No lot of %(name)s has ever been here. Key its arrival first, then this line.")


@dataclass(frozen=True)
class Carried:
    """What went home: its price, what each purse pays of it, what nobody pays, and the lots, with what was too much."""

    priced: Priced
    spent: dict[str, int]
    short: int
    parts: list[Parts]
    found: Parts
    expired: list[Lot]

    @property
    def beyond(self) -> set[str]:
        """Return in one word each what the book does not allow."""
        said = {"points-short": self.short, "shelf-short": self.found, "past-best-before": self.expired}
        return {word for word, much in said.items() if much}

    def paid(self, household: str) -> list[Move]:
        """Return what is moved before the goods: points held, points nobody holds, what the book did not know of."""
        over = [Move(chart.OVER_ISSUED, chart.REDEEMED, chart.POINT, self.short)] if self.short else []
        found = [Move(chart.DIFFERENCE, chart.STOCK, lot.item, many, lot.code) for lot, many in self.found]
        return [*points_moves(household, self.spent), *over, *found]


def beyond(refusal: LedgerError) -> str | None:
    """Return the word for what was refused, if a second person may put it aside."""
    return BEYOND.get(type(refusal))


def carried(session: Session, book: str, household: str, basket: list[dict[str, Any]], day: date) -> Carried:
    """Work out how a basket is booked that has gone home: points as far as they reach, goods from whatever lots.

    Raises Unknown, NoPrice and NeverHere.
    """
    priced = price_basket(session, book, basket, day)
    cost, has = sum(many * points for _, many, points in priced), purses_of(session, book, household)
    spent: dict[str, int] = {}
    for purse in policy(session, book, "spending_order", day).split():
        spent[purse] = min(has[purse], cost - sum(spent.values()))
    shelf = shelf_of(session, book, sorted({item for item, _, _ in priced}))
    left = {lot.code: many for lots in shelf.values() for lot, many in lots}
    parts: list[Parts] = []
    found: Parts = []
    refusals: list[LedgerError] = []
    for place, (item, quantity, _) in enumerate(priced):
        lots = sorted((lot for lot, _ in shelf.get(item, [])), key=lambda lot: is_expired(lot, day))
        part = take(lots, left, quantity)
        missing = quantity - sum(many for _, many in part)
        last = last_lot(session, book, item) if missing else None
        if last is not None:
            found.append((last, missing))
            part.append((last, missing))
        elif missing:
            refusals.append(NeverHere(name=session.get_one(Item, item).name, at=f"basket.{place}.item"))
        parts.append(part)
    refuse_together(refusals)
    expired = [lot for part in parts for lot, _ in part if is_expired(lot, day)]
    return Carried(priced, spent, cost - sum(spent.values()), parts, found, expired)


def last_lot(session: Session, book: str, item: str) -> Lot | None:
    """Return the lot that keeps longest of those of an item that have ever been on the shelf here."""
    mine = (col(Balance.book) == book, col(Balance.account) == chart.STOCK, col(Balance.commodity) == item)
    query = select(Lot).join(Balance, col(Balance.lot) == col(Lot.code)).where(*mine)
    order = (col(Lot.best_before).desc().nulls_last(), col(Lot.number).desc(), col(Lot.code).desc())
    return session.scalars(query.order_by(*order).limit(1)).first()


@act
def confirm_paper_line(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int
) -> dict[str, Any]:
    """Book a line of a paper day as the goods went home, once a second person agrees."""
    asked = for_second_hand(session, book, request, kind=PAPER_LINE, by=clerk)
    said = asked.lines()
    day, household = date.fromisoformat(said["occurred_on"]), said["household"]
    paper = paper_number(said["sheet"], said["line"])
    proposed_on(session, paper)
    find(session, Household, book, household)
    check_not_kin(session, clerk, book, household)
    went = carried(session, book, household, said["basket"], day)
    counted = Counted(uses_of(quantities(said["basket"]), limits_on(session, book, day), day))
    proxy = session.get_one(Proxy, (book, household, said["proxy"])) if said["proxy"] else None
    answer = book_basket(
        session, went.priced, went.parts, went.paid(household), Visit(proxy, delivered_by=said.get("delivered_by")),
        counted, book=book, clerk=clerk, now=now, key=key, household=household, occurred_on=day,
        facts={
            "serial": said["serial"], "paper_number": paper, "request": request, "asked_by": asked.asked_by,
            "beyond": sorted({*said["beyond"], *went.beyond}),
        },
        notes={"reason": asked.reason},
    )
    keyed = session.get_one(PaperLine, (book, day.year, said["sheet"], said["line"]))
    keyed.number = answer["number"]
    decide(asked, "confirmed", answer["number"])
    return {**answer, "request": request, "rest": went.short}
