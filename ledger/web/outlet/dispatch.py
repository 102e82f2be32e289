"""Sending goods 调出: a transfer note for another site."""

from flask import Blueprint, render_template, url_for

from ledger.db import database
from ledger.operations.dispatch import send_goods
from ledger.registers.printings import times_printed
from ledger.registers.sites import all_sites
from ledger.reports.stock import on_the_road, stock_rows
from ledger.reports.transfer_note import transfer_notes
from ledger.web.acts import Page, act_on_form
from ledger.web.forms import form_in_hand
from ledger.web.people import today
from schemas.dispatch import DispatchForm

blueprint = Blueprint("dispatch", __name__, url_prefix="/books/<book>/dispatches")


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show the shelf as a transfer note to be filled in: each lot is a line, what is not sent stays blank."""
    with database().reading() as session:
        return render_template(
            "outlet/dispatch/new.html",
            lots=form_in_hand().placed("lines", stock_rows(session, book, today()), "item", "lot"),
            sites=[site for site in all_sites(session) if site.code != book and not site.retired],
            road=on_the_road(session, sender=book),
        )


@blueprint.get("/<int:number>/paper")
def paper(book: str, number: int) -> Page:
    """Show a transfer note to be printed and signed at the truck and at the door."""
    with database().reading() as session:
        return render_template(
            "outlet/dispatch/paper.html", notes=transfer_notes(session, book, [number]),
            back=url_for("entry.show", book=book, number=number), print_as=("transfer-note", number),
            times=times_printed(session, book, "transfer-note", [number]),
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Send the goods and show the entry."""
    return act_on_form(DispatchForm, send_goods, again=new)
