"""Goods bought with money that was given."""

from ledger.terms import BIGGEST_GOODS_IN
from schemas.fields import Code, Day, WholeNumber, Yuan
from schemas.form import Act, Line, Lines


class PurchaseLine(Line):
    """One line of the invoice, and which money pays it; left out: the oldest gift of money that can."""

    filled_by = ("item", "quantity", "unit_value", "best_before")

    item = Code(required=True, example="G001")
    quantity = WholeNumber(required=True, most=BIGGEST_GOODS_IN)
    unit_value = Yuan(required=True)
    best_before = Day(load_default=None)
    receipt = Code(load_default=None, example="M1")


class PurchaseForm(Act):
    """An invoice of a supplier."""

    supplier = Code(required=True, example="S3")
    invoice = Code(required=True, example="24612000000012345678")
    lines = Lines(PurchaseLine)
