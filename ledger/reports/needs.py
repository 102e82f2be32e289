"""The needs list: what was asked for at the counters in vain, how often, and when last."""

from collections.abc import Container
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from ledger.registers.items import Item, all_items, items_by_code, prices_on
from ledger.registers.needs import Need
from ledger.reports.table import GOODS, Column, Table
from ledger.terms import COUNTY, N_

COLUMNS = (
    *GOODS,
    Column("times", N_("Times asked for"), "number"),
    Column("outlets", N_("Outlets"), "number"),
    Column("last", N_("Last"), "day"),
)


def needs(session: Session, book: str, since: date) -> Table:
    """Return what was asked for in vain in one outlet, or in all (the county's book), the most wanted first."""
    wanted = (Need.item, Need.words)
    told = func.count(), func.count(Need.book.distinct()), func.max(Need.day)
    query = select(*wanted, *told).where(Need.day >= since, Need.retired == 0).group_by(*wanted)
    if book != COUNTY:
        query = query.where(Need.book == book)
    items = items_by_code(session)
    blank = Item(code="", name="", unit="")
    rows = [
        {
            "item": code, "name": items.get(code, blank).name or words, "spec": items.get(code, blank).spec,
            "unit": items.get(code, blank).unit, "times": times, "outlets": outlets, "last": last,
        }
        for code, words, times, outlets, last in session.execute(query)
    ]
    columns = tuple(column for column in COLUMNS if book == COUNTY or column.name != "outlets")
    ordered = sorted(rows, key=lambda row: (-row["times"], row["item"], row["name"]))
    empty = N_("Nothing was asked for in vain in this time. It is noted with one tap at the counter.")
    return Table("needs", N_("Needs list"), columns, ordered, empty)


def needs_noted_on(session: Session, book: str, day: date) -> list[Need]:
    """Return the lines an outlet noted on one day, the latest first."""
    mine = (Need.book == book, Need.day == day, Need.retired == 0)
    return list(session.scalars(select(Need).where(*mine).order_by(Need.n.desc())))


def not_there(session: Session, book: str, day: date, there: Container[str]) -> list[Item]:
    """Return the items that have a price here and are not on the shelf: what may be asked for in vain."""
    priced = prices_on(session, book, day)
    return [item for item in all_items(session) if item.code in priced and item.code not in there and not item.retired]
