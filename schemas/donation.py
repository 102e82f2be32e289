"""A slip for donated goods received."""

from typing import ClassVar

from marshmallow import fields

from ledger.terms import WishKind
from schemas.fields import Code, Day, OneOf, WholeNumber, Words, Yuan
from schemas.form import Act, Form, Line, Lines


class WishFields(Form):
    """Whom the donor wants to reach."""

    kind = OneOf(WishKind, load_default=WishKind.NONE)
    text = Words(most=200, load_default=None)


class DonationLine(Line):
    """One line of the slip: what was accepted, and what was refused and why."""

    filled_by: ClassVar[tuple[str, ...]] = ("item", "quantity", "refused")

    item = Code(required=True, example="G001")
    quantity = WholeNumber(least=0, load_default=0)
    best_before = Day(load_default=None)
    unit_value = Yuan(load_default=None)
    refused = WholeNumber(least=0, load_default=0)
    reason = Words(most=100, load_default=None)


class DonationForm(Act):
    """Goods brought by a donor."""

    donor = Code(required=True, example="D07")
    wish = fields.Nested(WishFields, load_default=None)
    lines = Lines(DonationLine)
