"""The lines of a sheet: what may stand there, what the caps leave of each, and the deeds that stand on it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, kept_in, refuse_together
from ledger.journal import microseconds
from ledger.journal.serials import next_serial
from ledger.registers.caps import room_for
from ledger.registers.deeds import PROPOSED, Deed, deeds_by_number
from ledger.registers.households import check_served, households_by_number
from ledger.registers.rules import Rule, in_force, rules_on
from ledger.registers.sheets import Award
from ledger.registers.staff import check_not_among, kin_in
from ledger.terms import N_, DeedStatus, LineStatus

Lines = list[dict[str, Any]]


class OutsideTheRange(LedgerError):
    """A rule gives points within its range."""

    message = N_("%(rule)s gives from %(least)s to %(most)s points.")


class NotTheOneNumber(LedgerError):
    """Many a rule gives one number of points and no other."""

    message = N_("%(rule)s gives %(least)s points, neither more nor less.")


class OtherPurse(LedgerError):
    """Support points stand on a notice of their own, without a reason."""

    message = N_("%(rule)s gives points of the other purse; draw a sheet of its own for them.")


class NotThisDeed(LedgerError):
    """A deed stands on one sheet, as what it was."""

    message = N_("Deed %(deed)s does not wait for a meeting any more, or is not this household's by this rule.")


class DeedToCome(LedgerError):
    """A meeting speaks of what was done by then."""

    message = N_("Deed %(deed)s is of %(day)s, after the meeting.")


class DeedAfterTheMonth(LedgerError):
    """A deed counts against the caps of its own month or of a later one, never of one before it."""

    message = N_("Deed %(deed)s is of %(day)s, after the month of this sheet. Leave it for the sheet of its own month.")


def check_lines(
    session: Session, book: str, clerk: str, purse: str, day: date, meeting: date, lines: Lines
) -> tuple[list[Rule], dict[int, Deed]]:
    """Return the rule of each line and the deeds named. Refuses all wrong lines at once: household, own or relative's
    household, deed, rule, points.
    """
    refusals: list[LedgerError] = []
    rules: list[Rule] = []
    rules_of, kin = cache(partial(rules_on, session)), kin_in(session, clerk, book)
    known = households_by_number(session, book, [line["household"] for line in lines])
    deeds = deeds_by_number(session, book, [line["deed"] for line in lines if line.get("deed")])
    taken: set[int] = set()
    for place, line in enumerate(lines):
        with kept_in(refusals, at=f"lines.{place}"):
            check_served(known.get(line["household"]), line["household"])
            check_not_among(kin, line["household"])
            if line.get("deed"):
                check_deed(deeds.get(line["deed"]), line, taken, day, meeting)
            deed = deeds.get(line.get("deed") or 0)
            rules.append(rule_of(session, line, deed.occurred_on if deed else day, rules_of))
            check_points(rules[-1], purse, line.get("points"))
    refuse_together(refusals)
    return rules, deeds


def rule_of(
    session: Session, line: Mapping[str, Any], day: date, rules_of: Callable[[date], dict[str, Rule]]
) -> Rule:
    """Return the rule of a line as it was on a day, or in the version that the line it puts right went by."""
    if "version" in line:
        return session.get_one(Rule, (line["rule"], line["version"]))
    return in_force(session, rules_of(day), line["rule"], day)


def check_points(rule: Rule, purse: str, points: int | None) -> None:
    """Refuse points of the other purse and points outside the rule's range."""
    if rule.purse != purse:
        raise OtherPurse(rule=rule.code, at="rule")
    if points is not None and not rule.points_min <= points <= rule.points_max:
        wrong = NotTheOneNumber if rule.points_min == rule.points_max else OutsideTheRange
        raise wrong(rule=rule.code, least=rule.points_min / 10, most=rule.points_max / 10, at="points")


def check_deed(deed: Deed | None, line: Mapping[str, Any], taken: set[int], day: date, meeting: date) -> None:
    """Refuse a deed that does not wait, that is not what the line says, or that was done after the meeting, or after
    the last day of its month.
    """
    waits = deed is not None and deed.status in PROPOSED and line["deed"] not in taken
    if deed is None or not waits or (deed.household, deed.rule) != (line["household"], line["rule"]):
        raise NotThisDeed(deed=line["deed"], at="deed")
    if deed.occurred_on > meeting:
        raise DeedToCome(deed=deed.n, day=deed.occurred_on.isoformat(), at="deed")
    if deed.occurred_on > day:
        raise DeedAfterTheMonth(deed=deed.n, day=deed.occurred_on.isoformat(), at="deed")
    taken.add(line["deed"])


def awards_of(
    session: Session, book: str, n: int, period: str, purse: str, day: date, lines: Lines, rules: list[Rule]
) -> list[Award]:
    """Return the lines of a sheet in their order, each that passed cut by what the caps leave to its household."""
    room = room_for(session, book, [line["household"] for line in lines], period=period, purse=purse, day=day)
    awards = []
    for place, (line, rule) in enumerate(zip(lines, rules, strict=True), start=1):
        status = line.get("status") or LineStatus.PASSED
        asked = line.get("points") or rule.points_min
        points, cut_by = room.award(line["household"], rule, asked) if status == LineStatus.PASSED else (0, "")
        awards.append(Award(
            book=book, n=n, line=place, household=line["household"], rule=rule.code, rule_version=rule.version,
            period=period, points_tenths=points, asked_tenths=asked, cut_by=cut_by, status=status,
            evidence=line.get("evidence") or "",
        ))
    return awards


def take_deeds(
    session: Session, awards: list[Award], lines: Lines, deeds: Mapping[int, Deed], *, by: str, day: date,
    now: datetime,
) -> None:
    """Let each deed stand on the sheet. What the meeting put off becomes a deed that comes back by itself."""
    for award, line in zip(awards, lines, strict=True):
        deed, put_off = deeds.get(line.get("deed") or 0), award.status == LineStatus.DEFERRED
        if deed is None and put_off:
            deed = Deed(
                book=award.book, n=next_serial(session, book=award.book, kind="deed"), occurred_on=day,
                household=award.household, rule=award.rule, put_off_by=award.n, by=by, recorded_us=microseconds(now),
            )
        if deed is not None:
            deed.status, deed.sheet = DeedStatus.DEFERRED if put_off else DeedStatus.DRAWN, award.n
            deed.evidence, deed.points_tenths = award.evidence or deed.evidence, award.asked_tenths
            session.add(deed)
