"""Stock 库存: what lies on the shelf, by lot, and the card of each item."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.item import place_goods
from ledger.registers.items import Item, places_of
from ledger.registers.register import find
from ledger.reports.stock import near_expiry, on_the_road, stock
from ledger.reports.stock_card import stock_card, used_up
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.tables import as_csv, first_page, page_number, table_page, wants_csv
from schemas.registers import PlaceForm

blueprint = Blueprint("stock", __name__, url_prefix="/books/<book>/stock")
PER_PAGE = 100


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
            gone=used_up(session, book),
        )


@blueprint.post("")
def place(book: str) -> ResponseReturnValue:
    """Note where an item lies."""
    done = url_for(".show", book=book)
    return act_on_form(PlaceForm, place_goods, book=book, done=lambda _: done, again=lambda form: page(book, form))


@blueprint.get("/<item>")
def card(book: str, item: str) -> ResponseReturnValue:
    """Show all that came onto the shelf of an item or left it, the newest first."""
    with database().reading() as session:
        goods = find(session, Item, item)
        if wants_csv():
            return as_csv(stock_card(session, book, item, limit=10**6), prefix=f"{book}-{item}")
        table = stock_card(session, book, item, before=page_number("before", 10**12), limit=PER_PAGE + 1)
    table, last = first_page(table, PER_PAGE)
    return render_template("outlet/stock_card.html", goods=goods, table=table, older=last["nth"] if last else None)
