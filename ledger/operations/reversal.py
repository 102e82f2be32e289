"""Reversal: a mistake is answered by its mirror image, whole, once, with a reason; history stays."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import Entry, act, body_of, county_day, entry_of, instant, moves_of, post
from ledger.journal.road import lines_on_the_road, take_off_the_road
from ledger.operations.answer import answer_of
from ledger.registers.sheets import Sheet, sheet_of
from ledger.registers.staff import Staff, check_not_kin
from ledger.terms import EntryKind, N_, Role, SheetStatus

SECOND_HANDS = (Role.SUPERVISOR, Role.CHECKER, Role.COUNTY)


class OwnEntry(LedgerError):
    """Nobody reverses an entry of their own, but for a keeper's own redemption on the same day."""

    message = N_("You booked this entry yourself; another person must reverse it.")


class AskSupervisor(LedgerError):
    """A keeper undoes an own redemption on the same day; all else is for the second hand."""

    message = N_("Only your own redemption of today can be undone here. Ask the supervisor, the town or the county.")


class NotReversible(LedgerError):
    """A reversal is not reversed; what is needed is booked anew."""

    message = N_("A reversal cannot be reversed. Book the act anew instead.")


class ArrivedAlready(LedgerError):
    """A dispatch is reversed only while all of it is on the road."""

    message = N_("Some of this has arrived already; it cannot be taken back as a whole.")


class LaterStep(LedgerError):
    """A sheet's step is reversed only while it is the last one."""

    message = N_("Sheet %(n)s has gone a step further; reverse that first.")


@act
def reverse(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, number: int, reason: str
) -> dict[str, Any]:
    """Reverse an entry whole, with a reason; allowed into frozen households, expired lots and closed months."""
    entry = entry_of(session, book, number)
    check_who(session, entry, clerk, now)
    if entry.kind in (EntryKind.REVERSAL, EntryKind.ARRIVAL_DIFFERENCE):
        raise NotReversible
    undo_beside(session, entry)
    mirror = post(
        session, book=book, kind=EntryKind.REVERSAL, by=clerk, occurred_on=county_day(session, now), now=now, key=key,
        moves=[move.mirrored() for move in reversed(moves_of(entry))], facts={"of": entry.kind, "number": number},
        notes={"reason": reason}, reverses=number,
    )
    return answer_of(mirror, reverses=number)


def check_who(session: Session, entry: Entry, clerk: str, now: datetime) -> None:
    """Refuse a hand that may not reverse this entry."""
    role = session.get_one(Staff, clerk).role
    own = entry.by == clerk
    if role not in SECOND_HANDS:
        same_day = county_day(session, instant(entry.recorded_us)) == county_day(session, now)
        if not (own and role == Role.KEEPER and entry.kind == EntryKind.REDEMPTION and same_day):
            raise AskSupervisor
    elif own:
        raise OwnEntry
    household = body_of(entry)["facts"].get("household")
    if household:
        check_not_kin(session, clerk, entry.book, household)


def undo_beside(session: Session, entry: Entry) -> None:
    """Take back what an entry changed beside the balances: goods on the road, and the step of a sheet."""
    if entry.kind == EntryKind.DISPATCH:
        bring_back(session, entry)
    elif entry.kind == EntryKind.ARRIVAL:
        put_back_on_the_road(session, entry)
    elif entry.kind in (EntryKind.SHEET, EntryKind.NOTICE):
        step_back(session, entry)


def bring_back(session: Session, entry: Entry) -> None:
    """Take a whole dispatch off the road again. Raises ArrivedAlready."""
    for line in lines_on_the_road(session, book=entry.book, number=entry.number):
        if line.quantity != line.sent:
            raise ArrivedAlready
        take_off_the_road(session, line, line.quantity)


def put_back_on_the_road(session: Session, entry: Entry) -> None:
    """Let what had arrived be on the road again."""
    facts = body_of(entry)["facts"]
    lines = lines_on_the_road(session, book=facts["from"], number=facts["dispatch"])
    road = {(line.commodity, line.lot): line for line in lines}
    for move in moves_of(entry):
        take_off_the_road(session, road[move.commodity, move.lot], -move.quantity)


def step_back(session: Session, entry: Entry) -> None:
    """Let a sheet go back one step: from notice to assessed, from assessed to withdrawn."""
    sheet: Sheet = sheet_of(session, entry.book, body_of(entry)["facts"]["sheet"])
    last = sheet.notice_number or sheet.drawn_number
    if sheet.status == SheetStatus.CREDITED or last != entry.number:
        raise LaterStep(n=sheet.n)
    if entry.kind == EntryKind.NOTICE:
        sheet.status, sheet.notice_number, sheet.notice_from, sheet.notice_until = SheetStatus.ASSESSED, None, None, None
    else:
        sheet.status = SheetStatus.WITHDRAWN
    session.add(sheet)
    session.flush()
