"""Through which day a book is to be closed."""

from schemas.fields import Day
from schemas.form import Papered


class CloseForm(Papered):
    """A proposal to close a book."""

    through = Day(required=True)
