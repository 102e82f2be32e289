"""What the office sets with two hands: a price or a rate is proposed by one person and holds once another confirms."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, Unknown, refuse_together
from ledger.journal import act, county_day
from ledger.operations.declining import turn_down
from ledger.registers.items import Item, check_price, prices_on, set_price
from ledger.registers.policy import check_policy, set_policy
from ledger.registers.register import find, note_change
from ledger.registers.requests import PRICE, RATE, Request, ask, decide, for_second_hand, proposals_waiting
from ledger.terms import COUNTY, N_


class ProposalWaits(LedgerError):
    """For one day one proposal waits; another would say something else of the same day."""

    message = N_("A proposal from %(day)s waits for a second person already. Choose a later day.")
    field = "valid_from"


@act
def propose_price(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, item: str, valid_from: date, points: int
) -> dict[str, Any]:
    """Propose an item's points price (tenths) from a day on, today or later; another person confirms it."""
    line = find(session, Item, item)
    check_price(session, item, COUNTY, valid_from, county_day(session, now))
    check_none_waits(session, valid_from, now, item=item)
    asked = put_price_forward(session, line, points, valid_from=valid_from, by=clerk, now=now)
    return {"register": "items", "key": [item], "n": asked.n, "status": asked.status}


def check_none_waits(session: Session, valid_from: date, now: datetime, **about: Any) -> None:
    """Refuse what would begin on the day of another proposal for the same. Raises ProposalWaits."""
    for other in proposals_waiting(session, **about):
        if begins(other, county_day(session, now)) == valid_from:
            raise ProposalWaits(day=other.lines()["valid_from"])


def put_price_forward(
    session: Session, item: Item, points: int, *, valid_from: date, by: str, now: datetime
) -> Request:
    """Put a price before a second person, and note in the register who proposed it."""
    note_change(session, item, "price-proposed", None, price_noted(points, valid_from), by=by, now=now)
    return put_forward(session, PRICE, {"item": item.code, "points": points}, valid_from=valid_from, by=by, now=now)


def put_forward(
    session: Session, kind: str, asked: dict[str, Any], *, valid_from: date, by: str, now: datetime
) -> Request:
    """Put a price or a setting before a second person."""
    asked = {**asked, "valid_from": valid_from.isoformat()}
    return ask(session, book=COUNTY, kind=kind, by=by, now=now, asked=asked)


def begins(asked: Request, today: date) -> date:
    """Return the day a proposal would hold from: its own, but never before the day it is confirmed."""
    return max(date.fromisoformat(asked.lines()["valid_from"]), today)


def price_noted(points: int, day: date) -> str:
    """Return a price as the list of changes keeps it."""
    return f"{points / 10:.1f} {day.isoformat()}"


@act
def decide_proposals(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, proposals: list[dict[str, Any]],
    declined: int = 0, reason: str | None = None,
) -> dict[str, Any]:
    """Confirm proposals as a second person, or decline them with a reason: all of them or none, each named that cannot
    be. What waited beyond its day holds from today.
    """
    refusals: list[LedgerError] = []
    for place, line in enumerate(proposals):
        try:
            asked = waiting(session, line["request"], clerk)
            if declined:
                turn_down(session, asked, str(reason), by=clerk, now=now)
            else:
                confirm(session, asked, by=clerk, now=now)
        except LedgerError as refusal:
            refusal.at = f"proposals.{place}.request"
            refusals.append(refusal)
    refuse_together(refusals)
    return {"book": COUNTY, "requests": [line["request"] for line in proposals]}


def waiting(session: Session, n: int, by: str) -> Request:
    """Return a price or rate that waits for this second hand. Raises Unknown, AlreadyDecided and SamePerson."""
    if find(session, Request, COUNTY, n, at="request").kind not in (PRICE, RATE):
        raise Unknown(what=Request.word, code=n)
    return for_second_hand(session, COUNTY, n, kind=None, by=by)


def confirm(session: Session, asked: Request, *, by: str, now: datetime) -> None:
    """Let what was proposed hold from its day on, or from today. `by` is the second hand; the first set the value."""
    said, today = asked.lines(), county_day(session, now)
    day = begins(asked, today)
    if asked.kind == PRICE:
        before = prices_on(session, COUNTY, day).get(said["item"])
        set_price(
            session, item=said["item"], book=COUNTY, valid_from=day, points_tenths=said["points"], by=asked.asked_by,
            now=now,
        )
        note_change(
            session, session.get_one(Item, said["item"]), "price", None if before is None else f"{before / 10:.1f}",
            price_noted(said["points"], day), by=by, now=now,
        )
    else:
        check_policy(session, said["place"], said["name"], day, today)
        set_policy(
            session, book=said["place"], name=said["name"], valid_from=day, value=said["value"], by=asked.asked_by,
            now=now,
        )
    note_change(session, asked, "status", asked.status, "confirmed", by=by, now=now)
    decide(asked, "confirmed")
