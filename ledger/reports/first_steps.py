"""The first steps of a new outlet: what must be there before a household can be served."""

from typing import Any

from sqlalchemy import exists, select
from sqlmodel import Session, col

from ledger import chart
from ledger.journal import Balance, Entry
from ledger.registers.households import Household
from ledger.registers.staff import Staff
from ledger.terms import N_, EntryKind

STEPS = {
    "staff": N_("The county office enters the outlet's staff and gives each of them a one-time password."),
    "households": N_("The points clerk, the supervisor or the county office enters the households."),
    "goods": N_("The county sends goods, and the storekeeper checks them in."),
    "points": N_("The points clerk draws up a sheet; when its notice has run, somebody else credits it."),
    "served": N_("The storekeeper serves the first household at the counter."),
}
"""In their order, each with who does it."""


def first_steps(session: Session, book: str) -> list[dict[str, Any]]:
    """Return the first steps and which are done; none once the first household has been served."""
    if session.scalar(select(exists().where(col(Entry.book) == book, col(Entry.kind) == EntryKind.REDEMPTION))):
        return []
    entry = (col(Entry.book) == book, col(Entry.kind) == EntryKind.CREDIT)
    stock = (col(Balance.book) == book, col(Balance.account) == chart.STOCK, col(Balance.quantity) > 0)
    asked = {
        "staff": exists().where(col(Staff.book) == book),
        "households": exists().where(col(Household.book) == book),
        "goods": exists().where(*stock),
        "points": exists().where(*entry),
    }
    done = session.execute(select(*[condition.label(name) for name, condition in asked.items()])).one()._asdict()
    return [{"name": name, "words": words, "done": bool(done.get(name))} for name, words in STEPS.items()]
