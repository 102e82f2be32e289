"""Today 今日: an outlet's first page."""

from flask import Blueprint, render_template

from ledger.db import database
from ledger.journal import county_day
from ledger.reports.today import today
from ledger.web.people import now

blueprint = Blueprint("today", __name__, url_prefix="/books/<book>")


@blueprint.get("/")
def show(book: str):  # type: ignore[no-untyped-def]
    """Show what waits, what was redeemed today, and the line that proves the book."""
    with database().reading() as session:
        day = county_day(session, now())
        return render_template("outlet/today.html", day=day, **today(session, book, day))
