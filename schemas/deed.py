"""A deed as the group's reporter records it."""

from schemas.fields import Code, Day, WholeNumber, Words, YesNo
from schemas.form import Form, Papered


class DeedForm(Papered):
    """Which household did what, by which rule, on which day; `another` says that the like was done twice that day."""

    household = Code(required=True, example="H0031")
    rule = Code(required=True, example="GY01")
    occurred_on = Day(required=True)
    evidence = Words(most=200, load_default="")
    another = YesNo(load_default=0)


class DeedErasureForm(Form):
    """The deed whose words are erased."""

    deed = WholeNumber(required=True, most=999_999_999)
