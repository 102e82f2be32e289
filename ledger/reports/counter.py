"""Who comes to the counter: who has been there today, and the households of a group to be tapped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ledger.journal import Entry, body_of
from ledger.registers.households import Household
from ledger.reports.journal import points_of
from ledger.terms import EntryKind

Visits = dict[str, list[dict[str, Any]]]


def visits_on(session: Session, book: str, day: date) -> Visits:
    """Return the redemptions of a day that stand, {number, points}, by household."""
    mirror = aliased(Entry)
    undone = exists().where(col(mirror.book) == Entry.book, col(mirror.reverses) == Entry.number)
    query = select(Entry).where(col(Entry.book) == book, col(Entry.booked_on) == day, ~undone)
    found: Visits = {}
    for entry in session.scalars(query.order_by(col(Entry.number))):
        # The kind is looked at here: asked for it too, SQLite walks through all redemptions the book has ever had.
        if entry.kind == EntryKind.REDEMPTION:
            body = body_of(entry)
            visit = {"number": entry.number, "points": points_of(entry, body["postings"], body["facts"])}
            found.setdefault(body["facts"]["household"], []).append(visit)
    return found


def groups_of(session: Session, book: str) -> list[int]:
    """Return the groups an outlet's households live in."""
    mine = (col(Household.book) == book, col(Household.retired) == 0)
    return list(session.scalars(select(col(Household.group)).where(*mine).distinct().order_by(col(Household.group))))


def group_of(session: Session, book: str, group: int) -> Sequence[Household]:
    """Return the households of one group."""
    mine = (col(Household.book) == book, col(Household.retired) == 0, col(Household.group) == group)
    return session.scalars(select(Household).where(*mine).order_by(col(Household.number))).all()
