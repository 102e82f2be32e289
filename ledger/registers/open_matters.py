"""What is open at an outlet: all that waits for a second hand, a stock-take under way, and objections."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.journal import county_day, instant
from ledger.registers.counts import latest_counts
from ledger.registers.objections import open_objections
from ledger.registers.requests import waiting_requests
from ledger.terms import EntryKind


def open_matters(session: Session, book: str) -> list[dict[str, Any]]:
    """Return what is open, each {what, n, since, by}: its kind, its number, since which day, and who began it."""
    found = [
        matter(one.kind, one.n, county_day(session, instant(one.asked_us)), one.asked_by)
        for one in waiting_requests(session, book)
    ]
    count, _ = latest_counts(session, book)
    if count is not None:
        since = county_day(session, instant(count.begun_us))
        found.append(matter(EntryKind.COUNT, count.serial, since, count.begun_by))
    for one in open_objections(session, book):
        # Named by where it stands; who objects is nobody's business.
        place = f"{one.sheet}-{one.line}" if one.line else one.sheet or one.n
        found.append(matter(EntryKind.OBJECTION, place, one.received_on))
    return found


def matter(what: str, n: int | str, since: date, by: str | None = None) -> dict[str, Any]:
    """Return one open matter, in words an entry can keep."""
    return {"what": str(what), "n": str(n), "since": since.isoformat(), "by": by}
