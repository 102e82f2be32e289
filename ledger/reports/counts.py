"""Stock-takes: the list of them, one with its lines, and whether the next is due."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import case, func, literal, select, union_all
from sqlmodel import Session

from ledger.db.types import Day
from ledger.journal import Entry, instant
from ledger.registers.counts import StockCount, lines_of_count
from ledger.registers.items import items_by_code
from ledger.registers.lots import lots_by_code
from ledger.registers.policy import policy_in
from ledger.reports.table import BEST_BEFORE, ENTRY, GOODS, LOT, OVER, SERIAL, SHORT, STATE, Column, Table
from ledger.terms import N_, CountStatus

COLUMNS = (
    SERIAL,
    Column("nature", N_("What for"), "word"),
    Column("begun_at", N_("Begun"), "instant"),
    Column("begun_by", N_("By"), "who"),
    Column("counted_on", N_("All counted on"), "day"),
    STATE, ENTRY,
)
BLIND = (
    Column("account", N_("Where"), "word"),
    *GOODS, LOT, BEST_BEFORE,
    Column("counted", N_("Counted"), "number"),
)
RESULT = (
    *BLIND,
    Column("frozen", N_("Book at the beginning"), "number"),
    Column("moved", N_("In and out meanwhile"), "number"),
    Column("expected", N_("Should be"), "number"),
    OVER, SHORT,
    Column("value", N_("Difference in yuan"), "money"),
    Column("reason", N_("Why"), "word"),
    Column("words", N_("In words")),
)


def counts(session: Session, book: str) -> Table:
    """Return every stock-take of a book, the latest first, those that were dropped too."""
    query = select(StockCount).where(StockCount.book == book).order_by(StockCount.n.desc())
    rows = [
        {**count.model_dump(), "begun_at": instant(count.begun_us), "status": told(count.status)}
        for count in session.scalars(query)
    ]
    return Table("counts", N_("Stock-takes so far"), COLUMNS, rows, N_("The shelf has not been counted yet."))


def told(status: str) -> str:
    """Return a state as it is told where goods are counted or written off."""
    return "waits-for-second" if status == CountStatus.WAITING else status


def count_lines(session: Session, count: StockCount) -> Table:
    """Return the lines of a stock-take; until all is counted without what the book holds."""
    lines = lines_of_count(session, count)
    lots = lots_by_code(session, [line.lot for line in lines])
    items = items_by_code(session)
    rows = [row_of(line, lots[line.lot], items[line.item]) for line in lines]
    columns = BLIND if count.counted_on is None else RESULT
    empty = N_("Nothing lies on the shelf or set aside.")
    return Table("count", N_("Stock-take sheet"), columns, rows, empty)


def row_of(line: Any, lot: Any, item: Any) -> dict[str, Any]:
    """Return a line as it stands on the sheet; what is over and short, and its value, only where it was counted."""
    row = {
        **line.model_dump(), "name": item.name, "spec": item.spec, "unit": item.unit, "best_before": lot.best_before,
        "each": lot.unit_value_fen, "reason": line.reason or None,
    }
    if line.counted is None:
        return row
    return {
        **row, "moved": line.expected - line.frozen, "over": max(line.difference, 0) or None,
        "short": max(-line.difference, 0) or None,
        "value": lot.value_of(line.difference) if line.difference else None, "difference": line.difference,
    }


def days_overdue(session: Session, books: Collection[str], day: date) -> dict[str, int]:
    """Return by how many days the next stock-take of each book is late: counted from the last, else from the book's
    first entry. None is late while one is under way.
    """
    counted = case((StockCount.status == CountStatus.CONFIRMED, StockCount.counted_on), else_=literal(day, Day))
    opened = select(Entry.book, Entry.booked_on).where(Entry.book.in_(books), Entry.number == 1)
    standing = (StockCount.book.in_(books), StockCount.status != CountStatus.DROPPED)
    either = union_all(opened, select(StockCount.book, counted).where(*standing)).subquery().c
    latest = select(either.book, func.max(either.booked_on)).group_by(either.book)
    since = {book: at for book, at in session.execute(latest)}
    allowed = policy_in(session, books, "count_days", day)
    return {book: max(0, (day - since.get(book, day)).days - int(allowed[book])) for book in books}
