"""Settings that differ from place to place: each holds from a day on, for the county or for one outlet."""

from datetime import date, datetime

from sqlalchemy import Text, bindparam, select
from sqlmodel import Field, Session, SQLModel, col

from ledger.db.types import Day, Whole
from ledger.journal import microseconds
from ledger.registers.register import STRICT
from ledger.terms import COUNTY

DEFAULTS = {
    "notice_days": "7",  # whole calendar days a points notice hangs before it may be credited
    "spending_order": "support merit",  # which purse is emptied first
    "rate_fen": "100",  # what one point is worth, in fen
}


class Policy(SQLModel, table=True):
    """One setting of one outlet (or, book COUNTY, of all) from a day on."""

    __table_args__ = (STRICT,)
    book: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(primary_key=True, sa_type=Text)
    valid_from: date = Field(primary_key=True, sa_type=Day)
    value: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    recorded_us: int = Field(sa_type=Whole)


def set_policy(session: Session, *, book: str, name: str, valid_from: date, value: str, by: str, now: datetime) -> None:
    """Let a setting hold from a day on."""
    if name not in DEFAULTS:
        raise KeyError(name)
    session.add(
        Policy(book=book, name=name, valid_from=valid_from, value=value, by=by, recorded_us=microseconds(now))
    )
    session.flush()


# Several settings are asked at every act: a statement built once is sent in a third of the time.
VALUE = (
    select(Policy.value)
    .where(
        col(Policy.book).in_([bindparam("book"), COUNTY]), col(Policy.name) == bindparam("name"),
        col(Policy.valid_from) <= bindparam("day"),
    )
    .order_by(col(Policy.book) != bindparam("book"), col(Policy.valid_from).desc())
    .limit(1)
)


def policy(session: Session, book: str, name: str, day: date) -> str:
    """Return what a setting says in an outlet on a day: the outlet's own, else the county's, else the usual."""
    value = session.scalars(VALUE, {"book": book, "name": name, "day": day}).first()
    return str(value or DEFAULTS[name])
