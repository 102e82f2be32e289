"""The sums of the demo, which close to the unit: what was given is held, handed out or accounted for."""

from collections import Counter

from sqlalchemy import func, select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Balance, OnTheRoad
from ledger.reports.proof import points_proof

PARTS = {
    chart.STOCK: "shelf", chart.SET_ASIDE: "set aside", chart.HANDED_OUT: "handed out",
    chart.WRITTEN_OFF: "written off", chart.DIFFERENCE: "difference", chart.CASH: "cash",
}


class SumsOpen(RuntimeError):
    """A demo whose sums do not close is a fault of ours and is not kept."""


def check_sums(session: Session) -> None:
    """Raise SumsOpen unless points and goods close, item by item."""
    points = points_proof(session)
    if points["difference"]:
        raise SumsOpen(f"Points do not close: {points}")
    for item, sums in goods_sums(session).items():
        rest = sums["accepted"] - sum(total for name, total in sums.items() if name not in ("accepted", "between"))
        if rest:
            raise SumsOpen(f"{item} does not close by {rest}: {dict(sums)}")


def goods_sums(session: Session) -> dict[str, Counter[str]]:
    """Return for each item, and money, what was accepted, lies on shelves, is on the road, was handed out or paid."""
    query = (
        select(Balance.commodity, Balance.account, func.sum(Balance.quantity))
        .where(Balance.commodity != chart.POINT)
        .group_by(Balance.commodity, Balance.account)
    )
    sums: dict[str, Counter[str]] = {}
    for item, account, quantity in session.execute(query):
        name, sign = part_of(account, item)
        sums.setdefault(item, Counter())[name] += sign * int(quantity)
    road = select(OnTheRoad.commodity, func.sum(OnTheRoad.quantity)).group_by(OnTheRoad.commodity)
    for item, quantity in session.execute(road):
        sums[item]["road"] = int(quantity)
    return sums


def part_of(account: str, commodity: str) -> tuple[str, int]:
    """Return which sum an account belongs to, and its sign; the road is counted from its own table."""
    if account.startswith("supplier:") and commodity == chart.CNY:
        return "paid", 1
    if account.startswith(("donor:", "supplier:")):
        return "accepted", -1
    if account.startswith(("sent:", "received:")):
        return "between", 1
    return PARTS[account], 1
