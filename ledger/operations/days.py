"""The true day of an act: today, or a past day with its paper."""

from datetime import date, datetime

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal.paper import papers
from ledger.journal.posting import day_not_to_come
from ledger.terms import N_


class LateWithoutPaper(LedgerError):
    """What happened on a past day is entered from a numbered paper."""

    message = N_("%(day)s is past: enter the number of the paper it was written on.")
    field = "paper_number"


class FarPast(LedgerError):
    """A day more than a year ago is a slip of the finger."""

    message = N_("%(day)s is more than a year ago. Please check the day.")
    field = "occurred_on"


def check_day(session: Session, occurred_on: date, now: datetime, *, paper: str | None = None) -> None:
    """Refuse a day to come, and a past one without a paper number: the act's, or that of the `paper` being keyed.

    The journal refuses a day to come too, but after questions about that day, which would be answered wrongly.
    """
    today = day_not_to_come(session, occurred_on, now)
    if occurred_on < today and not (paper or papers(session).own):
        raise LateWithoutPaper(day=occurred_on.isoformat())
    if (today - occurred_on).days > 366:
        raise FarPast(day=occurred_on.isoformat())
