"""Deeds 好事记录: the group's reporter records them, the next meeting decides."""

from datetime import date, timedelta

from flask import Blueprint, render_template, url_for
from sqlmodel import Session

from ledger.db import database
from ledger.operations.deed import drop_deed, record_deed
from ledger.operations.erasure import erase_deed
from ledger.registers.deeds import proposed_deeds
from ledger.registers.households import search
from ledger.registers.rules import Rule, rules_on
from ledger.reports.deeds import deeds
from ledger.terms import Purse
from ledger.web.acts import Page, act_on_button, act_on_form
from ledger.web.people import today
from ledger.web.tables import seen_table, table_page
from schemas.deed import DeedErasureForm, DeedForm

blueprint = Blueprint("deed", __name__, url_prefix="/books/<book>/deeds")


@blueprint.get("")
def index(book: str) -> Page:
    """Show what was recorded and what became of it."""
    with database().reading() as session:
        table = seen_table(deeds(session, book))
        return table_page("outlet/deed/index.html", table, waiting=proposed_deeds(session, book))


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show an empty form."""
    with database().reading() as session:
        rules = [rule for rule in offered_rules(session, book, today()).values() if rule.purse == Purse.MERIT]
        households = search(session, book, limit=500, retired=False)
    return render_template("outlet/deed/new.html", rules=rules, households=households)


def offered_rules(session: Session, book: str, day: date) -> dict[str, Rule]:
    """Return the rules in force on a day or since the first of the last month, and since the oldest deed that waits."""
    last_month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    waiting = (deed.occurred_on for deed in proposed_deeds(session, book))
    return rules_on(session, day, since=min([last_month, *waiting]))


@blueprint.post("")
def create(book: str) -> Page:
    """Record a deed."""
    return act_on_form(DeedForm, record_deed, done=url_for(".index", book=book), again=new)


@blueprint.post("/<int:n>/drop")
def drop(book: str, n: int) -> Page:
    """Drop a deed recorded by mistake."""
    return act_on_button(drop_deed, deed=n, done=url_for(".index", book=book), again=lambda **_: index(book))


@blueprint.post("/erasure")
def erasure(book: str) -> Page:
    """Erase the words of a deed."""
    return act_on_form(DeedErasureForm, erase_deed, done=url_for(".index", book=book), again=index)
