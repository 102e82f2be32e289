"""Why something is done: an entry reversed, a proposal declined."""

from schemas.fields import Words
from schemas.form import Papered


class ReasonForm(Papered):
    """The reason for a reversal or a no, or what was found out."""

    reason = Words(required=True, most=200)
