"""Proposals 待办事项: a second person declines one, with a reason, on whatever page it stands; words are erased."""

from flask import Blueprint, render_template, url_for

from ledger.db import database
from ledger.operations.declining import decline as decline_request
from ledger.operations.erasure import erase_refusal
from ledger.registers.limits import OVERRIDE
from ledger.registers.paper_lines import PAPER_LINE
from ledger.registers.register import find
from ledger.registers.requests import FELL, Request, fallen_requests
from ledger.terms import EntryKind
from ledger.web.acts import Answer, Page, act_on_button, act_on_form
from schemas.reversal import ReasonForm

blueprint = Blueprint("request", __name__, url_prefix="/books/<book>/requests")
PAGES = {
    EntryKind.ARRIVAL_DIFFERENCE: "arrival.request", EntryKind.CORRECTION: "correction.request",
    EntryKind.HOUSEHOLD: "life.request", OVERRIDE: "override.show", PAPER_LINE: "paper_day.request_shown",
}
"""By kind the page of a proposal, if it has one of its own."""


@blueprint.get("")
def index(book: str) -> Page:
    """Show what was declined or withdrawn, with the words kept of it."""
    with database().reading() as session:
        return render_template("outlet/request/index.html", fallen=fallen_requests(session, book))


@blueprint.post("/<int:n>/erasure")
def erasure(book: str, n: int) -> Page:
    """Erase the words of one, and show what is left."""

    def done(_: Answer) -> str:
        asked = proposal(book, n)
        return url_for(".index", book=book) if asked.status in FELL else url_for(PAGES[asked.kind], book=book, n=n)

    return act_on_button(erase_refusal, request=n, done=done, again=lambda **_: index(book))


@blueprint.post("/<int:n>/refusal")
def decline(book: str, n: int) -> Page:
    """Decline it, and show it with the reason."""

    def done(_: Answer) -> str:
        page = PAGES.get(proposal(book, n).kind)
        return url_for(page, book=book, n=n) if page else url_for("today.show", book=book)

    return act_on_form(
        ReasonForm, decline_request, request=n, done=done,
        again=lambda **_: render_template("outlet/request/decline.html", asked=proposal(book, n)),
    )


def proposal(book: str, n: int) -> Request:
    """Return one proposal."""
    with database().reading() as session:
        return find(session, Request, book, n)
