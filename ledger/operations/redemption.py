"""Redemption: a household exchanges points for goods at the counter."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Move, act, post
from ledger.operations.answer import answer_of
from ledger.operations.basket import Priced, goods_for, price_basket, purses_of, spend, spent_of
from ledger.operations.collecting import Visit, visit_of
from ledger.operations.days import check_day
from ledger.operations.limits import Basket, Counted, within_limits
from ledger.operations.lots import Parts
from ledger.operations.own_award import check_not_scored
from ledger.operations.serial import register_facts, serial_facts
from ledger.registers.households import last_taken, served
from ledger.registers.paper_lines import check_not_keyed
from ledger.registers.policy import policy
from ledger.registers.staff import check_not_kin
from ledger.terms import N_, EntryKind, Purse


class ServedMeanwhile(LedgerError):
    """A household served at another screen, or in another tab, is not served the same again by oversight."""

    message = N_(
        "Entry %(number)s has taken points of this household since this page was opened; see what has been here today "
        "and what is left. Send it again if this basket comes on top."
    )
    field = "household"


@act
def redeem(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    household: str,
    occurred_on: date,
    basket: Basket,
    proxy: dict[str, Any] | None = None,
    received: str | None = None,
    paper_number: str | None = None,
    override: int | None = None,
    delivered_by: str | None = None,
    seen: int | None = None,
) -> dict[str, Any]:
    """Hand out a basket for points: price of the day, first expired first out, purses in set order.

    `basket` is {item, quantity, points? (the price of one as shown, tenths)}; `override` is the number of the request
    by which a second person has allowed more than a limit; `received` ("yes" or "no") answers whether the goods came
    that somebody collected last time; `delivered_by` is who carries the goods home, of the staff or the collector;
    `seen` is the last entry that had taken points of the household when the page was shown.
    """
    check_day(session, occurred_on, now)
    if paper_number:
        check_not_keyed(session, book, occurred_on, paper_number)
    if seen is not None and (last := last_taken(session, book, household)) > seen:
        raise ServedMeanwhile(number=last)
    return hand_out(
        session, book=book, clerk=clerk, now=now, key=key, household=household, occurred_on=occurred_on, basket=basket,
        proxy=proxy, received=received, facts={"paper_number": paper_number} if paper_number else {}, override=override,
        delivered_by=delivered_by,
    )


def hand_out(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    household: str,
    occurred_on: date,
    basket: Basket,
    facts: dict[str, Any],
    proxy: dict[str, Any] | None = None,
    received: str | None = None,
    override: int | None = None,
    delivered_by: str | None = None,
    line: int = 0,
) -> dict[str, Any]:
    """Book a redemption whose day has been checked: at the counter, or, as line 1, the right one of a correction."""
    served(session, book, household)
    check_not_kin(session, clerk, book, household)
    visit = visit_of(session, book, household, proxy, received, delivered_by, occurred_on, by=clerk, now=now)
    priced = price_basket(session, book, basket, occurred_on)
    counted = within_limits(session, book, household, basket, occurred_on, override)
    parts = goods_for(session, book, priced, occurred_on)
    paid = spend(session, book, household, priced, occurred_on)
    check_not_scored(session, clerk, book, household, spent_of(household, paid)[Purse.MERIT], occurred_on)
    return book_basket(
        session, priced, parts, paid, visit, counted, book=book, clerk=clerk, now=now, key=key, household=household,
        occurred_on=occurred_on, facts=facts, line=line,
    )


def book_basket(
    session: Session, priced: Priced, parts: list[Parts], paid: list[Move], visit: Visit, counted: Counted, *,
    book: str, clerk: str, now: datetime, key: str, household: str, occurred_on: date, facts: dict[str, Any],
    notes: Mapping[str, str] | None = None, line: int = 0,
) -> dict[str, Any]:
    """Book what a household takes home, with what pays for it; keep who came, and what it used up of limits. What is
    written on a paper has its number already, else the entry gets the next serial, and the next line of the register.
    """
    goods = [Move(chart.STOCK, chart.HANDED_OUT, lot.item, many, lot.code) for part in parts for lot, many in part]
    entry = post(
        session, book=book, kind=EntryKind.REDEMPTION, by=clerk, occurred_on=occurred_on, now=now, key=key, line=line,
        moves=[*paid, *goods],
        facts={
            "household": household, "prices": {item: points for item, _, points in priced},
            "rate_fen": int(policy(session, book, "rate_fen", occurred_on)),
            **({} if "serial" in facts else serial_facts(session, book, "redemption", occurred_on)),
            **({} if "paper_number" in facts else register_facts(session, book, occurred_on)),
            **counted.facts(), **visit.facts(), **facts,
        },
        notes={**visit.notes(), **counted.notes(), **(notes or {})},
    )
    visit.keep(session, entry, household)
    counted.keep(session, book, household, entry.number)
    return answer_of(entry, **told(session, book, household, spent_of(household, paid), priced, parts))


def told(
    session: Session, book: str, household: str, spent: dict[str, int], priced: Priced, parts: list[Parts]
) -> dict[str, Any]:
    """Return what a redemption answers beside its place in the book; points in tenths."""
    return {
        "household": household,
        "points": sum(spent.values()),
        "spent": spent,
        "purses": purses_of(session, book, household),
        "lines": [
            {"item": item, "lot": lot.code, "quantity": quantity, "points": price * quantity}
            for (item, _, price), line in zip(priced, parts, strict=True) for lot, quantity in line
        ],
    }
