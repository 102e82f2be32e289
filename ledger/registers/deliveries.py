"""Home deliveries: goods that were carried to a household, and whether the slip it signed has come back."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKeyConstraint, Index, Text, exists, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.journal import Entry, Posting
from ledger.registers.corrections import taken_back
from ledger.registers.register import STRICT, listed
from ledger.terms import N_


class Delivery(SQLModel, table=True):
    """One redemption that was carried home; `by` is a member of staff or a collector's code, `slip` the entry that
    notes its slip back.
    """

    __table_args__ = (
        ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        Index("delivery_by_slip", "book", "slip"),
        STRICT,
    )
    word: ClassVar[str] = N_("home delivery")

    book: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    household: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    day: date = Field(sa_type=Day)
    slip: int | None = Field(default=None, sa_type=Whole)


def slips_not_back(session: Session, book: str) -> list[Delivery]:
    """Return the deliveries whose slip is still out, the oldest first; what came back undelivered needs none."""
    undone = exists().where(Entry.book == Delivery.book, Entry.reverses == Delivery.number)
    waiting = listed(session, Delivery, Delivery.book == book, Delivery.slip.is_(None), ~undone, by=[Delivery.number])
    return [one for one in waiting if not wholly_corrected(session, one)]


def wholly_corrected(session: Session, delivery: Delivery) -> bool:
    """Tell whether corrections have taken back all that was delivered."""
    taken = taken_back(session, delivery.book, delivery.number)
    if not taken:
        return False
    mine = (Posting.book == delivery.book, Posting.number == delivery.number)
    legs = select(Posting.line, Posting.quantity).where(*mine)
    return all(taken[line] == quantity for line, quantity in session.execute(legs))
