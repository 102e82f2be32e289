"""Lots: one item of one receipt with one best-before; a lot keeps its code and its gift in every book."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, Text, func, select
from sqlmodel import Field, Session

from ledger.db.types import Day, Whole
from ledger.errors import LedgerError
from ledger.journal import Book, Entry, Posting, closed_through
from ledger.journal.serials import next_serial
from ledger.registers.register import STRICT, Registered, listed
from ledger.terms import COUNTY, N_, ValueBasis


class Lot(Registered, table=True):
    """Goods that came together: `book` and `number` name the entry that took them in. Value in fen of one base unit.

    `wish_outlets` are the outlets the donor named; `receipt` is the money the goods were bought with.
    """

    __table_args__ = (Index("lot_by_donor", "donor"), Index("lot_by_receipt", "book", "number"), STRICT)
    word: ClassVar[str] = N_("lot")

    code: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(sa_type=Text, foreign_key="item.code")
    donor: str = Field(sa_type=Text, foreign_key="donor.code")
    book: str = Field(sa_type=Text)
    number: int = Field(sa_type=Whole)
    quantity: int = Field(sa_type=Whole)
    best_before: date | None = Field(default=None, sa_type=Day)
    unit_value_fen: int | None = Field(default=None, sa_type=Whole)
    made_on: date | None = Field(default=None, sa_type=Day)
    value_basis: str | None = Field(default=None, sa_type=Text)
    wish: str | None = Field(default=None, sa_type=Text)
    wish_outlets: str | None = Field(default=None, sa_type=Text)
    receipt: str | None = Field(default=None, sa_type=Text)

    def is_meant_for(self, book: str) -> bool:
        """Tell whether the donor's wish lets these goods go to a site; back to the county store they always may."""
        return not self.wish_outlets or book == COUNTY or book in self.wish_outlets.split()

    def value_of(self, quantity: int) -> int | None:
        """Return what so many of these goods are worth, in fen; nothing where they were not valued."""
        return None if self.unit_value_fen is None else self.unit_value_fen * quantity


def next_lot_code(session: Session) -> str:
    """Return the next lot code of the county: L1, L2, … each given once."""
    return f"L{next_serial(session, book=COUNTY, kind='lot')}"


def lots_by_code(session: Session, codes: list[str]) -> dict[str, Lot]:
    """Return the lots of these codes."""
    found: dict[str, Lot] = {}
    for start in range(0, len(codes), 400):
        query = select(Lot).where(Lot.code.in_(codes[start : start + 400]))
        found.update({lot.code: lot for lot in session.scalars(query)})
    return found


def lots_of(session: Session, donor: str) -> list[Lot]:
    """Return what a donor has given, in the order of coming in."""
    # L10 came after L9, though it is the smaller text; and each book numbers its entries for itself.
    return listed(session, Lot, Lot.donor == donor, by=[func.length(Lot.code), Lot.code])


class ByInvoice(LedgerError):
    """What was paid is what the invoice says."""

    message = N_("The value of these goods is what their invoice says, and stays.")


class CountedInClosedMonth(LedgerError):
    """A statement that was signed tells the same for ever, in yuan too."""

    message = N_(
        "The book of %(site)s is closed through %(closed)s and counts these goods; what was signed there stays, and so "
        "does their value."
    )


def worth_of(row: Registered) -> dict[str, int | str | None]:
    """Return what a lot is worth and by what; nothing for any other line."""
    return {"unit_value_fen": row.unit_value_fen, "value_basis": row.value_basis} if isinstance(row, Lot) else {}


def check_worth(session: Session, lot: Registered, before: dict[str, int | str | None]) -> None:
    """Refuse another worth than before for goods of an invoice, and for those a closed month counts."""
    changed = next((name for name, value in worth_of(lot).items() if value != before[name]), None)
    if changed is None:
        return
    if before["value_basis"] == ValueBasis.INVOICE:
        raise ByInvoice(at=changed)
    query = (
        select(Book).join(Entry, Entry.book == Book.code)
        .join(Posting, (Posting.book == Entry.book) & (Posting.number == Entry.number))
        .where(Posting.lot == lot.key[-1], Posting.lot != "", Entry.booked_on < Book.open_from)
    )
    closed = session.scalars(query.order_by(Book.code).limit(1)).first()
    if closed is not None:
        raise CountedInClosedMonth(at=changed, site=closed.code, closed=closed_through(closed).isoformat())
