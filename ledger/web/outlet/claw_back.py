"""Claw-back 追回: proposed after a re-visit, told to the household, confirmed by a second person."""

from flask import Blueprint, render_template, request, url_for

from ledger.db import database
from ledger.operations.claw_back import confirm_claw_back, propose_claw_back
from ledger.registers.holidays import days_of
from ledger.registers.households import Household
from ledger.registers.objections import objections_to_claw_back
from ledger.registers.printings import times_printed
from ledger.registers.requests import request_of
from ledger.reports.journal import entry_page
from ledger.reports.objections import claw_backs, claw_backs_waiting
from ledger.terms import EntryKind
from ledger.web.acts import Page, act_on_button, act_on_form
from ledger.web.forms import form_in_hand
from ledger.web.people import today
from ledger.web.tables import table_page
from schemas.claw_back import ClawBackForm

blueprint = Blueprint("claw_back", __name__, url_prefix="/books/<book>/claw-backs")
OFFERED = ("household", "purse", "points", "credit")


@blueprint.get("")
def index(book: str, n: int = 0) -> Page:
    """Show what is proposed and what was taken back; the page of a credit offers itself. `n` is the proposal whose
    confirmation was refused just now.
    """
    form_in_hand({name: request.args[name] for name in OFFERED if name in request.args})
    with database().reading() as session:
        return table_page(
            "outlet/claw_back/index.html", claw_backs(session, book),
            waiting=claw_backs_waiting(session, book, today()), confirming=n,
            hangs=days_of(session, book, "claw_back_days", today()),
        )


@blueprint.get("/<int:n>/paper")
def paper(book: str, n: int) -> Page:
    """Show the notice the household is given and that hangs on the board, to be printed."""
    with database().reading() as session:
        asked = request_of(session, book, n, kind=EntryKind.CLAW_BACK)
        said, times = asked.lines(), times_printed(session, book, "claw-back", [n])[n]
        return render_template(
            "outlet/claw_back/paper.html", asked=asked, said=said, times=times,
            told_by=entry_page(session, book, said["notice"]),
            household=session.get_one(Household, (book, said["household"])),
            objections=objections_to_claw_back(session, book, n),
            taken=entry_page(session, book, asked.number) if asked.number else None,
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Put the proposal on the board and before the second person."""
    return act_on_form(ClawBackForm, propose_claw_back, done=url_for(".index", book=book), again=index)


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Take the points back, as a second person."""
    return act_on_button(confirm_claw_back, request=n, again=index)
