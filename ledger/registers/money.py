"""Money received: each receipt is a lot of its own, so every yuan keeps its source and its donor until it is spent, and
the suppliers it is spent with.
"""

from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text, func, select
from sqlmodel import Field, Session

from ledger import chart
from ledger.db.types import Whole
from ledger.journal import Balance
from ledger.journal.serials import next_serial
from ledger.registers.register import STRICT, Registered, listed
from ledger.terms import COUNTY, N_


class MoneyReceipt(Registered, table=True):
    """An amount of money from one donor; `book` and `number` name the entry that took it in."""

    __tablename__ = "money_receipt"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="money_receipt_amount"),
        Index("money_receipt_by_donor", "donor"),
        STRICT,
    )
    word: ClassVar[str] = N_("receipt of money")

    code: str = Field(primary_key=True, sa_type=Text)
    source: str = Field(sa_type=Text)
    donor: str = Field(sa_type=Text, foreign_key="donor.code")
    amount_fen: int = Field(sa_type=Whole)
    book: str = Field(sa_type=Text)
    number: int = Field(sa_type=Whole)
    wish: str = Field(default="", sa_type=Text)
    wish_outlets: str = Field(default="", sa_type=Text)


class Supplier(Registered, table=True):
    """A firm or a trader. The name is published with the use of the money; the phone number is not."""

    word: ClassVar[str] = N_("supplier")
    personal: ClassVar[frozenset[str]] = frozenset({"phone"})

    code: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    phone: str = Field(default="", sa_type=Text)


def all_suppliers(session: Session) -> list[Supplier]:
    """Return all suppliers in the order of their codes."""
    return listed(session, Supplier, by=[Supplier.code])


def next_receipt_code(session: Session) -> str:
    """Return the next code of a receipt of money: M1, M2, … each given once."""
    return f"M{next_serial(session, book=COUNTY, kind='money')}"


def money_left(session: Session) -> list[tuple[MoneyReceipt, int]]:
    """Return the receipts of which something is left, the oldest first, with what is left in fen."""
    query = (
        select(MoneyReceipt, Balance.quantity)
        .join(Balance, Balance.lot == MoneyReceipt.code)
        .where(
            Balance.book == COUNTY, Balance.account == chart.CASH, Balance.commodity == chart.CNY,
            Balance.quantity > 0,
        )
        # M10 came after M9, though it is the smaller text.
        .order_by(func.length(MoneyReceipt.code), MoneyReceipt.code)
    )
    return [(receipt, left) for receipt, left in session.execute(query)]


def receipts_of(session: Session, donor: str | None = None) -> list[MoneyReceipt]:
    """Return all receipts of money, or those of one donor, in the order of coming in."""
    query = select(MoneyReceipt).order_by(func.length(MoneyReceipt.code), MoneyReceipt.code)
    return list(session.scalars(query if donor is None else query.where(MoneyReceipt.donor == donor)))


def yuan(fen: int) -> str:
    """Return an amount as it is written in a sentence."""
    return f"{fen // 100}.{fen % 100:02d}"
