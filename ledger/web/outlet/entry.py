"""The journal 流水: a list with a filter, one entry, and its reversal."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.erasure import erase_words
from ledger.operations.reversal import reverse
from ledger.registers.items import all_items
from ledger.reports.journal import Filter, entry_page, journal, whole_journal
from ledger.terms import EntryKind, Role
from ledger.web.acts import act_on_form
from ledger.web.doors import may
from ledger.web.forms import Filled
from ledger.web.people import now, signed_in
from ledger.web.tables import as_csv, first_page, page_number, wants_csv
from schemas.arrival import ConfirmationForm
from schemas.entries import JournalFilter
from schemas.reversal import ReversalForm

blueprint = Blueprint("entry", __name__, url_prefix="/books/<book>/entries")
PER_PAGE = 50


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show the newest entries, or those asked for."""
    asked = Filter(**JournalFilter().understood(request.args))
    with database().reading() as session:
        if wants_csv():
            return as_csv(whole_journal(session, book, asked), prefix=book)
        before = page_number("before", 10**12)
        table = journal(session, book, asked, before=before, limit=PER_PAGE + 1)
    table, last = first_page(table, PER_PAGE)
    older = last["number"] if last else None
    return render_template("outlet/entry/index.html", table=table, asked=asked, older=older, kinds=list(EntryKind))


@blueprint.get("/<int:number>")
def show(book: str, number: int) -> ResponseReturnValue:
    """Show one entry."""
    return page(book, number, Filled())


def page(book: str, number: int, form: Filled) -> str:
    """Return one entry's page with its legs, words, and the reversal, where this person may make it."""
    with database().reading() as session:
        entry = entry_page(session, book, number)
        names = {item.code: item for item in all_items(session)}
        same_day = county_day(session, entry["recorded_at"]) == county_day(session, now())
    return render_template(
        "outlet/entry/show.html", entry=entry, form=form, names=names, reversible=may_reverse(entry, same_day)
    )


def may_reverse(entry: dict[str, Any], same_day: bool) -> bool:
    """Tell whether to offer the reversal; the operation decides."""
    if entry["reversed_by"] or entry["kind"] in (EntryKind.REVERSAL, EntryKind.CLOSE):
        return False
    own = entry["by"] == signed_in().name
    if signed_in().role == Role.KEEPER:
        return own and entry["kind"] == EntryKind.REDEMPTION and same_day
    return may("entry.reversal", g.site) and not own


@blueprint.post("/<int:number>/reversal")
def reversal(book: str, number: int) -> ResponseReturnValue:
    """Reverse the entry and show the mirror."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, number=answer["number"])

    return act_on_form(
        ReversalForm, reverse, book=book, number=number, done=done, again=lambda form: page(book, number, form)
    )


@blueprint.post("/<int:number>/erasure")
def erasure(book: str, number: int) -> ResponseReturnValue:
    """Erase the words of the entry and show what is left."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, number=answer["number"])

    return act_on_form(
        ConfirmationForm, erase_words, book=book, number=number, done=done, again=lambda form: page(book, number, form)
    )
