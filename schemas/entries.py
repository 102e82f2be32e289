"""What part of a journal is asked for, in an address."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, ValidationError

from ledger.terms import EntryKind
from schemas.fields import Code, Day, OneOf, WholeNumber
from schemas.form import Form

Messages = dict[str, Any]


class JournalFilter(Form):
    """Kind, days and household; all may be left out."""

    kind = OneOf(EntryKind, load_default=None)
    since = Day(load_default=None)
    until = Day(load_default=None)
    household = Code(load_default=None)

    def read(self, asked: Mapping[str, str]) -> tuple[dict[str, Any], Messages]:
        """Return what can be understood of an address, and what is wrong with the rest, which is as if left out."""
        try:
            return dict(self.load(dict(asked), unknown=EXCLUDE)), {}
        except ValidationError as error:
            return dict.fromkeys(self.fields) | dict(error.valid_data or {}), error.messages_dict


class PageForm(Form):
    """How many lines of a list are asked for at once."""

    limit = WholeNumber(most=500, load_default=50)


class JournalPage(JournalFilter, PageForm):
    """A part of a journal, page by page; `after` is the number of the last entry seen."""

    after = WholeNumber(least=0, most=10**12, load_default=0)
