"""Printings: how many times a paper was printed, so that every print after the first says that it is a copy."""

from collections.abc import Sequence

from sqlalchemy import CheckConstraint, Text, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Whole
from ledger.registers.register import STRICT


class Printing(SQLModel, table=True):
    """How often the paper of one entry was printed; papers of different kinds are counted apart."""

    __table_args__ = (CheckConstraint("times > 0", name="printing_times"), STRICT)
    book: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    times: int = Field(sa_type=Whole)


def count_printing(session: Session, book: str, kind: str, number: int) -> int:
    """Note that a paper is printed once more and return how often that makes."""
    row = session.get(Printing, (book, kind, number)) or Printing(book=book, kind=kind, number=number, times=0)
    row.times += 1
    session.add(row)
    session.flush()
    return row.times


def times_printed(session: Session, book: str, kind: str, numbers: Sequence[int]) -> dict[int, int]:
    """Return how often the papers of some entries were printed; of most that is not at all."""
    query = select(Printing).where(Printing.book == book, Printing.kind == kind)
    found = {row.number: row.times for row in session.scalars(query.where(Printing.number.in_(numbers)))}
    return {number: found.get(number, 0) for number in numbers}
