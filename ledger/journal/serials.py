"""Serial numbers on paper: without a gap per book, kind and year (调-2026-0007)."""

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ledger.db.types import table_of
from ledger.journal.tables import Serial

serials = table_of(Serial)


def next_serial(session: Session, *, book: str, kind: str, year: int = 0) -> int:
    """Return the next number of this kind and year in this book; an act taken back gives its number back."""
    mine = (serials.c.book == book, serials.c.kind == kind, serials.c.year == year)
    moved = update(serials).where(*mine).values(last=serials.c.last + 1).returning(serials.c.last)
    number: int | None = session.execute(moved).scalar_one_or_none()
    if number is None:
        session.execute(insert(serials).values(book=book, kind=kind, year=year, last=1))
        return 1
    return number


def last_serial(session: Session, *, book: str, kind: str, year: int = 0) -> int:
    """Return the last number given, 0 before the first."""
    query = select(serials.c.last).where(serials.c.book == book, serials.c.kind == kind, serials.c.year == year)
    last: int | None = session.execute(query).scalar_one_or_none()
    return last or 0
