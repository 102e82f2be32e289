"""Collected for others 代领: who carried goods home for whom, and what became of a “not received”."""

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.operations.collecting import look_into
from ledger.registers.proxies import not_received
from ledger.reports.carried_home import collections
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.seeing import seen_table
from ledger.web.tables import table_page, wants_csv
from schemas.reversal import ReversalForm

blueprint = Blueprint("collection", __name__, url_prefix="/books/<book>/collections")


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show the collections, those first that did not arrive."""
    return page(Filled())


def page(form: Filled) -> ResponseReturnValue:
    """Return the collections, with a form for each that is to be looked into."""
    with database().reading() as session:
        table = seen_table(
            collections(session, g.site.code), leaving=wants_csv(), personal=("name", "relation")
        )
        waiting = not_received(session, g.site.code)
    return table_page("outlet/collection/index.html", table, prefix=g.site.code, form=form, waiting=waiting)


@blueprint.post("/<int:number>/note")
def note(book: str, number: int) -> ResponseReturnValue:
    """Note what was found out, and take the mark away."""
    return act_on_form(
        ReversalForm, look_into, book=book, number=number, done=lambda _: url_for(".index", book=book), again=page
    )
