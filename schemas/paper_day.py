"""A paper day: one paper with its number and true day, and its lines as they were written."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ledger.terms import N_, Sentence
from schemas.fields import REQUIRED, Code, Day, PaperNumber, WholeNumber, Words, YesNo
from schemas.form import Line, Lines, Papered
from schemas.redemption import BasketLine, ProxyFields

MOST_LINES = 60


class PaperLineForm(Line):
    """One line of the paper: who took what home, or that the line was spoilt; `reason` where the book would refuse,
    `again` where a household came twice for the same goods.
    """

    filled_by = ("household", "basket", "void", "reason")

    line = WholeNumber(required=True, most=999)
    household = Code(load_default=None, example="H0031")
    basket = Lines(BasketLine, required=False, load_default=None)
    proxy = fields.Nested(ProxyFields, load_default=None)
    delivered_by = Code(load_default=None, example="ly01-keeper")
    void = YesNo(load_default=0)
    again = YesNo(load_default=0)
    reason = Words(most=200, load_default=None)

    @validates_schema
    def check_line(self, data: dict[str, Any], **_: Any) -> None:
        """Ask for household and goods, or for neither where the line is void."""
        for name in ("household", "basket"):
            if bool(data[name]) == bool(data["void"]):
                said = N_("A void line holds nothing.") if data["void"] else REQUIRED
                raise ValidationError({name: [Sentence(said)]})


class PaperDayForm(Papered):
    """A paper kept while there was no power; `sheet` is the number printed on it."""

    occurred_on = Day(required=True)
    sheet = PaperNumber(required=True)
    lines = Lines(PaperLineForm, most=MOST_LINES)
