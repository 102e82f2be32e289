"""Collected for others 代领: who carried goods home for whom, and what became of a “not received”."""

from flask import Blueprint, url_for

from ledger.db import database
from ledger.operations.collecting import look_into
from ledger.registers.proxies import not_received
from ledger.reports.carried_home import collections
from ledger.web.acts import Page, act_on_form
from ledger.web.tables import seen_table, table_page
from schemas.reversal import ReasonForm

blueprint = Blueprint("collection", __name__, url_prefix="/books/<book>/collections")


@blueprint.get("")
def index(book: str) -> Page:
    """Show the collections, those first that did not arrive, with a form for each that is to be looked into."""
    with database().reading() as session:
        table = seen_table(collections(session, book), personal=("name", "relation"))
        return table_page("outlet/collection/index.html", table, waiting=not_received(session, book))


@blueprint.post("/<int:number>/note")
def note(book: str, number: int) -> Page:
    """Note what was found out, and take the mark away."""
    done = url_for(".index", book=book)
    return act_on_form(ReasonForm, look_into, number=number, done=done, again=lambda **_: index(book))
