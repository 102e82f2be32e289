"""The handover from one storekeeper to the next."""

from schemas.fields import Words, YesNo
from schemas.form import Act
from schemas.registers import SignInName


class HandoverForm(Act):
    """Who leaves, who comes, and what else went from hand to hand."""

    leaving = SignInName(required=True)
    coming = SignInName(required=True)
    declared = YesNo(load_default=0)
    words = Words(most=300, load_default="")
