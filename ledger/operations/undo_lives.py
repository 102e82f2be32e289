"""What mistakes, collections and changes of a household changed beside the balances, taken back by a reversal."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from ledger.errors import LedgerError
from ledger.journal import Entry, reversal_of
from ledger.operations.collecting import LOOKED_INTO
from ledger.operations.delivery import undo_slip
from ledger.operations.limits import give_back
from ledger.operations.moving_in import MOVED_IN
from ledger.registers.corrections import refuse_corrected
from ledger.registers.households import Household
from ledger.registers.moves import moving_of
from ledger.registers.proxies import Collected
from ledger.registers.staff import Staff
from ledger.registers.successors import HANDED_OVER, stands_for
from ledger.registers.support import SupportRight
from ledger.terms import N_, EntryKind, HouseholdStatus, LifeEvent

Undo = Callable[[Session, Entry, dict[str, Any]], None]
"""What takes back what an entry changed beside the balances; it is told what the entry says."""


class LaterEvent(LedgerError):
    """What happened to a household is taken back only while nothing has happened to it since."""

    message = N_("Something else has happened to household %(number)s since, or it got a new card; that stands.")


class CreditedSince(LedgerError):
    """What was credited to the household that took over was credited because it did."""

    message = N_(
        "Entry %(credit)s credited a line of household %(number)s to the household that took it over; reverse that "
        "first."
    )


def undo_redemption(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Give back what it used up of limits; forget a collection, and an answer given with it. Raises CorrectedInPart."""
    refuse_corrected(session, entry.book, entry.number)
    give_back(session, entry)
    mine, asked = col(Collected.book) == entry.book, facts.get("collection")
    answered = (mine, col(Collected.number) == asked, col(Collected.asked) == entry.number)
    session.execute(update(Collected).where(*answered).values(received=None, asked=None))
    session.execute(delete(Collected).where(mine, col(Collected.number) == entry.number))


def undo_event(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Leave a household in the state it was in before. Raises LaterEvent and CreditedSince."""
    if facts["event"] == LOOKED_INTO:
        session.get_one(Collected, (entry.book, facts["number"])).settled = None
        return
    row = session.get_one(Household, (entry.book, facts["household"]))
    if facts["event"] in (MOVED_IN, LifeEvent.SPLIT):
        new = row if facts["event"] == MOVED_IN else session.get_one(Household, (entry.book, facts["to"]))
        if new.life_number or row.status != facts.get("was", row.status):
            raise LaterEvent(number=new.number)
        leave(new, HouseholdStatus.CLOSED, entry.number)
        if new is row:
            go_back(session, entry, facts)
        return
    if facts["event"] == LifeEvent.CARD or row.life_number != entry.number:
        raise LaterEvent(number=row.number)
    if facts["event"] == LifeEvent.MOVE:
        take_off_the_way(session, entry)
    if facts["event"] in HANDED_OVER:
        check_nothing_credited(session, entry, row.number)
    leave(row, facts["was"], facts["before"] or None)


def go_back(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let a household that was taken in be on its way again; its rights hold where it came from."""
    row = moving_of(session, facts["from"], facts["number"])
    row.taken = row.arrived = None
    brought = col(SupportRight.valid_from).in_(map(date.fromisoformat, facts.get("rights", [])))
    mine = (col(SupportRight.book) == entry.book, col(SupportRight.household) == facts["household"])
    session.execute(delete(SupportRight).where(*mine, brought))


def take_off_the_way(session: Session, entry: Entry) -> None:
    """Let a household that moved away, and has not been taken in, stay. Raises LaterEvent."""
    row = moving_of(session, entry.book, entry.number)
    if row.taken is not None:
        raise LaterEvent(number=row.household)
    session.delete(row)


def check_nothing_credited(session: Session, entry: Entry, household: str) -> None:
    """Refuse to let a household stand for itself again while a line of it is credited to who took it over."""
    for number in stands_for(session, entry.book, household):
        credits = select(col(Entry.number)).where(
            col(Entry.book) == entry.book, col(Entry.kind) == EntryKind.CREDIT, col(Entry.number) > entry.number,
            col(Entry.body).contains(f'"for":"{number}"', autoescape=True),
        )
        for credit in map(int, session.scalars(credits)):
            if reversal_of(session, entry.book, credit) is None:
                raise CreditedSince(credit=credit, number=number)


def leave(row: Household, status: str, life_number: int | None) -> None:
    """Leave a household in a state; an open form of the register notices it."""
    row.status, row.life_number, row.version = status, life_number, row.version + 1


def let_keeper_stay(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let the keeper who handed over sign in again; the one who came keeps the own sign-in."""
    old = session.get_one(Staff, facts["from"])
    old.retired, old.version = 0, old.version + 1


UNDO_LIVES: dict[EntryKind, Undo] = {
    EntryKind.REDEMPTION: undo_redemption, EntryKind.HOUSEHOLD: undo_event, EntryKind.MOVE: undo_event,
    EntryKind.HANDOVER: let_keeper_stay,
    EntryKind.DELIVERY_SLIP: undo_slip,
}
