"""Assessment sheets: what the meeting gave to whom, and how far it has come."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, NamedTuple, TypeVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, func, insert, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole, table_of
from ledger.journal import body_of, entry_of
from ledger.registers.register import STRICT, Numbered, find, listed
from ledger.registers.rules import rule_day
from ledger.terms import N_, LineStatus, SheetStatus

PUT_ASIDE = (LineStatus.REFUSED, LineStatus.DEFERRED)
"""What the meeting did not pass: it neither hangs on the board nor is credited."""


class Sheet(Numbered, table=True):
    """A sheet of one meeting, for one purse. Its three steps are entries; their numbers stand here."""

    __table_args__ = (
        CheckConstraint("purse IN ('support', 'merit')", name="sheet_purse"),
        Index("sheet_by_status", "book", "status"),
        STRICT,
    )
    word: ClassVar[str] = N_("points sheet")

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
    down_number: int | None = Field(default=None, sa_type=Whole)
    credit_number: int | None = Field(default=None, sa_type=Whole)
    due: int | None = Field(default=None, sa_type=Whole)
    present: int | None = Field(default=None, sa_type=Whole)


class SheetLine(SQLModel, table=True):
    """One award on a sheet: points in tenths, what was asked and which cap cut it ("": none), by which version of the
    rule. A line that a cap cut to nothing has passed too. `evidence` is words about people and can be erased;
    `taken_tenths` is what claw-backs took of the line.
    """

    __tablename__ = "sheet_line"
    __table_args__ = (
        ForeignKeyConstraint(["book", "n"], ["sheet.book", "sheet.n"]),
        CheckConstraint("points_tenths >= 0 AND asked_tenths >= points_tenths", name="sheet_line_points"),
        # What a household has been given in a month or a year, for its caps, is read by this.
        Index("sheet_line_of", "book", "household", "period"),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True, sa_type=Whole)
    line: int = Field(primary_key=True, sa_type=Whole)
    household: str = Field(sa_type=Text)
    rule: str = Field(sa_type=Text)
    rule_version: int = Field(default=1, sa_type=Whole)
    period: str = Field(sa_type=Text)
    points_tenths: int = Field(sa_type=Whole)
    asked_tenths: int = Field(sa_type=Whole)
    cut_by: str = Field(default="", sa_type=Text)
    status: str = Field(default=LineStatus.PASSED, sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)
    taken_tenths: int | None = Field(default=None, sa_type=Whole)


class Award(NamedTuple):
    """A line about to be written: a sheet has up to 3,600, and as rows of the model they would take half a second."""

    book: str
    n: int
    line: int
    household: str
    rule: str
    rule_version: int
    period: str
    points_tenths: int
    asked_tenths: int
    cut_by: str
    status: str
    evidence: str


AnyLine = TypeVar("AnyLine", SheetLine, Award)


def write_lines(session: Session, awards: Sequence[Award]) -> None:
    """Write the lines of a new sheet."""
    if awards:
        session.execute(insert(table_of(SheetLine)), [award._asdict() for award in awards])


def sheet_of(session: Session, book: str, n: int) -> Sheet:
    """Return one sheet. Raises NotFound."""
    return find(session, Sheet, book, n)


def first_of(session: Session, sheet: Sheet) -> Sheet:
    """Return the sheet of the meeting: where one puts a line right, that whose line it was."""
    while corrects := body_of(entry_of(session, sheet.book, sheet.drawn_number))["facts"].get("corrects"):
        sheet = sheet_of(session, sheet.book, corrects)
    return sheet


def ruled_on(session: Session, sheet: Sheet) -> date:
    """Return the day whose rules and caps a sheet goes by; one that puts a line right goes by those of the first."""
    first = first_of(session, sheet)
    return rule_day(sheet.period, entry_of(session, sheet.book, first.drawn_number).occurred_on)


def batch_of(session: Session, sheet: Sheet) -> int:
    """Return the how manieth sheet of its month one is; those that were withdrawn keep their number."""
    month = (Sheet.book == sheet.book, Sheet.period == sheet.period, Sheet.n <= sheet.n)
    return session.scalar(select(func.count()).select_from(Sheet).where(*month)) or 0


def lines_of(session: Session, book: str, n: int) -> list[SheetLine]:
    """Return the lines of a sheet in their order."""
    return listed(session, SheetLine, SheetLine.book == book, SheetLine.n == n, by=[SheetLine.line])


def points_to_come(lines: Iterable[SheetLine]) -> int:
    """Return the tenths of a sheet's lines that are still to be credited."""
    return sum(line.points_tenths for line in lines if line.status in (LineStatus.PASSED, LineStatus.WAITING))


def rules_used(session: Session, book: str) -> list[str]:
    """Return the rules on the outlet's last sheet of merit points: those of the next are likely the same."""
    last = select(func.max(Sheet.n)).where(Sheet.book == book, Sheet.purse == "merit").scalar_subquery()
    query = select(SheetLine.rule).where(SheetLine.book == book, SheetLine.n == last).distinct()
    return sorted(session.scalars(query))


def passed_of(lines: Iterable[AnyLine]) -> list[AnyLine]:
    """Return the lines that passed the meeting: they hang on the board, whatever became of each afterwards."""
    return [line for line in lines if line.status not in PUT_ASIDE]


def take_of(line: SheetLine, tenths: int) -> None:
    """Note what a claw-back took of a credited line, or gave back (below zero): it is taken back when all of it is."""
    line.taken_tenths = (line.taken_tenths or 0) + tenths or None
    line.status = LineStatus.CLAWED_BACK if line.taken_tenths == line.points_tenths else LineStatus.CREDITED


def withdraw(session: Session, sheet: Sheet) -> None:
    """Withdraw a sheet and what had passed on it, so that it counts against no cap any more."""
    sheet.status = SheetStatus.WITHDRAWN
    for line in passed_of(lines_of(session, sheet.book, sheet.n)):
        line.status = LineStatus.WITHDRAWN


def sheets_of(session: Session, book: str, *, status: str | None = None) -> list[Sheet]:
    """Return an outlet's sheets, the newest first, or only those that have come so far."""
    so_far = [] if status is None else [Sheet.status == status]
    return listed(session, Sheet, Sheet.book == book, *so_far, by=[Sheet.n.desc()])
