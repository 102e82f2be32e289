"""The roll-back sheet 倒轧表: what was counted, carried back to a day before, beside the book's figure of that day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Entry, Posting, county_day, instant
from ledger.registers.counts import StockCount, lines_of_count
from ledger.registers.items import Item, all_items
from ledger.reports.table import GOODS, Column, Table
from ledger.terms import N_

HERE = (chart.STOCK, chart.SET_ASIDE)
COLUMNS = (
    *GOODS,
    Column("counted", N_("Counted"), "number"),
    Column("out", N_("+ out since"), "number"),
    Column("in", N_("− in since"), "number"),
    Column("rolled", N_("So on the base day"), "number"),
    Column("book", N_("Book on the base day"), "number"),
    Column("difference", N_("Difference"), "number"),
)


class NotBeforeCount(LedgerError):
    """What was counted is carried back, never forward."""

    message = N_("Counting began on %(day)s. Choose a base day before that.")
    field = "since"


def begun_on(session: Session, count: StockCount) -> date:
    """Return the day on which counting began."""
    return county_day(session, instant(count.begun_us))


def months_eve(session: Session, count: StockCount) -> date:
    """Return the last day of the month before the one in which counting began: the usual base day."""
    return begun_on(session, count).replace(day=1) - timedelta(days=1)


def rollback(session: Session, count: StockCount, base: date) -> Table:
    """Return for each item what was counted, less what came in since a base day, plus what went out since.

    Each line is carried back from the entry at which it was counted, over what happened before counting began and was
    keyed afterwards too. Raises NotBeforeCount.
    """
    begun = begun_on(session, count)
    if base >= begun:
        raise NotBeforeCount(day=begun.isoformat())
    lines = lines_of_count(session, count)
    at = {(line.account, line.lot): line.at_number or 0 for line in lines}
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        sums[line.item]["counted"] += line.counted or 0
    for leg in legs_of_goods(session, count.book):
        # A lot that is on no line had been used up when the count began.
        before = leg.booked_on <= base or leg.occurred_on < begun
        into, out = (
            account in HERE and (before or leg.number <= at.get((account, leg.lot), count.frozen))
            for account in (leg.destination, leg.source)
        )
        if into != out and leg.booked_on <= base:
            sums[leg.commodity]["book"] += leg.quantity if into else -leg.quantity
        elif into != out:
            sums[leg.commodity]["in" if into else "out"] += leg.quantity
    told = {item for item, figures in sums.items() if any(many > 0 for many in figures.values())}
    rows = [row_of(item, sums[item.code]) for item in all_items(session) if item.code in told]
    return Table("rollback", N_("Roll-back sheet"), COLUMNS, rows)


def legs_of_goods(session: Session, book: str) -> Iterable[Any]:
    """Return the postings by which goods came onto the shelf or left it, with the days of each."""
    columns = (Posting.number, Posting.source, Posting.destination, Posting.commodity, Posting.lot, Posting.quantity)
    return session.execute(
        select(*columns, Entry.booked_on, Entry.occurred_on)
        .join(Entry, (Entry.book == Posting.book) & (Entry.number == Posting.number))
        .where(Posting.book == book, or_(Posting.destination.in_(HERE), Posting.source.in_(HERE)))
    )


def row_of(item: Item, sums: Counter[str]) -> dict[str, object]:
    """Return one item's line of the sheet."""
    rolled = sums["counted"] - sums["in"] + sums["out"]
    return {
        "item": item.code, "name": item.name, "spec": item.spec, "unit": item.unit, "counted": sums["counted"],
        "in": sums["in"], "out": sums["out"], "rolled": rolled, "book": sums["book"],
        "difference": rolled - sums["book"],
    }
