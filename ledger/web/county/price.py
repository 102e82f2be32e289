"""Proposing an item's points price."""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from ledger.operations.proposal import propose_price
from ledger.terms import COUNTY
from ledger.web.acts import act_on_form
from ledger.web.county.register import line_page
from schemas.registers import PriceForm

blueprint = Blueprint("price", __name__, url_prefix="/registers/items/<code>/prices")


@blueprint.post("")
def create(code: str) -> ResponseReturnValue:
    """Propose a price from a day on."""

    def done(answer: dict[str, Any]) -> str:
        return url_for("register.show", name="items", code=code)

    return act_on_form(
        PriceForm, propose_price, book=COUNTY, item=code, done=done,
        again=lambda form: line_page("items", code, form),
    )
