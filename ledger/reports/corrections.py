"""Corrections: what of a redemption can still be taken back, and the slip that shows both versions."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import NotFound
from ledger.journal import Entry, body_of, entry_of, moves_of
from ledger.registers.corrections import taken_back
from ledger.registers.items import Item
from ledger.reports.journal import entry_page
from ledger.reports.receipt import receipt
from ledger.reports.table import CALLED, SPEC, UNIT, Column, Table
from ledger.terms import N_, EntryKind

COLUMNS = (
    CALLED, SPEC, UNIT,
    Column("price", N_("Points each"), "points"),
    Column("booked", N_("As it was booked"), "number"),
    Column("back", N_("Taken off"), "number"),
    Column("right", N_("As it is right"), "number"),
)


def goods_left(session: Session, book: str, number: int) -> list[dict[str, Any]]:
    """Return the goods of a redemption, by item and lot, with how many can still be taken back. Raises NotFound."""
    page = entry_page(session, book, number)
    if page["kind"] != EntryKind.REDEMPTION:
        raise NotFound(what=N_("redemption"))
    done = taken_back(session, book, number)
    items = {item.code: item for item in session.scalars(select(Item))}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for leg in page["postings"]:
        if leg["destination"] == chart.HANDED_OUT:
            item = items[leg["commodity"]]
            row = rows.setdefault((item.code, leg["lot"]), {
                "item": item.code, "lot": leg["lot"], "name": item.name, "spec": item.spec, "unit": item.unit,
                "booked": 0, "left": 0,
            })
            row["booked"] += leg["quantity"]
            row["left"] += leg["quantity"] - done[leg["line"]]
    return list(rows.values())


def corrections_of(session: Session, book: str, number: int) -> list[int]:
    """Return the numbers of the corrections of an entry."""
    mine = (col(Entry.book) == book, col(Entry.kind) == EntryKind.CORRECTION, col(Entry.number) > number)
    named = col(Entry.body).contains(f'"number":{number},', autoescape=True)
    return list(session.scalars(select(col(Entry.number)).where(*mine, named).order_by(col(Entry.number))))


def correction_slip(session: Session, book: str, number: int) -> dict[str, Any]:
    """Return a correction with both versions: as it was booked, and as it is right. Raises NotFound."""
    page = entry_page(session, book, number)
    if page["kind"] != EntryKind.CORRECTION:
        raise NotFound(what=N_("correction"))
    wrong = receipt(session, book, page["facts"]["number"])
    right = right_of(session, book, number)
    back = taken_off(session, book, [number])
    before = taken_off(session, book, [one for one in corrections_of(session, book, wrong["number"]) if one < number])
    rows: dict[str, dict[str, Any]] = {}
    for name, version in (("booked", wrong), ("anew", right)):
        for line in version["goods"].rows if version else ():
            row = rows.setdefault(line["item"], {**line, "booked": 0, "back": back[line["item"]], "anew": 0})
            row[name] = line["quantity"]
    for item, row in rows.items():
        row["right"] = row["booked"] - before[item] - row["back"] + row["anew"]
    table = Table("correction", N_("Correction slip"), COLUMNS, list(rows.values()))
    return {**page, "table": table, "wrong": wrong, "right": right, "points_back": back[chart.POINT]}


def taken_off(session: Session, book: str, numbers: Iterable[int]) -> Counter[str]:
    """Return how much some corrections took back, by commodity."""
    taken: Counter[str] = Counter()
    for number in numbers:
        for move in moves_of(entry_of(session, book, number)):
            taken[move.commodity] += move.quantity
    return taken


def right_of(session: Session, book: str, number: int) -> dict[str, Any] | None:
    """Return the redemption a correction booked as the right one: it is the entry behind it."""
    entry = session.get(Entry, (book, number + 1))
    if entry is None or body_of(entry)["facts"].get("correction") != number:
        return None
    return receipt(session, book, number + 1)
