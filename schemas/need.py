"""Goods that were asked for at the counter in vain."""

from schemas.fields import Code, Words
from schemas.form import Papered


class NeedForm(Papered):
    """An item of the list, or other goods in words."""

    item = Code(load_default=None, example="G001")
    words = Words(most=40, load_default=None)
