"""A transfer note: goods for another site."""

from schemas.fields import Code, DocumentNumber, WholeNumber, Words
from schemas.form import Act, Line, Lines


class DispatchLine(Line):
    """One line of the note; without a lot the first to expire goes first. Blank lines stay here."""

    item = Code(required=True, example="G001")
    lot = Code(load_default=None, example="L42")
    quantity = WholeNumber(required=True)


class DispatchForm(Act):
    """Goods sent to another site."""

    to = Code(required=True, example="LY12")
    consent = DocumentNumber(load_default=None)
    carrier = Words(most=60, load_default=None)
    lines = Lines(DispatchLine)


class RedirectForm(Act):
    """Where goods that are on the road shall go instead."""

    to = Code(required=True, example="LY12")
    consent = DocumentNumber(load_default=None)
