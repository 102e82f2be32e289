"""The assessment sheet of a meeting, its notice and its credit."""

import re
from typing import Any

from ledger.terms import N_, LineStatus, Purse
from schemas.fields import Code, OneOf, Points, Spoken, WholeNumber, Words, YesNo, plain
from schemas.form import Act, Line, Lines

DECISIONS = (LineStatus.PASSED, LineStatus.REFUSED, LineStatus.DEFERRED)
"""What a meeting says of a line."""
MOST_AWARDS = 3_600
"""Three hundred households by twelve rules."""


class Month(Spoken):
    """A month such as 2026-10."""

    default_error_messages = {"month": N_("Enter a month as year-month, such as 2026-10.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = plain(value)
        if not re.fullmatch(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])", text):
            raise self.make_error("month")
        return text


class SheetLine(Line):
    """One award: which household, by which rule, how many points, on what evidence; whether the meeting passed it,
    refused it or put it off; and the deed it comes from.
    """

    filled_by = ("household", "rule", "points")

    household = Code(required=True, example="H0031")
    rule = Code(required=True, example="HJ01")
    points = Points(load_default=None)
    evidence = Words(most=200, load_default=None)
    status = OneOf(DECISIONS, load_default=None)
    deed = WholeNumber(load_default=None, most=999_999_999)


class SheetForm(Act):
    """What the meeting decided, for one purse, or that there was `nothing` this month; of how many members that were
    due how many were present. `another` says that lines which look like deeds known already are others.
    """

    period = Month(required=True)
    purse = OneOf(Purse, required=True)
    minutes = Words(most=60, load_default="")
    due = WholeNumber(load_default=None, most=999)
    present = WholeNumber(load_default=None, most=999)
    nothing = YesNo(load_default=0)
    another = YesNo(load_default=0)
    lines = Lines(SheetLine, required=False, most=MOST_AWARDS, load_default=list)


class NoticeForm(Act):
    """Where a sheet hangs from which day; for one that hangs already, why it is hung again."""

    place = Words(required=True, most=60)
    reason = Words(most=100, load_default=None)


class TakingDownForm(Act):
    """A sheet that came off the board; which one stands in the address."""


class CreditForm(Act):
    """A sheet whose notice has run; which one stands in the address."""
