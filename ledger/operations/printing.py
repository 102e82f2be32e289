"""Printing: each print of a paper is counted, so that from the second on it says that it is a copy."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, SQLModel

from ledger.errors import NotFound
from ledger.journal import act, entry_of
from ledger.operations.serial import serial_of_month
from ledger.registers.allocations import Allocation
from ledger.registers.deliveries import Delivery
from ledger.registers.households import Household
from ledger.registers.lapses import LapseRun
from ledger.registers.printings import count_printing
from ledger.registers.register import can_be_asked, find
from ledger.registers.requests import Request
from ledger.terms import N_, EntryKind

PAPERS = {
    "slip": (EntryKind.REDEMPTION,),
    "transfer-note": (EntryKind.DISPATCH, EntryKind.REDIRECT),
    "donation-slip": (EntryKind.DONATION,),
    "sheet": (EntryKind.SHEET,),
    "notice": (EntryKind.NOTICE,),
    "count": (EntryKind.COUNT,),
    "rollback": (EntryKind.COUNT,),
    "handover": (EntryKind.COUNT,),
    "write-off": (EntryKind.SET_ASIDE, EntryKind.WRITE_OFF, EntryKind.PUT_BACK),
    "correction": (EntryKind.CORRECTION,),
}
"""The papers whose prints are counted, each with the kinds of entry it tells of; a list of handover is of a count."""
NUMBERED: dict[str, type[SQLModel]] = {
    "claw-back": Request, "allocation-summary": Allocation, "delivery": Delivery, "lapse-notice": LapseRun,
}
"""The papers of what has a number in the book, each with the register it is kept in."""
PROXY = "proxy-"
"""Before the number of a household: the papers by which it lets somebody collect, counted by the year."""
MONTH = "month"
"""The statement of a month tells of no entry; its number is the month's, such as 202610."""


@act
def print_papers(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, kind: str, numbers: list[int]
) -> dict[str, Any]:
    """Count one print of a paper, or of several that are printed together; nothing is booked."""
    for number in numbers:
        if not is_paper(session, book, kind, number):
            raise NotFound(what=N_("paper"))
    return {"kind": kind, "times": [count_printing(session, book, kind, number) for number in numbers]}


def is_paper(session: Session, book: str, kind: str, number: int) -> bool:
    """Tell whether there is such a paper. Raises NotFound where the book has no such entry."""
    if kind.startswith(PROXY):
        return 2000 <= number < 2100 and bool(find(session, Household, book, kind.removeprefix(PROXY)))
    if kind in NUMBERED:
        found = session.get(NUMBERED[kind], (book, number)) if can_be_asked(number) else None
        return found is not None and getattr(found, "kind", EntryKind.CLAW_BACK) == EntryKind.CLAW_BACK
    if kind != MONTH:
        return entry_of(session, book, number).kind in PAPERS.get(kind, ())
    year, month = divmod(number, 100)
    return 2000 <= year < 2100 and 1 <= month <= 12 and bool(serial_of_month(session, book, date(year, month, 1)))
