"""Who comes to the counter: who has been there today, what of limited items is left, and a group to be tapped."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from ledger import chart
from ledger.journal import Entry
from ledger.registers.corrections import taken_of
from ledger.registers.households import Household
from ledger.registers.items import ItemEan
from ledger.registers.limits import had, limits_on
from ledger.registers.staff import Staff
from ledger.reports.journal import row_of
from ledger.terms import EntryKind

Visits = dict[str, list[dict[str, Any]]]


def redemptions_on(session: Session, book: str, day: date) -> list[Entry]:
    """Return the redemptions of a day that stand."""
    mirror = aliased(Entry)
    undone = exists().where(mirror.book == Entry.book, mirror.reverses == Entry.number)
    query = select(Entry).where(Entry.book == book, Entry.booked_on == day, ~undone)
    # The kind is looked at here: asked for it too, SQLite walks through all redemptions the book has ever had.
    entries = session.scalars(query.order_by(Entry.number))
    return [entry for entry in entries if entry.kind == EntryKind.REDEMPTION]


def redemptions_of(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return the redemptions of a day as far as they stand, with the running total of their points: what a correction
    took back is off, wherever its goods are now.
    """
    rows = [row_of(entry, None) for entry in redemptions_on(session, book, day)]
    taken = taken_of(session, book, [row["number"] for row in rows])
    for row in rows:
        back = taken[row["number"]]
        row["points"] -= back.pop(chart.POINT, 0)
        row["pieces"] = (row["pieces"] or 0) - back.total()
    stand = [row for row in rows if row["pieces"]]
    totals = accumulate(row["points"] for row in stand)
    return [{**row, "total": total} for row, total in zip(stand, totals, strict=True)]


def visits_on(session: Session, book: str, day: date) -> Visits:
    """Return the redemptions of a day as far as they stand, {number, points}, by household."""
    found: Visits = {}
    for row in redemptions_of(session, book, day):
        found.setdefault(row["household"], []).append({"number": row["number"], "points": row["points"]})
    return found


def limits_left(session: Session, book: str, household: str, day: date) -> list[dict[str, Any]]:
    """Return each limit that holds on a day with what is left of it for a household."""
    limits = limits_on(session, book, day)
    before = had(session, book, household, day, limits)
    return [
        {"item": item, "per": per, "most": most, "left": max(0, most - before[item, per])}
        for (item, per), most in sorted(limits.items())
    ]


def barcodes(session: Session) -> dict[str, str]:
    """Return the barcodes of each item, with spaces between them, for the scanner at the counter."""
    found: dict[str, str] = {}
    for item, ean in session.execute(select(ItemEan.item, ItemEan.ean).order_by(ItemEan.ean)):
        found[item] = f"{found.get(item, '')} {ean}".strip()
    return found


def staff_at(session: Session, book: str) -> list[Staff]:
    """Return who works at an outlet, and so may carry goods home to a household."""
    return list(session.scalars(select(Staff).where(Staff.book == book, Staff.retired == 0).order_by(Staff.name)))


def groups_of(session: Session, book: str) -> list[int]:
    """Return the groups an outlet's households live in."""
    mine = (Household.book == book, Household.retired == 0)
    return list(session.scalars(select(Household.group).where(*mine).distinct().order_by(Household.group)))


def group_of(session: Session, book: str, group: int) -> Sequence[Household]:
    """Return the households of one group."""
    mine = (Household.book == book, Household.retired == 0, Household.group == group)
    return session.scalars(select(Household).where(*mine).order_by(Household.number)).all()
