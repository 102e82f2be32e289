"""Who comes to the counter: who has been there today, and the households of a group to be tapped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ledger.journal import Entry, body_of
from ledger.registers.households import Household
from ledger.registers.items import ItemEan
from ledger.registers.staff import Staff
from ledger.reports.journal import points_of
from ledger.terms import EntryKind

Visits = dict[str, list[dict[str, Any]]]


def redemptions_on(session: Session, book: str, day: date) -> list[Entry]:
    """Return the redemptions of a day that stand."""
    mirror = aliased(Entry)
    undone = exists().where(col(mirror.book) == Entry.book, col(mirror.reverses) == Entry.number)
    query = select(Entry).where(col(Entry.book) == book, col(Entry.booked_on) == day, ~undone)
    # The kind is looked at here: asked for it too, SQLite walks through all redemptions the book has ever had.
    entries = session.scalars(query.order_by(col(Entry.number)))
    return [entry for entry in entries if entry.kind == EntryKind.REDEMPTION]


def visits_on(session: Session, book: str, day: date) -> Visits:
    """Return the redemptions of a day that stand, {number, points}, by household."""
    found: Visits = {}
    for entry in redemptions_on(session, book, day):
        body = body_of(entry)
        visit = {"number": entry.number, "points": points_of(entry, body["postings"], body["facts"])}
        found.setdefault(body["facts"]["household"], []).append(visit)
    return found


def barcodes(session: Session) -> dict[str, str]:
    """Return the barcodes of each item, with spaces between them, for the scanner at the counter."""
    found: dict[str, str] = {}
    for item, ean in session.execute(select(col(ItemEan.item), col(ItemEan.ean)).order_by(col(ItemEan.ean))):
        found[item] = f"{found.get(item, '')} {ean}".strip()
    return found


def staff_at(session: Session, book: str) -> list[Staff]:
    """Return who works at an outlet, and so may carry goods home to a household."""
    mine = (col(Staff.book) == book, col(Staff.retired) == 0)
    return list(session.scalars(select(Staff).where(*mine).order_by(col(Staff.name))))


def groups_of(session: Session, book: str) -> list[int]:
    """Return the groups an outlet's households live in."""
    mine = (col(Household.book) == book, col(Household.retired) == 0)
    return list(session.scalars(select(col(Household.group)).where(*mine).distinct().order_by(col(Household.group))))


def group_of(session: Session, book: str, group: int) -> Sequence[Household]:
    """Return the households of one group."""
    mine = (col(Household.book) == book, col(Household.retired) == 0, col(Household.group) == group)
    return session.scalars(select(Household).where(*mine).order_by(col(Household.number))).all()
