"""The receipt of a redemption, read back from the journal: what anyone with the book would print again."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ledger import chart
from ledger.journal import Posting
from ledger.registers.items import items_by_code
from ledger.reports.journal import page_of
from ledger.reports.table import GOODS, POINTS, QUANTITY, Column, Table
from ledger.terms import N_, EntryKind, Purse

COLUMNS = (
    *GOODS,
    Column("lots", N_("Lot"), "code"),
    QUANTITY,
    Column("price", N_("Points each"), "points"),
    POINTS,
)


def receipt(session: Session, book: str, number: int) -> dict[str, Any]:
    """Return a redemption with its goods, points by purse, the purses before and after, and what of its price no purse
    paid (`over`). Raises NotFound.
    """
    page = page_of(session, book, number, EntryKind.REDEMPTION, what=N_("redemption"))
    household = page["facts"]["household"]
    purses = [purse_line(session, page, household, str(purse)) for purse in Purse]
    goods = Table("receipt", N_("Redemption slip"), COLUMNS, goods_lines(session, page))
    over = page["points"] - sum(line["spent"] for line in purses)
    return {**page, "household": household, "goods": goods, "purses": purses, "over": over}


def goods_lines(session: Session, page: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the goods handed out, one line per item, priced as they were."""
    lines: dict[str, dict[str, Any]] = {}
    for goods, leg in handed_out(session, page):
        code = goods["item"]
        line = lines.setdefault(code, {**goods, "lots": "", "quantity": 0, "price": page["facts"]["prices"][code]})
        line["quantity"] += leg["quantity"]
        if leg["lot"] not in line["lots"].split():
            line["lots"] = f"{line['lots']} {leg['lot']}".strip()
    return [{**line, "points": line["quantity"] * line["price"]} for line in lines.values()]


def handed_out(session: Session, page: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the postings of a redemption that handed goods out, each behind what a row says of these goods."""
    items = items_by_code(session)
    for leg in page["postings"]:
        if leg["destination"] == chart.HANDED_OUT:
            item = items[leg["commodity"]]
            yield {"item": item.code, "name": item.name, "spec": item.spec, "unit": item.unit}, leg


def purse_line(session: Session, page: dict[str, Any], household: str, purse: str) -> dict[str, Any]:
    """Return one purse before and after; one that was not used holds what its last posting before left in it."""
    account = chart.purse(household, purse)
    leg = next((leg for leg in page["postings"] if leg["source"] == account), None)
    if leg is None:
        spent, after = 0, held_before(session, page["book"], page["number"], account)
    else:
        spent, after = leg["quantity"], leg["source_after"]
    return {"purse": purse, "spent": spent, "before": after + spent, "after": after}


def held_before(session: Session, book: str, number: int, account: str) -> int:
    """Return what an account of points held when an entry was made, as its last posting before tells."""
    # Each side has an index of its own; asked for both at once, the database may walk through the whole book.
    sides = ((Posting.source, Posting.source_after), (Posting.destination, Posting.destination_after))
    last = [(0, 0, 0)]
    for side, after in sides:
        query = select(Posting.number, Posting.line, col(after))
        query = query.where(Posting.book == book, col(side) == account, Posting.number < number)
        found = session.execute(query.order_by(Posting.number.desc(), Posting.line.desc()).limit(1)).first()
        last += [tuple(found)] if found else []
    return max(last)[2]
