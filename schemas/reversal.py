"""Why an entry is reversed."""

from schemas.fields import Words
from schemas.form import Form


class ReversalForm(Form):
    """The reason for a reversal."""

    reason = Words(required=True, most=200)
