"""The assessment sheet of a meeting, its notice and its credit."""

from typing import ClassVar

from ledger.terms import N_, Purse
from schemas.fields import Code, OneOf, Points, Spoken, Words, plain
from schemas.form import Act, Line, Lines


class Month(Spoken):
    """A month such as 2026-10."""

    default_error_messages = {"month": N_("Enter a month as year-month, such as 2026-10.")}

    def _deserialize(self, value, attr, data, **more):  # type: ignore[no-untyped-def]
        text = plain(value) if isinstance(value, str) else ""
        year, _, month = text.partition("-")
        if not (len(year) == 4 and year.isdecimal() and len(month) == 2 and month.isdecimal() and 1 <= int(month) <= 12):
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
