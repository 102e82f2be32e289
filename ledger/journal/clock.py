"""Instants and county days. The clock is passed in; only a demo may run on another clock than the real one."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from ledger.db.prepared import Prepared
from ledger.db.types import table_of
from ledger.errors import LedgerError
from ledger.journal.tables import County
from ledger.terms import N_

TOLERANCE = timedelta(minutes=5)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CLOCK = Prepared(select(table_of(County).c.timezone, table_of(County).c.demo))


class Clock(NamedTuple):
    """By which clock a county's books run: its time zone, and whether a demo may set it."""

    zone: ZoneInfo
    demo: int


class NoCounty(LedgerError):
    """The database is empty."""

    message = N_("This database has no county yet. Run: aixin county new NAME --code CODE")


class ForeignClock(LedgerError):
    """A real county's book takes no other time than now."""

    message = N_("This book runs on the real clock; only a demo county may run on another.")


def county_of(session: Session) -> County:
    """Return the county this database belongs to."""
    found = session.get(County, 1)
    if found is None:
        raise NoCounty
    return found


def clock_of(session: Session) -> Clock:
    """Return by which clock this county's books run. It never changes, so one operation asks once."""
    clock = session.info.get(Clock)
    if clock is None:
        row = CLOCK.one(session, {})
        if row is None:
            raise NoCounty
        clock = session.info[Clock] = Clock(ZoneInfo(row[0]), row[1])
    return clock


def microseconds(instant: datetime) -> int:
    """Return an aware instant as whole microseconds since 1970, UTC."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def instant(microseconds: int) -> datetime:
    """Return the aware UTC instant of whole microseconds since 1970."""
    return EPOCH + timedelta(microseconds=microseconds)


def county_day(session: Session, now: datetime) -> date:
    """Return the calendar day it is in the county at this instant."""
    return now.astimezone(clock_of(session).zone).date()


def latest(now: datetime, recorded_us: int) -> int:
    """Return the instant it is in a book whose last entry was recorded then: a clock stepped back is not followed."""
    return max(microseconds(now), recorded_us)


def check_clock(session: Session, now: datetime, recorded_us: int = 0) -> None:
    """Refuse a clock that is not the real one, unless this is a demo; a book's own last instant is no other clock."""
    if microseconds(now) != recorded_us and not clock_of(session).demo and abs(datetime.now(UTC) - now) > TOLERANCE:
        raise ForeignClock
