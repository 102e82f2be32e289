"""Home delivery 送货: whose signed slip is still out, the slip to print, and the slip noted when it is back."""

from flask import Blueprint, render_template, url_for

from ledger.db import database
from ledger.operations.delivery import note_slip
from ledger.registers.households import Household
from ledger.registers.printings import times_printed
from ledger.reports.carried_home import deliveries, delivery_of, slips_waiting
from ledger.reports.receipt import receipt
from ledger.web.acts import Page, act_on_form
from ledger.web.people import today
from ledger.web.tables import table_page
from schemas.delivery import SlipForm

blueprint = Blueprint("delivery", __name__, url_prefix="/books/<book>/deliveries")


@blueprint.get("")
def index(book: str) -> Page:
    """Show the deliveries, those first whose slip is still out."""
    return page(book)


def page(book: str, number: int = 0) -> Page:
    """Return the deliveries, with a form for each slip that is still out; `number` is the one that was filled in."""
    with database().reading() as session:
        table, waiting = deliveries(session, book, today()), slips_waiting(session, book, today())
    return table_page("outlet/delivery/index.html", table, waiting=waiting, filled=number)


@blueprint.post("/<int:number>/slip")
def note(book: str, number: int) -> Page:
    """Note that a slip is back."""
    return act_on_form(SlipForm, note_slip, number=number, done=url_for(".index", book=book), again=page)


@blueprint.get("/<int:number>/paper")
def paper(book: str, number: int) -> Page:
    """Show the slip that goes with the goods, in large figures, to be signed and brought back."""
    with database().reading() as session:
        told, delivery = receipt(session, book, number), delivery_of(session, book, number)
        household = session.get_one(Household, (book, told["household"]))
        times = times_printed(session, book, "delivery", [number])[number]
    return render_template(
        "outlet/delivery/paper.html", receipt=told, delivery=delivery, household=household, times=times
    )
