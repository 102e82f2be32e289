"""Points to be taken back after a re-visit, and why."""

from ledger.terms import Purse
from schemas.fields import Code, OneOf, Points, WholeNumber, Words
from schemas.form import Act


class ClawBackForm(Act):
    """From whom, how many points of which purse, and where the notice hangs that says so."""

    household = Code(required=True)
    purse = OneOf(Purse, required=True)
    points = Points(required=True)
    credit = WholeNumber(most=999_999_999, load_default=None)
    reason = Words(required=True, most=200)
    place = Words(required=True, most=60)
