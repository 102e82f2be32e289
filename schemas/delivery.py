"""The signed slip of a home delivery, come back."""

from schemas.fields import Day, PaperNumber
from schemas.form import Form


class SlipForm(Form):
    """The day somebody of the household signed, and the number of the paper."""

    signed_on = Day(required=True)
    paper_number = PaperNumber(load_default=None)
