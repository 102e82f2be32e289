"""Collections: who carried goods home for whom, and whether the household got them."""

from sqlalchemy import and_, select
from sqlmodel import Session, col

from ledger.registers.proxies import Collected, Proxy
from ledger.reports.table import ENTRY, HOUSEHOLD, Column, Table
from ledger.terms import N_

COLUMNS = (
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
MOST = 500
"""How many are shown, the latest first; all of them are in the journal."""


def collections(session: Session, book: str) -> Table:
    """Return the last collections of an outlet, those first of which a household said that nothing came."""
    same = [col(getattr(Proxy, name)) == getattr(Collected, name) for name in Proxy.key_fields]
    query = (
        select(Collected, Proxy).join(Proxy, and_(*same)).where(col(Collected.book) == book)
        .order_by(col(Collected.number).desc()).limit(MOST)
    )
    rows = [
        {**row.model_dump(), "name": who.name, "relation": who.relation, "answer": ANSWERS[row.received]}
        for row, who in session.execute(query)
    ]
    open_first = sorted(rows, key=lambda row: row["answer"] != "no" or row["settled"] is not None)
    empty = N_("Nobody has collected for others yet.")
    return Table("collections", N_("Collected for others"), COLUMNS, open_first, empty)
