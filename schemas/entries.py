"""What part of a journal is asked for, in an address."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, ValidationError

from ledger.terms import EntryKind
from schemas.fields import Code, Day, OneOf
from schemas.form import Form


class JournalFilter(Form):
    """Kind, days and household; all may be left out."""

    kind = OneOf(EntryKind, load_default=None)
    since = Day(load_default=None)
    until = Day(load_default=None)
    household = Code(load_default=None)

    def understood(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """Return what can be understood of an address; what cannot is as if it had been left out."""
        try:
            return dict(self.load(dict(asked), unknown=EXCLUDE))
        except ValidationError as error:
            return dict.fromkeys(self.fields) | dict(error.valid_data or {})
