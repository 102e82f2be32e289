"""Assessment sheets: what the meeting gave to whom, and how far it has come."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.registers.register import STRICT, Registered, find
from ledger.terms import N_, SheetStatus


class Sheet(Registered, table=True):
    """A sheet of one meeting, for one purse. Its three steps are entries; their numbers stand here."""

    __table_args__ = (
        CheckConstraint("purse IN ('support', 'merit')", name="sheet_purse"),
        Index("sheet_by_status", "book", "status"),
        STRICT,
    )
    word: ClassVar[str] = N_("points sheet")
    key_fields: ClassVar[tuple[str, ...]] = ("book", "n")

    book: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True, sa_type=Whole)
    period: str = Field(sa_type=Text)
    purse: str = Field(sa_type=Text)
    minutes: str = Field(default="", sa_type=Text)
    status: str = Field(default=SheetStatus.ASSESSED, sa_type=Text)
    drawn_by: str = Field(sa_type=Text)
    drawn_number: int = Field(sa_type=Whole)
    digest: str = Field(sa_type=Text)
    notice_from: date | None = Field(default=None, sa_type=Day)
    notice_until: date | None = Field(default=None, sa_type=Day)
    notice_place: str = Field(default="", sa_type=Text)
    notice_number: int | None = Field(default=None, sa_type=Whole)
    credit_number: int | None = Field(default=None, sa_type=Whole)


class SheetLine(SQLModel, table=True):
    """One award on a sheet: points in tenths. `evidence` is words about people and can be erased."""

    __tablename__ = "sheet_line"
    __table_args__ = (
        ForeignKeyConstraint(["book", "n"], ["sheet.book", "sheet.n"]),
        CheckConstraint("points_tenths > 0", name="sheet_line_points"),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True, sa_type=Whole)
    line: int = Field(primary_key=True, sa_type=Whole)
    household: str = Field(sa_type=Text)
    rule: str = Field(sa_type=Text)
    points_tenths: int = Field(sa_type=Whole)
    evidence: str = Field(default="", sa_type=Text)


def sheet_of(session: Session, book: str, n: int) -> Sheet:
    """Return one sheet. Raises NotFound."""
    return find(session, Sheet, book, n)


def lines_of(session: Session, book: str, n: int) -> list[SheetLine]:
    """Return the lines of a sheet in their order."""
    query = select(SheetLine).where(SheetLine.book == book, SheetLine.n == n).order_by(SheetLine.line)
    return list(session.scalars(query))


def sheets_of(session: Session, book: str, *, status: str | None = None) -> list[Sheet]:
    """Return an outlet's sheets, the newest first, or only those that have come so far."""
    query = select(Sheet).where(Sheet.book == book)
    if status is not None:
        query = query.where(Sheet.status == status)
    return list(session.scalars(query.order_by(Sheet.n.desc())))
