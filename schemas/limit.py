"""How much of an item a household may have, the request to let one have more, and an item's barcodes."""

import re
from typing import Any

from ledger.terms import N_, LimitPeriod
from schemas.fields import Code, Day, OneOf, Spoken, WholeNumber, Words, YesNo, digits
from schemas.form import Form, Line, Lines, Papered


class LimitForm(Papered):
    """A limit from a day on, in one outlet or (COUNTY) in all; without a quantity there is none any more."""

    outlet = Code(required=True, example="LY12")
    per = OneOf(LimitPeriod, required=True)
    quantity = WholeNumber(least=0, load_default=None)
    holds_from = Day(required=True)


class OverrideLine(Line):
    """One line of the basket that goes beyond a limit."""

    item = Code(required=True, example="G001")
    quantity = WholeNumber(required=True)


class OverrideForm(Papered):
    """A basket beyond a limit, and why it should be handed out all the same."""

    household = Code(required=True, example="H0031")
    basket = Lines(OverrideLine)
    reason = Words(required=True, most=200)


class Ean(Spoken):
    """A barcode of thirteen digits (EAN-13); the last one checks the others."""

    default_error_messages = {"ean": N_("Enter the thirteen digits under the bars; they do not fit together yet.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = digits(value).replace(" ", "")
        # GS1: the digits, every second one three times, add up to a multiple of ten.
        if not re.fullmatch("[0-9]{13}", text) or (sum(map(int, text[::2])) + 3 * sum(map(int, text[1::2]))) % 10:
            raise self.make_error("ean")
        return text


class EanForm(Form):
    """A barcode of an item, to be noted or taken away."""

    ean = Ean(required=True)
    removed = YesNo(load_default=0)
