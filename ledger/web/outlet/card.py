"""Household cards 农户卡, ten on a sheet, and the code on them that opens the household's page where it wants one."""

import hmac
import re
from base64 import urlsafe_b64encode
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from sqlmodel import Session

from ledger.db import database
from ledger.exports.bars import card_bars, drawn, qr_squares
from ledger.operations.household_page import switch_page
from ledger.registers.household_pages import page_of
from ledger.registers.households import Household, households_by_number
from ledger.registers.passwords import token_digest
from ledger.registers.register import can_be_asked
from ledger.reports.counter import group_of, groups_of
from ledger.terms import HouseholdStatus
from ledger.web.acts import Page, act_on_form
from ledger.web.outlet import household
from ledger.web.tables import page_number
from schemas.fields import plain
from schemas.household_page import OwnPageForm

blueprint = Blueprint("card", __name__, url_prefix="/books/<book>")
MOST = 100
"""How many households are named at the most; a group may have more."""
LONGEST = 10
"""Signs of a number whose bars are still wide enough for every scanner."""


def code_of(seed: str) -> str:
    """Return the code of a page, 144 bits, worked out from the service's secret: so it need not be kept anywhere."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return urlsafe_b64encode(hmac.digest(secret, f"household page {seed}".encode(), "sha256")[:18]).decode()


@blueprint.post("/households/<number>/page")
def switch(book: str, number: str) -> Page:
    """Open the household's page to a new code, or shut it."""
    digest = token_digest(code_of(request.form.get("key", "")))
    return act_on_form(
        OwnPageForm, switch_page, household=number, digest=digest, again=household.show,
        done=url_for("household.show", book=book, number=number),
    )


@blueprint.get("/cards")
def index(book: str) -> Page:
    """Ask for which households cards are printed."""
    return choose(book)


def choose(book: str, nobody: bool = False) -> str:
    """Return the page that asks for households; `nobody` says that none was meant by what was asked for."""
    with database().reading() as session:
        return render_template("outlet/card/index.html", groups=groups_of(session, book), nobody=nobody)


@blueprint.get("/cards/paper")
def paper(book: str) -> Page:
    """Show the cards of a group, or of the households named, ten on a sheet."""
    group = page_number("group")
    with database().reading() as session:
        named = group_of(session, book, group) if group else households_named(session, book)
        cards = [card_of(session, one) for one in named if one.status != HouseholdStatus.CLOSED and not one.retired]
    if not cards:
        return choose(book, nobody=True)
    sheets = [cards[start : start + 10] for start in range(0, len(cards), 10)]
    return render_template("outlet/card/paper.html", sheets=sheets, lost=[one for one in cards if one["lost"]])


def households_named(session: Session, book: str) -> list[Household]:
    """Return the households whose numbers were typed, in that order, each once."""
    typed = dict.fromkeys(re.findall(r"[A-Z0-9-]+", plain(request.args.get("households", "")).upper()))
    numbers = [number for number in typed if can_be_asked(number)][:MOST]
    found = households_by_number(session, book, numbers)
    return [found[number] for number in numbers if number in found]


def card_of(session: Session, household: Household) -> dict[str, Any]:
    """Return what stands on a card; `lost` says that the service's secret has changed and its code is not known."""
    opened = page_of(session, household)
    code = code_of(opened.seed) if opened else ""
    lost = opened is not None and opened.digest != token_digest(code)
    squares = qr_squares(url_for("own_page.show", code=code, _external=True)) if opened and not lost else []
    number = household.card or household.number
    bars = card_bars(number) if len(number) <= LONGEST else ""
    return {
        "household": household, "size": len(squares), "squares": drawn(squares), "lost": lost, "width": len(bars),
        "bars": drawn([bars]),
    }
