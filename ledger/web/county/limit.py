"""What else the county sets for an item: how much a household may have, and under which barcodes it is known."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from ledger.operations.item import limit_item, note_ean
from ledger.web.acts import Operation, act_on_form
from ledger.web.county.register import show
from schemas.form import Form
from schemas.limit import EanForm, LimitForm

blueprint = Blueprint("limit", __name__, url_prefix="/registers/items/<code>")


@blueprint.post("/limits")
def create(code: str) -> ResponseReturnValue:
    """Set a limit from a day on."""
    return on_item(code, LimitForm, limit_item)


@blueprint.post("/barcodes")
def note(code: str) -> ResponseReturnValue:
    """Note a barcode, or take one away."""
    return on_item(code, EanForm, note_ean)


def on_item(code: str, schema: type[Form], operation: Operation) -> ResponseReturnValue:
    """Do an act on an item and show it."""
    done = url_for("register.show", name="items", code=code)
    return act_on_form(schema, operation, item=code, done=done, again=lambda code: show("items", code))
