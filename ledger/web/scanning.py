"""A barcode scanned, or typed, above the lines of a paper: its goods are chosen in the next line that names none."""

from itertools import count

from marshmallow import ValidationError

from ledger.db import database
from ledger.registers.items import item_of_ean
from ledger.terms import N_, Sentence
from ledger.web.forms import Filled, Typed, put
from schemas.fields import plain

CHOSEN = N_("Line %(n)s: %(goods)s. Nothing has been booked yet.")
NO_GOODS = N_("Barcode %(ean)s stands for no goods in use. Choose them in a line; the county office notes barcodes.")


def scan_first(form: Filled) -> Typed:
    """Return what the schema reads; where something was scanned the page comes again first, and nothing is booked.

    Enter is pressed by every scanner, and sends the form where there is no script.
    """
    ean = plain(form.typed.pop("scan", ""))
    if not ean:
        return form.typed
    with database().reading() as session:
        item = item_of_ean(session, ean)
    if item is None or item.retired:
        form.typed["scan"] = ean
        raise ValidationError({"scan": [Sentence(NO_GOODS, {"ean": ean[:40]})]})
    lines = form.lines("lines")
    place = next(n for n in count() if not lines.get(n, {}).get("item"))
    put(form.typed, ["lines", str(place), "item"], item.code)
    form.shown_again = True
    raise ValidationError(Sentence(CHOSEN, {"n": place + 1, "goods": item.called}))
