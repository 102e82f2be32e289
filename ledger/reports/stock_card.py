"""The stock card 库存卡 of an item: all that came onto a shelf or left it, with what lay there afterwards."""

from typing import Any

from sqlalchemy import case, func, or_, select, text
from sqlmodel import Session

from ledger import chart
from ledger.db.types import table_of
from ledger.journal import Balance, Entry, Posting
from ledger.registers.items import Item
from ledger.reports.table import DAY, ENTRY, KIND, LOT, Column, Table
from ledger.terms import N_

HERE = (chart.STOCK, chart.SET_ASIDE)
COLUMNS = (
    ENTRY, DAY, KIND, LOT,
    Column("in", N_("In"), "number"),
    Column("out", N_("Out"), "number"),
    Column("shelf", N_("On the shelf afterwards"), "number"),
    Column("aside", N_("Set aside afterwards"), "number"),
)
entries, legs, balances = (table_of(model).c for model in (Entry, Posting, Balance))


def stock_card(session: Session, book: str, item: str, *, before: int = 10**12, limit: int = 200) -> Table:
    """Return the movements of an item in a book, the newest first; with `before`, those ahead of that line of the card.

    Lines are numbered from the first: more are only ever added at the end.
    """
    card = lines_of(book, item).subquery()
    query = (
        select(card, entries.occurred_on, entries.kind).select_from(card)
        # Every line has its entry; an outer join keeps SQLite from beginning with all entries of the book.
        .outerjoin(Entry, (entries.book == book) & (entries.number == card.c.number))
        .where(card.c.nth < before).order_by(card.c.nth.desc()).limit(limit)
    )
    empty = N_("None of these goods has come in here yet.")
    return Table("stock-card", N_("Stock card"), COLUMNS, [row_of(leg) for leg in session.execute(query)], empty)


def lines_of(book: str, item: str) -> Any:
    """Return the question for all lines of a card, each with the sums so far.

    No index leads from an item to its postings, but the balances name its lots and one leads from a lot: what is read
    are these lots, in all books, and never the other goods of this one.
    """
    lots = select(balances.lot).where(balances.book == book, balances.account.in_(HERE), balances.commodity == item)
    order = (legs.number, legs.line)
    return select(
        legs.number, legs.source, legs.destination, legs.lot, legs.quantity,
        func.row_number().over(order_by=order).label("nth"),
        func.sum(moved(chart.STOCK)).over(order_by=order).label("shelf"),
        func.sum(moved(chart.SET_ASIDE)).over(order_by=order).label("aside"),
    ).where(
        # As the partial index says it, and the book beyond the reach of any: else SQLite reads all of it in its order.
        text("posting.lot <> ''"), legs.lot.in_(lots), legs.book.concat("") == book,
        or_(legs.source.in_(HERE), legs.destination.in_(HERE)),
    )


def moved(account: str) -> Any:
    """Return what a posting put into an account; what it took is negative."""
    return case((legs.destination == account, legs.quantity), (legs.source == account, -legs.quantity), else_=0)


def row_of(leg: Any) -> dict[str, Any]:
    """Return a posting as a line of the card; what is set aside is told where it changed."""
    touched = {leg.source, leg.destination}
    return {
        "nth": leg.nth, "number": leg.number, "occurred_on": leg.occurred_on, "kind": leg.kind, "lot": leg.lot,
        "in": leg.quantity if leg.destination == chart.STOCK else None,
        "out": leg.quantity if leg.source == chart.STOCK else None,
        "shelf": int(leg.shelf), "aside": int(leg.aside) if chart.SET_ASIDE in touched else None,
    }


def used_up(session: Session, book: str) -> list[Item]:
    """Return the items of which nothing is left on a shelf they once lay on: their cards are still asked for."""
    shelf = (balances.book == book, balances.account == chart.STOCK)
    goods = select(balances.commodity).where(*shelf).group_by(balances.commodity)
    gone = goods.having(func.sum(balances.quantity) == 0)
    return list(session.scalars(select(Item).where(Item.code.in_(gone)).order_by(Item.code)))
