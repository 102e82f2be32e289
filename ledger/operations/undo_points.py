"""What a reversed step of points changed beside the balances: sheets, their lines, objections and proposals."""

from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import Entry, body_of, entry_of, reversal_of
from ledger.operations.credit import settle
from ledger.operations.objection import let_line_go_on
from ledger.operations.objection_answer import AnsweredAlready, line_of
from ledger.registers.caps import room_for
from ledger.registers.grants import by_right, grant_time, had_already
from ledger.registers.objections import Objection, objection_of, objections_to, objections_to_claw_back
from ledger.registers.register import find
from ledger.registers.requests import Request, decide, waiting_about
from ledger.registers.rules import Rule
from ledger.registers.sheets import SheetLine, lines_of, ruled_on, sheet_of, take_of
from ledger.terms import N_, EntryKind, LineStatus, ObjectionResult, SheetStatus


class LaterStep(LedgerError):
    """A sheet's step is reversed only while it is the last one."""

    message = N_("Sheet %(n)s has gone a step further; reverse that first.")


class TakenBackAlready(LedgerError):
    """A proposal is dropped only while it waits."""

    message = N_("These points have been taken back already; reverse that first.")


class RoomTaken(LedgerError):
    """A line that comes back counts against its caps again."""

    message = N_("The room of line %(line)s of sheet %(n)s under the caps has been given to other lines since.")


def hang_again(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let a sheet hang whose taking down is reversed."""
    hung = sheet_of(session, entry.book, facts["sheet"])
    if hung.down_number == entry.number:
        hung.down_number = None


def drop_objection(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let an objection that was taken in by mistake fall, and a proposed answer with it. Raises LaterStep and
    AnsweredAlready.
    """
    asked = objection_in(session, entry.book, facts)
    if asked.status != "open":
        raise AnsweredAlready(n=asked.n) if asked.claw_back else LaterStep(n=asked.sheet)
    if asked.request is not None:
        decide(find(session, Request, entry.book, asked.request), "withdrawn")
    asked.status, asked.request = "withdrawn", None
    if not asked.claw_back:
        let_line_go_on(session, entry.book, asked.sheet, asked.line)


def objection_in(session: Session, book: str, facts: dict[str, Any]) -> Objection:
    """Return the objection that an entry, which says this, took in or answered."""
    to = {name: facts[name] for name in ("sheet", "claw_back") if name in facts}
    return objection_of(session, book, facts["objection"], **to)


def reopen_objection(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let an objection wait for its answer again. Raises LaterStep where the line, or its correction, went on since,
    and TakenBackAlready where its points were taken.
    """
    asked = objection_in(session, entry.book, facts)
    if asked.claw_back:
        return propose_again(session, asked)
    line = line_of(session, asked) if asked.line else None
    if line and line.status in (LineStatus.CREDITED, LineStatus.CLAWED_BACK):
        raise LaterStep(n=asked.sheet)
    if asked.corrected and sheet_of(session, entry.book, asked.corrected).status != SheetStatus.WITHDRAWN:
        raise LaterStep(n=asked.corrected)
    asked.status, asked.result, asked.answered_number, asked.corrected = "open", "", None, None
    if line and line.status == LineStatus.WITHDRAWN and not any(map(strikes, others(session, asked))):
        check_room(session, line, line.points_tenths)
        line.status = LineStatus.PASSED
    let_line_go_on(session, entry.book, asked.sheet, asked.line)


def propose_again(session: Session, asked: Objection) -> None:
    """Let an objection to a claw-back be open again, and the claw-back wait if this answer alone struck it. Raises
    TakenBackAlready.
    """
    proposed = find(session, Request, asked.book, asked.claw_back)
    if proposed.number and reversal_of(session, asked.book, proposed.number) is None:
        raise TakenBackAlready
    hangs = reversal_of(session, asked.book, proposed.lines()["notice"]) is None
    if strikes(asked) and hangs and proposed.status == "withdrawn" and not any(map(strikes, others(session, asked))):
        decide(proposed, "waiting")
    asked.status, asked.result, asked.answered_number = "open", "", None


def others(session: Session, asked: Objection) -> list[Objection]:
    """Return the other objections to the same line, or to the same claw-back."""
    if asked.claw_back:
        return [one for one in objections_to_claw_back(session, asked.book, asked.claw_back) if one.n != asked.n]
    here = objections_to(session, asked.book, asked.sheet)
    return [one for one in here if (one.sheet, one.line) == (asked.sheet, asked.line) and one.n != asked.n]


def strikes(asked: Objection) -> bool:
    """Tell whether the answer to an objection took the line off the board."""
    return asked.result in (ObjectionResult.CORRECTED, ObjectionResult.CANCELLED)


def uncredit(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Give a credited line its state back: it waits again, to be credited anew or struck by the answer to an objection,
    and counts against its caps until then. Raises LaterStep once its points were taken back.
    """
    if "sheet" not in facts:
        return
    hung, lines = sheet_of(session, entry.book, facts["sheet"]), lines_of(session, entry.book, facts["sheet"])
    for line in lines:
        if line.line == facts.get("line"):
            if line.taken_tenths:
                raise LaterStep(n=hung.n)
            line.status = LineStatus.PASSED
    if not any(line.status in (LineStatus.CREDITED, LineStatus.CLAWED_BACK) for line in lines):
        hung.credit_number = None
    settle(hung, lines)
    if hung.credit_number is None:
        hung.status = SheetStatus.ON_NOTICE


def drop_claw_back(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let a proposal to take points back fall with its notice. Raises TakenBackAlready."""
    proposed = waiting_about(session, entry.book, EntryKind.CLAW_BACK, notice=entry.number)
    if not proposed:
        raise TakenBackAlready
    decide(proposed[0], "withdrawn")


def give_back(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let what comes back of a line count as credited again. Raises RoomTaken."""
    if "credit" in facts:
        credited = body_of(entry_of(session, entry.book, facts["credit"]))["facts"]
        line = session.get_one(SheetLine, (entry.book, credited["sheet"], credited["line"]))
        taken = facts["points"] - facts["rest"]
        check_room(session, line, taken)
        take_of(line, -taken)


def check_room(session: Session, line: SheetLine, points: int) -> None:
    """Refuse to count so much of a line again whose room under the caps has been given to others since. Raises
    RoomTaken.
    """
    sheet = sheet_of(session, line.book, line.n)
    rule = session.get_one(Rule, (line.rule, line.rule_version))
    room = room_for(
        session, line.book, [line.household], period=line.period, purse=sheet.purse, day=ruled_on(session, sheet)
    )
    # A grant by right that was struck comes back only where no other was drawn in its place.
    time, struck = grant_time(session, line.book, line.period), line.status == LineStatus.WITHDRAWN
    again = struck and by_right(rule, time) and line.household in had_already(session, line.book, time, rule.code)
    if again or room.award(line.household, rule, points)[1]:
        raise RoomTaken(line=line.line, n=line.n)


UNDO_POINTS = {
    EntryKind.NOTICE_DOWN: hang_again, EntryKind.OBJECTION: drop_objection,
    EntryKind.OBJECTION_ANSWER: reopen_objection, EntryKind.CREDIT: uncredit,
    EntryKind.CLAW_BACK_NOTICE: drop_claw_back, EntryKind.CLAW_BACK: give_back,
}
"""By kind of entry."""
