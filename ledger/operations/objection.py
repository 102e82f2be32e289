"""Objection: anybody may object to a line on the board, which waits for its answer, or to what is missing there."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, Unknown
from ledger.journal import act, body_of, entry_of, post
from ledger.journal.serials import next_serial
from ledger.operations.answer import answer_of
from ledger.operations.credit import settle
from ledger.operations.days import check_day
from ledger.operations.notice import BeforeTheNotice
from ledger.registers.households import Household
from ledger.registers.objections import Objection, objections_to
from ledger.registers.policy import policy
from ledger.registers.register import find
from ledger.registers.sheets import Sheet, SheetLine, lines_of, sheet_of
from ledger.terms import N_, EntryKind, LineStatus, ObjectionWay, SheetStatus


class NothingHangs(LedgerError):
    """An objection is to what hangs on the board."""

    message = N_("Sheet %(n)s does not hang on the board, so there is nothing to object to yet.")


class PastObjection(LedgerError):
    """What is in the purse already is taken back in another way."""

    message = N_("Line %(line)s is in the purse already. Propose to take the points back instead.")
    field = "line"


class NotOnTheBoard(LedgerError):
    """A line the meeting refused or put off, or that was struck, does not hang."""

    message = N_(
        "Line %(line)s does not hang on the board. Who misses it there leaves the line empty and names the household."
    )
    field = "line"


class NamesNobody(LedgerError):
    """Whoever objects says to what: a line, or for which household something is missing."""

    message = N_("Enter the line, or the household that misses something on the sheet.")
    field = "household"


class LineOfAnother(LedgerError):
    """A line names its household."""

    message = N_("Line %(line)s is household %(household)s's. Leave the line or the household empty.")
    field = "household"


class AnonymousNamesNobody(LedgerError):
    """Who wants no name keeps it."""

    message = N_("An anonymous objection names no household.")
    field = "objector"


@act
def raise_objection(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    sheet: int,
    way: str,
    words: str,
    occurred_on: date,
    line: int | None = None,
    household: str | None = None,
    objector: str | None = None,
) -> dict[str, Any]:
    """Take in an objection to a line that hangs and is not credited; the line waits from now on. Without a line it is
    to what a household misses on a sheet that hangs, and nothing waits.
    """
    check_day(session, occurred_on, now)
    about = objected_to(session, sheet_of(session, book, sheet), line, household, occurred_on)
    answer = take_in(
        session, about={"sheet": sheet, **about}, book=book, clerk=clerk, now=now, key=key, way=way, words=words,
        occurred_on=occurred_on, objector=objector,
    )
    let_line_go_on(session, book, sheet, line)
    return answer


def objected_to(
    session: Session, sheet: Sheet, line: int | None, household: str | None, day: date
) -> dict[str, Any]:
    """Return the line and the household an objection is to, or the household alone. Raises NamesNobody,
    LineOfAnother, and what `line_objected_to` and `check_hangs` raise.
    """
    if line is not None:
        against = line_objected_to(session, sheet, line, day)
        if household not in (None, against.household):
            raise LineOfAnother(line=line, household=against.household)
        return {"line": line, "household": against.household}
    if household is None:
        raise NamesNobody
    find(session, Household, sheet.book, household, at="household")
    check_hangs(session, sheet, day)
    return {"household": household}


def take_in(
    session: Session, *, about: dict[str, Any], book: str, clerk: str, now: datetime, key: str, way: str, words: str,
    occurred_on: date, objector: str | None,
) -> dict[str, Any]:
    """Post an objection to what `about` names, and until when it is to be answered. Raises AnonymousNamesNobody."""
    if objector and way == ObjectionWay.ANONYMOUS:
        raise AnonymousNamesNobody
    if objector:
        find(session, Household, book, objector, at="objector")
    n = next_serial(session, book=book, kind="objection")
    due = occurred_on + timedelta(days=int(policy(session, book, "objection_days", occurred_on)))
    entry = post(
        session, book=book, kind=EntryKind.OBJECTION, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={**about, "objection": n, "way": way, "due": due.isoformat()},
        notes={"objection": words},
    )
    session.add(Objection(
        book=book, n=n, sheet=about.get("sheet", 0), line=about.get("line", 0), claw_back=about.get("claw_back"),
        household=about["household"], way=way, objector=objector or "", received_on=occurred_on, due=due,
        number=entry.number,
    ))
    return answer_of(entry, n=n, status="open", due=due.isoformat())


def line_objected_to(session: Session, sheet: Sheet, line: int, day: date) -> SheetLine:
    """Return the line if it hangs and has not become points. Raises NothingHangs, NotOnTheBoard and PastObjection."""
    against = session.get(SheetLine, (sheet.book, sheet.n, line))
    if against is None:
        raise Unknown(what=N_("line"), code=line, at="line")
    if against.status in (LineStatus.CREDITED, LineStatus.CLAWED_BACK):
        raise PastObjection(line=line)
    check_hangs(session, sheet, day)
    if against.status not in (LineStatus.PASSED, LineStatus.WAITING):
        raise NotOnTheBoard(line=line)
    return against


def check_hangs(session: Session, sheet: Sheet, day: date) -> None:
    """Refuse what nobody could read on a day. Raises NothingHangs and BeforeTheNotice."""
    if sheet.status != SheetStatus.ON_NOTICE:
        raise NothingHangs(n=sheet.n)
    first = first_hung(session, sheet)
    if day < first:
        raise BeforeTheNotice(day=first.isoformat())


def first_hung(session: Session, sheet: Sheet) -> date:
    """Return since when a sheet can be read on the board, however often it was hung again since."""
    entry = entry_of(session, sheet.book, sheet.notice_number or 0)
    while "again" in (facts := body_of(entry)["facts"]):
        entry = entry_of(session, sheet.book, facts["again"])
    return entry.occurred_on


def let_line_go_on(session: Session, book: str, sheet: int, line: int | None) -> None:
    """Let a line wait while somebody objects to it, and go on when all who did have their answer; without a line
    nothing waits.
    """
    if not line:
        return
    hung, lines = sheet_of(session, book, sheet), lines_of(session, book, sheet)
    objected = [one.line for one in objections_to(session, book, sheet) if one.sheet == sheet and one.status == "open"]
    for against in lines:
        if against.line == line and against.status in (LineStatus.PASSED, LineStatus.WAITING):
            against.status = LineStatus.WAITING if line in objected else LineStatus.PASSED
    settle(hung, lines)
