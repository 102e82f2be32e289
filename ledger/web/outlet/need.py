"""Asked for in vain 缺货登记: one tap at the counter, and the needs list of an outlet or of the county."""

from datetime import timedelta
from hashlib import sha256

from flask import Blueprint, Response, redirect, url_for

from ledger.db import database
from ledger.errors import LedgerError
from ledger.operations.need import drop_need, note_need
from ledger.registers.items import items_by_code
from ledger.reports.needs import needs, needs_noted_on
from ledger.web.acts import Page, act_on_button, perform
from ledger.web.forms import read_form
from ledger.web.outlet import redemption
from ledger.web.people import today
from ledger.web.tables import day_asked_for, table_page
from schemas.need import NeedForm

blueprint = Blueprint("need", __name__, url_prefix="/books/<book>/needs")
DAYS = 92
"""How far back the list looks unless another day is asked for."""


@blueprint.get("")
def index(book: str) -> str | Response:
    """Show what was asked for in vain since a day, and the lines of today, which can be dropped."""
    since = day_asked_for("since") or today() - timedelta(days=DAYS)
    with database().reading() as session:
        return table_page(
            "outlet/need/index.html", needs(session, book, since), since=since,
            noted=needs_noted_on(session, book, today()), items=items_by_code(session),
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Note it, and show the counter again with the basket as it was; nothing of the basket is booked."""
    form = read_form(NeedForm, lambda filled: filled.value("need", {}))
    if not form.errors:
        said = form.content["item"] or sha256((form.content["words"] or "").encode()).hexdigest()[:12]
        try:
            # The key is the basket's, with what was asked for: two taps on one name are one line for one household.
            perform(note_need, book=book, key=f"{form.key}-{said}"[:80], **form.content)
            form.typed.pop("need", None)
        except LedgerError as refusal:
            form.refuse(refusal)
    if not form.value("household"):
        return (index(book), 422) if form.errors else redirect(url_for(".index", book=book), 303)
    return redemption.page(book, noted=not form.errors), 422 if form.errors else 200


@blueprint.post("/<int:n>/drop")
def drop(book: str, n: int) -> Page:
    """Drop a line that was a slip of the finger."""
    return act_on_button(drop_need, n=n, done=url_for(".index", book=book), again=lambda **_: index(book))
