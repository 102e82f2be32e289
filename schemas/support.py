"""The right to support points, and the month of a grant."""

from schemas.fields import Code, Day, DocumentNumber, Points
from schemas.form import Form


class RightForm(Form):
    """Who has a right, from when, to how many points each time, by which paper."""

    household = Code(required=True, example="H0031")
    valid_from = Day(required=True)
    valid_through = Day(load_default=None)
    points = Points(required=True)
    paper_number = DocumentNumber(required=True)


class RightEndForm(Form):
    """Since when a right has ended, by which paper."""

    household = Code(required=True, example="H0031")
    valid_from = Day(required=True)
    valid_through = Day(required=True)
    paper_number = DocumentNumber(required=True)
