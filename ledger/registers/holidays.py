"""Working days: the public holidays and worked weekends of the years whose yearly notice the package carries."""

from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlmodel import Session

from ledger.registers.policy import policy
from ledger.registers.starter import rows_of


class Holiday(NamedTuple):
    """Days off, or weekend days that are worked, around one festival."""

    kind: str
    first: date
    last: date
    name: str


@cache
def holidays() -> tuple[Holiday, ...]:
    """Return what the State Council's notices say, in order of day."""
    rows = [
        Holiday(row["kind"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["name"])
        for row in rows_of("holidays")
    ]
    return tuple(sorted(rows, key=lambda row: row.first))


def between(first: date, last: date) -> list[Holiday]:
    """Return the days off and the worked weekends that touch a time."""
    return [one for one in holidays() if one.first <= last and first <= one.last]


def is_working(day: date) -> bool:
    """Tell whether a day is worked: what the notices say of it, else Monday to Friday."""
    said = between(day, day)
    return said[0].kind == "worked" if said else day.weekday() < 5


def unknown_years(first: date, last: date) -> list[int]:
    """Return the years of a time whose holidays are not known; there, every Monday to Friday is counted."""
    known = {one.first.year for one in holidays()}
    return [year for year in range(first.year, last.year + 1) if year not in known]


def last_day(first: date, days: int, kind: str) -> date:
    """Return the last whole day of a notice of so many `calendar` or `working` days; the day it goes up is not one."""
    if kind == "calendar":
        return first + timedelta(days=days)
    day = first
    while days > 0:
        day += timedelta(days=1)
        days -= is_working(day)
    return day


def days_of(session: Session, book: str, setting: str, first: date) -> dict[str, Any]:
    """Return, as facts, through which day a notice hangs that goes up on a day, and how its days are counted."""
    days, kind = int(policy(session, book, setting, first)), policy(session, book, "notice_kind", first)
    return {"until": last_day(first, days, kind).isoformat(), "notice_days": days, "notice_kind": kind}
