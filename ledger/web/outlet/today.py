"""Today 今日: an outlet's first page."""

from flask import Blueprint, Response, g

from ledger.db import database
from ledger.reports.today import first_steps, today
from ledger.web import people
from ledger.web.tables import table_page

blueprint = Blueprint("today", __name__, url_prefix="/books/<book>")


@blueprint.get("/")
def show(book: str) -> str | Response:
    """Show what waits, what was redeemed today, and the line that proves the book."""
    with database().reading() as session:
        waiting = today(session, book, people.today())
        steps = first_steps(session, book) if g.site.kind == "outlet" else []
        return table_page("outlet/today.html", waiting["redemptions"], of=people.today(), steps=steps, **waiting)
