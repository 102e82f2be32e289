"""Households 农户: the list with its search, one household with its passbook, and keeping the register."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from ledger.db import database
from ledger.operations.erasure import erase_former, has_former
from ledger.operations.register import amend, enter, put_away
from ledger.registers.household_pages import page_of
from ledger.registers.households import Household
from ledger.registers.register import changes_of, find
from ledger.registers.successors import successor_of
from ledger.reports.passbook import households, not_yet_credited, passbook, passbook_rows, purses
from ledger.web.acts import Page, act_on_button, act_on_form
from ledger.web.doors import may
from ledger.web.forms import over_line
from ledger.web.seeing import sees_names
from ledger.web.tables import paged, seen_table, table_page, wants_csv
from schemas.registers import HouseholdForm, RetireForm

blueprint = Blueprint("household", __name__, url_prefix="/books/<book>/households")
PER_PAGE = 100
ON_PAPER = 12
"""Lines of the passbook that fit on a page in large letters."""


@blueprint.get("")
def index(book: str) -> Page:
    """Show the households found, or all of them by number."""
    asked = request.args.get("q", "").strip()[:40]
    after = request.args.get("after", "")[:24]
    with database().reading() as session:
        limit = 100_000 if wants_csv() else PER_PAGE + 1
        table = seen_table(households(session, book, asked, after=after, limit=limit))
    return paged("outlet/household/index.html", table, size=PER_PAGE, by="number", asked=asked)


@blueprint.get("/<number>")
def show(book: str, number: str) -> Page:
    """Show one household: purses, passbook, and who changed what in the register."""
    with database().reading() as session:
        household = find(session, Household, book, number)
        return table_page(
            "outlet/household/show.html", passbook(session, book, number, limit=100_000 if wants_csv() else 200),
            of=number, household=household,
            purses=purses(session, book, [number])[number], to_come=not_yet_credited(session, book, number),
            changes=changes_of(session, household) if sees_names() else [],
            former=may("household.erasure", g.site) and has_former(session, household),
            opened=page_of(session, household) is not None, heir=successor_of(session, household),
        )


@blueprint.get("/<number>/paper")
def paper(book: str, number: str) -> Page:
    """Show the household's balance in large figures, with or without the last lines, to be printed."""
    lines = 0 if request.args.get("only") == "balance" else ON_PAPER
    with database().reading() as session:
        household = find(session, Household, book, number)
        return render_template(
            "outlet/household/paper.html", household=household, purses=purses(session, book, [number])[number],
            lines=passbook_rows(session, book, number, limit=lines) if lines else [],
        )


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show an empty line of the register."""
    return render_template("outlet/household/edit.html", household=None, book=book)


@blueprint.post("")
def create(book: str) -> Page:
    """Take a household in."""
    return act_on_form(HouseholdForm, enter, register="households", under="values", done=shown, again=new)


def shown(answer: dict[str, Any]) -> str:
    """Return the address of the household a form was about."""
    book, number = answer["key"]
    return url_for("household.show", book=book, number=number)


@blueprint.get("/<number>/edit")
def edit(book: str, number: str) -> Page:
    """Show a household's line to be changed. Raises NotFound."""
    with database().reading() as session:
        household = find(session, Household, book, number)
    over_line(HouseholdForm, household)
    return render_template("outlet/household/edit.html", household=household, book=book)


@blueprint.post("/<number>")
def change(book: str, number: str) -> Page:
    """Change a household's line."""
    return act_on_form(
        HouseholdForm, amend, register="households", of=[book, number], under="values", done=shown, again=edit
    )


@blueprint.post("/<number>/retirement")
def retire(book: str, number: str) -> Page:
    """Retire a household's line, or use it again."""
    return act_on_form(RetireForm, put_away, register="households", of=[book, number], done=shown, again=edit)


@blueprint.post("/<number>/erasure")
def erasure(book: str, number: str) -> Page:
    """Erase what the line said before of the household's people."""
    return act_on_button(erase_former, household=number, done=shown, again=show)
