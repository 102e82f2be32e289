"""A second person's yes to prices and rates that were proposed, or a no with its reason; several with one form."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ledger.terms import N_, Sentence
from schemas.fields import WholeNumber, Words, YesNo
from schemas.form import Line, Lines, Papered


class ProposalLine(Line):
    """One proposal that was ticked, by its number."""

    filled_by = ("request",)

    request = WholeNumber(required=True, most=999_999_999)


class ProposalsForm(Papered):
    """The proposals that are confirmed; or, with `declined` and a reason, turned down."""

    proposals = Lines(ProposalLine)
    declined = YesNo(load_default=0)
    reason = Words(most=200, load_default=None)

    @validates_schema
    def reason_with_a_no(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a no without a reason, and a reason beside a yes: Enter in its box sends the yes."""
        if data["declined"] and not data["reason"]:
            raise ValidationError(Sentence(N_("Say why, for who proposed it.")), "reason")
        if data["reason"] and not data["declined"]:
            raise ValidationError(Sentence(N_("A reason belongs to a no. Leave this empty to confirm.")), "reason")
