"""A book: one site's own journal, opened once, written by one hand at a time."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from ledger.db.prepared import Prepared
from ledger.db.types import table_of
from ledger.errors import NotFound
from ledger.journal.tables import Book
from ledger.terms import N_

heads = table_of(Book)
FIRST_OPEN = date(2000, 1, 1)
"""The first open day of a book that was never closed."""

HEAD = Prepared(
    select(heads.c.code, heads.c.number, heads.c.digest, heads.c.recorded_us, heads.c.open_from)
    .where(heads.c.code == bindparam("book"))
    .with_for_update()
)


class Head(NamedTuple):
    """Where a book stands: its last number, that entry's digest and instant, and its first open day."""

    code: str
    number: int
    digest: bytes
    recorded_us: int
    open_from: date


def open_book(session: Session, code: str) -> None:
    """Open the book of a new site, with no entry in it."""
    session.execute(insert(heads).values(code=code, number=0, digest=bytes(32), recorded_us=0, open_from=FIRST_OPEN))


def take_book(session: Session, code: str) -> Head:
    """Return the head of a book and keep others from writing in it until this operation ends.

    On PostgreSQL this row is the book's turn; on SQLite the writer's turn already is. Raises NotFound.
    """
    row = HEAD.one(session, {"book": code})
    if row is None:
        raise NotFound(what=N_("book"))
    return Head(*row)
