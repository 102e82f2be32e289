"""Book and shelf at a month's end: what the book would hold without its stock-takes, beside what they found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Entry, moves_of
from ledger.registers.counts import StockCount
from ledger.registers.items import Item
from ledger.reports.month_end import standing
from ledger.terms import EntryKind

Sums = dict[str, int]

CAME = ("opening", "donated", "bought", "moved_in", "over")
WENT = ("redeemed", "moved_out", "written_off", "short")


def book_and_shelf(
    session: Session, book: str, first: date, last: date, goods: Iterable[Mapping[str, Any]]
) -> tuple[StockCount | None, list[dict[str, Any]]]:
    """Return the last stock-take of a month, and the rows of its flow of goods by category, with what was found."""
    counts = [entry for entry in standing(session, book, EntryKind.COUNT, last) if entry.booked_on >= first]
    numbers = [entry.number for entry in counts if entry.occurred_on >= first]
    query = select(StockCount).where(StockCount.book == book, StockCount.number.in_(numbers))
    count = session.scalars(query.order_by(StockCount.n.desc()).limit(1)).first()
    return count, by_category(goods, differences_of(session, counts), counted=count is not None)


def differences_of(session: Session, counts: list[Entry]) -> dict[str, Sums]:
    """Return by category what stock-takes found over and short, each lot for itself."""
    category = {item.code: item.category for item in session.scalars(select(Item))}
    found: dict[str, Sums] = defaultdict(lambda: {"over": 0, "short": 0})
    for move in (move for entry in counts for move in moves_of(entry)):
        found[category[move.commodity]]["over" if move.source == chart.DIFFERENCE else "short"] += move.quantity
    return found


def by_category(
    goods: Iterable[Mapping[str, Any]], differences: Mapping[str, Sums], *, counted: bool
) -> list[dict[str, Any]]:
    """Return by category: brought forward, in, out and left; the book without over and short; found; the difference."""
    sums: dict[str, Sums] = defaultdict(lambda: dict.fromkeys(("before", "came", "went", "left"), 0))
    for row in goods:
        for name, ways in (("before", ("before",)), ("came", CAME), ("went", WENT), ("left", ("left",))):
            sums[row["category"]][name] += sum(row[way] for way in ways)
    rows = []
    for category, row in sorted(sums.items()):
        over, short = (differences.get(category, {}).get(name, 0) for name in ("over", "short"))
        # Each lot was booked as it was found; what moved since moved shelf and book alike.
        found = row["left"] if counted else None
        booked = row["left"] - over + short
        rows.append({"category": category, **row, "booked": booked, "found": found, "difference": over - short,
                     "over": over, "short": short})
    return rows
