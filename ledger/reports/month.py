"""The month's end in one place: what came in and went out by the day it was booked on, and what is still open."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlmodel import Session

from ledger import chart
from ledger.db.types import table_of
from ledger.journal import Book, Entry, OnTheRoad, Posting, closed_through
from ledger.registers.deliveries import slips_not_back
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.registers.objections import open_objections
from ledger.registers.policy import policy
from ledger.registers.requests import waiting_requests
from ledger.reports.month_end import Sums, book_and_shelf
from ledger.reports.table import CALLED, CATEGORY, ITEM, OVER, SHORT, UNIT, Column, Table
from ledger.terms import N_, EntryKind

entries, legs, lots = table_of(Entry), table_of(Posting), table_of(Lot)
HERE = (chart.STOCK, chart.SET_ASIDE)
PURSES = ("purse:",)

GOODS_FROM = {"donor": "donated", "supplier": "bought", "received": "moved_in", chart.OPENING: "opening"}
GOODS_TO = {chart.HANDED_OUT: "redeemed", "sent": "moved_out", chart.WRITTEN_OFF: "written_off"}
POINTS = {
    "fund": "credited", chart.OPENING: "opening", chart.REDEEMED: "redeemed", chart.LAPSED: "lapsed",
    chart.WITHDRAWN: "withdrawn", "moved": "moved",
}
"""What an account on the other side makes of a leg. What comes back by a reversal lessens the same column."""

GOODS_COLUMNS = (
    CATEGORY, ITEM, CALLED, UNIT, Column("before", N_("Brought forward"), "number"),
    Column("opening", N_("Opening balances"), "number"), Column("donated", N_("Donated"), "number"),
    Column("bought", N_("Bought"), "number"), Column("moved_in", N_("Transferred in"), "number"), OVER,
    Column("redeemed", N_("Redeemed"), "number"), Column("moved_out", N_("Transferred out"), "number"),
    Column("written_off", N_("Written off"), "number"), SHORT, Column("left", N_("Book at the end"), "number"),
)
POINT_COLUMNS = (
    Column("before", N_("Brought forward"), "points"), Column("opening", N_("Opening balances"), "points"),
    Column("credited", N_("Credited"), "points"), Column("redeemed", N_("Redeemed"), "points"),
    Column("lapsed", N_("Lapsed at a period's end"), "points"), Column("withdrawn", N_("Taken back"), "points"),
    Column("moved", N_("Moved in and out"), "points"), Column("left", N_("Held at the end"), "points"),
)


@dataclass(frozen=True)
class Month:
    """A month, and its first and last day."""

    name: str
    first: date
    last: date


def month_of(name: str) -> Month:
    """Return the month of a name such as 2026-10."""
    year, month = map(int, name.split("-"))
    return Month(name, date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def month_before(day: date) -> str:
    """Return the name of the month before the one a day lies in."""
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"


def month_page(session: Session, book: str, month: Month) -> dict[str, Any]:
    """Return what the month's end needs: flows of goods and points, the count and what it found, and the close."""
    closed, goods = closed_through(session.get_one(Book, book)), goods_flow(session, book, month)
    count, categories = book_and_shelf(session, book, month.first, month.last, goods.rows)
    return {
        "goods": goods, "value": value_flow(session, book, month),
        "points": points_flow(session, book, month),
        "count": count, "categories": categories,
        "closed_through": closed, "is_closed": closed >= month.last,
        "marks": marks(session, book, month),
        "last": last_entry(session, book, month), "begins_before": begins_before(session, book, month),
    }


def begins_before(session: Session, book: str, month: Month) -> bool:
    """Tell whether the book has entries before the month."""
    first = session.get(Entry, (book, 1))
    return first is not None and first.booked_on < month.first


def point_columns(session: Session, book: str, month: Month) -> tuple[Column, ...]:
    """Return the columns of the flow of points; what lapses by the year has a name of its own."""
    yearly = policy(session, book, "lapse_period", month.last) == "year"
    called = Column("lapsed", N_("Lapsed at year's end"), "points")
    return tuple(called if yearly and column.name == "lapsed" else column for column in POINT_COLUMNS)


def goods_flow(session: Session, book: str, month: Month) -> Table:
    """Return a row per item that lay on the shelf or set aside in the month, with what came in and went out."""
    flows: dict[str, Sums] = defaultdict(lambda: defaultdict(int))
    for item, other, before, during in legs_of(session, book, month, HERE, legs.c.quantity):
        add_goods(flows[item], other, before, during)
    items = session.scalars(select(Item).order_by(Item.category, Item.code))
    rows = [
        {"category": item.category, "item": item.code, "name": item.called, "unit": item.unit, **flows[item.code]}
        for item in items if any(flows.get(item.code, {}).values())
    ]
    shown = [{**dict.fromkeys((column.name for column in GOODS_COLUMNS), 0), **row} for row in rows]
    return Table("goods-flow", N_("Goods in and out"), GOODS_COLUMNS, shown, N_("No goods moved and none lay here."))


