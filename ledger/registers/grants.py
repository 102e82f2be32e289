"""Support points granted by right: by which rules, to whose rights, for what time, and who has had theirs."""

from calendar import monthrange
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ledger.registers.moves import came_from
from ledger.registers.policy import policy
from ledger.registers.rules import Rule
from ledger.registers.sheets import Sheet, SheetLine
from ledger.registers.support import SupportRight, rights_between
from ledger.terms import LineStatus, Purse, SheetStatus

NOT_GIVEN = (LineStatus.REFUSED, LineStatus.DEFERRED, LineStatus.WITHDRAWN)


def grant_time(session: Session, book: str, period: str) -> str:
    """Return the time that one grant is for: a month (2026-03), or its year where support is granted once a year."""
    first, _ = days_of_month(period)
    return period[:4] if policy(session, book, "support_every", first) == "year" else period


def days_of_month(period: str) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    year, month = map(int, period.split("-"))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def by_right(rule: Rule, time: str) -> bool:
    """Tell whether a rule grants support points to who has a right: it has a cap for the month or, where support is
    granted once a year, one for the year that a single grant fills. What helps once, in hardship, has neither.
    """
    once_a_year = len(time) == 4 and rule.cap_year is not None and rule.cap_year <= rule.points_max
    return rule.purse == Purse.SUPPORT and (rule.cap_month is not None or once_a_year)


def rights_in(session: Session, book: str, period: str) -> dict[str, SupportRight]:
    """Return by household the right that holds in a month; of two, the later."""
    return {right.household: right for right in rights_between(session, book, *days_of_month(period))}


def had_already(session: Session, book: str, time: str, rule: str) -> set[str]:
    """Return the households that were given theirs for a month or a year: here, or where they moved from."""
    had = granted(session, book, time, rule)
    for there, numbers in came_from(session, book, int(time[:4])).items():
        had |= {numbers[number] for number in granted(session, there, time, rule) & {*numbers}}
    return had


def granted(session: Session, book: str, time: str, rule: str) -> set[str]:
    """Return the households with a line by a support rule on a sheet of a month, or of a year's months."""
    query = select(col(SheetLine.household)).join(Sheet).where(
        col(Sheet.book) == book, col(SheetLine.rule) == rule, col(Sheet.period).startswith(time),
        col(Sheet.status) != SheetStatus.WITHDRAWN, col(SheetLine.status).not_in(NOT_GIVEN),
    )
    return set(session.scalars(query))
