"""Corrections: what of a redemption can still be taken back, and the slip that shows both versions."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.journal import Entry, body_of, entry_of, moves_of
from ledger.registers.corrections import taken_back
from ledger.reports.journal import entries_about, page_of
from ledger.reports.receipt import handed_out, receipt
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
    page = page_of(session, book, number, EntryKind.REDEMPTION, what=N_("redemption"))
    done = taken_back(session, book, number)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for goods, leg in handed_out(session, page):
        row = rows.setdefault((goods["item"], leg["lot"]), {**goods, "lot": leg["lot"], "booked": 0, "left": 0})
        row["booked"] += leg["quantity"]
        row["left"] += leg["quantity"] - done[leg["line"]]
    return list(rows.values())


def correction_slip(session: Session, book: str, number: int) -> dict[str, Any]:
    """Return a correction with both versions: as it was booked, and as it is right. Raises NotFound."""
    page = page_of(session, book, number, EntryKind.CORRECTION, what=N_("correction"))
    wrong = receipt(session, book, page["facts"]["number"])
    right = right_of(session, book, number)
    back = taken_off(session, book, [number])
    corrections = entries_about(session, book, wrong["number"], EntryKind.CORRECTION)
    before = taken_off(session, book, [one for one in corrections if one < number])
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
