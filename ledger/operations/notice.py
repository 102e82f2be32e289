"""Public notice: a sheet hangs on the village board, so that everyone can object before it is credited."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act, entry_of, post
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.serial import serial_facts
from ledger.operations.sheet import digest_of_lines
from ledger.registers.holidays import days_of
from ledger.registers.objections import check_not_concerned, objections_to
from ledger.registers.sheets import Sheet, lines_of, sheet_of
from ledger.terms import N_, EntryKind, SheetStatus


class NotAssessed(LedgerError):
    """Only a sheet just assessed goes on notice, or one that hangs already is hung again."""

    message = N_("Sheet %(n)s is not waiting for a notice.")


class HangsAlready(LedgerError):
    """A sheet that hangs is hung again for a reason only: its days count anew."""

    message = N_("Sheet %(n)s hangs already. To hang it again, so that its days count anew, say why.")
    field = "reason"


class BeforeTheMeeting(LedgerError):
    """A sheet hangs after the meeting that drew it up; an earlier day would cut the notice short."""

    message = N_("The meeting was on %(day)s; its sheet cannot hang before that.")
    field = "occurred_on"


class BeforeTheNotice(LedgerError):
    """What happens to a notice happens after it went up."""

    message = N_("The notice went up on %(day)s; this cannot have been before that.")
    field = "occurred_on"


class NotHanging(LedgerError):
    """Only what hangs is taken down."""

    message = N_("Sheet %(n)s does not hang on the board.")


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
    reason: str | None = None,
) -> dict[str, Any]:
    """Note that a sheet hangs at a place from a day on, with the digest of the lines that can be read there; with a
    reason, that one which hangs was hung again, after rain for example, and its days count anew.
    """
    check_day(session, occurred_on, now)
    posted = sheet_of(session, book, sheet)
    again = check_waits(session, posted, occurred_on, reason)
    check_not_concerned(session, clerk, book, objections_to(session, book, sheet))
    days = days_of(session, book, "notice_days", occurred_on)
    entry = post(
        session, book=book, kind=EntryKind.NOTICE, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={
            "sheet": sheet, "digest": digest_of_lines(lines_of(session, book, sheet)), **again, **days,
            **serial_facts(session, book, "notice", occurred_on),
        },
        notes={"place": place, "reason": reason or ""},
    )
    hang(posted, entry.number, occurred_on, date.fromisoformat(days["until"]), place)
    return answer_of(entry, n=sheet, status=str(posted.status), until=days["until"])


@act
def take_down(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    sheet: int,
    occurred_on: date,
) -> dict[str, Any]:
    """Note on which day a sheet came off the board; who says so took it down."""
    check_day(session, occurred_on, now)
    posted = sheet_of(session, book, sheet)
    if posted.notice_number is None or posted.notice_from is None or posted.down_number is not None:
        raise NotHanging(n=sheet)
    if occurred_on < posted.notice_from:
        raise BeforeTheNotice(day=posted.notice_from.isoformat())
    check_not_concerned(session, clerk, book, objections_to(session, book, sheet))
    entry = post(
        session, book=book, kind=EntryKind.NOTICE_DOWN, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={"sheet": sheet, "notice": posted.notice_number},
    )
    posted.down_number = entry.number
    return answer_of(entry, n=sheet, status=str(posted.status))


def check_waits(session: Session, sheet: Sheet, day: date, reason: str | None) -> dict[str, int]:
    """Refuse a sheet that neither waits for a notice nor hangs, and a day before its last step. Returns, as a fact, the
    notice that is hung again.
    """
    if sheet.status == SheetStatus.ON_NOTICE and sheet.notice_number and sheet.notice_from:
        if not reason:
            raise HangsAlready(n=sheet.n)
        if day < sheet.notice_from:
            raise BeforeTheNotice(day=sheet.notice_from.isoformat())
        return {"again": sheet.notice_number}
    if sheet.status != SheetStatus.ASSESSED:
        raise NotAssessed(n=sheet.n)
    meeting = entry_of(session, sheet.book, sheet.drawn_number).occurred_on
    if day < meeting:
        raise BeforeTheMeeting(day=meeting.isoformat())
    return {}


def hang(sheet: Sheet, number: int, first: date, until: date, place: str) -> None:
    """Let the sheet say where and how long it hangs."""
    sheet.status, sheet.notice_number, sheet.down_number = SheetStatus.ON_NOTICE, number, None
    sheet.notice_from, sheet.notice_until, sheet.notice_place = first, until, place
