"""Home delivery 送货: whose signed slip is still out, the slip to print, and the slip noted when it is back."""

from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.delivery import note_slip
from ledger.registers.households import Household
from ledger.reports.carried_home import deliveries, delivery_of, slips_waiting
from ledger.reports.receipt import receipt
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.tables import table_page
from schemas.delivery import SlipForm

blueprint = Blueprint("delivery", __name__, url_prefix="/books/<book>/deliveries")


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show the deliveries, those first whose slip is still out."""
    return page(Filled())


def page(form: Filled, number: int = 0) -> ResponseReturnValue:
    """Return the deliveries, with a form for each slip that is still out; `number` is the one that was filled in."""
    with database().reading() as session:
        day = county_day(session, now())
        table, waiting = deliveries(session, g.site.code, day), slips_waiting(session, g.site.code, day)
    return table_page(
        "outlet/delivery/index.html", table, prefix=g.site.code, waiting=waiting, day=day, form=form, filled=number,
    )


@blueprint.post("/<int:number>/slip")
def note(book: str, number: int) -> ResponseReturnValue:
    """Note that a slip is back."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".index", book=book)

    return act_on_form(
        SlipForm, note_slip, book=book, number=number, done=done, again=lambda form: page(form, number)
    )


@blueprint.get("/<int:number>/paper")
def paper(book: str, number: int) -> ResponseReturnValue:
    """Show the slip that goes with the goods, in large figures, to be signed and brought back."""
    with database().reading() as session:
        told, delivery = receipt(session, book, number), delivery_of(session, book, number)
        household = session.get_one(Household, (book, told["household"]))
    return render_template(
        "outlet/delivery/paper.html", receipt=told, delivery=delivery, household=household, printed_at=now(),
    )
