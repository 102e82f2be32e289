"""Credit: the lines of a sheet whose notice has run, and that nothing holds back, become points in the purses."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, refuse_together
from ledger.journal import Draft, Move, act, body_of, county_day, entry_of, post_all
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.sheet import digest_of_lines
from ledger.registers.households import Household, check_served, households_by_number
from ledger.registers.objections import scorers_of
from ledger.registers.policy import policy
from ledger.registers.sheets import Sheet, SheetLine, lines_of, sheet_of
from ledger.registers.staff import OwnHousehold, check_not_among, kin_in
from ledger.registers.successors import successor_of
from ledger.terms import N_, EntryKind, LineStatus, SheetStatus


class NotOnNotice(LedgerError):
    """Only what hung on the board is credited."""

    message = N_("Sheet %(n)s is not on notice.")


class NoticeStillRuns(LedgerError):
    """Everyone has the whole notice to object in."""

    message = N_("The notice hangs through %(until)s; the sheet can be credited the day after.")


class NotAsPosted(LedgerError):
    """What is credited is what hung on the board."""

    message = N_("Sheet %(n)s differs from the one on notice. It must be posted anew.")


class CameDownEarly(LedgerError):
    """A notice that did not hang its days is hung again."""

    message = N_("The notice came down on %(day)s, before its last day %(until)s. Hang the sheet again first.")


class UnderObjection(LedgerError):
    """A line somebody objects to waits for the answer; the others go on."""

    message = N_("Line %(line)s waits for the answer to an objection.")


class OwnSheet(LedgerError):
    """Who scored a sheet never credits it."""

    message = N_("You drew up this sheet or recorded a deed on it; another person must credit it.")


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
) -> dict[str, Any]:
    """Credit what may be credited of a sheet whose notice has run; each line is an entry, so that each can be read and
    reversed alone. What is held back is named with why, and taken by a later credit. Where a household was inherited or
    merged since, its line is credited to the one that took it over.
    """
    check_day(session, occurred_on, now)
    posted = sheet_of(session, book, sheet)
    check_ready(session, posted, clerk, min(occurred_on, county_day(session, now)))
    lines = lines_of(session, book, sheet)
    check_as_posted(session, posted, lines)
    waiting = [line for line in lines if waits(line)]
    gets = receivers(session, posted, waiting)
    held = held_back(session, posted, waiting, gets, clerk)
    ready = [line for line in waiting if line.line not in held]
    if not ready:
        refuse_together([*held.values()])
    rate_fen = int(policy(session, book, "rate_fen", occurred_on))
    said = {"sheet": sheet, "notice": posted.notice_number}
    drafts = [draft_of(posted, line, gets[line.household].number, {**said, "rate_fen": rate_fen}) for line in ready]
    entries = post_all(
        session, book=book, by=clerk, occurred_on=occurred_on, now=now, key=key,
        # A month in which nothing was given, or caps left nothing, is closed by an entry that moves nothing.
        drafts=drafts or [Draft(EntryKind.CREDIT, [], said)],
    )
    posted.credit_number = posted.credit_number or entries[0].number
    for line in ready:
        line.status = LineStatus.CREDITED
    settle(posted, lines)
    left = [{"line": line.line, "household": line.household, "why": why_held(held[line.line])}
            for line in waiting if line.line in held]
    points = sum(line.points_tenths for line in ready)
    return answer_of(
        entries[0], last=entries[-1].number, n=sheet, status=str(posted.status), points=points, left=left
    )


def waits(line: SheetLine) -> bool:
    """Tell whether a line waits to be credited; one that a cap cut to nothing does not, unless somebody objects."""
    return line.status == LineStatus.WAITING or (line.status == LineStatus.PASSED and line.points_tenths > 0)


def settle(sheet: Sheet, lines: list[SheetLine]) -> None:
    """Let a sheet that hung be credited when no line of it waits, or withdrawn if none was credited; else it hangs."""
    if sheet.notice_number is not None:
        done = SheetStatus.CREDITED if sheet.credit_number else SheetStatus.WITHDRAWN
        sheet.status = SheetStatus.ON_NOTICE if any(map(waits, lines)) else done


def check_ready(session: Session, sheet: Sheet, clerk: str, day: date) -> None:
    """Refuse a sheet that is not on notice, whose notice still runs or came down early, or that this person scored."""
    if sheet.status != SheetStatus.ON_NOTICE or sheet.notice_until is None:
        raise NotOnNotice(n=sheet.n)
    if clerk in scorers_of(session, sheet.book, sheet.n):
        raise OwnSheet
    if day <= sheet.notice_until:
        raise NoticeStillRuns(until=sheet.notice_until.isoformat())
    if sheet.down_number is not None:
        down = entry_of(session, sheet.book, sheet.down_number).occurred_on
        if down < sheet.notice_until:
            raise CameDownEarly(day=down.isoformat(), until=sheet.notice_until.isoformat())


def check_as_posted(session: Session, sheet: Sheet, lines: list[SheetLine]) -> None:
    """Refuse lines other than those whose digest stands in the notice, and another purse than the meeting's."""
    # The journal is asked, not the sheet: a register can be changed, an entry cannot.
    steps = (sheet.drawn_number, sheet.notice_number or 0)
    drawn, hung = (body_of(entry_of(session, sheet.book, number))["facts"] for number in steps)
    if (digest_of_lines(lines), sheet.purse) != (hung["digest"], drawn["purse"]):
        raise NotAsPosted(n=sheet.n)


def receivers(session: Session, sheet: Sheet, lines: list[SheetLine]) -> dict[str, Household]:
    """Return who gets the points of each household on these lines: itself, or who took it over."""
    known = households_by_number(session, sheet.book, [line.household for line in lines])
    return {number: successor_of(session, household) for number, household in known.items()}


def held_back(
    session: Session, sheet: Sheet, lines: list[SheetLine], gets: dict[str, Household], clerk: str
) -> dict[int, LedgerError]:
    """Return by line what holds it back: an objection, a household that is not active, or one's own or a relative's."""
    held: dict[int, LedgerError] = {}
    kin = kin_in(session, clerk, sheet.book)
    for line in lines:
        try:
            if line.status == LineStatus.WAITING:
                raise UnderObjection(line=line.line)
            to = gets[line.household].number
            check_served(gets[line.household], to)
            check_not_among(kin, line.household)
            check_not_among(kin, to)
        except LedgerError as refusal:
            held[line.line] = refusal
    return held


def why_held(refusal: LedgerError) -> str:
    """Return the code of what holds a line back."""
    return {UnderObjection: "objection", OwnHousehold: "own-household"}.get(type(refusal), "not-active")


def draft_of(sheet: Sheet, line: SheetLine, to: str, said: dict[str, Any]) -> Draft:
    """Return the entry of one credited line; it says for whom, where another household gets the points."""
    move = Move(chart.fund(sheet.purse), chart.purse(to, sheet.purse), chart.POINT, line.points_tenths)
    facts = {
        **said, "line": line.line, "household": to, "rule": line.rule, "rule_version": line.rule_version,
        **({"for": line.household} if to != line.household else {}),
    }
    return Draft(EntryKind.CREDIT, [move], facts)
