"""Stock 库存: what lies on the shelf, by lot."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.shelf import place_goods
from ledger.registers.shelves import places_of
from ledger.reports.stock import near_expiry, on_the_road, stock
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.tables import table_page
from schemas.registers import PlaceForm

blueprint = Blueprint("stock", __name__, url_prefix="/books/<book>/stock")


@blueprint.get("")
def show(book: str) -> ResponseReturnValue:
    """Show the shelf, and what is on the road to it."""
    return page(book, Filled())


def page(book: str, form: Filled) -> ResponseReturnValue:
    """Return the shelf with what was typed."""
    with database().reading() as session:
        day = county_day(session, now())
        shelf = stock(session, book, day)
        soon = near_expiry(session, book, day, shelf.rows)
        return table_page(
            "outlet/stock.html", shelf, prefix=book, road=on_the_road(session, to=book), soon=soon, form=form,
            items={row["item"]: row["name"] for row in shelf.rows}, places=places_of(session, book),
        )


@blueprint.post("")
def place(book: str) -> ResponseReturnValue:
    """Note where an item lies."""
    done = url_for(".show", book=book)
    return act_on_form(PlaceForm, place_goods, book=book, done=lambda _: done, again=lambda form: page(book, form))
