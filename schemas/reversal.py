"""Why something is done: an entry reversed, a proposal declined."""

from schemas.fields import PaperNumber, Words
from schemas.form import Form


class ReasonForm(Form):
    """The reason for a no, or what was found out."""

    reason = Words(required=True, most=200)


class ReversalForm(ReasonForm):
    """The reason for a reversal, and the paper it was written on, if there is one."""

    paper_number = PaperNumber(load_default=None)
