"""Today 今日: an outlet's first page."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.reports.today import first_steps, today
from ledger.web.people import now
from ledger.web.tables import as_csv, wants_csv

blueprint = Blueprint("today", __name__, url_prefix="/books/<book>")


@blueprint.get("/")
def show(book: str) -> ResponseReturnValue:
    """Show what waits, what was redeemed today, and the line that proves the book."""
    with database().reading() as session:
        day = county_day(session, now())
        waiting = today(session, book, day)
        steps = first_steps(session, book) if g.site.kind == "outlet" else []
    if wants_csv():
        return as_csv(waiting["redemptions"], prefix=f"{book}-{day}")
    return render_template("outlet/today.html", day=day, steps=steps, **waiting)
