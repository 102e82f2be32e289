"""An objection to a line on the board, and its answer."""

from ledger.terms import ObjectionResult, ObjectionWay, Role
from schemas.fields import Code, OneOf, Points, WholeNumber, Words
from schemas.form import Act


class ObjectionForm(Act):
    """What somebody says against which line; who wants no name gives none."""

    line = WholeNumber(required=True)
    way = OneOf(ObjectionWay, required=True)
    words = Words(required=True, most=400)
    objector = Code(load_default=None, example="H0031")


class AnswerForm(Act):
    """What the supervisor or the committee decided, in words that can be read out."""

    result = OneOf(ObjectionResult, required=True)
    decided_by = OneOf((Role.SUPERVISOR, "committee"), required=True)
    words = Words(required=True, most=400)
    points = Points(load_default=None)
