"""Claw-back 追回: points taken out of a purse after a re-visit; told to the household, confirmed by another."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Entry, Move, act, body_of, county_day, moves_of, on_hand, post, reversal_of
from ledger.operations.answer import answer_of
from ledger.operations.credit import NoticeStillRuns
from ledger.operations.days import check_day
from ledger.operations.serial import serial_facts
from ledger.registers.holidays import days_of
from ledger.registers.households import Household
from ledger.registers.objections import objections_to_claw_back
from ledger.registers.register import find
from ledger.registers.requests import ask, decide, for_second_hand, waiting_about
from ledger.registers.sheets import SheetLine, take_of
from ledger.registers.staff import check_not_kin
from ledger.terms import N_, EntryKind, LineStatus, Purse


class SupportStays(LedgerError):
    """Support points are nobody's reward: only what was credited by mistake is taken back."""

    message = N_("Support points are taken back only where a line was credited by mistake. Enter its entry.")
    field = "credit"


class NotThisCredit(LedgerError):
    """What is taken back for a line was credited for it, and stands."""

    message = N_("Entry %(number)s is not a credit of this household and purse that still stands.")
    field = "credit"


class MoreThanCredited(LedgerError):
    """Of one line at most its points are taken back, by however many claw-backs."""

    message = N_("Entry %(number)s credited %(points)s points; %(left)s of them are left to be taken back.")
    field = "points"


class ObjectionOpen(LedgerError):
    """Every objection is answered, and before the points are taken."""

    message = N_("Objection %(n)s to this has no answer yet; the points are taken only after one.")


@act
def propose_claw_back(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    household: str,
    purse: str,
    points: int,
    reason: str,
    place: str,
    occurred_on: date,
    credit: int | None = None,
) -> dict[str, Any]:
    """Propose to take points back, and tell the household: the notice says why, and until when to object. `credit` is
    the entry that credited the line in question.
    """
    check_day(session, occurred_on, now)
    find(session, Household, book, household, at="household")
    check_not_kin(session, clerk, book, household)
    asked = {"household": household, "purse": purse, "points": points, **({"credit": credit} if credit else {})}
    others = waiting_about(session, book, EntryKind.CLAW_BACK, credit=credit)
    line_of_credit(session, book, asked, spoken_for=sum(one.lines()["points"] for one in others))
    days = days_of(session, book, "claw_back_days", occurred_on)
    entry = post(
        session, book=book, kind=EntryKind.CLAW_BACK_NOTICE, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={**asked, **days, **serial_facts(session, book, "claw-back", occurred_on)},
        notes={"reason": reason, "place": place},
    )
    # The words stand beside the entry alone, so that they are erased in one place.
    told = {**asked, "until": days["until"], "notice": entry.number}
    request = ask(session, book=book, kind=EntryKind.CLAW_BACK, by=clerk, now=now, asked=told)
    return answer_of(entry, n=request.n, status=request.status, until=days["until"])


@act
def confirm_claw_back(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int
) -> dict[str, Any]:
    """Take the points back, once the notice has run and a second person confirms: what the purse holds, and no more.
    The rest is told and not owed.
    """
    proposed = for_second_hand(session, book, request, kind=EntryKind.CLAW_BACK, by=clerk)
    said = proposed.lines()
    check_not_kin(session, clerk, book, said["household"], at="")
    today = county_day(session, now)
    if today.isoformat() <= said["until"]:
        raise NoticeStillRuns(until=said["until"])
    for objection in objections_to_claw_back(session, book, request):
        if objection.status == "open":
            raise ObjectionOpen(n=objection.n)
    line = line_of_credit(session, book, said)
    purse = chart.purse(said["household"], said["purse"])
    taken = min(said["points"], on_hand(session, book, purse, chart.POINT))
    moves = [Move(purse, chart.WITHDRAWN, chart.POINT, taken)] if taken else []
    rest = {"rest": said["points"] - taken, "request": request, "asked_by": proposed.asked_by}
    entry = post(
        session, book=book, kind=EntryKind.CLAW_BACK, by=clerk, occurred_on=today, now=now, key=key, moves=moves,
        facts={**{name: value for name, value in said.items() if name != "until"}, **rest},
    )
    if line is not None:
        take_of(line, taken)
    decide(proposed, "confirmed", entry.number)
    return answer_of(entry, request=request, points=taken, rest=rest["rest"])


def line_of_credit(session: Session, book: str, asked: dict[str, Any], *, spoken_for: int = 0) -> SheetLine | None:
    """Return the line whose credit was named, of which other proposals ask for so much. Raises SupportStays,
    NotThisCredit and MoreThanCredited.
    """
    if "credit" not in asked:
        if asked["purse"] == Purse.SUPPORT:
            raise SupportStays
        return None
    number, purse = asked["credit"], chart.purse(asked["household"], asked["purse"])
    entry = session.get(Entry, (book, number))
    # A month with nothing has a credit that moves no points.
    moves = moves_of(entry) if entry is not None and entry.kind == EntryKind.CREDIT else []
    if entry is None or [move.destination for move in moves] != [purse]:
        raise NotThisCredit(number=number)
    facts, credited = body_of(entry)["facts"], moves[0].quantity
    line = session.get(SheetLine, (book, facts.get("sheet", 0), facts.get("line", 0)))
    if line is None or line.status != LineStatus.CREDITED or reversal_of(session, book, number) is not None:
        raise NotThisCredit(number=number)
    left = credited - (line.taken_tenths or 0) - spoken_for
    if asked["points"] > left:
        raise MoreThanCredited(number=number, points=credited / 10, left=max(0, left) / 10)
    return line
