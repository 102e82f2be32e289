"""Printing: each print of a paper is counted, so that from the second on it says that it is a copy."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import NotFound
from ledger.journal import act, entry_of
from ledger.registers.printings import count_printing
from ledger.terms import N_, EntryKind

PAPERS = {
    "slip": (EntryKind.REDEMPTION,),
    "transfer-note": (EntryKind.DISPATCH, EntryKind.REDIRECT),
    "donation-slip": (EntryKind.DONATION,),
    "notice": (EntryKind.NOTICE,),
    "count": (EntryKind.COUNT,),
    "rollback": (EntryKind.COUNT,),
}
"""The papers whose prints are counted, each with the kinds of entry it tells of."""


@act
def print_papers(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, kind: str, numbers: list[int]
) -> dict[str, Any]:
    """Count one print of a paper, or of several that are printed together; nothing is booked."""
    for number in numbers:
        if entry_of(session, book, number).kind not in PAPERS.get(kind, ()):
            raise NotFound(what=N_("paper"))
    return {"kind": kind, "times": [count_printing(session, book, kind, number) for number in numbers]}
