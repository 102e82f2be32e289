"""A transfer note: goods for another site."""

from schemas.fields import Code, WholeNumber
from schemas.form import Act, Line, Lines


class DispatchLine(Line):
    """One line of the note; without a lot the first to expire goes first. Blank lines stay here."""

    item = Code(required=True, example="G001")
    lot = Code(load_default=None, example="L42")
    quantity = WholeNumber(required=True)


class DispatchForm(Act):
    """Goods sent to another site."""

    to = Code(required=True, example="LY12")
    lines = Lines(DispatchLine)
