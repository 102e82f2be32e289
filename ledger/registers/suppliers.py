"""Suppliers: from whom the county buys goods with the money it was given."""

from typing import ClassVar

from sqlalchemy import Text, select
from sqlmodel import Field, Session

from ledger.registers.register import STRICT, Registered
from ledger.terms import N_


class Supplier(Registered, table=True):
    """A firm or a trader. The name is published with the use of the money; the phone number is not."""

    __table_args__ = (STRICT,)
    word: ClassVar[str] = N_("supplier")
    personal: ClassVar[frozenset[str]] = frozenset({"phone"})

    code: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    phone: str = Field(default="", sa_type=Text)


def all_suppliers(session: Session) -> list[Supplier]:
    """Return all suppliers in the order of their codes."""
    return list(session.scalars(select(Supplier).order_by(Supplier.code)))
