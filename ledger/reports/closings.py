"""The closes of a book: through which day, proposed and attested by whom."""

from sqlmodel import Session

from ledger.journal import body_of, entries_of, instant
from ledger.reports.table import ASKED_BY, ENTRY, Column, Table
from ledger.terms import N_, EntryKind

COLUMNS = (
    Column("through", N_("Closed through"), "day"),
    ASKED_BY,
    Column("by", N_("Attested by"), "who"),
    Column("recorded_at", N_("Recorded"), "instant"),
    ENTRY,
)


def closings(session: Session, book: str) -> Table:
    """Return every close of a book, the latest first."""
    rows = [
        {**body_of(entry)["facts"], "by": entry.by, "recorded_at": instant(entry.recorded_us), "number": entry.number}
        for entry in entries_of(session, book, kind=EntryKind.CLOSE)
    ]
    return Table("closings", N_("Closes so far"), COLUMNS, rows[::-1], N_("This book has not been closed yet."))
