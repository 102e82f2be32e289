"""Serial numbers on paper: without a gap per book, kind and year (调-2026-0007)."""

from sqlalchemy import select, text
from sqlmodel import Session

from ledger.db.prepared import Prepared
from ledger.db.types import table_of
from ledger.journal.tables import Serial

serials = table_of(Serial)


# In one statement: of two books that draw the county's first lot number at one moment, the second waits for the first.
NEXT = Prepared(
    text(
        "INSERT INTO serial (book, kind, year, last) VALUES (:book, :kind, :year, 1) "
        "ON CONFLICT (book, kind, year) DO UPDATE SET last = serial.last + 1 RETURNING last"
    )
)


def next_serial(session: Session, *, book: str, kind: str, year: int = 0) -> int:
    """Return the next number of this kind and year in this book; an act taken back gives its number back."""
    number: int = NEXT.ask(session, {"book": book, "kind": kind, "year": year})[0][0]
    return number


def last_serial(session: Session, *, book: str, kind: str, year: int = 0) -> int:
    """Return the last number given, 0 before the first."""
    query = select(serials.c.last).where(serials.c.book == book, serials.c.kind == kind, serials.c.year == year)
    last: int | None = session.execute(query).scalar_one_or_none()
    return last or 0
