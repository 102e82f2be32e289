"""The slip for donated goods, in three copies: what was brought, accepted and refused, line by line, with its value."""

from collections import defaultdict
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.registers.donors import Donor
from ledger.registers.items import Item, items_by_code
from ledger.registers.lots import lots_by_code
from ledger.reports.journal import entries_about, entry_page, page_of
from ledger.reports.papers import ACROSS, in_pages
from ledger.terms import N_, EntryKind

COPIES = (N_("first copy: kept"), N_("second copy: donor"), N_("third copy: books"))


def donation_slip(session: Session, book: str, number: int) -> dict[str, Any]:
    """Return a donation as its slip. The donor's contact is for the first copy alone. Raises NotFound."""
    page, items = page_of(session, book, number, EntryKind.DONATION, what=N_("donation")), items_by_code(session)
    goods = by_line if "lines" in page["facts"] else by_name
    rows = [*goods(page, accepted(session, page, items), items), *money(page)]
    receipts = entries_about(session, book, number, EntryKind.RECEIPT_NUMBER)
    later = [entry_page(session, book, n)["facts"] for n in receipts]
    papers = {name: fact for one in (page["facts"], *later) for name, fact in one.items() if name in RECEIPT}
    return {
        **page, "donor": session.get_one(Donor, page["facts"]["donor"]), "papers": papers,
        "ways": [word for word, is_goods in ((N_("in goods"), True), (N_("in money"), False))
                 if any(bool(row["goods"]) == is_goods for row in rows)],
        "pages": in_pages(rows, ACROSS, "value"), "value": sum(row["value"] or 0 for row in rows),
    }


RECEIPT = ("receipt_code", "receipt_number", "agreement")


def by_line(page: dict[str, Any], lots: list[dict[str, Any]], items: dict[str, Item]) -> list[dict[str, Any]]:
    """Return the lines of goods as they stood on the form, each with its own words."""
    rows = dict(zip(page["facts"]["lines"], lots, strict=True))
    for refused in page["facts"].get("refused", []):
        row = rows.setdefault(refused["line"], empty(items[refused["item"]]))
        refuse(row, refused["quantity"])
        row.update({day: refused[day] for day in ("made_on", "best_before") if day in refused})
    for name in ("condition", "refused"):
        for line in (page["notes"].get(name) or "").splitlines():
            n, _, told = line.partition(". ")
            row = rows[int(n)]
            row[f"{name}_words"] = told.partition(f" ({row['item']}): ")[2]
    return [rows[n] for n in sorted(rows)]


def by_name(page: dict[str, Any], rows: list[dict[str, Any]], items: dict[str, Item]) -> list[dict[str, Any]]:
    """Return the lines of an entry that did not keep the form's: of one kind accepted and refused stand together."""
    for refused in page["facts"].get("refused", []):
        row = next((one for one in rows if one["item"] == refused["item"] and not one["refused"]), None)
        if row is None:
            rows.append(row := empty(items[refused["item"]]))
        refuse(row, refused["quantity"])
    for name in ("condition", "refused"):
        tell(rows, f"{name}_words", (page["notes"].get(name) or "").splitlines())
    return rows


def refuse(row: dict[str, Any], quantity: int) -> None:
    """Add to a line what was refused of it."""
    row["refused"] = quantity
    row["brought"] += quantity


def empty(item: Item | None) -> dict[str, Any]:
    """Return a line of which nothing was accepted yet; money is no item."""
    return {
        "goods": item, "item": item and item.code, "brought": 0, "accepted": 0, "refused": 0, "lot": None, "code": "",
        "each": None, "value": None, "made_on": None, "best_before": None, "condition_words": "", "refused_words": "",
    }


def accepted(session: Session, page: dict[str, Any], items: dict[str, Item]) -> list[dict[str, Any]]:
    """Return a line for each lot that was taken in."""
    legs = [leg for leg in page["postings"] if leg["commodity"] != chart.CNY]
    lots = lots_by_code(session, [leg["lot"] for leg in legs])
    return [
        {
            **empty(items[lot.item]), "brought": many, "accepted": many, "lot": lot, "code": lot.code,
            "each": lot.unit_value_fen, "value": lot.value_of(many), "made_on": lot.made_on,
            "best_before": lot.best_before,
        }
        for lot, many in ((lots[leg["lot"]], leg["quantity"]) for leg in legs)
    ]


def tell(rows: list[dict[str, Any]], name: str, lines: list[str]) -> None:
    """Put what was written of goods by their name ("rice 5 kg: dry and clean") into their rows; what is of a name they
    have no more is told with it.
    """
    said: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        called, _, word = line.partition(": ")
        said[called].append(word)
    known = {row["goods"].called for row in rows}
    unknown = [line for line in lines if line.partition(": ")[0] not in known]
    for row in rows:
        row[name] = " · ".join(said.get(row["goods"].called) or unknown)


def money(page: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a line for each gift of money."""
    legs = [leg for leg in page["postings"] if leg["commodity"] == chart.CNY]
    return [{**empty(None), "code": leg["lot"], "value": leg["quantity"]} for leg in legs]
