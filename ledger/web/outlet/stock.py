"""Stock 库存: what lies on the shelf, by lot, and the card of each item."""

from flask import Blueprint, url_for

from ledger.db import database
from ledger.operations.item import place_goods
from ledger.registers.items import Item, places_of
from ledger.registers.register import find
from ledger.reports.stock import near_expiry, on_the_road, stock
from ledger.reports.stock_card import stock_card, used_up
from ledger.web.acts import Page, act_on_form
from ledger.web.people import today
from ledger.web.tables import page_number, paged, table_page, wants_csv
from schemas.registers import PlaceForm

blueprint = Blueprint("stock", __name__, url_prefix="/books/<book>/stock")
PER_PAGE = 100


@blueprint.get("")
def show(book: str) -> Page:
    """Show the shelf, and what is on the road to it."""
    with database().reading() as session:
        shelf = stock(session, book, today())
        return table_page(
            "outlet/stock.html", shelf, road=on_the_road(session, to=book),
            soon=near_expiry(session, book, today(), shelf.rows),
            items={row["item"]: row["name"] for row in shelf.rows}, places=places_of(session, book),
            gone=used_up(session, book),
        )


@blueprint.post("")
def place(book: str) -> Page:
    """Note where an item lies."""
    return act_on_form(PlaceForm, place_goods, done=url_for(".show", book=book), again=show)


@blueprint.get("/<item>")
def card(book: str, item: str) -> Page:
    """Show all that came onto the shelf of an item or left it, the newest first."""
    with database().reading() as session:
        goods = find(session, Item, item)
        asked = {"limit": 10**6} if wants_csv() else {"before": page_number("before", 10**12), "limit": PER_PAGE + 1}
        table = stock_card(session, book, item, **asked)
    return paged("outlet/stock_card.html", table, size=PER_PAGE, by="nth", of=item, goods=goods)
