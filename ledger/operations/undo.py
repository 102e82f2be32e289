"""What an entry changed beside the balances, taken back: goods on the road, differences that wait, a sheet's step."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Entry, Move, Note, body_of, entries_of, entry_of, moves_of, reversal_of
from ledger.journal.road import lines_on_the_road, take_off_the_road
from ledger.operations.arrival import differences_waiting
from ledger.operations.count_confirmation import drop
from ledger.operations.notice import hang
from ledger.operations.undo_lives import UNDO_LIVES, Undo
from ledger.operations.undo_points import UNDO_POINTS, LaterStep
from ledger.registers.counts import StockCount
from ledger.registers.deeds import let_deeds_wait
from ledger.registers.lapses import LapseRun
from ledger.registers.register import find
from ledger.registers.requests import Request, decide, waiting_request
from ledger.registers.sheets import Sheet, sheet_of, withdraw
from ledger.terms import N_, EntryKind, LapseStatus, SheetStatus


class ArrivedAlready(LedgerError):
    """A dispatch is reversed only while all of it is on the road and nobody has counted it."""

    message = N_("Some of this has arrived or was redirected already; it cannot be taken back as a whole.")


class RunBooked(LedgerError):
    """The notice of a run is taken back only while nothing has lapsed by it."""

    message = N_("Run %(n)s has been booked; reverse that first.")


def undo_beside(session: Session, entry: Entry) -> None:
    """Take back what an entry changed beside the balances. Raises ArrivedAlready and LaterStep."""
    if entry.kind in UNDO:
        UNDO[EntryKind(entry.kind)](session, entry, body_of(entry)["facts"])


def bring_back(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Take a whole dispatch off the road again; what was redirected goes where it was going. Raises ArrivedAlready."""
    for line in lines_on_the_road(session, book=entry.book, number=entry.number):
        if line.quantity != line.sent or differences_waiting(session, line.destination, entry.book, entry.number):
            raise ArrivedAlready
        take_off_the_road(session, line, line.quantity)
    if entry.kind == EntryKind.REDIRECT:
        put_back_on_the_road(session, facts, moves_of(entry))


def put_back_on_the_road(session: Session, facts: dict[str, Any], moves: list[Move]) -> None:
    """Let what had arrived, or was missing, be on the road again."""
    lines = lines_on_the_road(session, book=facts["from"], number=facts["dispatch"])
    road = {(line.commodity, line.lot): line for line in lines}
    for move in moves:
        take_off_the_road(session, road[move.commodity, move.lot], -move.quantity)


def take_arrival_back(session: Session, arrival: Entry, facts: dict[str, Any]) -> None:
    """Let what arrived be on the road again; the difference that was counted, and nobody has confirmed yet, falls."""
    put_back_on_the_road(session, facts, moves_of(arrival))
    for request in differences_waiting(session, arrival.book, facts["from"], facts["dispatch"]):
        if request.lines()["arrival"] == arrival.number:
            decide(request, "withdrawn")


def take_difference_back(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let what was booked as short be on the road again."""
    put_back_on_the_road(session, facts, [one for one in moves_of(entry) if one.destination == chart.DIFFERENCE])


def step_back(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let a sheet go back one step: from hung again to as it hung before, from notice to assessed, from assessed to
    withdrawn.
    """
    sheet = sheet_of(session, entry.book, facts["sheet"])
    last = sheet.notice_number or sheet.drawn_number
    if sheet.credit_number or last != entry.number:
        raise LaterStep(n=sheet.n)
    if "again" in facts:
        hang_as_before(session, sheet, entry_of(session, entry.book, facts["again"]), through=entry.number)
    elif entry.kind == EntryKind.NOTICE:
        sheet.status, sheet.notice_number, sheet.down_number = SheetStatus.ASSESSED, None, None
        sheet.notice_from, sheet.notice_until, sheet.notice_place = None, None, ""
    else:
        withdraw(session, sheet)
        let_deeds_wait(session, sheet.book, sheet.n)


def hang_as_before(session: Session, sheet: Sheet, before: Entry, *, through: int) -> None:
    """Let a sheet hang by its notice of before, and be down if that one was taken down until an entry."""
    place = session.get_one(Note, (sheet.book, before.number, "place")).text or ""
    until = date.fromisoformat(body_of(before)["facts"]["until"])
    hang(sheet, before.number, before.occurred_on, until, place)
    for down in entries_of(session, sheet.book, after=before.number, through=through, kind=EntryKind.NOTICE_DOWN):
        if body_of(down)["facts"]["notice"] == before.number and reversal_of(session, sheet.book, down.number) is None:
            sheet.down_number = down.number


def take_lapse_back(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let a booked run wait again, or an announced one fall. Raises RunBooked."""
    run = find(session, LapseRun, entry.book, facts["run"])
    if entry.kind == EntryKind.LAPSE:
        run.status, run.booked_number = LapseStatus.ANNOUNCED, None
    elif run.status == LapseStatus.BOOKED:
        raise RunBooked(n=run.n)
    else:
        run.status = LapseStatus.WITHDRAWN


def drop_counted(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let a stock-take fall that was booked."""
    drop(session, find(session, StockCount, entry.book, facts["count"]))


def take_decision_back(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Let what was decided about goods set aside wait again, or a proposal nobody has decided fall."""
    if entry.kind == EntryKind.SET_ASIDE:
        decide(waiting_request(session, entry.book, facts["request"], kind=EntryKind.WRITE_OFF), "withdrawn")
    else:
        decide(find(session, Request, entry.book, facts["request"]), "waiting")


UNDO: dict[EntryKind, Undo] = {
    EntryKind.DISPATCH: bring_back, EntryKind.REDIRECT: bring_back, EntryKind.ARRIVAL: take_arrival_back,
    EntryKind.ARRIVAL_DIFFERENCE: take_difference_back, EntryKind.SHEET: step_back, EntryKind.NOTICE: step_back,
    EntryKind.COUNT: drop_counted, EntryKind.SET_ASIDE: take_decision_back, EntryKind.WRITE_OFF: take_decision_back,
    EntryKind.PUT_BACK: take_decision_back, EntryKind.LAPSE: take_lapse_back, EntryKind.LAPSE_NOTICE: take_lapse_back,
    **UNDO_POINTS, **UNDO_LIVES,
}
"""By kind of entry; what is not here changes balances alone."""
