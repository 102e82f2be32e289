"""More than a limit 超限审批: the keeper asks with the basket in hand, a second person decides."""

from typing import Any

from flask import Blueprint, g, render_template, url_for
from sqlmodel import Session

from ledger.db import database
from ledger.operations.limits import OverLimit, allow_override, ask_override, may_take_back
from ledger.registers.households import Household
from ledger.registers.items import items_by_code
from ledger.registers.limits import OVERRIDE, allowed_through, holds
from ledger.registers.requests import Request, request_of
from ledger.reports.counter import limits_left
from ledger.web.acts import Page, act_on_button, act_on_form, thing_shown
from ledger.web.forms import Filled
from ledger.web.people import signed_in, today
from ledger.web.tables import page_number
from schemas.limit import OverrideForm

blueprint = Blueprint("override", __name__, url_prefix="/books/<book>/overrides")


@blueprint.post("")
def create(book: str) -> Page:
    """Ask, and show the request."""
    return act_on_form(
        OverrideForm, ask_override, done=thing_shown,
        again=lambda **_: render_template("outlet/override/new.html"),
    )


@blueprint.get("/<int:n>")
def show(book: str, n: int) -> Page:
    """Show a request and what was decided, with what is left of the limits today."""
    with database().reading() as session:
        asked = request_of(session, book, n, kind=OVERRIDE)
        said = asked.lines()
        return render_template(
            "outlet/override/show.html", asked=asked, said=said,
            household=session.get_one(Household, (book, said["household"])),
            names=items_by_code(session),
            limits=limits_left(session, book, said["household"], today()), through=allowed_through(asked),
            holds=holds(asked, today()), mine=may_take_back(asked, signed_in()),
        )


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Allow the basket, as a second person."""
    return act_on_button(allow_override, request=n, done=url_for(".show", book=book, n=n), again=show)


def allowed_basket(session: Session) -> dict[str, Any]:
    """Return the basket that the request named in the address allows, as if it had been typed."""
    n = page_number("override")
    asked = session.get(Request, (g.site.code, n)) if n else None
    if asked is None or not holds(asked, today()):
        return {}
    said = asked.lines()
    lines = {str(place): {**line, "quantity": str(line["quantity"])} for place, line in enumerate(said["basket"])}
    return {"household": said["household"], "basket": lines, "override": str(n)}


def goes_beyond(form: Filled) -> bool:
    """Tell whether a basket was refused because of a limit, so that a second person may be asked."""
    return any(said.message == OverLimit.message for sentences in form.errors.values() for said in sentences)
