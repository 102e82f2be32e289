"""Goods carried home: who collected for whom and whether it came, and of which delivery the signed slip is out."""

from datetime import date

from sqlalchemy import and_, select
from sqlmodel import Session, col

from ledger.errors import NotFound
from ledger.registers.deliveries import Delivery, slips_not_back
from ledger.registers.proxies import Collected, Proxy
from ledger.reports.table import ENTRY, HOUSEHOLD, Column, Table
from ledger.terms import N_

COLLECTION_COLUMNS = (
    ENTRY,
    Column("day", N_("Day"), "day"),
    HOUSEHOLD,
    Column("code", N_("Collector"), "code"),
    Column("name", N_("Collector's name")),
    Column("relation", N_("Relation to the head")),
    Column("answer", N_("Received?"), "word"),
    Column("settled", N_("Looked into"), "number"),
)
ANSWERS = {None: None, 0: "no", 1: "yes"}
DELIVERY_COLUMNS = (
    ENTRY,
    Column("day", N_("Day"), "day"),
    HOUSEHOLD,
    Column("by", N_("Delivered by"), "who"),
    Column("days", N_("Days without the slip"), "number"),
    Column("slip", N_("Slip back"), "number"),
)
MOST = 500
"""How many are shown beside those that wait, the latest first; all of them are in the journal."""


def collections(session: Session, book: str) -> Table:
    """Return the last collections of an outlet, those first of which a household said that nothing came."""
    same = [col(getattr(Proxy, name)) == getattr(Collected, name) for name in Proxy.key_fields]
    query = (
        select(Collected, Proxy).join(Proxy, and_(*same)).where(Collected.book == book)
        .order_by(Collected.number.desc()).limit(MOST)
    )
    rows = [
        {**row.model_dump(), "name": who.name, "relation": who.relation, "answer": ANSWERS[row.received]}
        for row, who in session.execute(query)
    ]
    open_first = sorted(rows, key=lambda row: row["answer"] != "no" or row["settled"] is not None)
    empty = N_("Nobody has collected for others yet.")
    return Table("collections", N_("Collected for others"), COLLECTION_COLUMNS, open_first, empty)


def slips_waiting(session: Session, book: str, day: date) -> list[dict[str, object]]:
    """Return the deliveries whose slip is still out on a day, the oldest first, with the days since."""
    return [{**one.model_dump(), "days": (day - one.day).days} for one in slips_not_back(session, book)]


def deliveries(session: Session, book: str, day: date) -> Table:
    """Return the home deliveries of an outlet, those first whose slip is still out."""
    waiting = slips_waiting(session, book, day)
    out = {row["number"] for row in waiting}
    query = select(Delivery).where(Delivery.book == book).order_by(Delivery.number.desc()).limit(MOST)
    others = [{**one.model_dump(), "days": None} for one in session.scalars(query) if one.number not in out]
    empty = N_("Nothing has been delivered yet. A delivery is marked at the counter, beside who collects.")
    return Table("deliveries", N_("Home deliveries"), DELIVERY_COLUMNS, [*waiting, *others], empty)


def delivery_of(session: Session, book: str, number: int) -> Delivery:
    """Return the delivery of one redemption. Raises NotFound."""
    found = session.get(Delivery, (book, number))
    if found is None:
        raise NotFound(what=Delivery.word)
    return found
