"""Public notice: a sheet hangs on the village board, so that everyone can object before it is credited."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act, entry_of, post
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day, paper_facts
from ledger.operations.serial import serial_facts
from ledger.operations.sheet import digest_of_lines
from ledger.registers.policy import policy
from ledger.registers.sheets import Sheet, lines_of, sheet_of
from ledger.terms import N_, EntryKind, SheetStatus


class NotAssessed(LedgerError):
    """Only a sheet just assessed goes on notice."""

    message = N_("Sheet %(n)s is not waiting for a notice.")


class BeforeTheMeeting(LedgerError):
    """A sheet hangs after the meeting that drew it up; an earlier day would cut the notice short."""

    message = N_("The meeting was on %(day)s; its sheet cannot hang before that.")
    field = "occurred_on"


@act
def publish_notice(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    sheet: int,
    occurred_on: date,
    place: str,
    paper_number: str | None = None,
) -> dict[str, Any]:
    """Note that a sheet hangs at a place from a day on, with the digest of the lines that can be read there."""
    check_day(session, occurred_on, paper_number, now)
    posted = sheet_of(session, book, sheet)
    check_waits(session, posted, occurred_on)
    until = last_day(occurred_on, int(policy(session, book, "notice_days", occurred_on)))
    digest = digest_of_lines(lines_of(session, book, sheet))
    entry = post(
        session, book=book, kind=EntryKind.NOTICE, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={
            "sheet": sheet, "digest": digest, "until": until.isoformat(),
            **serial_facts(session, book, "notice", occurred_on), **paper_facts(paper_number),
        },
        notes={"place": place},
    )
    hang(session, posted, entry.number, occurred_on, until, place)
    return answer_of(entry, n=sheet, status=str(posted.status), until=until.isoformat())


def check_waits(session: Session, sheet: Sheet, day: date) -> None:
    """Refuse a sheet that does not wait for a notice, and a day before its meeting."""
    if sheet.status != SheetStatus.ASSESSED:
        raise NotAssessed(n=sheet.n)
    meeting = entry_of(session, sheet.book, sheet.drawn_number).occurred_on
    if day < meeting:
        raise BeforeTheMeeting(day=meeting.isoformat())


def last_day(first: date, days: int) -> date:
    """Return the last whole day of a notice: the day it goes up is not counted."""
    return first + timedelta(days=days)


def hang(session: Session, sheet: Sheet, number: int, first: date, until: date, place: str) -> None:
    """Let the sheet say where and how long it hangs."""
    sheet.status, sheet.notice_number = SheetStatus.ON_NOTICE, number
    sheet.notice_from, sheet.notice_until, sheet.notice_place = first, until, place
    session.add(sheet)
    session.flush()
