"""Deeds 好事记录: the group's reporter records them, the next meeting decides."""

from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.deed import drop_deed, record_deed
from ledger.operations.erasure import erase_deed
from ledger.registers.deeds import proposed_deeds
from ledger.registers.households import search
from ledger.reports.deeds import deeds
from ledger.terms import Purse
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.outlet.offered import offered_rules
from ledger.web.people import now
from ledger.web.seeing import seen_table
from ledger.web.tables import as_csv, wants_csv
from schemas.deed import DeedErasureForm, DeedForm
from schemas.registers import ButtonForm

blueprint = Blueprint("deed", __name__, url_prefix="/books/<book>/deeds")


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show what was recorded and what became of it."""
    return deeds_shown(Filled())


def deeds_shown(form: Filled) -> ResponseReturnValue:
    """Return the list, or the same as a file."""
    book = g.site.code
    with database().reading() as session:
        table, waiting = seen_table(deeds(session, book), leaving=wants_csv()), proposed_deeds(session, book)
    if wants_csv():
        return as_csv(table, prefix=book)
    return render_template("outlet/deed/index.html", table=table, waiting=waiting, form=form)


@blueprint.get("/new")
def new(book: str) -> ResponseReturnValue:
    """Show an empty form."""
    return page(Filled())


def page(form: Filled) -> str:
    """Return the form with what was typed."""
    with database().reading() as session:
        day = county_day(session, now())
        rules = [rule for rule in offered_rules(session, g.site.code, day).values() if rule.purse == Purse.MERIT]
        return render_template(
            "outlet/deed/new.html", form=form, day=day, rules=rules,
            households=search(session, g.site.code, limit=500, retired=False),
        )


def back(answer: dict[str, Any]) -> str:
    """Return the address of the list."""
    return url_for(".index", book=answer["book"])


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Record a deed."""
    return act_on_form(DeedForm, record_deed, book=book, done=back, again=page)


@blueprint.post("/<int:n>/drop")
def drop(book: str, n: int) -> ResponseReturnValue:
    """Drop a deed recorded by mistake."""
    return act_on_form(ButtonForm, drop_deed, book=book, deed=n, done=back, again=deeds_shown)


@blueprint.post("/erasure")
def erasure(book: str) -> ResponseReturnValue:
    """Erase the words of a deed."""
    return act_on_form(DeedErasureForm, erase_deed, book=book, done=back, again=deeds_shown)
