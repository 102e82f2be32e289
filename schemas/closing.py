"""Through which day a book is to be closed."""

from schemas.fields import Day
from schemas.form import Form


class CloseForm(Form):
    """A proposal to close a book; who attests it fills in nothing."""

    through = Day(required=True)
