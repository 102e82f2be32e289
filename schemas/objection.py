"""An objection to a line on the board or to a claw-back, and its answer."""

from ledger.terms import ObjectionResult, ObjectionWay, Role
from schemas.fields import Code, OneOf, Points, WholeNumber, Words
from schemas.form import Act


class ClawBackObjectionForm(Act):
    """What somebody says against a claw-back; who wants no name gives none."""

    way = OneOf(ObjectionWay, required=True)
    words = Words(required=True, most=400)
    objector = Code(load_default=None, example="H0031")


class ObjectionForm(ClawBackObjectionForm):
    """What somebody says against which line of a sheet, or about what a household misses on it."""

    line = WholeNumber(load_default=None)
    household = Code(load_default=None, example="H0031")


class ClawBackAnswerForm(Act):
    """What the supervisor or the committee decided, in words that can be read out."""

    result = OneOf((ObjectionResult.NOT_UPHELD, ObjectionResult.CANCELLED), required=True)
    decided_by = OneOf((Role.SUPERVISOR, "committee"), required=True)
    words = Words(required=True, most=400)


class AnswerForm(ClawBackAnswerForm):
    """The answer about a line of a sheet, which may be put right too, or about what is missing on it."""

    result = OneOf(ObjectionResult, required=True)
    points = Points(load_default=None)
