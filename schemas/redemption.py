"""The counter: a household, its basket, and who carries it home."""

from typing import ClassVar

from marshmallow import fields

from schemas.fields import Code, Points, WholeNumber, Words
from schemas.form import Act, Form, Line, Lines


class BasketLine(Line):
    """One line of the basket; `points` is the price of one as it was shown."""

    filled_by: ClassVar[tuple[str, ...]] = ("quantity",)

    item = Code(required=True, example="G001")
    quantity = WholeNumber(required=True)
    points = Points(least=0, load_default=None)


class ProxyFields(Form):
    """Who collects for a household."""

    name = Words(most=40, load_default=None)
    relation = Words(most=20, load_default=None)


class RedemptionForm(Act):
    """Goods for points."""

    household = Code(required=True, example="H0031")
    basket = Lines(BasketLine)
    proxy = fields.Nested(ProxyFields, load_default=None)
