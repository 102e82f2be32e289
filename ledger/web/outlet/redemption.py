"""The counter 兑换: find the household, take the basket, show what the journal says."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.redemption import redeem
from ledger.registers.households import Household, search
from ledger.registers.register import can_be_asked
from ledger.reports.passbook import purses
from ledger.reports.receipt import receipt
from ledger.reports.stock import shelf
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.tables import as_csv, wants_csv
from schemas.fields import plain
from schemas.redemption import RedemptionForm

blueprint = Blueprint("redemption", __name__, url_prefix="/books/<book>/redemptions")


@blueprint.get("/new")
def new(book: str) -> ResponseReturnValue:
    """Show the search, and the counter for the household found."""
    return page(book, Filled(typed={"household": request.args.get("household", "")}))


def page(book: str, form: Filled) -> str:
    """Return the counter with what was typed."""
    asked = request.args.get("q", "").strip()
    with database().reading() as session:
        found = search(session, book, asked, limit=30, retired=False) if asked else []
        household = named(session, book, str(form.value("household"))) or (found[0] if len(found) == 1 else None)
        day = county_day(session, now())
        return render_template(
            "outlet/redemption/new.html", form=form, asked=asked, found=found, household=household, day=day,
            shelf=form.placed("basket", shelf(session, book, day), "item"), purses=purses_of(session, book, household),
        )


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
            "outlet/redemption/show.html", receipt=told, household=household, purses=now_held
        )
