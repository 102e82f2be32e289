"""The counter: a household, its basket, and who carries it home."""

from marshmallow import fields

from schemas.fields import Code, OneOf, PhoneTail, Points, WholeNumber, Words
from schemas.form import Act, Form, Line, Lines


class BasketLine(Line):
    """One line of the basket; `points` is the price of one as it was shown."""

    item = Code(required=True, example="G001")
    quantity = WholeNumber(required=True)
    points = Points(least=0, load_default=None)


class ProxyFields(Form):
    """Who collects for a household: somebody known by code, or by name the first time.

    Of the phone only the end is kept; `home` is the collector's own household, if it is one of the outlet.
    """

    code = Code(load_default=None, example="P3")
    name = Words(most=40, load_default=None)
    relation = Words(most=20, load_default=None)
    phone = PhoneTail(load_default=None)
    home = Code(load_default=None, example="H0031")


class RedemptionForm(Act):
    """Goods for points."""

    household = Code(required=True, example="H0031")
    basket = Lines(BasketLine)
    proxy = fields.Nested(ProxyFields, load_default=None)
    received = OneOf(("yes", "no"), load_default=None)
    override = WholeNumber(load_default=None, most=999_999_999)
    delivered_by = Code(load_default=None, example="ly01-keeper")
    seen = WholeNumber(least=0, load_default=None, most=999_999_999)
