"""The rule book: what earns points, and how many."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, select
from sqlmodel import Field, Session

from ledger.db.types import Whole
from ledger.registers.register import STRICT, Registered
from ledger.terms import N_


class Rule(Registered, table=True):
    """One item of the rule book with its range, in tenths of a point."""

    __table_args__ = (
        CheckConstraint("purse IN ('support', 'merit')", name="rule_purse"),
        CheckConstraint("points_min > 0 AND points_max >= points_min", name="rule_range"),
        STRICT,
    )
    word: ClassVar[str] = N_("rule")

    code: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    category: str = Field(sa_type=Text)
    purse: str = Field(sa_type=Text)
    points_min: int = Field(sa_type=Whole)
    points_max: int = Field(sa_type=Whole)


def all_rules(session: Session) -> list[Rule]:
    """Return the rule book in the order of its codes."""
    return list(session.scalars(select(Rule).order_by(Rule.code)))
