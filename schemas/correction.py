"""What became of goods that were redeemed by mistake, and what was meant instead."""

from typing import Any

from marshmallow import ValidationError, fields, pre_load, validates_schema

from ledger.terms import N_, GoodsFate, Sentence
from schemas.fields import Code, OneOf, WholeNumber, Words
from schemas.form import Form, Line, Lines, Papered, is_blank
from schemas.redemption import BasketLine


class CorrectionLine(Line):
    """Goods of the entry to be taken back; nought leaves them as they are."""

    item = Code(required=True, example="G001")
    lot = Code(load_default=None, example="L42")
    quantity = WholeNumber(required=True, least=0)


class RightFields(Form):
    """The redemption that was meant."""

    household = Code(required=True, example="H0031")
    basket = Lines(BasketLine)


class CorrectionForm(Papered):
    """A correction: of the whole redemption, or of the lines named."""

    goods = OneOf(GoodsFate, required=True)
    lines = Lines(CorrectionLine, required=False, load_default=None)
    right = fields.Nested(RightFields, load_default=None)
    reason = Words(required=True, most=200)

    @pre_load
    def drop_right_left_blank(self, data: Any, **_: Any) -> Any:
        """Take the part for another household as left out when nothing was typed into it."""
        right = data.get("right") if isinstance(data, dict) else None
        if isinstance(right, dict) and all(is_blank(value) or value == [] for value in right.values()):
            return {name: value for name, value in data.items() if name != "right"}
        return data

    @validates_schema
    def check_right(self, data: dict[str, Any], **_: Any) -> None:
        """Ask for what was meant when another household or other goods were, and only then."""
        meant = data["goods"] == GoodsFate.ELSEWHERE
        if meant and data["right"] is None:
            needed = Sentence(N_("Enter the household and goods that were meant."))
            raise ValidationError({"right": {"household": [needed]}})
        if not meant and data["right"] is not None:
            only = Sentence(N_("Leave this empty, or choose that another household or other goods were meant."))
            raise ValidationError({"right": {"household": [only]}})
