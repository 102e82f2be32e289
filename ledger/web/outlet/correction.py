"""Correction 更正: what became of goods redeemed by mistake, a second person's yes, and the slip with both versions."""

from flask import Blueprint, render_template, url_for

from ledger.db import database
from ledger.operations.correction import confirm_correction, correct
from ledger.registers.households import Household
from ledger.registers.items import all_items, items_by_code
from ledger.registers.printings import times_printed
from ledger.registers.requests import request_of
from ledger.reports.corrections import correction_slip, goods_left
from ledger.reports.receipt import receipt
from ledger.terms import EntryKind
from ledger.web.acts import Answer, Page, act_on_button, act_on_form
from ledger.web.forms import form_in_hand
from ledger.web.tables import as_csv, wants_csv
from schemas.correction import CorrectionForm

blueprint = Blueprint("correction", __name__, url_prefix="/books/<book>")
FEWEST_LINES = 4
"""How many lines for the goods that were meant the page shows at the least."""


@blueprint.get("/entries/<int:number>/correction")
def new(book: str, number: int) -> Page:
    """Ask what became of the goods."""
    form = form_in_hand()
    with database().reading() as session:
        goods = goods_left(session, book, number)
        told = receipt(session, book, number)
        return render_template(
            "outlet/correction/new.html", receipt=told, goods=form.placed("lines", goods, "item", "lot"),
            household=session.get_one(Household, (book, told["household"])),
            items=[item for item in all_items(session) if not item.retired],
            rows=max(FEWEST_LINES, form.rows("right-basket") + 1),
        )


@blueprint.post("/entries/<int:number>/correction")
def create(book: str, number: int) -> Page:
    """Correct the entry and show the slip, or put it before a second person."""
    return act_on_form(
        CorrectionForm, correct, number=number, again=new,
        done=lambda answer: url_for(".request", book=book, n=answer["n"]) if answer.get("n") else slip_of(answer),
    )


def slip_of(answer: Answer) -> str:
    """Return the address of the slip of a correction."""
    return url_for(".show", book=answer["book"], number=answer["number"])


@blueprint.get("/corrections/<int:number>")
def show(book: str, number: int) -> Page:
    """Show the slip: as it was booked, and as it is right."""
    with database().reading() as session:
        slip = correction_slip(session, book, number)
        if wants_csv():
            return as_csv(slip["table"], of=number)
        people = {
            version["household"]: session.get_one(Household, (book, version["household"]))
            for version in (slip["wrong"], slip["right"]) if version
        }
        times = times_printed(session, book, "correction", [number])[number]
    return render_template("outlet/correction/show.html", slip=slip, people=people, times=times)


@blueprint.get("/corrections/requests/<int:n>", endpoint="request")
def show_request(book: str, n: int) -> Page:
    """Show a correction that was asked for, and whether a second person has made it. Raises NotFound."""
    with database().reading() as session:
        asked = request_of(session, book, n, kind=EntryKind.CORRECTION)
        said = asked.lines()
        lines = said["lines"] if said["lines"] is not None else goods_left(session, book, said["number"])
        names = items_by_code(session)
        return render_template("outlet/correction/request.html", asked=asked, said=said, lines=lines, names=names)


@blueprint.post("/corrections/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Make the correction as it was asked for, as a second person."""
    return act_on_button(confirm_correction, request=n, done=slip_of, again=show_request)
