"""Stock 库存: what lies on the shelf, by lot."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.reports.stock import near_expiry, on_the_road, stock
from ledger.web.people import now
from ledger.web.tables import table_page

blueprint = Blueprint("stock", __name__, url_prefix="/books/<book>/stock")


@blueprint.get("")
def show(book: str) -> ResponseReturnValue:
    """Show the shelf, and what is on the road to it."""
    with database().reading() as session:
        day = county_day(session, now())
        shelf = stock(session, book, day)
        soon = near_expiry(session, book, day, shelf.rows)
        return table_page("outlet/stock.html", shelf, prefix=book, road=on_the_road(session, to=book), soon=soon)
