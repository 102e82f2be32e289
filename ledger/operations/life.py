"""A household's life: frozen after a death, merged, split, moved away, cancelled; each with its paper and an entry."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import Booked, act, post
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.life_events import TELL, Told, withdraw
from ledger.operations.life_states import check_state
from ledger.registers.households import Household
from ledger.registers.moves import Moving
from ledger.registers.register import change, find
from ledger.registers.requests import ask, decide, for_second_hand, waiting_about
from ledger.registers.staff import SECOND_HANDS, Staff, check_not_kin
from ledger.terms import N_, EntryKind, LifeEvent, Purse

ANYBODY = (LifeEvent.FREEZE, LifeEvent.CARD, LifeEvent.CANCEL)
"""A freeze harms nobody, a lost card cannot wait, a cancellation is only asked for; all else is for second hands."""


class NotForYou(LedgerError):
    """Points change hands by decision of the supervisor, the town or the county."""

    message = N_("This is decided by the supervisor, the town or the county.")
    field = "event"


@act
def change_life(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, household: str, event: str, occurred_on: date,
    reason: str | None = None, cause: str | None = None, to: str | None = None, outlet: str | None = None,
    card: str | None = None, name: str | None = None, support: int = 0, merit: int = 0,
) -> dict[str, Any]:
    """Book what happened to a household, by its paper; a cancellation waits for a second person.

    Each event needs its own: `cause` a freeze, `to` (a household) an inheritance and a merger, `outlet` a move, `card`
    a new card; a split the `name` of the new head and the `support` and `merit` points (tenths) that go along.
    """
    check_day(session, occurred_on, now)
    row = find(session, Household, book, household, at="household")
    check_not_kin(session, clerk, book, household)
    if event not in ANYBODY and session.get_one(Staff, clerk).role not in SECOND_HANDS:
        raise NotForYou
    check_state(session, row, event, now)
    if event == LifeEvent.CANCEL:
        return ask_to_cancel(session, row, clerk, now, occurred_on, reason)
    said = {
        "cause": cause, "to": to, "outlet": outlet, "card": card, "name": name, Purse.SUPPORT: support,
        Purse.MERIT: merit, "day": occurred_on,
    }
    told = TELL[event](session, row, said, clerk, now)
    entry = book_event(session, row, event, told, clerk, now, key, occurred_on, reason)
    if event == LifeEvent.MOVE:
        taken = {move.source.split(":")[2]: move.quantity for move in told.moves}
        session.add(Moving(
            book=book, number=entry.number, household=household, destination=told.facts["to"],
            support=taken.get(Purse.SUPPORT, 0), merit=taken.get(Purse.MERIT, 0),
        ))
    return answer_of(entry, household=household, to=told.facts.get("to"))


def book_event(
    session: Session, row: Household, event: str, told: Told, clerk: str, now: datetime, key: str, day: date,
    reason: str | None, **asked: Any,
) -> Booked:
    """Post the entry of an event and leave the household in its new state; the entry says which it was in before."""
    entry = post(
        session, book=row.book, kind=EntryKind.MOVE if event == LifeEvent.MOVE else EntryKind.HOUSEHOLD, by=clerk,
        occurred_on=day, now=now, key=key, moves=told.moves, notes={"reason": reason or ""},
        facts={
            "event": event, "household": row.number, "was": row.status, "before": row.life_number or 0,
            **told.facts, **asked,
        },
    )
    if event not in (LifeEvent.SPLIT, LifeEvent.CARD):
        row.life_number = entry.number
    change(session, row, version=row.version, values={"status": str(told.status)}, by=clerk, now=now)
    return entry


def ask_to_cancel(
    session: Session, row: Household, clerk: str, now: datetime, day: date, reason: str | None
) -> dict[str, Any]:
    """Put a cancellation before a second person; a new one takes the place of one that waits."""
    for waiting in waiting_about(session, row.book, EntryKind.HOUSEHOLD, household=row.number):
        decide(waiting, "withdrawn")
    asked = {"household": row.number, "occurred_on": day.isoformat()}
    request = ask(
        session, book=row.book, kind=EntryKind.HOUSEHOLD, by=clerk, now=now, asked=asked, reason=reason or ""
    )
    return {"book": row.book, "n": request.n, "status": request.status, "household": row.number}


@act
def confirm_cancel(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int
) -> dict[str, Any]:
    """Cancel a household as it was asked for and withdraw its points, once a second person agrees."""
    asked = for_second_hand(session, book, request, kind=EntryKind.HOUSEHOLD, by=clerk)
    said = asked.lines()
    row = find(session, Household, book, said["household"])
    check_not_kin(session, clerk, book, row.number)
    check_state(session, row, LifeEvent.CANCEL, now)
    entry = book_event(
        session, row, LifeEvent.CANCEL, withdraw(session, row), clerk, now, key,
        date.fromisoformat(said["occurred_on"]), asked.reason, request=request, asked_by=asked.asked_by,
    )
    decide(asked, "confirmed", entry.number)
    return answer_of(entry, household=row.number, request=request)
