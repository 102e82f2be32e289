"""Home deliveries: who carried what home for whom, and whose signed slip is still out."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ledger.errors import NotFound
from ledger.registers.deliveries import Delivery, slips_not_back
from ledger.reports.table import ENTRY, HOUSEHOLD, Column, Table
from ledger.terms import N_

COLUMNS = (
    ENTRY,
    Column("day", N_("Day"), "day"),
    HOUSEHOLD,
    Column("by", N_("Delivered by"), "who"),
    Column("days", N_("Days without the slip"), "number"),
    Column("slip", N_("Slip back"), "number"),
)
MOST = 500
"""How many are shown beside those that wait, the latest first; all of them are in the journal."""


def slips_waiting(session: Session, book: str, day: date) -> list[dict[str, object]]:
    """Return the deliveries whose slip is still out on a day, the oldest first, with the days since."""
    return [{**one.model_dump(), "days": (day - one.day).days} for one in slips_not_back(session, book)]


def deliveries(session: Session, book: str, day: date) -> Table:
    """Return the home deliveries of an outlet, those first whose slip is still out."""
    waiting = slips_waiting(session, book, day)
    out = {row["number"] for row in waiting}
    query = select(Delivery).where(col(Delivery.book) == book).order_by(col(Delivery.number).desc()).limit(MOST)
    others = [{**one.model_dump(), "days": None} for one in session.scalars(query) if one.number not in out]
    empty = N_("Nothing has been delivered yet. A delivery is marked at the counter, beside who collects.")
    return Table("deliveries", N_("Home deliveries"), COLUMNS, [*waiting, *others], empty)


def delivery_of(session: Session, book: str, number: int) -> Delivery:
    """Return the delivery of one redemption. Raises NotFound."""
    found = session.get(Delivery, (book, number))
    if found is None:
        raise NotFound(what=Delivery.word)
    return found
