"""The right to support points: recorded from a paper, ended by a paper; the points themselves come by a sheet."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act
from ledger.registers.households import served
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


class EndsLater(LedgerError):
    """An end takes away; what is to hold longer is a right of its own, by its own paper."""

    message = N_("This right ends on %(last)s already. If it is to hold longer, record a new right from the day after.")
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
    record_right(session, SupportRight(
        book=book, household=household, valid_from=valid_from, valid_through=valid_through, points_tenths=points,
        paper_number=paper_number,
    ), by=clerk, now=now)
    return {"book": book, "household": household, "valid_from": valid_from.isoformat(), "status": "granted"}


def record_right(session: Session, right: SupportRight, *, by: str, now: datetime) -> None:
    """Take a right into the register, typed or from a list. Raises EndsBeforeItBegins and HasARight."""
    served(session, right.book, right.household)
    check_not_kin(session, by, right.book, right.household)
    if right.valid_through is not None and right.valid_through < right.valid_from:
        raise EndsBeforeItBegins(first=right.valid_from.isoformat())
    mine = {"household": right.household}
    for other in rights_between(session, right.book, right.valid_from, right.valid_through, **mine):
        raise HasARight(**mine, first=other.valid_from.isoformat())
    add(session, right, by=by, now=now)


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
    """Record the last day of a right, by a paper; one that has its last day may end earlier. Raises EndsLater."""
    check_not_kin(session, clerk, book, household)
    right = find(session, SupportRight, book, household, valid_from)
    if valid_through < valid_from:
        raise EndsBeforeItBegins(first=valid_from.isoformat())
    if right.valid_through is not None and valid_through > right.valid_through:
        raise EndsLater(last=right.valid_through.isoformat())
    values = {"valid_through": valid_through, "paper_number": f"{right.paper_number} / {paper_number}"}
    change(session, right, version=right.version, values=values, by=clerk, now=now)
    return {"book": book, "household": household, "valid_through": valid_through.isoformat(), "status": "ended"}
