"""Settings that differ from place to place: each holds from a day on, for the county or for one outlet.

A new setting is one line in DEFAULTS, `"name": Setting(usual, kind, words)`; it is then on the settings page by itself.
Every value is kept and returned by `policy` as text. The kinds:
    whole       a whole number from 0
    some        a whole number from 1
    percent     a whole number from 0 to 100
    points      points, kept in tenths ("600" is 60 points)
    fen         money, kept in fen
    a|b|c       one of these words, each with its words for people in exports/labels.py
A kind with a question mark (whole?, points?) may be left empty: there is no such limit.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Text, bindparam, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.prepared import Prepared
from ledger.db.types import Day, Whole
from ledger.errors import LedgerError
from ledger.journal import microseconds
from ledger.registers.register import STRICT
from ledger.terms import COUNTY, N_


class Setting(NamedTuple):
    """What is usual, of which kind a value is, what the setting means, in words for the page, and whether one person
    proposes what it says and another confirms it.
    """

    usual: str
    kind: str
    words: str
    second_hand: bool = False


DEFAULTS = {
    "notice_days": Setting("7", "some", N_("Whole days a points notice hangs before it may be credited")),
    "notice_kind": Setting("calendar", "calendar|working", N_("Which days the days of a notice are")),
    "notice_balances": Setting("no", "yes|no", N_("Whether the notice also tells what each household has left")),
    "objection_days": Setting("10", "some", N_("Calendar days within which an objection is answered")),
    "claw_back_days": Setting("7", "some", N_("Whole days a household is told before points are taken back")),
    "cap_all_year": Setting("", "points?", N_("Most merit points for one household in a year, over all rules")),
    "spending_order": Setting("support merit", "support merit|merit support", N_("Which purse is emptied first")),
    "support_every": Setting("month", "month|year", N_("How often support points are granted")),
    "support_beside_merit": Setting("0", "whole", N_("Most support points spent beside one merit point; 0: freely")),
    "lapse_period": Setting("never", "never|month|quarter|year", N_("When merit points lapse")),
    "carry_over": Setting("0", "points", N_("Points a household keeps at a period's end")),
    "lapse_notice_days": Setting("15", "some", N_("Whole days a run of the year's end hangs before it is booked")),
    "rate_fen": Setting("100", "fen", N_("What one point is worth"), second_hand=True),
    "count_days": Setting("31", "some", N_("Days that may pass between two stock-takes")),
    "shelf_life_least": Setting("0", "percent", N_("Per cent of its shelf life that donated food must have left")),
    "slip": Setting("register", "register|58mm|a5|no-slip", N_("Which slip the counter prints after a redemption")),
    "warning_days": Setting("60", "whole", N_("Days before its best-before from which a lot is pointed out")),
    "death_days": Setting("30", "whole", N_("Days after a death before the points are handed over or withdrawn")),
    "proxy_households_a_day": Setting("3", "some", N_("Most households for which one person collects on a day")),
}
"""The page of settings, its form and `policy` all read it here."""


class Policy(SQLModel, table=True):
    """One setting of one outlet (or, book COUNTY, of all) from a day on."""

    __table_args__ = (STRICT,)
    book: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(primary_key=True, sa_type=Text)
    valid_from: date = Field(primary_key=True, sa_type=Day)
    value: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    recorded_us: int = Field(sa_type=Whole)


class SettingInThePast(LedgerError):
    """A setting begins today or later: what was done keeps the setting it was done under."""

    message = N_("A setting holds from today (%(today)s) or later.")
    field = "valid_from"


class SettingStands(LedgerError):
    """A setting that holds from a day is not written over."""

    message = N_("A setting from %(day)s stands already. Choose a later day.")
    field = "valid_from"


def check_policy(session: Session, book: str, name: str, valid_from: date, today: date) -> None:
    """Refuse a setting that cannot begin on a day. Raises SettingInThePast and SettingStands."""
    if valid_from < today:
        raise SettingInThePast(today=today.isoformat())
    if session.get(Policy, (book, name, valid_from)) is not None:
        raise SettingStands(day=valid_from.isoformat())


def set_policy(session: Session, *, book: str, name: str, valid_from: date, value: str, by: str, now: datetime) -> None:
    """Let a setting hold from a day on."""
    if name not in DEFAULTS:
        raise KeyError(name)
    session.add(Policy(book=book, name=name, valid_from=valid_from, value=value, by=by, recorded_us=microseconds(now)))
    session.flush()


VALUE = Prepared(
    select(Policy.value)
    .where(
        Policy.book.in_([bindparam("book"), bindparam("county")]), Policy.name == bindparam("name"),
        Policy.valid_from <= bindparam("day"),
    )
    .order_by(Policy.book == bindparam("book"), Policy.valid_from)
)
"""Several settings are asked at every act."""


def policy_in(session: Session, books: Collection[str], name: str, day: date) -> dict[str, str]:
    """Return what one setting says in each of several outlets on a day, asked for together."""
    said = (Policy.book.in_([*books, COUNTY]), Policy.name == name, Policy.valid_from <= day)
    query = select(Policy.book, Policy.value).where(*said).order_by(Policy.valid_from)
    found = {book: value for book, value in session.execute(query)}
    return {book: str(found.get(book, found.get(COUNTY)) or DEFAULTS[name].usual) for book in books}


def policy(session: Session, book: str, name: str, day: date) -> str:
    """Return what a setting says in an outlet on a day: the outlet's own, else the county's, else the usual."""
    found = VALUE.ask(session, {"book": book, "county": COUNTY, "name": name, "day": day})
    return str((found and found[-1][0]) or DEFAULTS[name].usual)


def policies(session: Session, book: str, names: Iterable[str], day: date) -> dict[str, str]:
    """Return what several settings say in an outlet on a day."""
    return {name: policy(session, book, name, day) for name in names}
