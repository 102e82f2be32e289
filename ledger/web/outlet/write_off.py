"""Write-offs 报损: spoilt goods are set aside by the keeper, and a second person disposes of them or puts them back."""

from flask import Blueprint, render_template, url_for

from ledger.db import database
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.registers.items import items_by_code
from ledger.registers.printings import times_printed
from ledger.reports.write_offs import to_write_off, write_off, write_offs
from ledger.terms import LossReason
from ledger.web.acts import Page, act_on_form, thing_shown
from ledger.web.forms import form_in_hand
from ledger.web.people import today
from ledger.web.tables import table_page
from ledger.web.words import say
from schemas.write_off import DisposalForm, WriteOffForm

blueprint = Blueprint("write_off", __name__, url_prefix="/books/<book>/write-offs")


@blueprint.get("")
def index(book: str) -> Page:
    """Show what has been set aside and what became of it."""
    with database().reading() as session:
        return table_page("outlet/write_off/index.html", write_offs(session, book))


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show what may be proposed: each lot is a line, what is sound stays blank."""
    with database().reading() as session:
        rows = to_write_off(session, book, today())
    return render_template(
        "outlet/write_off/new.html", reasons=[(reason, say(reason)) for reason in LossReason],
        lots=form_in_hand().placed("lines", rows, "item", "lot", "account"),
        expired=[row for row in rows if row["expired"]],
    )


@blueprint.post("")
def create(book: str) -> Page:
    """Set the goods aside and show the proposal."""
    return act_on_form(WriteOffForm, propose_write_off, done=thing_shown, again=new)


@blueprint.get("/<int:n>")
def show(book: str, n: int) -> Page:
    """Show a proposal, and what was decided about it."""
    return proposal_page("outlet/write_off/show.html", book, n)


def proposal_page(template: str, book: str, n: int) -> str:
    """Return one proposal as a page or as paper."""
    with database().reading() as session:
        names = items_by_code(session)
        told = write_off(session, book, n)
        number = (told["decided"] or told["asked"])["number"]
        times = times_printed(session, book, "write-off", [number])[number]
        return render_template(template, names=names, times=times, **told)


@blueprint.get("/<int:n>/paper")
def paper(book: str, n: int) -> Page:
    """Show the write-off decision to be printed and signed."""
    return proposal_page("outlet/write_off/paper.html", book, n)


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Write the goods off or put them back, as a second person."""
    return act_on_form(DisposalForm, decide_write_off, request=n, done=url_for(".show", book=book, n=n), again=show)
