"""Claw-back 追回: proposed after a re-visit, told to the household, confirmed by a second person."""


from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.errors import NotFound
from ledger.journal import county_day
from ledger.operations.claw_back import confirm_claw_back, propose_claw_back
from ledger.registers.holidays import days_of
from ledger.registers.households import Household
from ledger.registers.objections import objections_to_claw_back
from ledger.registers.register import find
from ledger.registers.requests import Request
from ledger.reports.journal import entry_page
from ledger.reports.objections import claw_backs, claw_backs_waiting
from ledger.terms import EntryKind
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.tables import table_page
from schemas.arrival import ConfirmationForm
from schemas.claw_back import ClawBackForm

blueprint = Blueprint("claw_back", __name__, url_prefix="/books/<book>/claw-backs")
OFFERED = ("household", "purse", "points", "credit")


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show what is proposed and what was taken back; the page of a credit offers itself."""
    return page(Filled(typed={name: request.args[name] for name in OFFERED if name in request.args}))


def page(form: Filled) -> ResponseReturnValue:
    """Return the page with what was typed."""
    book = g.site.code
    with database().reading() as session:
        day = county_day(session, now())
        return table_page(
            "outlet/claw_back/index.html", claw_backs(session, book), prefix=book, form=form, day=day,
            waiting=claw_backs_waiting(session, book, day), hangs=days_of(session, book, "claw_back_days", day),
        )


@blueprint.get("/<int:n>/paper")
def paper(book: str, n: int) -> ResponseReturnValue:
    """Show the notice the household is given and that hangs on the board, to be printed."""
    with database().reading() as session:
        asked = find(session, Request, book, n)
        if asked.kind != EntryKind.CLAW_BACK:
            raise NotFound(what=Request.word)
        said = asked.lines()
        return render_template(
            "outlet/claw_back/paper.html", asked=asked, said=said, told_by=entry_page(session, book, said["notice"]),
            household=session.get_one(Household, (book, said["household"])), printed_at=now(),
            objections=objections_to_claw_back(session, book, n),
            taken=entry_page(session, book, asked.number) if asked.number else None,
        )


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Put the proposal on the board and before the second person."""
    home = url_for(".index", book=book)
    return act_on_form(ClawBackForm, propose_claw_back, book=book, done=lambda _: home, again=page)


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> ResponseReturnValue:
    """Take the points back, as a second person."""
    return act_on_form(ConfirmationForm, confirm_claw_back, book=book, request=n, again=page)
