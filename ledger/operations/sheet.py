"""Assessment sheet: what the meeting gave to whom; points on it cannot be spent before they are credited."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, refuse_together
from ledger.journal import act, post
from ledger.journal.serials import next_serial
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day, paper_facts
from ledger.registers.households import check_served, households_by_number
from ledger.registers.register import in_use
from ledger.registers.rules import Rule
from ledger.registers.sheets import Sheet, SheetLine
from ledger.registers.staff import check_not_among, kin_in
from ledger.terms import N_, EntryKind


class OutsideTheRange(LedgerError):
    """A rule gives points within its range."""

    message = N_("%(rule)s gives from %(least)s to %(most)s points.")


class OtherPurse(LedgerError):
    """Support points stand on a notice of their own, without a reason."""

    message = N_("%(rule)s gives points of the other purse; draw a sheet of its own for them.")


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
    lines: list[dict[str, Any]],
    minutes: str = "",
    paper_number: str | None = None,
) -> dict[str, Any]:
    """Draw up the sheet of a meeting for one purse. `lines` are {household, rule, points? (tenths), evidence?}; without
    points a line gets the least its rule gives.
    """
    check_day(session, occurred_on, paper_number, now)
    rules = check_lines(session, book, clerk, purse, lines)
    n = next_serial(session, book=book, kind="sheet")
    awards = [award(book, n, place, line, rules[line["rule"]]) for place, line in enumerate(lines, start=1)]
    digest = digest_of_lines(awards)
    entry = post(
        session, book=book, kind=EntryKind.SHEET, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={
            "sheet": n, "period": period, "purse": purse, "lines": len(awards), "digest": digest,
            "points": sum(line.points_tenths for line in awards), **paper_facts(paper_number),
        },
        notes={"minutes": minutes},
    )
    session.add(
        Sheet(
            book=book, n=n, period=period, purse=purse, minutes=minutes, drawn_by=clerk, drawn_number=entry.number,
            digest=digest,
        )
    )
    session.flush()
    session.add_all(awards)
    session.flush()
    return answer_of(entry, n=n, status="assessed", points=sum(line.points_tenths for line in awards))


def check_lines(
    session: Session, book: str, clerk: str, purse: str, lines: list[dict[str, Any]]
) -> dict[str, Rule]:
    """Return the rules used. Refuses all wrong lines at once: household, own or relative's household, rule, points."""
    rules: dict[str, Rule] = {}
    refusals: list[LedgerError] = []
    known = households_by_number(session, book, [line["household"] for line in lines])
    kin = kin_in(session, clerk, book)
    for place, line in enumerate(lines):
        try:
            at = f"lines.{place}"
            check_served(known.get(line["household"]), line["household"], at=f"{at}.household")
            check_not_among(kin, line["household"], at=f"{at}.household")
            rules[line["rule"]] = rule = in_use(session, Rule, line["rule"], at=f"{at}.rule")
            check_points(rule, purse, line.get("points"), at)
        except LedgerError as refusal:
            refusals.append(refusal)
    refuse_together(refusals)
    return rules


def check_points(rule: Rule, purse: str, points: int | None, at: str) -> None:
    """Refuse points of the other purse and points outside the rule's range."""
    if rule.purse != purse:
        raise OtherPurse(rule=rule.code, at=f"{at}.rule")
    if points is not None and not rule.points_min <= points <= rule.points_max:
        raise OutsideTheRange(
            rule=rule.code, least=rule.points_min / 10, most=rule.points_max / 10, at=f"{at}.points"
        )


def award(book: str, n: int, place: int, line: dict[str, Any], rule: Rule) -> SheetLine:
    """Return one award of a sheet."""
    return SheetLine(
        book=book, n=n, line=place, household=line["household"], rule=line["rule"],
        points_tenths=line.get("points") or rule.points_min, evidence=line.get("evidence") or "",
    )


def digest_of_lines(lines: Iterable[SheetLine]) -> str:
    """Return the digest of a sheet's lines, so that what is credited is what hung on the board."""
    said = [[line.line, line.household, line.rule, line.points_tenths] for line in lines]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
