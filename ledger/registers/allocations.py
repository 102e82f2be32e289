"""Allocations: which dispatches one decision of the county made."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.journal.serials import next_serial
from ledger.registers.register import STRICT, listed


class Allocation(SQLModel, table=True):
    """Goods given out to many outlets at once; its dispatches are the entries `first` to `last` of the book."""

    __table_args__ = (STRICT,)
    book: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True, sa_type=Whole)
    decision: str = Field(sa_type=Text)
    occurred_on: date = Field(sa_type=Day)
    first: int = Field(sa_type=Whole)
    last: int = Field(sa_type=Whole)


def next_allocation(session: Session, book: str) -> int:
    """Return the number of the next allocation of a book."""
    return next_serial(session, book=book, kind="allocation")


def allocations_of(session: Session, book: str) -> list[Allocation]:
    """Return the allocations of a book, the latest first."""
    return listed(session, Allocation, Allocation.book == book, by=[Allocation.n.desc()])
