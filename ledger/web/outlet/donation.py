"""Goods donated in 捐赠入库: lines like the paper slip."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.donation import accept_donation
from ledger.registers.donors import all_donors
from ledger.registers.items import all_items
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.tables import page_number
from schemas.donation import DonationForm

blueprint = Blueprint("donation", __name__, url_prefix="/books/<book>/donations")


@blueprint.get("/new")
def new(book: str) -> ResponseReturnValue:
    """Show an empty slip."""
    return page(Filled())


def page(form: Filled) -> str:
    """Return the slip with what was typed; there is always room for more lines."""
    lines = max(8, page_number("lines"), form.rows("lines"))
    with database().reading() as session:
        return render_template(
            "outlet/donation/new.html", form=form, lines=min(lines, 200), day=county_day(session, now()),
            donors=[donor for donor in all_donors(session) if not donor.retired],
            items=[item for item in all_items(session) if not item.retired],
        )


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Take the goods in and show the entry."""

    def done(answer: dict[str, Any]) -> str:
        return url_for("entry.show", book=book, number=answer["number"])

    return act_on_form(DonationForm, accept_donation, book=book, done=done, again=page)
