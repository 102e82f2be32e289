"""Why an entry is reversed."""

from schemas.fields import PaperNumber, Words
from schemas.form import Form


class ReversalForm(Form):
    """The reason for a reversal, and the paper it was written on, if there is one."""

    reason = Words(required=True, most=200)
    paper_number = PaperNumber(load_default=None)
