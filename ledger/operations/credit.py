"""Credit: a sheet whose notice has run becomes points in the households' purses."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, refuse_together
from ledger.journal import Draft, Move, act, body_of, county_day, entry_of, post_all
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day, paper_facts
from ledger.operations.sheet import digest_of_lines
from ledger.registers.households import check_served, households_by_number
from ledger.registers.policy import policy
from ledger.registers.sheets import Sheet, SheetLine, lines_of, sheet_of
from ledger.registers.staff import check_not_among, kin_in
from ledger.terms import N_, EntryKind, SheetStatus


class NotOnNotice(LedgerError):
    """Only what hung on the board is credited."""

    message = N_("Sheet %(n)s is not on notice.")


class NoticeStillRuns(LedgerError):
    """Everyone has the whole notice to object in."""

    message = N_("The notice hangs through %(until)s; the sheet can be credited the day after.")


class NotAsPosted(LedgerError):
    """What is credited is what hung on the board."""

    message = N_("Sheet %(n)s differs from the one on notice. It must be posted anew.")


class OwnSheet(LedgerError):
    """Who scored a sheet never credits it."""

    message = N_("You drew up this sheet; another person must credit it.")


@act
def credit_sheet(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    sheet: int,
    occurred_on: date,
    paper_number: str | None = None,
) -> dict[str, Any]:
    """Credit a sheet whose notice has run; each line is an entry, so that each can be read and reversed alone."""
    check_day(session, occurred_on, paper_number, now)
    posted = sheet_of(session, book, sheet)
    check_ready(posted, clerk, min(occurred_on, county_day(session, now)))
    lines = lines_of(session, book, sheet)
    check_as_posted(session, posted, lines)
    check_households(session, posted, lines, clerk)
    rate_fen = int(policy(session, book, "rate_fen", occurred_on))
    entries = post_all(
        session, book=book, by=clerk, occurred_on=occurred_on, now=now, key=key,
        drafts=[draft_of(posted, line, rate_fen, paper_number) for line in lines],
    )
    posted.status, posted.credit_number = SheetStatus.CREDITED, entries[0].number
    session.add(posted)
    session.flush()
    points = sum(line.points_tenths for line in lines)
    return answer_of(entries[0], last=entries[-1].number, n=sheet, status=str(posted.status), points=points)


def check_ready(sheet: Sheet, clerk: str, day: date) -> None:
    """Refuse a sheet that is not on notice, whose notice still runs, or that this person scored."""
    if sheet.status != SheetStatus.ON_NOTICE or sheet.notice_until is None:
        raise NotOnNotice(n=sheet.n)
    if sheet.drawn_by == clerk:
        raise OwnSheet
    if day <= sheet.notice_until:
        raise NoticeStillRuns(until=sheet.notice_until.isoformat())


def check_as_posted(session: Session, sheet: Sheet, lines: list[SheetLine]) -> None:
    """Refuse lines other than those whose digest stands in the notice, and another purse than the meeting's."""
    # The journal is asked, not the sheet: a register can be changed, an entry cannot.
    steps = (sheet.drawn_number, sheet.notice_number or 0)
    drawn, hung = (body_of(entry_of(session, sheet.book, number))["facts"] for number in steps)
    if (digest_of_lines(lines), sheet.purse) != (hung["digest"], drawn["purse"]):
        raise NotAsPosted(n=sheet.n)


def check_households(session: Session, sheet: Sheet, lines: list[SheetLine], clerk: str) -> None:
    """Refuse frozen households and one's own, all at once."""
    refusals: list[LedgerError] = []
    known = households_by_number(session, sheet.book, [line.household for line in lines])
    kin = kin_in(session, clerk, sheet.book)
    for line in lines:
        try:
            check_served(known.get(line.household), line.household)
            check_not_among(kin, line.household)
        except LedgerError as refusal:
            refusals.append(refusal)
    refuse_together(refusals)


def draft_of(sheet: Sheet, line: SheetLine, rate_fen: int, paper_number: str | None) -> Draft:
    """Return the entry of one credited line."""
    move = Move(chart.fund(sheet.purse), chart.purse(line.household, sheet.purse), chart.POINT, line.points_tenths)
    facts = {
        "sheet": sheet.n, "line": line.line, "household": line.household, "rule": line.rule, "rate_fen": rate_fen,
        "notice": sheet.notice_number, **paper_facts(paper_number),
    }
    return Draft(EntryKind.CREDIT, [move], facts)
