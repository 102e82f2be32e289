"""Goods donated in 捐赠入库: lines like the paper slip."""

from flask import Blueprint, render_template, request, url_for

from ledger.db import database
from ledger.operations.donation import accept_donation
from ledger.operations.receipt_number import note_receipt
from ledger.registers.donors import all_donors
from ledger.registers.items import all_items
from ledger.registers.printings import times_printed
from ledger.reports.counter import barcodes
from ledger.reports.donation_slip import COPIES, donation_slip
from ledger.reports.journal import page_of
from ledger.reports.papers import capitals
from ledger.terms import COUNTY, N_, EntryKind, MoneySource
from ledger.web.acts import Page, act_on_form
from ledger.web.forms import form_in_hand
from ledger.web.scanning import scan_first
from ledger.web.words import translated, written
from schemas.donation import DonationForm, ReceiptNumberForm

blueprint = Blueprint("donation", __name__, url_prefix="/books/<book>/donations")
MONEY_LINES = range(900, 902)
"""The places of the lines for money, behind all lines for goods."""


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show an empty slip, or what was typed with a dozen lines more when that was asked for."""
    form = form_in_hand()
    goods = [place for place in form.lines("lines") if place not in MONEY_LINES]
    lines = max(8, max(goods, default=-1) + 1 + 12 * ("more" in request.form))
    form.called |= {f"lines-{place}": translated(N_("Money")) for place in MONEY_LINES}
    with database().reading() as session:
        return render_template(
            "outlet/donation/new.html", lines=min(lines, 200),
            donors=[(one.code, written(one.code, "donor")) for one in all_donors(session) if not one.retired],
            items=[item for item in all_items(session) if not item.retired], eans=barcodes(session),
            sources=list(MoneySource), valued=book == COUNTY, money_lines=MONEY_LINES if book == COUNTY else (),
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Take the goods in and show the entry."""
    return act_on_form(DonationForm, accept_donation, again=new, prepare=scan_first)


@blueprint.get("/<int:number>/paper")
def paper(book: str, number: int) -> Page:
    """Show the slip in its three copies, to be printed and signed."""
    with database().reading() as session:
        return render_template(
            "outlet/donation/paper.html", slip=donation_slip(session, book, number), copies=COPIES, capitals=capitals,
            times=times_printed(session, book, "donation-slip", [number])[number],
        )


@blueprint.get("/<int:number>/receipt")
def receipt(book: str, number: int) -> Page:
    """Ask for the numbers of the official receipt of a donation. Raises NotFound."""
    with database().reading() as session:
        entry = page_of(session, book, number, EntryKind.DONATION, what=N_("donation"))
    return render_template("outlet/donation/receipt.html", entry=entry)


@blueprint.post("/<int:number>/receipt")
def note(book: str, number: int) -> Page:
    """Note the official receipt and show the donation."""
    done = url_for("entry.show", book=book, number=number)
    return act_on_form(ReceiptNumberForm, note_receipt, number=number, done=done, again=receipt)
