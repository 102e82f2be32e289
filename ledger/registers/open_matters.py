"""What is open at an outlet: all that waits for a second hand, a stock-take under way, and objections."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.journal import county_day, instant
from ledger.registers.counts import StockCount, latest_counts
from ledger.registers.objections import Objection, open_objections
from ledger.registers.requests import waiting_requests
from ledger.terms import EntryKind


def open_matters(session: Session, book: str) -> list[dict[str, Any]]:
    """Return what is open, each {what, n, since, by}: its kind, its number, since which day, and who began it."""
    asked = [
        matter(one.kind, one.n, county_day(session, instant(one.asked_us)), one.asked_by)
        for one in waiting_requests(session, book)
    ]
    under_way, _ = latest_counts(session, book)
    counts = [counting(session, under_way)] if under_way else []
    return [*asked, *counts, *map(objected, open_objections(session, book))]


def matter(what: str, n: int | str, since: date, by: str | None = None) -> dict[str, Any]:
    """Return one open matter, in words an entry can keep."""
    return {"what": str(what), "n": str(n), "since": since.isoformat(), "by": by}


def counting(session: Session, count: StockCount) -> dict[str, Any]:
    """Return a stock-take under way, by its serial."""
    return matter(EntryKind.COUNT, count.serial, county_day(session, instant(count.begun_us)), count.begun_by)


def objected(one: Objection) -> dict[str, Any]:
    """Return an objection that waits for its answer, by where it stands; who objects is nobody's business."""
    return matter(EntryKind.OBJECTION, f"{one.sheet}-{one.line}" if one.sheet else one.n, one.received_on)
