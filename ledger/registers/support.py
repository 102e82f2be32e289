"""Who has a right to support points 保障资格: from which day, until when, how many, and by which paper. Never why."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, or_, select
from sqlmodel import Field, Session

from ledger.db.types import Day, Whole
from ledger.registers.register import STRICT, Registered, listed
from ledger.terms import N_


class SupportRight(Registered, table=True):
    """A household's right to support points, in tenths for each grant."""

    __tablename__ = "support_right"
    __table_args__ = (
        ForeignKeyConstraint(["book", "household"], ["household.book", "household.number"]),
        CheckConstraint("points_tenths > 0", name="support_right_points"),
        CheckConstraint("valid_through IS NULL OR valid_through >= valid_from", name="support_right_days"),
        STRICT,
    )
    word: ClassVar[str] = N_("right to support points")
    key_fields: ClassVar[tuple[str, ...]] = ("book", "household", "valid_from")

    book: str = Field(primary_key=True, sa_type=Text)
    household: str = Field(primary_key=True, sa_type=Text)
    valid_from: date = Field(primary_key=True, sa_type=Day)
    valid_through: date | None = Field(default=None, sa_type=Day)
    points_tenths: int = Field(sa_type=Whole)
    paper_number: str = Field(sa_type=Text)


def rights_between(
    session: Session, book: str, first: date, last: date | None, *, household: str | None = None
) -> list[SupportRight]:
    """Return the rights that hold on some day between two, in order of household; without a last day, from one on."""
    wanted = [SupportRight.book == book]
    wanted.append(or_(SupportRight.valid_through.is_(None), SupportRight.valid_through >= first))
    wanted += [SupportRight.valid_from <= last] if last else []
    wanted += [SupportRight.household == household] if household else []
    return listed(session, SupportRight, *wanted, by=[SupportRight.household, SupportRight.valid_from])


def rights_of(session: Session, book: str) -> list[SupportRight]:
    """Return every right there ever was in an outlet, by household, the latest first."""
    query = select(SupportRight).where(SupportRight.book == book)
    return list(session.scalars(query.order_by(SupportRight.household, SupportRight.valid_from.desc())))
