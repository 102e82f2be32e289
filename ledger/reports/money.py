"""Money: what was given, from which source, what it was spent on, and what is left of it."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from ledger import chart
from ledger.db.types import table_of
from ledger.journal import Balance
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.registers.money import receipts_of
from ledger.reports.table import ENTRY, Column, Table
from ledger.terms import COUNTY, N_

COLUMNS = (
    Column("receipt", N_("Money no."), "code"),
    ENTRY,
    Column("source", N_("Source of money"), "word"),
    Column("donor", N_("Donor"), "donor"),
    Column("given", N_("Given (yuan)"), "money"),
    Column("spent", N_("Spent (yuan)"), "money"),
    Column("left", N_("Left (yuan)"), "money"),
    Column("goods", N_("Bought with it")),
)


def money(session: Session, donor: str | None = None) -> Table:
    """Return the receipts of money that stand, of all donors or of one, each with what became of it."""
    sums, bought = sums_by_receipt(session), goods_by_receipt(session)
    rows = [
        {
            "receipt": one.code, "number": one.number, "source": one.source, "donor": one.donor,
            **sums[one.code], "goods": " · ".join(bought[one.code]),
        }
        for one in receipts_of(session, donor) if sums[one.code]["given"]
    ]
    columns = COLUMNS if donor is None else tuple(one for one in COLUMNS if one.name not in ("number", "donor"))
    empty = N_("No money has been given yet.")
    return Table("money", N_("Money"), columns, rows, empty, sums=("given", "spent", "left"))


def sums_by_receipt(session: Session) -> dict[str, dict[str, int]]:
    """Return for each receipt what came in, what went to suppliers, and what is left, in fen."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: {"given": 0, "spent": 0, "left": 0})
    query = select(Balance).where(Balance.book == COUNTY, Balance.commodity == chart.CNY)
    for balance in session.scalars(query):
        if balance.account == chart.CASH:
            sums[balance.lot]["left"] += balance.quantity
        elif balance.account.startswith(chart.supplier("")):
            sums[balance.lot]["spent"] += balance.quantity
        else:
            sums[balance.lot]["given"] -= balance.quantity
    return sums


def goods_by_receipt(session: Session) -> dict[str, list[Any]]:
    """Return for each receipt the goods bought with it, as people call them."""
    bought: dict[str, list[Any]] = defaultdict(list)
    query = (
        select(Lot.receipt, Item, func.sum(Balance.quantity))
        .join(Balance, Balance.lot == Lot.code)
        .join(Item, Item.code == Lot.item)
        .where(
            Lot.receipt.is_not(None), Balance.book == COUNTY, Balance.quantity < 0,
            Balance.account.startswith(chart.supplier("")),
        )
        .group_by(Lot.receipt, *table_of(Item).c)
        .order_by(Item.code)
    )
    for receipt, item, quantity in session.execute(query):
        bought[receipt].append(f"{item.called} {-int(quantity)} {item.unit}")
    return bought
