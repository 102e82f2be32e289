"""Closing a month: the keeper proposes, a second person attests; from then on the days behind stay as they are."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act, check_close, close_book, take_book
from ledger.operations.answer import answer_of
from ledger.registers.requests import ask, decide, for_second_hand, waiting_about
from ledger.terms import N_, EntryKind


class NotAMonthsEnd(LedgerError):
    """A book is closed by whole months; statements and exports go by them."""

    message = N_("A book is closed through the last day of a month; %(day)s is none.")
    field = "through"


@act
def propose_close(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, through: date
) -> dict[str, Any]:
    """Propose to close a book through a month's last day; a proposal that still waits gives way to the new one."""
    check_close(session, take_book(session, book), through, now)
    if (through + timedelta(days=1)).day != 1:
        raise NotAMonthsEnd(day=through.isoformat())
    for waiting in waiting_about(session, book, EntryKind.CLOSE):
        decide(waiting, "withdrawn")
    asked = {"through": through.isoformat()}
    request = ask(session, book=book, kind=EntryKind.CLOSE, by=clerk, now=now, asked=asked)
    return {"book": book, "n": request.n, "status": request.status, **asked}


@act
def confirm_close(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int
) -> dict[str, Any]:
    """Close the book as proposed, once a second person attests; nothing opens those days again."""
    asked = for_second_hand(session, book, request, kind=EntryKind.CLOSE, by=clerk)
    entry = close_book(
        session, book=book, through=date.fromisoformat(asked.lines()["through"]), by=clerk, now=now, key=key,
        facts={"request": request, "asked_by": asked.asked_by},
    )
    decide(asked, "confirmed", entry.number)
    return answer_of(entry, request=request, through=asked.lines()["through"])
