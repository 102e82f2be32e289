"""The journal 流水: a list with a filter, one entry, and its reversal."""

from typing import Any

from flask import Blueprint, g, render_template, request

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.erasure import erase_words, has_words
from ledger.operations.reversal import AskSupervisor, OwnEntry, reverse
from ledger.registers.households import households_by_number
from ledger.registers.lots import lots_by_code
from ledger.registers.rules import Rule
from ledger.reports.journal import Filter, entries_about, entry_page, journal, whole_journal
from ledger.reports.passbook import purses
from ledger.terms import EntryKind, Role
from ledger.web.acts import Page, act_on_button, act_on_form
from ledger.web.doors import may
from ledger.web.forms import Filled
from ledger.web.people import signed_in, today
from ledger.web.tables import page_number, paged, wants_csv
from schemas.entries import JournalFilter
from schemas.reversal import ReasonForm

blueprint = Blueprint("entry", __name__, url_prefix="/books/<book>/entries")
PER_PAGE = 50


@blueprint.get("")
def index(book: str) -> Page:
    """Show the newest entries, or those asked for; what of the question cannot be understood is said at its field."""
    understood, wrong = JournalFilter().read(request.args)
    meant = {name: value for name, value in understood.items() if value}
    asked, form = Filter(**understood), Filled(typed={**request.args.to_dict(), **meant}, errors=wrong)
    if wrong:
        return render_template("outlet/entry/index.html", form=form, kinds=list(EntryKind)), 422
    before = page_number("before", 10**12)
    with database().reading() as session:
        table = (
            whole_journal(session, book, asked) if wants_csv()
            else journal(session, book, asked, before=before, limit=PER_PAGE + 1)
        )
    return paged("outlet/entry/index.html", table, size=PER_PAGE, by="number", form=form, kinds=list(EntryKind))


@blueprint.get("/<int:number>")
def show(book: str, number: int) -> Page:
    """Show one entry: legs, words, whom it concerns with their points now, the reversal or who makes it."""
    with database().reading() as session:
        entry = entry_page(session, book, number)
        worded = may("entry.erasure", g.site) and has_words(session, book, number)
        facts, numbers = entry["facts"], households_in(entry)
        about = {
            "households": households_by_number(session, book, numbers).values(),
            # A redemption has a slip of its own, which tells them.
            "held": purses(session, book, numbers) if entry["kind"] != EntryKind.REDEMPTION else {},
            "lots": lots_by_code(session, sorted({leg["lot"] for leg in entry["postings"] if leg["lot"]})),
            "rule": session.get(Rule, (facts["rule"], facts.get("rule_version", 1))) if "rule" in facts else None,
        }
        same_day = county_day(session, entry["recorded_at"]) == today()
        is_donation, is_redemption = entry["kind"] == EntryKind.DONATION, entry["kind"] == EntryKind.REDEMPTION
        corrections = entries_about(session, book, number, EntryKind.CORRECTION) if is_redemption else []
        receipts = entries_about(session, book, number, EntryKind.RECEIPT_NUMBER) if is_donation else []
    return render_template(
        "outlet/entry/show.html", entry=entry, hindrance=hindrance(entry, same_day), corrections=corrections,
        receipts=receipts, worded=worded, **about,
    )


def households_in(entry: dict[str, Any]) -> list[str]:
    """Return the numbers of the households an entry names, or whose purses it moved."""
    accounts = [leg[side] for leg in entry["postings"] for side in ("source", "destination")]
    moved = {account.split(":")[1] for account in accounts if account.startswith("purse:")}
    return sorted(moved | {entry["household"]} - {None})


def hindrance(entry: dict[str, Any], same_day: bool) -> str | None:
    """Return why this person is not offered the reversal ("" where nobody needs telling), or None; the act decides."""
    if entry["reversed_by"] or entry["kind"] in (EntryKind.REVERSAL, EntryKind.CORRECTION, EntryKind.CLOSE):
        return ""
    own = entry["by"] == signed_in().name
    if signed_in().role == Role.KEEPER:
        return None if own and entry["kind"] == EntryKind.REDEMPTION and same_day else AskSupervisor.message
    if not may("entry.reversal", g.site):
        return ""
    return OwnEntry.message if own else None


@blueprint.post("/<int:number>/reversal")
def reversal(book: str, number: int) -> Page:
    """Reverse the entry and show the mirror."""
    return act_on_form(ReasonForm, reverse, number=number, again=show)


@blueprint.post("/<int:number>/erasure")
def erasure(book: str, number: int) -> Page:
    """Erase the words of the entry and show what is left."""
    return act_on_button(erase_words, number=number, again=show)
