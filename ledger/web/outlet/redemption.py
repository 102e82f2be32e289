"""The counter 兑换: find the household, take the basket, show what the journal says."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlmodel import Session

from ledger.db import database
from ledger.operations.redemption import redeem
from ledger.registers.households import Household, how_many, last_taken, search
from ledger.registers.items import Item, item_of_ean
from ledger.registers.policy import policies, policy
from ledger.registers.proxies import proxies_of, to_be_asked
from ledger.registers.purses import left_after, spendable
from ledger.registers.register import can_be_asked
from ledger.registers.signing import Line, line_of, number_of
from ledger.reports.counter import barcodes, group_of, groups_of, limits_left, staff_at, visits_on
from ledger.reports.needs import not_there
from ledger.reports.passbook import purses
from ledger.reports.receipt import receipt
from ledger.reports.stock import shelf
from ledger.terms import Sentence
from ledger.web.acts import Page, act_on_form
from ledger.web.forms import KEY_FORM, NOT_YET, Filled, filled_in, form_in_hand, nested
from ledger.web.outlet.override import allowed_basket, goes_beyond
from ledger.web.people import today
from ledger.web.tables import page_number, table_page
from schemas.fields import plain
from schemas.redemption import RedemptionForm

blueprint = Blueprint("redemption", __name__, url_prefix="/books/<book>/redemptions")
BESIDE_THE_BASKET = ("q", "enter", "find", "need")
LONGEST = 40
"""How much of what was typed into the search is looked for: no name and no number is longer."""
TAPS = 30
"""How many households found are shown to be tapped; that there are more is said."""


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show the search, and the counter for the household found."""
    with database().reading() as session:
        form_in_hand({"household": request.args.get("household", ""), **allowed_basket(session)})
    return page(book)


def page(book: str, **more: Any) -> str:
    """Return the counter with what was typed; `more` is what a search or a note beside the basket has to tell."""
    form, asked = form_in_hand(), request.values.get("q", "").strip()[:LONGEST]
    with database().reading() as session:
        found = search(session, book, asked, limit=TAPS, retired=False) if asked else []
        household = named(session, book, str(form.value("household"))) or (found[0] if len(found) == 1 else None)
        group = page_number("group")
        around = selling(session, book, household, form, today()) if household else group_list(session, book, group)
        return render_template(
            "outlet/redemption/new.html", found=found, household=household,
            visits=visits_on(session, book, today()), beyond=goes_beyond(form),
            more=how_many(session, book, asked) - TAPS if len(found) == TAPS else 0,
            **{"asked": asked, **around, **more},
        )


def group_list(session: Session, book: str, group: int) -> dict[str, Any]:
    """Return what stands beside the search: all groups, and the households of one to be tapped."""
    return {"groups": groups_of(session, book), "group": group, "taps": group_of(session, book, group)}


def selling(session: Session, book: str, household: Household, form: Filled, day: date) -> dict[str, Any]:
    """Return what stands on the page for the household found: goods, purses and how they are emptied, who collects."""
    rows, held = shelf(session, book, day), purses(session, book, [household.number])[household.number]
    rules = policies(session, book, ("spending_order", "support_beside_merit"), day)
    order, beside = rules["spending_order"].split(), int(rules["support_beside_merit"])
    return {
        **rules,
        **collecting(session, book, household),
        "shelf": form.placed("basket", rows, "item"), "eans": barcodes(session), "staff_here": staff_at(session, book),
        "missing": not_there(session, book, day, {row["item"] for row in rows}),
        "purses": held, "available": spendable(held, beside),
        "after": lambda price: left_after(held, price, order, beside),
        "limits": limits_left(session, book, household.number, day),
        "last": last_taken(session, book, household.number),
    }


def collecting(session: Session, book: str, household: Household) -> dict[str, Any]:
    """Return who collects for the household at the counter, and the last collection if nobody has asked about it."""
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


def basket_of(form: Filled) -> dict[str, Any]:
    """Return what the schema reads of the counter's page: the search box and what is noted beside it are not of it."""
    return {name: value for name, value in form.typed.items() if name not in BESIDE_THE_BASKET}


@blueprint.post("")
def create(book: str) -> Page:
    """Redeem the basket and show the receipt; or, where Enter or Find was pressed, look for what stands in the search.

    Search and basket are one form, so that a basket that has not been sent is never lost to a search.
    """
    if request.form.keys() & {"enter", "find"}:
        return look(book)
    return act_on_form(
        RedemptionForm, redeem, again=page, prepare=basket_of,
        done=lambda answer: url_for(".show", book=book, number=answer["number"]),
    )


def look(book: str) -> Page:
    """Put scanned goods into the basket; or find the household typed, and ask where a basket would be left behind."""
    form = form_in_hand(nested(request.form))
    key = str(form.typed.pop("key", ""))
    form.key = key if KEY_FORM.fullmatch(key) else form.key
    asked = request.form.get("q", "").strip()[:LONGEST]
    if not asked:
        form.shown_again, form.errors[""] = True, [Sentence(NOT_YET)]
        return page(book)
    with database().reading() as session:
        item = item_of_ean(session, plain(asked))
        found = [] if item else search(session, book, asked, limit=TAPS, retired=False)
        # The label of goods without a barcode has the bars of their code.
        item = item or (None if found else session.get(Item, plain(asked).upper()))
    if item:
        put = one_more(form, item.code)
        return page(book, asked="", scanned=item.called, put=put)
    if any(filled_in(line.get("quantity")) for line in form.lines("basket").values()):
        return page(book, others=found)
    if len(found) == 1:
        return redirect(url_for(".new", book=book, household=found[0].number), 303)
    form.typed.pop("household", None)
    return page(book)


def one_more(form: Filled, item: str) -> bool:
    """Put one more of an item into the basket as it was typed; tell whether the page had it."""
    for line in form.lines("basket").values():
        if line.get("item") == item:
            number = plain(line.get("quantity", ""))
            line["quantity"] = str(int(number) + 1) if number.isdecimal() else number or "1"
            return True
    return False


@blueprint.get("/<int:number>")
def show(book: str, number: int) -> Page:
    """Show the receipt, read back from the journal."""
    with database().reading() as session:
        told = receipt(session, book, number)
        household = session.get_one(Household, (book, told["household"]))
        now_held = purses(session, book, [household.number])[household.number]
        beside = int(policy(session, book, "support_beside_merit", today()))
        return table_page(
            "outlet/redemption/show.html", told["goods"], of=number, receipt=told, household=household,
            purses=now_held, available=spendable(now_held, beside), sign=line_to_sign(session, told),
            slip=policy(session, book, "slip", told["occurred_on"]),
        )


def line_to_sign(session: Session, told: dict[str, Any]) -> Line | None:
    """Return the line of the register a redemption is signed on: none where slips are, and none for a paper's line."""
    n = number_of(told["facts"].get("register", ""))
    return line_of(n) if n and policy(session, told["book"], "slip", told["occurred_on"]) == "register" else None
