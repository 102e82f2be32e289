"""Goods on the road, worked out again from the entries of all books and compared with the rows that are kept."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sqlmodel import Session, select

from ledger import chart
from ledger.errors import NotFound
from ledger.journal import Entry, OnTheRoad, Wrong, body_of, books, entries_of, entry_of, moves_of
from ledger.terms import EntryKind

SENDING = (EntryKind.DISPATCH, EntryKind.REDIRECT)
ON_AND_OFF = (*SENDING, EntryKind.ARRIVAL, EntryKind.ARRIVAL_DIFFERENCE, EntryKind.REVERSAL)


class Line(NamedTuple):
    """One line of a dispatch."""

    book: str
    number: int
    commodity: str
    lot: str


def check_road(session: Session, senders: list[str]) -> dict[str, Wrong]:
    """Return for each of these books the first of its dispatches that has other goods on the road than was kept."""
    wrong: dict[str, Wrong] = {}
    left: Counter[Line] = Counter()
    sent: dict[Line, tuple[str, int]] = {}
    try:
        for entry, line, change in changes(session, senders):
            left[line] += change
            if entry.kind in SENDING and change > 0:
                sent[line] = (body_of(entry)["facts"]["to"], change)
    except (KeyError, ValueError, TypeError, NotFound) as fault:
        return {senders[0]: Wrong(f"what is on the road cannot be worked out ({fault!r})")}
    order = (OnTheRoad.book, OnTheRoad.number, OnTheRoad.line)
    for row in session.scalars(select(OnTheRoad).where(OnTheRoad.book.in_(senders)).order_by(*order)):
        line = Line(row.book, row.number, row.commodity, row.lot)
        to, whole = sent.pop(line, ("", 0))
        if (row.destination, row.sent, row.quantity) != (to, whole, left[line]):
            right = f"{left[line]} of {whole} {row.commodity} {row.lot} are on the road to {to or 'nobody'}"
            what = f"{right}, its row says {row.quantity} of {row.sent} to {row.destination}"
            wrong.setdefault(row.book, Wrong(what, row.number))
    for line in sorted(sent):
        wrong.setdefault(line.book, Wrong(f"{line.commodity} {line.lot} has no row on the road", line.number))
    return wrong


def changes(session: Session, senders: list[str]) -> Iterator[tuple[Entry, Line, int]]:
    """Yield what the entries of all books put on the road from these senders, and what they took off it."""
    for head in books(session):
        for kind in ON_AND_OFF:
            for entry in entries_of(session, head.code, kind=kind):
                undone = kind == EntryKind.REVERSAL
                said = entry_of(session, head.code, body_of(entry)["facts"]["number"]) if undone else entry
                for line, change in changes_of(said):
                    if line.book in senders:
                        yield entry, line, -change if undone else change


def changes_of(entry: Entry) -> Iterator[tuple[Line, int]]:
    """Yield what one entry changes on the road: goods sent; goods that arrived, or that are said to be missing."""
    facts = body_of(entry)["facts"]
    for move in moves_of(entry):
        if entry.kind in SENDING:
            yield Line(entry.book, entry.number, move.commodity, move.lot), move.quantity
        if entry.kind in (EntryKind.ARRIVAL, EntryKind.REDIRECT) or (
            entry.kind == EntryKind.ARRIVAL_DIFFERENCE and move.destination == chart.DIFFERENCE
        ):
            yield Line(facts["from"], facts["dispatch"], move.commodity, move.lot), -move.quantity
