"""Goods checked at the door against their transfer note."""

from ledger.terms import BIGGEST_GOODS_IN
from schemas.fields import Code, WholeNumber, Words
from schemas.form import Act, Line, Lines, Papered


class ArrivalLine(Line):
    """One line of the note as it was found: arrived, short, over, and why."""

    filled_by = ("quantity", "short", "over")

    item = Code(required=True, example="G001")
    lot = Code(required=True, example="L42")
    quantity = WholeNumber(least=0, load_default=0, most=BIGGEST_GOODS_IN)
    short = WholeNumber(least=0, load_default=0, most=BIGGEST_GOODS_IN)
    over = WholeNumber(least=0, load_default=0, most=BIGGEST_GOODS_IN)
    reason = Words(most=100, load_default=None)


class ArrivalForm(Act):
    """Goods that came from another site."""

    sender = Code(required=True, data_key="from", example="COUNTY")
    dispatch = WholeNumber(required=True, most=999_999_999)
    lines = Lines(ArrivalLine)


class ConfirmationForm(Papered):
    """A second person's yes, perhaps from a numbered paper; it has no other content."""
