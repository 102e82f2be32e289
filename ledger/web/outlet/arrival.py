"""Goods received and checked 调入验收: against the transfer note; differences wait for a second person."""

import re

from flask import Blueprint, g, render_template, request, url_for

from ledger.db import database
from ledger.errors import NotFound
from ledger.operations.arrival import accept_arrival, confirm_difference
from ledger.registers.register import can_be_asked
from ledger.registers.requests import request_of
from ledger.reports.journal import entry_page
from ledger.reports.stock import to_be_counted, was_counted
from ledger.reports.today import arrivals_waiting, notes_called
from ledger.terms import N_, EntryKind
from ledger.web.acts import Answer, Page, act_on_button, act_on_form, entry_shown
from ledger.web.forms import form_in_hand
from ledger.web.tables import page_number
from schemas.arrival import ArrivalForm

PLAIN = re.compile("[0-9]{1,9}")
blueprint = Blueprint("arrival", __name__, url_prefix="/books/<book>/arrivals")


@blueprint.get("")
def index(book: str) -> Page:
    """Show the transfer notes that have not wholly arrived."""
    with database().reading() as session:
        return render_template("outlet/arrival/index.html", notes=arrivals_waiting(session, book))


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show one transfer note to be checked against the goods; where all has been counted in, what is found over can
    still be written. Raises NotFound when nothing of it is on the road or was counted here.
    """
    form = form_in_hand({"from": request.args.get("from", ""), "dispatch": str(page_number("dispatch"))})
    typed = str(form.value("dispatch"))
    note = str(form.value("from")), int(typed) if PLAIN.fullmatch(typed) else 0
    with database().reading() as session:
        lines = to_be_counted(session, g.site.code, note) if all(map(can_be_asked, note)) else []
        left = any(line["quantity"] > 0 for line in lines)
        if not left and not form.errors and not (lines and was_counted(session, g.site.code, note)):
            raise NotFound(what=N_("transfer note"))
        called = notes_called(session, [(lines[0]["from"], lines[0]["dispatch"])] if lines else [])
        return render_template(
            "outlet/arrival/new.html", lines=form.placed("lines", lines, "item", "lot"), left=left,
            called=next(iter(called.values()), ""),
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Take the goods onto the shelf and show the entry, or the difference that waits for a second person."""

    def done(answer: Answer) -> str:
        if answer.get("request"):
            return url_for(".request", book=book, n=answer["request"])
        return entry_shown(answer)

    return act_on_form(ArrivalForm, accept_arrival, done=done, again=new)


@blueprint.get("/requests/<int:n>", endpoint="request")
def show_request(book: str, n: int) -> Page:
    """Show a difference and whether a second person has confirmed it."""
    with database().reading() as session:
        asked = request_of(session, book, n, kind=EntryKind.ARRIVAL_DIFFERENCE)
        arrived = entry_page(session, book, asked.lines()["arrival"])
        return render_template("outlet/arrival/request.html", asked=asked, said=asked.lines(), arrived=arrived)


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Book the difference, as a second person."""
    return act_on_button(confirm_difference, request=n, again=show_request)
