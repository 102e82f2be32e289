"""What corrections have taken back of an entry, so that nothing is corrected beyond its quantity."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, and_, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Whole
from ledger.errors import LedgerError
from ledger.journal import Posting
from ledger.registers.register import STRICT
from ledger.terms import N_


class Corrected(SQLModel, table=True):
    """One posting of an entry, `whole` as it was booked, and how much of it has been taken back."""

    __table_args__ = (
        ForeignKeyConstraint(["book", "number", "line"], ["posting.book", "posting.number", "posting.line"]),
        CheckConstraint("quantity > 0 AND quantity <= whole", name="corrected_quantity"),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    line: int = Field(primary_key=True, sa_type=Whole)
    whole: int = Field(sa_type=Whole)
    quantity: int = Field(sa_type=Whole)


class CorrectedInPart(LedgerError):
    """What has been corrected is not reversed whole: a part of it would be taken back twice."""

    message = N_("A part of this entry has been corrected already; correct what is left of it.")


def taken_back(session: Session, book: str, number: int) -> Counter[int]:
    """Return how much corrections have taken back of an entry, by the line of its postings."""
    query = select(Corrected.line, Corrected.quantity).where(Corrected.book == book, Corrected.number == number)
    return Counter({line: quantity for line, quantity in session.execute(query)})


def taken_of(session: Session, book: str, numbers: Sequence[int]) -> dict[int, Counter[str]]:
    """Return what corrections have taken back of some entries, by entry and commodity."""
    taken: dict[int, Counter[str]] = {number: Counter() for number in numbers}
    legs = and_(Posting.book == Corrected.book, Posting.number == Corrected.number, Posting.line == Corrected.line)
    query = select(Corrected.number, Posting.commodity, Corrected.quantity).join(Posting, legs)
    mine = query.where(Corrected.book == book, Corrected.number.in_(numbers))
    for number, commodity, quantity in session.execute(mine):
        taken[number][commodity] += quantity
    return taken


def note_taken(session: Session, book: str, number: int, parts: Mapping[int, int]) -> None:
    """Note what a correction takes back; the database refuses more than was booked."""
    for line, quantity in parts.items():
        row = session.get(Corrected, (book, number, line))
        if row is None:
            whole = session.get_one(Posting, (book, number, line)).quantity
            row = Corrected(book=book, number=number, line=line, whole=whole, quantity=0)
        row.quantity += quantity
        session.add(row)
    session.flush()


def refuse_corrected(session: Session, book: str, number: int) -> None:
    """Refuse to reverse whole what has been taken back in part."""
    if taken_back(session, book, number):
        raise CorrectedInPart
