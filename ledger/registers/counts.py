"""Stock-takes: what was found, lot by lot, beside what the book held at the moment each line was keyed."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.registers.register import STRICT, Numbered
from ledger.terms import N_, CountStatus


class StockCount(Numbered, table=True):
    """A count of one book, begun when its last entry was number `frozen`; `number` is the entry it became."""

    __tablename__ = "stock_count"
    word: ClassVar[str] = N_("stock-take")

    status: str = Field(default=CountStatus.COUNTING, sa_type=Text)
    nature: str = Field(sa_type=Text)
    serial: str = Field(sa_type=Text)
    frozen: int = Field(sa_type=Whole)
    begun_by: str = Field(sa_type=Text)
    begun_us: int = Field(sa_type=Whole)
    counted_on: date | None = Field(default=None, sa_type=Day)
    number: int | None = Field(default=None, sa_type=Whole)


class CountLine(SQLModel, table=True):
    """One lot in one account: what the book held when the count began, and when it was counted, at which entry.

    Until it is counted it has no quantity. `words` are free and can be erased.
    """

    __tablename__ = "count_line"
    __table_args__ = (
        ForeignKeyConstraint(["book", "n"], ["stock_count.book", "stock_count.n"]),
        CheckConstraint("counted >= 0 AND expected >= 0", name="count_line_counted"),
        CheckConstraint("account IN ('stock', 'set-aside')", name="count_line_account"),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True, sa_type=Whole)
    account: str = Field(primary_key=True, sa_type=Text)
    lot: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(sa_type=Text)
    frozen: int = Field(sa_type=Whole)
    counted: int | None = Field(default=None, sa_type=Whole)
    expected: int | None = Field(default=None, sa_type=Whole)
    at_number: int | None = Field(default=None, sa_type=Whole)
    by: str = Field(default="", sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    words: str = Field(default="", sa_type=Text)

    @property
    def difference(self) -> int:
        """Return what was found above the book; below it is negative, and not yet counted is none."""
        return (self.counted or 0) - (self.expected or 0)


def lines_of_count(session: Session, count: StockCount) -> list[CountLine]:
    """Return the lines of a count: the shelf first, then what is set aside."""
    query = select(CountLine).where(CountLine.book == count.book, CountLine.n == count.n)
    return list(session.scalars(query.order_by(CountLine.account.desc(), CountLine.item, CountLine.lot)))


def latest_counts(session: Session, book: str) -> tuple[StockCount | None, StockCount | None]:
    """Return the count that is under way in a book, and the last one that was confirmed."""
    standing = select(StockCount).where(StockCount.book == book, StockCount.status != CountStatus.DROPPED)
    # A new one begins only when none is under way, so the two latest tell both.
    found = list(session.scalars(standing.order_by(StockCount.n.desc()).limit(2)))
    done = [count for count in found if count.status == CountStatus.CONFIRMED]
    under_way = [count for count in found if count.status != CountStatus.CONFIRMED]
    return next(iter(under_way), None), next(iter(done), None)
