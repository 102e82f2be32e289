"""Stock: what lies on a shelf, lot by lot, the first to expire first."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Balance, Entry, Note, OnTheRoad
from ledger.registers.items import Item, prices_on
from ledger.registers.lots import Lot
from ledger.registers.policy import policy
from ledger.registers.requests import waiting_as_short
from ledger.reports.table import BEST_BEFORE, CALLED, DONOR, GOODS, ITEM, LOT, PRICE, QUANTITY, UNIT, Column, Table
from ledger.terms import N_, EntryKind

COLUMNS = (
    *GOODS, Column("category", N_("Category")), LOT, DONOR, BEST_BEFORE, Column("expired", N_("Expired"), "yes"),
    QUANTITY, PRICE,
)


def stock_rows(session: Session, book: str, day: date, *, account: str = chart.STOCK) -> list[dict[str, Any]]:
    """Return one row per lot in an account of a book, with its points price on a day (None if unpriced).

    `wish` is what its donor wished, in words for those who handle the goods; no table prints it.
    """
    prices = prices_on(session, book, day)
    query = (
        select(Lot, Item, Balance.quantity, Note.text)
        .join(Balance, Balance.lot == Lot.code)
        .join(Item, Item.code == Lot.item)
        .outerjoin(Note, (Note.book == Lot.book) & (Note.number == Lot.number) & (Note.name == "wish"))
        .where(Balance.book == book, Balance.account == account, Balance.quantity > 0)
        .order_by(Lot.item, Lot.best_before.is_(None), Lot.best_before, Lot.book, Lot.number, Lot.code)
    )
    return [
        {
            **lot_row(lot, item, day), "quantity": quantity, "points": prices.get(item.code),
            "wish_outlets": lot.wish_outlets, "wish": wish if lot.wish else None,
        }
        for lot, item, quantity, wish in session.execute(query)
    ]


def lot_row(lot: Lot, item: Item, day: date) -> dict[str, Any]:
    """Return what a row says of a lot, and whether it has expired on a day."""
    return {
        "item": item.code, "name": item.name, "spec": item.spec, "unit": item.unit, "category": item.category,
        "lot": lot.code, "donor": lot.donor, "best_before": lot.best_before,
        "expired": lot.best_before is not None and lot.best_before < day,
    }


def stock(session: Session, book: str, day: date) -> Table:
    """Return the stock of a site by lot."""
    empty = N_("Nothing is on the shelf. Goods come in by a donation or an arrival.")
    return Table("stock", N_("Stock"), COLUMNS, stock_rows(session, book, day), empty)


def shelf(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return what can be redeemed today, one row per priced item with what is left that has not expired."""
    lots = stock_rows(session, book, day)
    return by_item(lot for lot in lots if lot["points"] is not None and not lot["expired"])


def by_item(lots: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row for each item of some lots, in their order, with the quantity of all of them."""
    rows: dict[str, dict[str, Any]] = {}
    for lot in lots:
        row = rows.setdefault(lot["item"], {**lot, "quantity": 0})
        row["quantity"] += lot["quantity"]
    return list(rows.values())


ROAD_COLUMNS = (
    Column("from", N_("From"), "site"),
    Column("dispatch", N_("Entry"), "number"),
    Column("to", N_("To"), "site"),
    ITEM, CALLED, UNIT, LOT, BEST_BEFORE,
    Column("sent", N_("Sent"), "number"),
    Column("quantity", N_("On the road"), "number"),
)


def road_rows(
    session: Session, *, to: str | None = None, sender: str | None = None, note: tuple[str, int] | None = None
) -> list[dict[str, Any]]:
    """Return what is on the road, to a site, from a site, or all of it; of one note all lines, arrived ones too."""
    wanted = [OnTheRoad.book == note[0], OnTheRoad.number == note[1]] if note else [OnTheRoad.quantity > 0]
    wanted += [OnTheRoad.destination == to] if to is not None else []
    wanted += [OnTheRoad.book == sender] if sender is not None else []
    query = (
        select(OnTheRoad, Item, Lot)
        .join(Item, Item.code == OnTheRoad.commodity)
        .join(Lot, Lot.code == OnTheRoad.lot)
        .where(*wanted)
        .order_by(OnTheRoad.book, OnTheRoad.number, OnTheRoad.line)
    )
    return [
        {
            "from": line.book, "dispatch": line.number, "to": line.destination, "item": item.code, "name": item.name,
            "spec": item.spec, "unit": item.unit, "lot": lot.code, "best_before": lot.best_before, "sent": line.sent,
            "quantity": line.quantity,
        }
        for line, item, lot in session.execute(query)
    ]


def to_be_counted(session: Session, book: str, note: tuple[str, int] | None = None) -> list[dict[str, Any]]:
    """Return what is on the road to a site and has not been counted there yet; of one note all lines."""
    short = waiting_as_short(session, book)
    rows = [
        {**row, "quantity": row["quantity"] - short[row["from"], row["dispatch"], row["item"], row["lot"]]}
        for row in road_rows(session, to=book, note=note)
    ]
    return [row for row in rows if note or row["quantity"] > 0]


def was_counted(session: Session, book: str, note: tuple[str, int]) -> bool:
    """Tell whether something of a note has been counted in at a site."""
    sender, number = note
    arrivals = select(Entry.number).where(Entry.book == book, Entry.kind == EntryKind.ARRIVAL)
    named = [Entry.body.contains(said, autoescape=True) for said in (f'"dispatch":{number},', f'"from":"{sender}"')]
    return session.scalars(arrivals.where(*named).limit(1)).first() is not None


def on_the_road(session: Session, *, to: str | None = None, sender: str | None = None) -> Table:
    """Return what is on the road as a table."""
    return Table("on-the-road", N_("On the road"), ROAD_COLUMNS, road_rows(session, to=to, sender=sender))


def near_expiry(session: Session, book: str, day: date, lots: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return those of some lots that are past their best-before or near it, the nearest first, with the days left."""
    warned = int(policy(session, book, "warning_days", day))
    dated = [{**lot, "days": (lot["best_before"] - day).days} for lot in lots if lot["best_before"] is not None]
    return sorted((lot for lot in dated if lot["days"] <= warned), key=lambda lot: lot["days"])
