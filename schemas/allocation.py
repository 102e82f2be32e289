"""Goods given out to many outlets by one decision: a grid of goods by outlets."""

from typing import Any

from marshmallow import ValidationError

from ledger.terms import N_
from schemas.fields import Code, DocumentNumber, Spoken, WholeNumber
from schemas.form import Act, Form, Line, Lines, is_blank


class Shares(Spoken):
    """How much of an item each outlet gets, by its code: {"LY01": 3}. Blank cells are left out."""

    default_error_messages = {"shares": N_("Enter a quantity for each outlet, by its code.")}
    code, quantity = Code(example="LY01"), WholeNumber(least=0)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> dict[str, int]:
        if not isinstance(value, dict) or len(value) > 500:
            raise self.make_error("shares")
        shares: dict[str, int] = {}
        wrong: dict[str, Any] = {}
        for name, typed in value.items():
            try:
                if not is_blank(typed):
                    shares[str(self.code.deserialize(name))] = int(self.quantity.deserialize(typed) or 0)
            except ValidationError as error:
                wrong[str(name)] = error.messages
        if wrong:
            raise ValidationError(wrong)
        return shares


class AllocationLine(Line):
    """One line of the grid; `quantity` is what the shares should come to, where it was said."""

    filled_by = ("shares", "quantity")

    item = Code(required=True, example="G001")
    shares = Shares(required=True)
    quantity = WholeNumber(load_default=None)


class AllocationForm(Act):
    """What each outlet gets, and the number of the paper by which it was decided."""

    decision = DocumentNumber(required=True)
    goods = Lines(AllocationLine)


class SpreadLine(Line):
    """How many of an item are to be given out in all."""

    item = Code(required=True, example="G001")
    quantity = WholeNumber(required=True)


class SpreadForm(Form):
    """What is to be given out, before it is shared among the outlets."""

    goods = Lines(SpreadLine)
