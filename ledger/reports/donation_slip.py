"""The slip for donated goods, in three copies: what was brought, accepted and refused, line by line, with its value."""

from collections import defaultdict
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import NotFound
from ledger.registers.donors import Donor
from ledger.registers.items import Item, all_items
from ledger.registers.lots import lots_by_code
from ledger.reports.journal import entry_page, receipts_of
from ledger.reports.papers import ACROSS, in_pages
from ledger.terms import N_, EntryKind

COPIES = (N_("first copy: kept"), N_("second copy: donor"), N_("third copy: books"))


def donation_slip(session: Session, book: str, number: int) -> dict[str, Any]:
    """Return a donation as its slip. The donor's contact is for the first copy alone. Raises NotFound."""
    page = entry_page(session, book, number)
    if page["kind"] != EntryKind.DONATION:
        raise NotFound(what=N_("donation"))
    items = {item.code: item for item in all_items(session)}
    rows = [*accepted(session, page, items), *money(page)]
    for refused in page["facts"].get("refused", []):
        # What was accepted and refused of one kind stands in one line, as it did at the door.
        row = next((one for one in rows if one["item"] == refused["item"] and not one["refused"]), None)
        if row is None:
            rows.append(row := {**empty(items[refused["item"]]), "item": refused["item"]})
        row["refused"] = refused["quantity"]
        row["brought"] += refused["quantity"]
    for name in ("condition", "refused"):
        tell(rows, items, f"{name}_words", page["notes"].get(name) or "")
    later = [entry_page(session, book, n)["facts"] for n in receipts_of(session, book, number)]
    papers = {name: fact for one in (page["facts"], *later) for name, fact in one.items() if name in RECEIPT}
    return {
        **page, "donor": session.get_one(Donor, page["facts"]["donor"]), "papers": papers,
        "ways": [word for word, is_goods in ((N_("in goods"), True), (N_("in money"), False))
                 if any(bool(row["goods"]) == is_goods for row in rows)],
        "pages": in_pages(rows, ACROSS, "value"), "value": sum(row["value"] or 0 for row in rows),
    }


RECEIPT = ("receipt_code", "receipt_number", "agreement")


def empty(item: Item) -> dict[str, Any]:
    """Return a line of which nothing was accepted yet."""
    return {
        "goods": item, "brought": 0, "accepted": 0, "refused": 0, "lot": None, "each": None, "value": None, "code": "",
    }


def accepted(session: Session, page: dict[str, Any], items: dict[str, Item]) -> list[dict[str, Any]]:
    """Return a line for each lot that was taken in."""
    legs = [leg for leg in page["postings"] if leg["commodity"] != chart.CNY]
    lots, rows = lots_by_code(session, [leg["lot"] for leg in legs]), []
    for leg in legs:
        lot, many = lots[leg["lot"]], leg["quantity"]
        value = None if lot.unit_value_fen is None else lot.unit_value_fen * many
        rows.append({
            **empty(items[leg["commodity"]]), "item": leg["commodity"], "brought": many, "accepted": many, "lot": lot,
            "code": lot.code, "each": lot.unit_value_fen, "value": value,
        })
    return rows


def tell(rows: list[dict[str, Any]], items: dict[str, Item], name: str, words: str) -> None:
    """Put what was written about goods ("rice 5 kg: dry and clean", a line for each) into the rows of these goods."""
    said: dict[str, list[str]] = defaultdict(list)
    for line in words.splitlines():
        called, _, word = line.partition(": ")
        said[called].append(word)
    for row in rows:
        row[name] = " · ".join(said[items[row["item"]].called]) if row["item"] else ""


def money(page: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a line for each gift of money."""
    legs = [leg for leg in page["postings"] if leg["commodity"] == chart.CNY]
    none = {"goods": None, "item": None, "brought": 0, "accepted": 0, "refused": 0, "lot": None, "each": None}
    return [{**none, "code": leg["lot"], "value": leg["quantity"]} for leg in legs]
