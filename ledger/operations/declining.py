"""Declining: a second person says no to what waits, with a reason; nothing is booked, and it may be asked for anew."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act, body_of, entry_of
from ledger.operations.limits import NotYourYes, may_take_back
from ledger.operations.write_off import OneOrTheOther
from ledger.registers.limits import OVERRIDE
from ledger.registers.objections import check_not_concerned, open_objections
from ledger.registers.register import find, note_change
from ledger.registers.requests import DECLINED, Request, decide, for_second_hand
from ledger.registers.staff import Staff, check_not_kin
from ledger.terms import N_, EntryKind, Role


class TownDecides(LedgerError):
    """An answer by who scored the line is checked outside the village."""

    message = N_("This is decided by the town or the county.")


@act
def decline(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int, reason: str
) -> dict[str, Any]:
    """Say no to a proposal that waits, as a second person, or take the yes to more than a limit back that was not used,
    and why; who proposed it reads both.
    """
    asked = find(session, Request, book, request)
    if (asked.kind, asked.status) != (OVERRIDE, "allowed"):
        asked = for_second_hand(session, book, request, kind=None, by=clerk)
    elif not may_take_back(asked, session.get_one(Staff, clerk)):
        raise NotYourYes
    if asked.kind == EntryKind.WRITE_OFF:
        # Goods set aside lie somewhere: they are disposed of or put back, and never just left.
        raise OneOrTheOther
    if asked.kind == EntryKind.OBJECTION_ANSWER:
        let_it_be_answered_anew(session, asked, clerk)
    elif household := household_of(session, asked):
        check_not_kin(session, clerk, book, household, at="")
    turn_down(session, asked, reason, by=clerk, now=now)
    return {"book": book, "n": request, "status": DECLINED}


def turn_down(session: Session, asked: Request, reason: str, *, by: str, now: datetime) -> None:
    """Note who said no to a proposal, and why."""
    asked.declined_by, asked.declined_why = by, reason
    note_change(session, asked, "status", asked.status, DECLINED, by=by, now=now)
    decide(asked, DECLINED)


def let_it_be_answered_anew(session: Session, asked: Request, clerk: str) -> None:
    """Free an objection from the answer that was proposed. Raises TownDecides and Concerned."""
    if session.get_one(Staff, clerk).role not in (Role.CHECKER, Role.COUNTY):
        raise TownDecides
    for objection in open_objections(session, asked.book):
        if objection.request == asked.n:
            check_not_concerned(session, clerk, asked.book, [objection])
            objection.request = None


def household_of(session: Session, asked: Request) -> str | None:
    """Return the household a proposal is about, if it is about one."""
    said = asked.lines()
    if asked.kind == EntryKind.CORRECTION:
        said = body_of(entry_of(session, asked.book, said["number"]))["facts"]
    household: str | None = said.get("household")
    return household
