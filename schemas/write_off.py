"""Goods to be written off, and what a second person decides about them."""

from ledger.terms import LossReason
from schemas.fields import Code, Day, OneOf, WholeNumber, Words, YesNo
from schemas.form import Act, Line, Lines, Papered

WHERE = ("stock", "set-aside")
"""Where goods lie that are written off or counted."""


class WriteOffLine(Line):
    """So many of one lot, on the shelf or set aside already."""

    item = Code(required=True, example="G001")
    lot = Code(required=True, example="L42")
    quantity = WholeNumber(required=True, most=999_999)
    account = OneOf(WHERE, load_default="stock")


class WriteOffForm(Act):
    """A proposal to write goods off, today unless it says otherwise."""

    occurred_on = Day(load_default=None)
    lines = Lines(WriteOffLine)
    reason = OneOf(LossReason, required=True)
    words = Words(most=200, load_default=None)


class DisposalForm(Papered):
    """How goods are disposed of and who saw it; or that they go back on the shelf."""

    disposal = Words(most=100, load_default=None)
    witness = Words(most=40, load_default=None)
    back = YesNo(load_default=0)
