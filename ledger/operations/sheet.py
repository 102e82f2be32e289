"""Assessment sheet: what the meeting gave to whom; points on it cannot be spent before they are credited."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import Booked, act, post
from ledger.journal.serials import next_serial
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.grant import check_grants
from ledger.operations.known_deed import check_new
from ledger.operations.sheet_lines import Lines, awards_of, check_lines, take_deeds
from ledger.registers.rules import rule_day
from ledger.registers.sheets import AnyLine, Award, Sheet, passed_of, write_lines
from ledger.terms import N_, EntryKind, LineStatus


class NoLines(LedgerError):
    """A month without awards is said, not left empty."""

    message = N_("Enter at least one line, or tick that there is nothing this month.")
    field = "lines"


class NothingHasLines(LedgerError):
    """A sheet says either what was given or that nothing was."""

    message = N_("There are lines on this sheet, so it cannot say that there is nothing this month.")
    field = "nothing"


class MoreThanDue(LedgerError):
    """No more members meet than there are."""

    message = N_("More members were present (%(present)s) than were due (%(due)s).")
    field = "present"


class FarMonth(LedgerError):
    """A meeting speaks of a month near it."""

    message = N_("%(month)s is far from the meeting on %(day)s. Please check the month.")
    field = "period"


@act
def draw_sheet(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    period: str,
    purse: str,
    occurred_on: date,
    lines: Lines,
    nothing: int = 0,
    another: int = 0,
    minutes: str = "",
    due: int | None = None,
    present: int | None = None,
) -> dict[str, Any]:
    """Draw up the sheet of a meeting for one purse. `lines` are {household, rule, points? (tenths), evidence?, status?,
    deed?}; without points a line asks for the least its rule gives. A month without awards is a sheet of `nothing`.
    Lines that look like deeds known already stand only where the clerk says that they are `another`.
    """
    check_day(session, occurred_on, now)
    check_month(period, occurred_on)
    if bool(lines) == bool(nothing):
        raise NothingHasLines if lines else NoLines
    if due is not None and present is not None and present > due:
        raise MoreThanDue(due=due, present=present)
    entry, sheet, awards = draw_up(
        session, book=book, clerk=clerk, now=now, key=key, period=period, purse=purse, occurred_on=occurred_on,
        rules_of=rule_day(period, occurred_on), lines=lines, another=another, minutes=minutes,
        facts=members(due, present),
    )
    sheet.due, sheet.present = due, present
    return answer_of(entry, n=sheet.n, status=str(sheet.status), **totals(awards))


def check_month(period: str, meeting: date) -> None:
    """Refuse a month that is a slip of the finger: a meeting is about its own, one of the year before, or the next."""
    year, month = map(int, period.split("-"))
    if not -12 <= (year - meeting.year) * 12 + month - meeting.month <= 1:
        raise FarMonth(month=period, day=meeting.isoformat())


def members(due: int | None, present: int | None) -> dict[str, int]:
    """Return, as facts, how many members of the meeting were due and how many present, as far as the paper says."""
    return {name: number for name, number in (("due", due), ("present", present)) if number is not None}


def draw_up(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    period: str,
    purse: str,
    occurred_on: date,
    rules_of: date,
    lines: Lines,
    another: int = 1,
    minutes: str = "",
    facts: Mapping[str, Any],
) -> tuple[Booked, Sheet, list[Award]]:
    """Post a sheet, its lines by the rules of a day and cut by the caps of the month; its deeds stand on it."""
    rules, deeds = check_lines(session, book, clerk, purse, rules_of, occurred_on, lines)
    check_grants(session, book, period, lines, rules)
    if not another:
        check_new(session, book, period, rules_of, lines)
    n = next_serial(session, book=book, kind="sheet")
    awards = awards_of(session, book, n, period, purse, rules_of, lines, rules)
    digest, put_aside = digest_of_lines(awards), Counter(str(award.status) for award in awards)
    entry = post(
        session, book=book, kind=EntryKind.SHEET, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={
            "sheet": n, "period": period, "purse": purse, "lines": put_aside.pop(LineStatus.PASSED, 0),
            "digest": digest, **totals(awards), **put_aside, **facts,
        },
        notes={"minutes": minutes},
    )
    sheet = Sheet(
        book=book, n=n, period=period, purse=purse, minutes=minutes, drawn_by=clerk, drawn_number=entry.number,
        digest=digest,
    )
    session.add(sheet)
    session.flush()
    write_lines(session, awards)
    take_deeds(session, awards, lines, deeds, by=clerk, day=rules_of, now=now)
    return entry, sheet, awards


def totals(awards: Iterable[Award]) -> dict[str, int]:
    """Return the points of the lines that passed, and what caps cut off them, if they did."""
    passed = passed_of(awards)
    cut = sum(line.asked_tenths - line.points_tenths for line in passed)
    return {"points": sum(line.points_tenths for line in passed), **({"cut": cut} if cut else {})}


def digest_of_lines(lines: Iterable[AnyLine]) -> str:
    """Return the digest of the lines that passed, so that what is credited is what hung on the board."""
    said = [[line.line, line.household, line.rule, line.points_tenths] for line in passed_of(lines)]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
