"""A version of a rule of the rule book."""

from ledger.terms import Purse
from schemas.fields import Code, Day, OneOf, Points, WholeNumber, Words
from schemas.form import Papered


class RuleForm(Papered):
    """What earns points from a day on; `version` is the number this version will have."""

    code = Code(required=True, example="HJ01")
    version = WholeNumber(load_default=1)
    name = Words(required=True, most=60)
    name_en = Words(most=120, load_default="")
    category = Words(required=True, most=20)
    purse = OneOf(Purse, required=True)
    points_min = Points(required=True)
    points_max = Points(required=True)
    cap_month = Points(load_default=None)
    cap_year = Points(load_default=None)
    award_by = Words(most=100, load_default="")
    evidence = Words(most=200, load_default="")
    valid_from = Day(required=True)
    valid_to = Day(load_default=None)
