"""A slip for what was donated: goods, and money."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ledger.terms import BIGGEST_GOODS_IN, N_, MoneySource, Sentence, ValueBasis, WishKind
from schemas.fields import REQUIRED, Code, Codes, Day, DocumentNumber, OneOf, WholeNumber, Words, Yuan
from schemas.form import Act, Form, Line, Lines, Papered

BIGGEST_GIFT = 9_999_999_999
"""The most fen of one gift of money."""


class WishFields(Form):
    """Whom the donor wants to reach."""

    kind = OneOf(WishKind, load_default=WishKind.NONE)
    text = Words(most=200, load_default=None)
    outlets = Codes(load_default=None)


class DonationLine(Line):
    """One line of the slip: goods accepted, and refused and why; or an amount of money."""

    filled_by = (
        "item", "quantity", "made_on", "best_before", "unit_value", "basis", "condition", "refused", "reason", "cash",
    )

    item = Code(load_default=None, example="G001")
    quantity = WholeNumber(least=0, load_default=0, most=BIGGEST_GOODS_IN)
    made_on = Day(load_default=None)
    best_before = Day(load_default=None)
    unit_value = Yuan(load_default=None)
    basis = OneOf(ValueBasis, load_default=None)
    condition = Words(most=100, load_default=None)
    refused = WholeNumber(least=0, load_default=0, most=BIGGEST_GOODS_IN)
    reason = Words(most=100, load_default=None)
    cash = Yuan(most=BIGGEST_GIFT, load_default=None)
    source = OneOf(MoneySource, load_default=None)

    @validates_schema
    def goods_or_money(self, line: dict[str, Any], **_: Any) -> None:
        """A line names its goods; money stands on a line of its own."""
        if not line.get("item") and not line.get("cash"):
            raise ValidationError({"item": [Sentence(REQUIRED)]})
        if line.get("cash") and any(line.get(name) for name in ("item", "quantity", "refused")):
            raise ValidationError({"cash": [Sentence(N_("Money stands on a line of its own."))]})


class DonationForm(Act):
    """Goods and money from a donor, with the numbers of the donor's papers."""

    donor = Code(required=True, example="D07")
    wish = fields.Nested(WishFields, load_default=None)
    agreement = DocumentNumber(load_default=None)
    receipt_code = Code(load_default=None, example="61010125")
    receipt_number = Code(load_default=None, example="0000123456")
    lines = Lines(DonationLine)


class ReceiptNumberForm(Papered):
    """The official donation receipt that was issued elsewhere."""

    receipt_code = Code(required=True, example="61010125")
    receipt_number = Code(required=True, example="0000123456")
