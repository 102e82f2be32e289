"""A stock-take as it is keyed: what was found of each lot, and why it differs from the book."""

from typing import Any

from marshmallow import pre_load

from ledger.terms import CountNature, CountReason
from schemas.fields import Code, OneOf, WholeNumber, Words, YesNo
from schemas.form import Line, Lines, Papered
from schemas.write_off import WHERE


class CountedLine(Line):
    """What was found of a lot, or why it differs."""

    filled_by = ("quantity", "reason", "words")

    lot = Code(required=True, example="L42")
    account = OneOf(WHERE, load_default="stock")
    quantity = WholeNumber(least=0, most=999_999, load_default=None)
    reason = OneOf(CountReason, load_default=None)
    words = Words(most=100, load_default=None)


class CountLinesForm(Papered):
    """A part of a stock-take; `finished` says that all is counted."""

    lines = Lines(CountedLine, required=False, load_default=list)
    finished = YesNo(load_default=0)

    @pre_load
    def drop_no_lines(self, data: Any, **_: Any) -> Any:
        """Take a table in which nothing was typed as left out: everything may have been keyed before."""
        return {name: data[name] for name in data if data[name] != []} if isinstance(data, dict) else data


class CountForm(CountLinesForm):
    """What a stock-take is for; a program may send all lines with it."""

    nature = OneOf(CountNature, load_default=CountNature.MONTH)
