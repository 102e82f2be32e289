"""Purchases 采购: the county's money by source, and the goods that are bought with it."""

from flask import Blueprint, render_template, request

from ledger.db import database
from ledger.operations.purchase import buy_goods
from ledger.registers.items import all_items
from ledger.registers.money import all_suppliers, money_left
from ledger.reports.counter import barcodes
from ledger.reports.money import money
from ledger.web.acts import Page, act_on_form
from ledger.web.forms import form_in_hand
from ledger.web.scanning import scan_first
from ledger.web.tables import table_page
from schemas.purchase import PurchaseForm

blueprint = Blueprint("purchase", __name__, url_prefix="/books/<book>/purchases")


@blueprint.get("")
def index(book: str) -> Page:
    """Show the money that was given, what it was spent on, and what is left."""
    with database().reading() as session:
        return table_page("county/purchase/index.html", money(session))


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show an empty invoice, or what was typed with more lines when asked for; and what there is to spend."""
    lines = max(8, form_in_hand().rows("lines") + 12 * ("more" in request.form))
    with database().reading() as session:
        return render_template(
            "county/purchase/new.html", lines=min(lines, 200),
            suppliers=[one for one in all_suppliers(session) if not one.retired],
            items=[item for item in all_items(session) if not item.retired], eans=barcodes(session),
            purse=money_left(session),
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Buy the goods and show the entry."""
    return act_on_form(PurchaseForm, buy_goods, again=new, prepare=scan_first)
