"""Limits: how much of an item one household may have, when goods are few; and how much of it each has had."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from sqlalchemy import CheckConstraint, Text, bindparam, select, text
from sqlmodel import Field, Session, SQLModel

from ledger.db.prepared import Prepared
from ledger.db.types import Day, Whole
from ledger.journal import instant
from ledger.registers.register import STRICT
from ledger.registers.requests import Request
from ledger.terms import COUNTY, LimitPeriod

OVERRIDE = "override"
"""The kind of request by which a keeper asks for more than a limit allows."""

Limits = dict[tuple[str, str], int]
"""By item and period how much a household may have."""


class ItemLimit(SQLModel, table=True):
    """How much a household may have from a day on, in one outlet or (book COUNTY) in all; empty is no limit."""

    __tablename__ = "item_limit"
    __table_args__ = (
        CheckConstraint("per IN ('visit', 'month')", name="item_limit_per"),
        CheckConstraint("quantity >= 0", name="item_limit_quantity"),
        STRICT,
    )
    item: str = Field(primary_key=True, sa_type=Text, foreign_key="item.code")
    book: str = Field(primary_key=True, sa_type=Text)
    per: str = Field(primary_key=True, sa_type=Text)
    valid_from: date = Field(primary_key=True, sa_type=Day)
    quantity: int | None = Field(default=None, sa_type=Whole)
    by: str = Field(sa_type=Text)
    recorded_us: int = Field(sa_type=Whole)


class LimitUse(SQLModel, table=True):
    """How much of a limited item a household has had in a period: a day is one visit, else a month."""

    __tablename__ = "limit_use"
    __table_args__ = (CheckConstraint("quantity >= 0", name="limit_use_quantity"), STRICT)
    book: str = Field(primary_key=True, sa_type=Text)
    household: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(primary_key=True, sa_type=Text)
    period: str = Field(primary_key=True, sa_type=Text)
    quantity: int = Field(sa_type=Whole)


LIMITS = Prepared(
    select(ItemLimit.item, ItemLimit.per, ItemLimit.quantity)
    .where(ItemLimit.book.in_([bindparam("book"), bindparam("county")]), ItemLimit.valid_from <= bindparam("day"))
    .order_by(ItemLimit.book == bindparam("book"), ItemLimit.valid_from)
)
"""Asked at every redemption."""


def limits_on(session: Session, book: str, day: date) -> Limits:
    """Return the limits that hold in an outlet on a day; its own go before the county's."""
    found = LIMITS.ask(session, {"book": book, "county": COUNTY, "day": day})
    latest = {(item, per): most for item, per, most in found}
    return {limited: most for limited, most in latest.items() if most is not None}


def limits_of(session: Session, item: str) -> list[ItemLimit]:
    """Return every limit an item has had or will have, the latest first."""
    query = select(ItemLimit).where(ItemLimit.item == item)
    return list(session.scalars(query.order_by(ItemLimit.valid_from.desc(), ItemLimit.book, ItemLimit.per)))


def period_of(per: str, day: date) -> str:
    """Return what a limit is counted over: the day of a visit, or its month."""
    return day.isoformat() if per == LimitPeriod.VISIT else day.isoformat()[:7]


def allowed_through(asked: Request) -> date:
    """Return until when a yes to more than a limit holds: to the end of the month in which it was given, or, if the
    request does not say when that was, in which it was asked for.
    """
    day = date.fromisoformat(asked.lines().get("allowed_on") or instant(asked.asked_us).date().isoformat())
    return day.replace(day=monthrange(day.year, day.month)[1])


def holds(asked: Request | None, day: date) -> bool:
    """Tell whether a request allows more than a limit on a day."""
    return asked is not None and (asked.kind, asked.status) == (OVERRIDE, "allowed") and day <= allowed_through(asked)


def had(session: Session, book: str, household: str, day: date, limits: Iterable[tuple[str, str]]) -> Limits:
    """Return how much of limited items a household has had in the periods of a day, by item and period."""
    wanted = [(item, period_of(per, day)) for item, per in limits]
    mine = (LimitUse.book == book, LimitUse.household == household)
    query = select(LimitUse).where(*mine, LimitUse.period.in_({period for _, period in wanted}))
    used = {(use.item, use.period): use.quantity for use in session.scalars(query)} if wanted else {}
    return {limited: used.get((limited[0], period_of(limited[1], day)), 0) for limited in limits}


# In one statement, and with zero first: both databases test CHECK on the proposed row, before the conflict.
MAKE = text(
    "INSERT INTO limit_use (book, household, item, period, quantity) VALUES (:book, :household, :item, :period, 0) "
    "ON CONFLICT (book, household, item, period) DO NOTHING"
)
USE = text(
    "UPDATE limit_use SET quantity = quantity + :quantity "
    "WHERE book = :book AND household = :household AND item = :item AND period = :period"
)


def use(session: Session, book: str, household: str, uses: list[dict[str, object]], *, sign: int = 1) -> None:
    """Count what a household has had of limited items, {item, period, quantity}; with `sign` -1 give it back."""
    rows = [{"book": book, "household": household, **one, "quantity": sign * int(str(one["quantity"]))} for one in uses]
    if rows:
        session.execute(MAKE, rows)
        session.execute(USE, rows)


def bring_uses(session: Session, book: str, household: str, day: date, *, there: tuple[str, str]) -> None:
    """Count here, too, what a household that moved in has had this month `there`, in its old book by its old number."""
    month = LimitUse.period == period_of(LimitPeriod.MONTH, day)
    query = select(LimitUse).where(LimitUse.book == there[0], LimitUse.household == there[1], month)
    had_there = [{"item": one.item, "period": one.period, "quantity": one.quantity} for one in session.scalars(query)]
    use(session, book, household, had_there)
