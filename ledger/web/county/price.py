"""Proposing an item's points price."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ledger.operations.proposal import propose_price
from ledger.web.county.limit import on_item
from schemas.registers import PriceForm

blueprint = Blueprint("price", __name__, url_prefix="/registers/items/<code>/prices")


@blueprint.post("")
def create(code: str) -> ResponseReturnValue:
    """Propose a price from a day on."""
    return on_item(code, PriceForm, propose_price)