def value_flow(session: Session, book: str, month: Month) -> Sums:
    """Return the same flows in fen, over all goods that were valued."""
    flow: Sums = defaultdict(int)
    for _, other, before, during in legs_of(session, book, month, HERE, legs.c.quantity * lots.c.unit_value_fen):
        add_goods(flow, other, before, during)
    return flow


def add_goods(flow: Sums, other: str, before: int, during: int) -> None:
    """Add what moved between the shelf and another account to the column it belongs to."""
    flow["before"] += before
    flow["left"] += before + during
    family = other.partition(":")[0]
    if family == chart.DIFFERENCE:
        flow["over" if during > 0 else "short"] += abs(during)
    elif family in GOODS_FROM:
        flow[GOODS_FROM[family]] += during
    elif family in GOODS_TO:
        flow[GOODS_TO[family]] -= during


def points_flow(session: Session, book: str, month: Month) -> Sums:
    """Return how points held came about in the month, in tenths; what left a purse is negative."""
    flow = dict.fromkeys((column.name for column in POINT_COLUMNS), 0)
    for _, other, before, during in legs_of(session, book, month, PURSES, legs.c.quantity):
        flow["before"] += before
        flow["left"] += before + during
        family = other.partition(":")[0]
        if family != "purse":
            flow[POINTS.get(family, "moved")] += during
    return flow


def legs_of(
    session: Session, book: str, month: Month, accounts: tuple[str, ...], measure: Any
) -> Iterator[tuple[str, str, int, int]]:
    """Yield (commodity, other account, net before the month, net in it) of some accounts, by the day of booking."""
    joined = entries.join(legs, (legs.c.book == entries.c.book) & (legs.c.number == entries.c.number)).outerjoin(
        lots, lots.c.code == legs.c.lot
    )
    for account, other, sign in ((legs.c.destination, legs.c.source, 1), (legs.c.source, legs.c.destination, -1)):
        ours = or_(*(account.startswith(name) if name.endswith(":") else account == name for name in accounts))
        early = entries.c.booked_on < month.first
        query = (
            select(
                legs.c.commodity, other, func.sum(case((early, measure * sign), else_=0)),
                func.sum(case((early, 0), else_=measure * sign)),
            )
            .select_from(joined)
            .where(entries.c.book == book, entries.c.booked_on <= month.last, ours)
            .group_by(legs.c.commodity, other)
        )
        for commodity, counterpart, before, during in session.execute(query):
            yield commodity, counterpart, int(before or 0), int(during or 0)


def still_open(session: Session, book: str) -> Sums:
    """Return how much waits: goods on the road, differences and other proposals, objections, slips of deliveries."""
    road = select(func.coalesce(func.sum(OnTheRoad.quantity), 0)).where(OnTheRoad.destination == book)
    waiting = waiting_requests(session, book)
    return {
        "road": int(session.scalar(road) or 0),
        "differences": sum(one.kind == EntryKind.ARRIVAL_DIFFERENCE for one in waiting),
        "requests": sum(one.kind not in (EntryKind.ARRIVAL_DIFFERENCE, EntryKind.CLOSE) for one in waiting),
        "objections": len(open_objections(session, book)), "slips": len(slips_not_back(session, book)),
    }


def marks(session: Session, book: str, month: Month) -> Mapping[str, int]:
    """Return how many entries of the month were keyed late, and how many are reversals.

    A stock-take that its second person confirms another day was keyed on its own.
    """
    late = func.coalesce(func.sum(case((entries.c.kind == EntryKind.COUNT, 0), else_=entries.c.late)), 0)
    query = select(func.count(), late, func.count(entries.c.reverses)).where(
        entries.c.book == book, entries.c.booked_on.between(month.first, month.last)
    )
    count, keyed_late, reversals = session.execute(query).one()
    return {"entries": int(count), "late": int(keyed_late), "reversals": int(reversals)}


def last_entry(session: Session, book: str, month: Month) -> Entry | None:
    """Return the last entry booked in the month."""
    query = select(Entry).where(Entry.book == book, Entry.booked_on.between(month.first, month.last))
    return session.scalars(query.order_by(Entry.number.desc()).limit(1)).first()
