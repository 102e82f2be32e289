"""The donor's statement: what became of my gift, outlet by outlet, without anybody's name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from ledger import chart
from ledger.journal import Balance, Entry, OnTheRoad, Posting, body_of
from ledger.registers.items import Item, items_by_code
from ledger.registers.lots import Lot, lots_of
from ledger.registers.sites import all_sites
from ledger.reports.money import money
from ledger.reports.table import CALLED, LOT, OVER, SERIAL, SHORT, UNIT, Column, Table
from ledger.terms import N_

PARTS = {
    chart.HANDED_OUT: "handed_out", chart.STOCK: "on_shelf", chart.WRITTEN_OFF: "written_off",
    chart.SET_ASIDE: "set_aside", chart.DIFFERENCE: "short",
}
FATES = ("handed_out", "on_shelf", "on_the_road", "set_aside", "written_off", "short")
"""What became of a gift; these together are what was given and what was over, found in a parcel beyond its note."""
TOLD = (*FATES, "over")

GIFT_COLUMNS = (
    LOT,
    Column("day", N_("Day"), "day"),
    SERIAL, CALLED, UNIT,
    Column("given", N_("Given"), "number"),
    Column("handed_out", N_("Handed out"), "number"),
    Column("on_shelf", N_("On the shelf"), "number"),
    Column("on_the_road", N_("On the road"), "number"),
    Column("set_aside", N_("Set aside"), "number"),
    Column("written_off", N_("Written off"), "number"),
    SHORT, OVER,
)
OUTLET_COLUMNS = (Column("site", N_("Site")), CALLED, *GIFT_COLUMNS[6:])


def statement(session: Session, donor: str) -> dict[str, Any]:
    """Return a donor's gifts, what became of each, the same by outlet, and how many households were reached.

    The book follows first expired, first out: it tells which lot was handed out, as the keeper booked it.
    """
    lots, items = {lot.code: lot for lot in lots_of(session, donor)}, items_by_code(session)
    fates, slips = fates_of(session, list(lots)), slips_of(session, donor)
    gifts = [gift_row(lot, items[lot.item], fates, slips) for lot in lots.values()]
    outlets = outlet_rows(session, lots, items, fates)
    return {
        "goods": goods_rows(gifts, outlets),
        "gifts": Table("gifts", N_("My gifts"), GIFT_COLUMNS, gifts, N_("No gift has been booked yet.")),
        "outlets": Table("gifts-by-outlet", N_("Outlet by outlet"), OUTLET_COLUMNS, outlets),
        "households": len(households_reached(session, list(lots))),
        "money": money(session, donor),
        **added(gifts),
    }


def added(rows: Sequence[Mapping[str, Any]], names: Sequence[str] = ("given", *TOLD)) -> dict[str, int]:
    """Return what some rows come to: what was given, and what became of it."""
    return {name: sum(row[name] for row in rows) for name in names}


def slips_of(session: Session, donor: str) -> dict[str, dict[str, Any]]:
    """Return for each lot of a donor the day it came and the number of its slip."""
    query = select(Lot.code, Entry).join(Entry, (Entry.book == Lot.book) & (Entry.number == Lot.number))
    return {
        code: {"day": entry.occurred_on, "serial": body_of(entry)["facts"].get("serial")}
        for code, entry in session.execute(query.where(Lot.donor == donor))
    }


def fates_of(session: Session, lots: list[str]) -> dict[tuple[str, str], dict[str, int]]:
    """Return for each lot and book how much was handed out, is on the shelf, on the road to it, and so on."""
    fates: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(("given", *TOLD), 0))
    for start in range(0, len(lots), 400):
        some = lots[start : start + 400]
        balances = select(Balance.lot, Balance.book, Balance.account, Balance.quantity).where(Balance.lot.in_(some))
        for lot, book, account, quantity in session.execute(balances):
            if account.startswith(("donor:", "supplier:")):
                fates[lot, book]["given"] -= quantity
            elif account == chart.DIFFERENCE and quantity < 0:
                fates[lot, book]["over"] -= quantity
            elif account in PARTS:
                fates[lot, book][PARTS[account]] += quantity
        road = select(OnTheRoad.lot, OnTheRoad.destination, OnTheRoad.quantity).where(
            OnTheRoad.lot.in_(some), OnTheRoad.quantity > 0
        )
        for lot, book, quantity in session.execute(road):
            fates[lot, book]["on_the_road"] += quantity
    return fates


def gift_row(
    lot: Lot, item: Item, fates: dict[tuple[str, str], dict[str, int]], slips: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """Return one gift with what became of it in the whole county."""
    said = {"lot": lot.code, "item": item.code, "name": item.called, "unit": item.unit}
    mine = [fate for (code, _), fate in fates.items() if code == lot.code]
    return {**said, **slips.get(lot.code, {"day": None, "serial": None}), **added(mine)}


def outlet_rows(
    session: Session, lots: dict[str, Lot], items: dict[str, Item], fates: dict[tuple[str, str], dict[str, int]]
) -> list[dict[str, Any]]:
    """Return what became of the gifts by site and item, where there is anything to tell."""
    rows = []
    for site in all_sites(session):
        here = [(lots[lot].item, fate) for (lot, book), fate in fates.items() if book == site.code]
        for item in dict.fromkeys(item for item, _ in here):
            mine = added([fate for code, fate in here if code == item], TOLD)
            rows.append({"site": site.name, "item": item, "name": items[item].called, **mine})
    return [row for row in rows if any(row[name] for name in TOLD)]


def goods_rows(gifts: list[dict[str, Any]], outlets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what became of each kind of goods, with its gifts and its outlets beneath."""
    rows = []
    for item in dict.fromkeys(gift["item"] for gift in gifts):
        mine = [gift for gift in gifts if gift["item"] == item]
        there = [row for row in outlets if row["item"] == item]
        said = {"item": item, "name": mine[0]["name"], "unit": mine[0]["unit"]}
        rows.append({**said, "gifts": mine, "outlets": there, **added(mine)})
    return rows


def households_reached(session: Session, lots: list[str]) -> set[tuple[str, str]]:
    """Return the households that took any of these lots home and did not bring it back."""
    undoing = aliased(Entry)
    reached: set[tuple[str, str]] = set()
    for start in range(0, len(lots), 400):
        undone = select(undoing).where(undoing.book == Entry.book, undoing.reverses == Entry.number).exists()
        query = (
            select(Entry)
            .join(Posting, (Posting.book == Entry.book) & (Posting.number == Entry.number))
            .where(Posting.lot.in_(lots[start : start + 400]), Posting.destination == chart.HANDED_OUT, ~undone)
        )
        reached |= {(entry.book, body_of(entry)["facts"]["household"]) for entry in session.scalars(query)}
    return reached
