"""The counter 兑换: find the household, take the basket, show what the journal says."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.redemption import redeem
from ledger.registers.households import Household, search
from ledger.registers.policy import policies
from ledger.registers.proxies import proxies_of, to_be_asked
from ledger.registers.register import can_be_asked
from ledger.reports.counter import group_of, groups_of, visits_on
from ledger.reports.limits import limits_left
from ledger.reports.passbook import purses
from ledger.reports.receipt import receipt
from ledger.reports.stock import shelf
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.outlet.override import allowed_basket, goes_beyond
from ledger.web.people import now
from ledger.web.tables import as_csv, page_number, wants_csv
from schemas.fields import plain
from schemas.redemption import RedemptionForm

blueprint = Blueprint("redemption", __name__, url_prefix="/books/<book>/redemptions")
LONGEST = 40
"""How much of what was typed into the search is looked for: no name and no number is longer."""


@blueprint.get("/new")
def new(book: str) -> ResponseReturnValue:
    """Show the search, and the counter for the household found."""
    with database().reading() as session:
        allowed = allowed_basket(session)
    return page(book, Filled(typed={"household": request.args.get("household", ""), **allowed}))


def page(book: str, form: Filled) -> str:
    """Return the counter with what was typed."""
    asked = request.args.get("q", "").strip()[:LONGEST]
    with database().reading() as session:
        found = search(session, book, asked, limit=30, retired=False) if asked else []
        household = named(session, book, str(form.value("household"))) or (found[0] if len(found) == 1 else None)
        day = county_day(session, now())
        group = page_number("group")
        around = spending(session, book, day) if household else group_list(session, book, group)
        return render_template(
            "outlet/redemption/new.html", form=form, asked=asked, found=found, household=household, day=day,
            visits=visits_on(session, book, day), **around,
            shelf=form.placed("basket", shelf(session, book, day), "item"), purses=purses_of(session, book, household),
            **collecting(session, book, household),
            limits=limits_left(session, book, household.number, day) if household else [], beyond=goes_beyond(form),
        )


def group_list(session: Session, book: str, group: int) -> dict[str, Any]:
    """Return what stands beside the search: all groups, and the households of one to be tapped."""
    return {"groups": groups_of(session, book), "group": group, "taps": group_of(session, book, group)}


def spending(session: Session, book: str, day: date) -> dict[str, Any]:
    """Return how purses are emptied here, so that the page can show what each will hold."""
    return dict(policies(session, book, ("spending_order", "support_beside_merit"), day))


def collecting(session: Session, book: str, household: Household | None) -> dict[str, Any]:
    """Return who collects for the household at the counter, and the last collection if nobody has asked about it."""
    if household is None:
        return {}
    proxies, last = proxies_of(session, book, household.number), to_be_asked(session, book, household.number)
    names = {one.code: one.name for one in proxies}
    return {
        "proxies": proxies,
        "collected": {"by": names.get(last.code, last.code), "day": last.day} if last else None,
    }


def named(session: Session, book: str, number: str) -> Household | None:
    """Return the household a number names, typed in whichever way; None if there is none."""
    number = plain(number).upper()
    return session.get(Household, (book, number)) if can_be_asked(number) else None


def purses_of(session: Session, book: str, household: Household | None) -> dict[str, int]:
    """Return what the purses of the household at the counter hold."""
    return purses(session, book, [household.number])[household.number] if household else {}


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Redeem the basket and show the receipt."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, number=answer["number"])

    return act_on_form(RedemptionForm, redeem, book=book, done=done, again=lambda form: page(book, form))


@blueprint.get("/<int:number>")
def show(book: str, number: int) -> ResponseReturnValue:
    """Show the receipt, read back from the journal."""
    with database().reading() as session:
        told = receipt(session, book, number)
        if wants_csv():
            return as_csv(told["goods"], prefix=f"{book}-{number}")
        household = session.get_one(Household, (book, told["household"]))
        now_held = purses(session, book, [household.number])[household.number]
        return render_template(
            "outlet/redemption/show.html", receipt=told, household=household, purses=now_held,
        )
