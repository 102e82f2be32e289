"""Close of month 月结: the keeper proposes a last day, a second person closes the book with one tap."""

from datetime import timedelta

from flask import Blueprint, url_for

from ledger.db import database
from ledger.journal import Book, closed_through
from ledger.operations.closing import confirm_close, propose_close
from ledger.registers.requests import waiting_about
from ledger.reports.closings import closings
from ledger.terms import EntryKind
from ledger.web.acts import Page, act_on_button, act_on_form
from ledger.web.people import today
from ledger.web.tables import table_page
from schemas.closing import CloseForm

blueprint = Blueprint("closing", __name__, url_prefix="/books/<book>/closings")


@blueprint.get("")
def index(book: str) -> Page:
    """Show through which day the book is closed, what is proposed, and the closes so far. Offered is the last day of
    the month before, unless that is closed.
    """
    offered = today().replace(day=1) - timedelta(days=1)
    with database().reading() as session:
        closed = closed_through(session.get_one(Book, book))
        waiting = waiting_about(session, book, EntryKind.CLOSE)
        return table_page(
            "outlet/closing/index.html", closings(session, book), closed=closed,
            offered=offered if offered > closed else None, waiting=waiting[0] if waiting else None,
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Put the proposal before the second person."""
    return act_on_form(CloseForm, propose_close, done=url_for(".index", book=book), again=index)


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Close the book as proposed, as a second person."""
    return act_on_button(confirm_close, request=n, again=lambda **_: index(book))
