"""The right to support points: recorded from a paper, ended by a paper; the points themselves come by a sheet."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act
from ledger.registers.households import Household, served
from ledger.registers.register import add, change, find
from ledger.registers.staff import check_not_kin
from ledger.registers.support import SupportRight, rights_between
from ledger.terms import N_


class HasARight(LedgerError):
    """A household has one right at a time."""

    message = N_("Household %(household)s has a right from %(first)s already; end that first.")
    field = "household"


class EndsBeforeItBegins(LedgerError):
    """A right ends on or after its first day."""

    message = N_("The last day comes before the first, %(first)s.")
    field = "valid_through"


@act
def grant_right(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    household: str,
    valid_from: date,
    points: int,
    paper_number: str,
    valid_through: date | None = None,
) -> dict[str, Any]:
    """Record that a household has a right to so many points (tenths) each time, from a day on, by a paper."""
    served(session, book, household)
    check_not_kin(session, clerk, book, household)
    if valid_through is not None and valid_through < valid_from:
        raise EndsBeforeItBegins(first=valid_from.isoformat())
    for right in rights_between(session, book, valid_from, valid_through, household=household):
        raise HasARight(household=household, first=right.valid_from.isoformat())
    right = SupportRight(
        book=book, household=household, valid_from=valid_from, valid_through=valid_through, points_tenths=points,
        paper_number=paper_number,
    )
    add(session, right, by=clerk, now=now)
    mark(session, book, household, 1, by=clerk, now=now)
    return {"book": book, "household": household, "valid_from": valid_from.isoformat(), "status": "granted"}


@act
def end_right(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    household: str,
    valid_from: date,
    valid_through: date,
    paper_number: str,
) -> dict[str, Any]:
    """Record the last day of a right, by a paper."""
    check_not_kin(session, clerk, book, household)
    right = find(session, SupportRight, book, household, valid_from)
    if valid_through < valid_from:
        raise EndsBeforeItBegins(first=valid_from.isoformat())
    values = {"valid_through": valid_through, "paper_number": f"{right.paper_number} / {paper_number}"}
    change(session, right, version=right.version, values=values, by=clerk, now=now)
    mark(session, book, household, 0, by=clerk, now=now)
    return {"book": book, "household": household, "valid_through": valid_through.isoformat(), "status": "ended"}


def mark(session: Session, book: str, household: str, cannot_work: int, *, by: str, now: datetime) -> None:
    """Keep the mark in the register of households in step."""
    row = session.get_one(Household, (book, household))
    change(session, row, version=row.version, values={"cannot_work": cannot_work}, by=by, now=now)
