"""The receipt of a redemption, read back from the journal: what anyone with the book would print again."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger import chart
from ledger.errors import NotFound
from ledger.registers.items import Item
from ledger.reports.journal import entry_page
from ledger.reports.table import Column, Table
from ledger.terms import N_, EntryKind, Purse

COLUMNS = (
    Column("item", N_("Item"), "code"),
    Column("name", N_("Goods")),
    Column("spec", N_("Size")),
    Column("unit", N_("Unit")),
    Column("lots", N_("Lot"), "code"),
    Column("quantity", N_("Quantity"), "number"),
    Column("price", N_("Points each"), "points"),
    Column("points", N_("Points"), "points"),
)


def receipt(session: Session, book: str, number: int) -> dict[str, Any]:
    """Return a redemption with its goods, points by purse, and the purses before and after. Raises NotFound."""
    page = entry_page(session, book, number)
    if page["kind"] != EntryKind.REDEMPTION:
        raise NotFound(what=N_("redemption"))
    household = page["facts"]["household"]
    purses = [purse_line(page, household, str(purse)) for purse in Purse]
    goods = Table("receipt", N_("Redemption slip"), COLUMNS, goods_lines(session, page))
    return {**page, "household": household, "goods": goods, "purses": purses}


def goods_lines(session: Session, page: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the goods handed out, one line per item, priced as they were."""
    lines: dict[str, dict[str, Any]] = {}
    items = {item.code: item for item in session.scalars(select(Item))}
    for leg in page["postings"]:
        if leg["destination"] == chart.HANDED_OUT:
            item = items[leg["commodity"]]
            line = lines.setdefault(
                item.code, {"item": item.code, "name": item.name, "spec": item.spec, "unit": item.unit, "lots": "",
                            "quantity": 0, "price": page["facts"]["prices"][item.code]},
            )
            line["quantity"] += leg["quantity"]
            if leg["lot"] not in line["lots"].split():
                line["lots"] = f"{line['lots']} {leg['lot']}".strip()
    return [{**line, "points": line["quantity"] * line["price"]} for line in lines.values()]


def purse_line(page: dict[str, Any], household: str, purse: str) -> dict[str, Any]:
    """Return one purse before and after; None where this redemption did not touch it and so does not tell."""
    account = chart.purse(household, purse)
    leg = next((leg for leg in page["postings"] if leg["source"] == account), None)
    if leg is None:
        return {"purse": purse, "spent": 0, "before": None, "after": None}
    return {"purse": purse, "spent": leg["quantity"], "before": leg["source_after"] + leg["quantity"],
            "after": leg["source_after"]}
