"""The signed slip of a home delivery, come back."""

from schemas.fields import Day
from schemas.form import Papered


class SlipForm(Papered):
    """The day somebody of the household signed, and the number of the paper."""

    signed_on = Day(required=True)
