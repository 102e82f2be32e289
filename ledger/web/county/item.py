"""What the county sets for an item: its points price, how much a household may have, and its barcodes."""

from flask import Blueprint, url_for

from ledger.operations.item import limit_item, note_ean
from ledger.operations.proposal import propose_price
from ledger.web.acts import Operation, Page, act_on_form
from ledger.web.county.register import show
from schemas.form import Form
from schemas.limit import EanForm, LimitForm
from schemas.registers import PriceForm

blueprint = Blueprint("item", __name__, url_prefix="/registers/items/<code>")


@blueprint.post("/prices")
def price(code: str) -> Page:
    """Propose a price from a day on."""
    return on_item(code, PriceForm, propose_price)


@blueprint.post("/limits")
def limit(code: str) -> Page:
    """Set a limit from a day on."""
    return on_item(code, LimitForm, limit_item)


@blueprint.post("/barcodes")
def barcode(code: str) -> Page:
    """Note a barcode, or take one away."""
    return on_item(code, EanForm, note_ean)


def on_item(code: str, schema: type[Form], operation: Operation) -> Page:
    """Do an act on an item and show it."""
    done = url_for("register.show", name="items", code=code)
    return act_on_form(schema, operation, item=code, done=done, again=lambda code: show("items", code))
