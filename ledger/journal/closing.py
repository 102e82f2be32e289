"""Closing: a book's past days are shut for ever; what comes in later about them is booked in the open ones."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal.book import Head, heads, take_book
from ledger.journal.clock import county_day, instant, latest
from ledger.journal.draft import Booked
from ledger.journal.posting import post
from ledger.journal.tables import Book
from ledger.terms import N_, EntryKind


class NotOver(LedgerError):
    """A day is closed when it is over."""

    message = N_("%(through)s is not over yet; today is %(today)s. Only past days can be closed.")
    field = "through"


class ClosedAlready(LedgerError):
    """A close only ever moves forward."""

    message = N_("The book is closed through %(closed)s already.")
    field = "through"


def closed_through(head: Book | Head) -> date:
    """Return the last day that is closed in a book."""
    return head.open_from - timedelta(days=1)


def check_close(session: Session, head: Head, through: date, now: datetime) -> date:
    """Return what day it is in the book. Raises NotOver and ClosedAlready."""
    today = county_day(session, instant(latest(now, head.recorded_us)))
    if through >= today:
        raise NotOver(through=through.isoformat(), today=today.isoformat())
    if through <= closed_through(head):
        raise ClosedAlready(closed=closed_through(head).isoformat())
    return today


def close_book(
    session: Session, *, book: str, through: date, by: str, now: datetime, key: str, facts: Mapping[str, Any]
) -> Booked:
    """Close a book through a day that is over, and return the entry that says so; nothing opens it again.

    The book's turn is held from the question to the commit, so no other entry is booked while its first open day moves.
    Raises NotOver and ClosedAlready.
    """
    today = check_close(session, take_book(session, book), through, now)
    entry = post(
        session, book=book, kind=EntryKind.CLOSE, by=by, occurred_on=today, now=now, key=key,
        facts={"through": through.isoformat(), **facts},
    )
    # After the head: the database moves the first open day only behind an entry of this kind.
    opened = {"open_from": through + timedelta(days=1)}
    session.execute(update(heads).where(heads.c.code == book).values(opened))
    return entry
