"""Runs of the year's end 年终结转: which points were announced to lapse, from whom, and what became of it."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.registers.register import STRICT, Numbered, listed
from ledger.terms import N_, LapseStatus


class LapseRun(Numbered, table=True):
    """One run: points held at the end of a period, above what is carried over, lapse after a notice."""

    __tablename__ = "lapse_run"
    __table_args__ = (
        # Once per book and period; a run taken back makes room for the right one.
        Index(
            "lapse_run_once", "book", "through", unique=True,
            sqlite_where=text("status <> 'withdrawn'"), postgresql_where=text("status <> 'withdrawn'"),
        ),
        STRICT,
    )
    word: ClassVar[str] = N_("lapse run")

    through: date = Field(sa_type=Day)
    until: date = Field(sa_type=Day)
    carry_over: int = Field(sa_type=Whole)
    announced_by: str = Field(sa_type=Text)
    announced_on: date = Field(sa_type=Day)
    announced_number: int = Field(sa_type=Whole)
    booked_number: int | None = Field(default=None, sa_type=Whole)
    status: str = Field(default=LapseStatus.ANNOUNCED, sa_type=Text)


class LapseLine(SQLModel, table=True):
    """What was announced to lapse from one household's purse, in tenths; never more than this lapses."""

    __tablename__ = "lapse_line"
    __table_args__ = (
        ForeignKeyConstraint(["book", "n"], ["lapse_run.book", "lapse_run.n"]),
        CheckConstraint("points_tenths > 0", name="lapse_line_points"),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True, sa_type=Whole)
    household: str = Field(primary_key=True, sa_type=Text)
    points_tenths: int = Field(sa_type=Whole)


def runs_of(session: Session, book: str) -> list[LapseRun]:
    """Return an outlet's runs, the latest first."""
    return listed(session, LapseRun, LapseRun.book == book, by=[LapseRun.n.desc()])


def lapse_lines(session: Session, book: str, n: int) -> dict[str, int]:
    """Return what a run announced, by household in order of number."""
    lines = listed(session, LapseLine, LapseLine.book == book, LapseLine.n == n, by=[LapseLine.household])
    return {line.household: line.points_tenths for line in lines}
