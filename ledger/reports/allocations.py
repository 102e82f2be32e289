"""Allocations: what there is to give out, how many households each outlet has, and the sheet of goods by outlets."""

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ledger.errors import NotFound
from ledger.journal import OnTheRoad
from ledger.registers.allocations import Allocation
from ledger.registers.households import Household
from ledger.registers.items import all_items
from ledger.registers.register import can_be_asked
from ledger.registers.sites import outlets
from ledger.reports.journal import entry_page
from ledger.reports.stock import by_item, stock_rows
from ledger.reports.table import CALLED, ENTRY, ITEM, PIECES, REVERSED_BY, SERIAL, UNIT, Column, Table
from ledger.terms import N_, HouseholdStatus

GOODS_COLUMNS = (ITEM, CALLED, UNIT)
NOTE_COLUMNS = (
    Column("to", N_("To"), "site"), SERIAL, ENTRY, PIECES, Column("road", N_("Still on the road"), "number"),
    REVERSED_BY,
)


def goods_to_give(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return a row for each item on the shelf that has not expired, with how much there is and what donors wished."""
    lots = [row for row in stock_rows(session, book, day) if not row["expired"]]
    wished = [lot for lot in lots if lot["wish_outlets"]]
    return [
        {**row, "wishes": [(lot["quantity"], lot["wish_outlets"]) for lot in wished if lot["item"] == row["item"]]}
        for row in by_item(lots)
    ]


def households_by_outlet(session: Session) -> dict[str, int]:
    """Return for each outlet in use how many households it serves."""
    active = (Household.status == HouseholdStatus.ACTIVE, Household.retired == 0)
    counts = dict(session.execute(select(Household.book, func.count()).where(*active).group_by(Household.book)).all())
    return {site.code: int(counts.get(site.code, 0)) for site in outlets(session)}


def allocation_sheet(session: Session, book: str, n: int) -> dict[str, Any]:
    """Return one allocation: its notes, and the table of goods by outlets with sums both ways. Raises NotFound."""
    found = session.get(Allocation, (book, n)) if can_be_asked(n) else None
    if found is None:
        raise NotFound(what=N_("allocation"))
    query = select(OnTheRoad.number, func.sum(OnTheRoad.quantity)).where(
        OnTheRoad.book == book, OnTheRoad.number.between(found.first, found.last)
    )
    road = dict(session.execute(query.group_by(OnTheRoad.number)).all())
    pages = (entry_page(session, book, number) for number in range(found.first, found.last + 1))
    notes = [{**page, "to": page["facts"]["to"], "road": int(road.get(page["number"], 0))} for page in pages]
    return {
        "allocation": found,
        "stand": spans(book, [page["number"] for page in notes if not page["reversed_by"]]),
        "notes": Table("notes", N_("Transfer notes"), NOTE_COLUMNS, notes, sums=("pieces", "road")),
        "table": goods_by_outlets(session, n, [page for page in notes if not page["reversed_by"]]),
    }


def spans(book: str, numbers: list[int]) -> list[str]:
    """Return entries as a paper names them, those that follow one another as a span: COUNTY-130–133, COUNTY-135."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda one: one[1] - one[0])]
    return [f"{book}-{run[0]}–{run[-1]}" if len(run) > 1 else f"{book}-{run[0]}" for run in runs]


def goods_by_outlets(session: Session, n: int, notes: list[dict[str, Any]]) -> Table:
    """Return the summary: a row for each item, a column for each outlet that got something, and what it comes to."""
    cells: Counter[tuple[str, str]] = Counter()
    for note in notes:
        for leg in note["postings"]:
            cells[leg["commodity"], note["to"]] += leg["quantity"]
    given = {item for item, _ in cells}
    rows = []
    for item in (one for one in all_items(session) if one.code in given):
        got = {note["to"]: cells[item.code, note["to"]] or None for note in notes}
        total = sum(filter(None, got.values()))
        rows.append({"item": item.code, "name": item.called, "unit": item.unit, **got, "total": total})
    across = tuple(Column(note["to"], note["to"], "number") for note in notes)
    total_column = Column("total", N_("Total"), "number")
    return Table(
        f"allocation-{n}", N_("Summary of the allocation"), (*GOODS_COLUMNS, *across, total_column), rows,
        sums=(*(column.name for column in across), "total"),
    )
