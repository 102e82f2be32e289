"""The list of a handover 交接清册: what lies on the shelf and set aside, now or as it was when one was entered."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.registers.items import items_by_code, prices_on
from ledger.registers.lots import lots_by_code
from ledger.reports.balances_at import balances_at
from ledger.reports.stock import lot_row, stock_rows
from ledger.reports.table import BEST_BEFORE, DONOR, GOODS, LOT, PRICE, QUANTITY, Column
from ledger.terms import N_

COLUMNS = (
    *GOODS, LOT, DONOR, BEST_BEFORE, Column("expired", N_("Expired"), "yes"), Column("account", N_("Where"), "word"),
    QUANTITY, PRICE,
)
HERE = (chart.STOCK, chart.SET_ASIDE)


def goods_here(session: Session, book: str, day: date, number: int | None = None) -> list[dict[str, Any]]:
    """Return a row per lot on the shelf, then per lot set aside, as they are, or were after entry `number`."""
    if number is not None:
        return goods_then(session, book, day, number)
    return [
        {**row, "account": where(account)}
        for account in HERE for row in stock_rows(session, book, day, account=account)
    ]


def goods_then(session: Session, book: str, day: date, number: int) -> list[dict[str, Any]]:
    """Return the rows as they were after an entry, by the postings up to it."""
    held = {place: many for place, many in balances_at(session, book, number) if place.account in HERE and many > 0}
    lots, prices = lots_by_code(session, sorted({place.lot for place in held})), prices_on(session, book, day)
    items = items_by_code(session)
    rows = [
        {
            **lot_row(lots[place.lot], items[place.commodity], day), "account": where(place.account), "quantity": many,
            "points": prices.get(place.commodity),
        }
        for place, many in held.items()
    ]
    return sorted(rows, key=lambda row: (row["account"] or "", row["item"], row["best_before"] or date.max, row["lot"]))


def where(account: str) -> str | None:
    """Return where goods are, if it is not the shelf."""
    return None if account == chart.STOCK else account
