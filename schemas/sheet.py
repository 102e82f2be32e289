"""The assessment sheet of a meeting, its notice and its credit."""

import re
from typing import Any, ClassVar

from ledger.terms import N_, Purse
from schemas.fields import Code, OneOf, Points, Spoken, Words, plain
from schemas.form import Act, Line, Lines


class Month(Spoken):
    """A month such as 2026-10."""

    default_error_messages = {"month": N_("Enter a month as year-month, such as 2026-10.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = plain(value)
        if not re.fullmatch(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])", text):
            raise self.make_error("month")
        return text


class SheetLine(Line):
    """One award: which household, by which rule, how many points, on what evidence."""

    filled_by: ClassVar[tuple[str, ...]] = ("household", "rule", "points")

    household = Code(required=True, example="H0031")
    rule = Code(required=True, example="HJ01")
    points = Points(load_default=None)
    evidence = Words(most=200, load_default=None)


class SheetForm(Act):
    """What the meeting decided, for one purse."""

    period = Month(required=True)
    purse = OneOf(Purse, required=True)
    minutes = Words(most=60, load_default="")
    lines = Lines(SheetLine)


class NoticeForm(Act):
    """Where a sheet hangs from which day."""

    place = Words(required=True, most=60)


class CreditForm(Act):
    """A sheet whose notice has run; which one stands in the address."""
