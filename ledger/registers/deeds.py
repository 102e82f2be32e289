"""Deeds: what a group's reporter saw a household do; a meeting decides whether it becomes points."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index, Text, and_, select, update
from sqlmodel import Field, Session

from ledger.db.types import Day, Whole
from ledger.registers.caps import COUNTED
from ledger.registers.register import STRICT, Numbered
from ledger.registers.sheets import SheetLine
from ledger.terms import N_, DeedStatus

PROPOSED = (DeedStatus.OPEN, DeedStatus.DEFERRED)
"""Deeds that wait for a meeting."""


class Deed(Numbered, table=True):
    """One deed of a household under a rule. `sheet` is the one it stands on; `put_off_by` the one that made it of a
    line the meeting put off, with the points asked there. `evidence` is words about people and can be erased.
    """

    __table_args__ = (
        Index("deed_same", "book", "household", "rule", "occurred_on"),
        Index("deed_by_status", "book", "status"),
        Index("deed_by_sheet", "book", "sheet"),
        STRICT,
    )
    word: ClassVar[str] = N_("deed")

    occurred_on: date = Field(sa_type=Day)
    household: str = Field(sa_type=Text)
    rule: str = Field(sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)
    points_tenths: int | None = Field(default=None, sa_type=Whole)
    status: str = Field(default=DeedStatus.OPEN, sa_type=Text)
    sheet: int | None = Field(default=None, sa_type=Whole)
    put_off_by: int | None = Field(default=None, sa_type=Whole)
    by: str = Field(sa_type=Text)
    recorded_us: int = Field(sa_type=Whole)


ON_LINE = and_(
    Deed.book == SheetLine.book, Deed.sheet == SheetLine.n, Deed.household == SheetLine.household,
    Deed.rule == SheetLine.rule,
)
"""That a deed stands on a line of a sheet."""


def same_deed(session: Session, book: str, household: str, rule: str, day: date) -> Deed | None:
    """Return a deed of this household, rule and day, if one was recorded and not dropped."""
    query = select(Deed).where(
        Deed.book == book, Deed.household == household, Deed.rule == rule, Deed.occurred_on == day,
        Deed.status != DeedStatus.DROPPED,
    )
    return session.scalars(query.order_by(Deed.n)).first()


def proposed_deeds(session: Session, book: str) -> list[Deed]:
    """Return the deeds that wait for a meeting, those put off first, then by their days."""
    waiting = session.scalars(select(Deed).where(Deed.book == book, Deed.status.in_(PROPOSED)))
    return sorted(waiting, key=lambda deed: (deed.status != DeedStatus.DEFERRED, deed.occurred_on, deed.n))


def deeds_by_number(session: Session, book: str, numbers: list[int]) -> dict[int, Deed]:
    """Return the deeds of these numbers, read together."""
    query = select(Deed).where(Deed.book == book, Deed.n.in_(numbers))
    return {deed.n: deed for deed in session.scalars(query)}


def drawn_lines(session: Session, book: str, period: str, households: list[str]) -> list[dict[str, Any]]:
    """Return the lines with evidence that stand for these households in a month, each with a deed on it if any."""
    of_lines: list[Any] = [SheetLine.n, SheetLine.line, SheetLine.household, SheetLine.rule, SheetLine.evidence]
    query = (
        select(*of_lines, Deed.n.label("deed"))
        .join(Deed, and_(ON_LINE, Deed.status == DeedStatus.DRAWN), isouter=True)
        .where(
            SheetLine.book == book, SheetLine.household.in_(households), SheetLine.period == period,
            SheetLine.status.in_(COUNTED), SheetLine.evidence != "",
        )
    )
    return list(map(dict, session.execute(query).mappings()))


def let_deeds_wait(session: Session, book: str, sheet: int) -> None:
    """Let the deeds of a withdrawn sheet wait again; those it had made of lines put off fall with it."""
    mine = update(Deed).where(Deed.book == book, Deed.sheet == sheet)
    session.execute(mine.where(Deed.put_off_by == sheet).values(status=DeedStatus.DROPPED))
    session.execute(mine.where(Deed.put_off_by.is_distinct_from(sheet)).values(status=DeedStatus.OPEN, sheet=None))
