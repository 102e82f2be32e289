"""What may happen to a household in its state: what fits, how long after a death, and what must be settled first."""

from datetime import datetime, timedelta

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import Entry, body_of, county_day, entry_of
from ledger.operations.basket import purses_of
from ledger.registers.households import Household
from ledger.registers.policy import policy
from ledger.registers.requests import waiting_about
from ledger.registers.successors import lines_open
from ledger.terms import N_, EntryKind, FreezeCause, HouseholdStatus, LifeEvent

CLOSING = (LifeEvent.INHERIT, LifeEvent.MERGE, LifeEvent.MOVE, LifeEvent.CANCEL)
LEAVING = (LifeEvent.MOVE, LifeEvent.CANCEL)
"""After these nobody is there to whom a line could be credited."""


class NotInThisState(LedgerError):
    """What is closed stays closed, and only what is frozen thaws."""

    message = N_("Household %(number)s is %(status)s; this cannot be done with it.")
    field = "event"


class TooSoonAfterDeath(LedgerError):
    """The family has time to bring its papers."""

    message = N_("After a death %(days)s days pass first: from %(day)s on the points are handed over or withdrawn.")
    field = "event"


class ClawBackWaits(LedgerError):
    """Points that may be taken back do not change hands meanwhile."""

    message = N_("A claw-back (notice %(number)s) waits for this household; confirm or decline it first.")
    field = "event"


class LineNotCredited(LedgerError):
    """Who goes for good takes along what was given."""

    message = N_("Line %(line)s of sheet %(sheet)s is not credited yet. Credit it first, or have it struck.")
    field = "event"


def check_state(session: Session, row: Household, event: str, now: datetime) -> None:
    """Refuse what cannot be done with a household in its state. Raises NotInThisState, TooSoonAfterDeath, ClawBackWaits
    and LineNotCredited.
    """
    if event not in fitting(session, row):
        raise NotInThisState(number=row.number, status=row.status)
    death = death_of(session, row)
    if death and event in CLOSING:
        days = int(policy(session, row.book, "death_days", death.occurred_on))
        first = death.occurred_on + timedelta(days=days)
        if county_day(session, now) < first:
            raise TooSoonAfterDeath(days=days, day=first.isoformat())
    check_settled(session, row, event)


def fitting(session: Session, row: Household) -> list[LifeEvent]:
    """Return the events that fit a household's state. What is left of a closed one is handed over or withdrawn."""
    closed, death = row.status == HouseholdStatus.CLOSED, death_of(session, row)
    if row.retired or (closed and not something_left(session, row)):
        return []
    if closed:
        fit = {LifeEvent.INHERIT, LifeEvent.MERGE, LifeEvent.CANCEL}
    else:
        fit = {*LifeEvent} - {LifeEvent.SPLIT if row.status == HouseholdStatus.FROZEN else LifeEvent.THAW}
    return [event for event in LifeEvent if event in fit and (event != LifeEvent.INHERIT or death)]


def something_left(session: Session, row: Household) -> bool:
    """Tell whether a household holds points, or a line of it waits to be credited."""
    return any(purses_of(session, row.book, row.number).values()) or bool(lines_open(session, row.book, row.number))


def death_of(session: Session, row: Household) -> Entry | None:
    """Return the freeze that tells of a death, if the household was never thawed since; of several the latest day's."""
    number, deaths = row.life_number if row.status != HouseholdStatus.ACTIVE else None, []
    while number:
        entry = entry_of(session, row.book, number)
        facts = body_of(entry)["facts"]
        if facts.get("cause") == FreezeCause.DEATH:
            deaths.append(entry)
        # Another freeze, or its end by an inheritance, goes back to the freeze before it.
        number = facts["before"] if facts.get("was", HouseholdStatus.ACTIVE) != HouseholdStatus.ACTIVE else None
    return max(deaths, key=lambda entry: entry.occurred_on, default=None)


def check_settled(session: Session, row: Household, event: str) -> None:
    """Refuse to hand over, divide or end what a claw-back waits for, and to let go whom a line still waits for."""
    if event in (*CLOSING, LifeEvent.SPLIT):
        for waiting in waiting_about(session, row.book, EntryKind.CLAW_BACK, household=row.number):
            raise ClawBackWaits(number=waiting.lines()["notice"])
    if event in LEAVING:
        for line in lines_open(session, row.book, row.number):
            raise LineNotCredited(line=line.line, sheet=line.n)
