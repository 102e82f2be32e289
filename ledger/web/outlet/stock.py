"""Stock 库存: what lies on the shelf, by lot."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.reports.stock import on_the_road, stock
from ledger.web.people import now
from ledger.web.tables import table_page

blueprint = Blueprint("stock", __name__, url_prefix="/books/<book>/stock")


@blueprint.get("")
def show(book: str) -> ResponseReturnValue:
    """Show the shelf, and what is on the road to it."""
    with database().reading() as session:
        shelf = stock(session, book, county_day(session, now()))
        return table_page("outlet/stock.html", shelf, prefix=book, road=on_the_road(session, to=book))
