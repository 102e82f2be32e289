"""What an entry changed beside the balances, taken back: goods on the road, differences that wait, a sheet's step."""

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Entry, Move, body_of, moves_of
from ledger.journal.road import lines_on_the_road, take_off_the_road
from ledger.operations.arrival import differences_waiting
from ledger.operations.difference import decide
from ledger.registers.sheets import Sheet, sheet_of
from ledger.terms import N_, EntryKind, SheetStatus


class ArrivedAlready(LedgerError):
    """A dispatch is reversed only while all of it is on the road and nobody has counted it."""

    message = N_("The other site has entered an arrival of this already; it cannot be taken back as a whole.")


class LaterStep(LedgerError):
    """A sheet's step is reversed only while it is the last one."""

    message = N_("Sheet %(n)s has gone a step further; reverse that first.")


def undo_beside(session: Session, entry: Entry) -> None:
    """Take back what an entry changed beside the balances. Raises ArrivedAlready and LaterStep."""
    if entry.kind == EntryKind.DISPATCH:
        bring_back(session, entry)
    elif entry.kind == EntryKind.ARRIVAL:
        put_back_on_the_road(session, entry, moves_of(entry))
        drop_differences(session, entry)
    elif entry.kind == EntryKind.ARRIVAL_DIFFERENCE:
        short = [move for move in moves_of(entry) if move.destination == chart.DIFFERENCE]
        put_back_on_the_road(session, entry, short)
    elif entry.kind in (EntryKind.SHEET, EntryKind.NOTICE):
        step_back(session, entry)


def bring_back(session: Session, entry: Entry) -> None:
    """Take a whole dispatch off the road again. Raises ArrivedAlready."""
    for line in lines_on_the_road(session, book=entry.book, number=entry.number):
        if line.quantity != line.sent or differences_waiting(session, line.destination, entry.book, entry.number):
            raise ArrivedAlready
        take_off_the_road(session, line, line.quantity)


def put_back_on_the_road(session: Session, entry: Entry, moves: list[Move]) -> None:
    """Let what had arrived, or was missing, be on the road again."""
    facts = body_of(entry)["facts"]
    lines = lines_on_the_road(session, book=facts["from"], number=facts["dispatch"])
    road = {(line.commodity, line.lot): line for line in lines}
    for move in moves:
        take_off_the_road(session, road[move.commodity, move.lot], -move.quantity)


def drop_differences(session: Session, arrival: Entry) -> None:
    """Let the difference that an arrival counted, and nobody has confirmed yet, fall with it."""
    facts = body_of(arrival)["facts"]
    for request in differences_waiting(session, arrival.book, facts["from"], facts["dispatch"]):
        if request.lines()["arrival"] == arrival.number:
            decide(session, request, "withdrawn")


def step_back(session: Session, entry: Entry) -> None:
    """Let a sheet go back one step: from notice to assessed, from assessed to withdrawn."""
    sheet: Sheet = sheet_of(session, entry.book, body_of(entry)["facts"]["sheet"])
    last = sheet.notice_number or sheet.drawn_number
    if sheet.status == SheetStatus.CREDITED or last != entry.number:
        raise LaterStep(n=sheet.n)
    if entry.kind == EntryKind.NOTICE:
        sheet.status, sheet.notice_number = SheetStatus.ASSESSED, None
        sheet.notice_from, sheet.notice_until, sheet.notice_place = None, None, ""
    else:
        sheet.status = SheetStatus.WITHDRAWN
    session.add(sheet)
    session.flush()
