"""What happened to a household, by its paper."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ledger.terms import FreezeCause, LifeEvent, Sentence
from schemas.fields import REQUIRED, Code, DocumentNumber, OneOf, Points, Words
from schemas.form import Act

NEEDS = {
    LifeEvent.FREEZE: ("cause",), LifeEvent.THAW: (), LifeEvent.INHERIT: ("to",), LifeEvent.MERGE: ("to",),
    LifeEvent.SPLIT: ("name", "support", "merit"), LifeEvent.MOVE: ("outlet",), LifeEvent.CANCEL: (),
    LifeEvent.CARD: ("card",),
}
"""What each event asks for beside day, paper and reason; points left empty are none."""


class LifeForm(Act):
    """An event of a household's life; the paper is never missing."""

    event = OneOf(LifeEvent, required=True)
    paper_number = DocumentNumber(required=True)
    reason = Words(most=200, load_default=None)
    cause = OneOf(FreezeCause, load_default=None)
    to = Code(load_default=None, example="H0031")
    outlet = Code(load_default=None, example="LY12")
    card = Code(load_default=None, example="610001")
    name = Words(most=40, load_default=None)
    support = Points(least=0, load_default=0)
    merit = Points(least=0, load_default=0)

    @validates_schema
    def check_needs(self, data: dict[str, Any], **_: Any) -> None:
        """Ask for what this event cannot do without."""
        missing = [name for name in NEEDS[LifeEvent(data["event"])] if data[name] is None]
        if missing:
            raise ValidationError({name: [Sentence(REQUIRED)] for name in missing})
