"""Allocations 分配: goods from the county store to many outlets in one form, shared out by households, then edited."""

from collections import Counter
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session

from ledger.db import database
from ledger.operations.allocation import allocate_goods, share_out
from ledger.registers.allocations import allocations_of
from ledger.registers.printings import times_printed
from ledger.registers.sites import all_sites
from ledger.reports.allocations import allocation_sheet, goods_to_give, households_by_outlet
from ledger.reports.papers import in_pages
from ledger.reports.transfer_note import transfer_notes
from ledger.web.acts import Page, act_on_form, thing_shown
from ledger.web.forms import Filled, filled_in, form_in_hand, read_form
from ledger.web.people import today
from ledger.web.tables import table_page
from schemas.allocation import AllocationForm, SpreadForm
from schemas.arrival import ConfirmationForm

ROWS_A_PAGE, ABOVE_HANDS = 20, 14
"""Low rows of the summary that a page across holds, alone and with its signatures."""

blueprint = Blueprint("allocation", __name__, url_prefix="/books/<book>/allocations")


@blueprint.get("/new")
def new(book: str) -> str:
    """Show what there is to give out, and how much is; once shared, the grid of goods by outlets with its sums."""
    form = form_in_hand()
    with database().reading() as session:
        rows = form.placed("goods", goods_to_give(session, book, today()), "item")
        households, sites = households_by_outlet(session), {site.code: site for site in all_sites(session)}
        # Who fills the grid in by hand and has named nothing yet gets all of it.
        chosen = [row for row in rows if is_chosen(form, row["place"])] or rows if form.value("grid") else []
        return render_template(
            "county/allocation/new.html", chosen=chosen, sites=sites, households=households,
            others=[row for row in rows if row not in chosen], sums=sums_of(form, chosen, list(households)),
            allocations=allocations_of(session, book),
        )


def is_chosen(form: Filled, place: int) -> bool:
    """Tell whether something of a line is to be given out."""
    line = form.lines("goods").get(place, {})
    shares = line.get("shares")
    return any(map(filled_in, [line.get("quantity"), *(shares.values() if isinstance(shares, dict) else ())]))


def sums_of(form: Filled, rows: list[dict[str, Any]], outlets: list[str]) -> Counter[str | int]:
    """Return what each row, each column and all of the grid come to; what is no number is nought."""
    sums: Counter[str | int] = Counter()
    for row in rows:
        for code in outlets:
            typed = str(form.value(f"goods-{row['place']}-shares-{code}")).strip()
            quantity = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
            sums.update({code: quantity, row["place"]: quantity, "all": quantity})
    return sums


@blueprint.post("/new")
def spread(book: str) -> Page:
    """Share the quantities out by number of households, or only add up what was typed; nothing is booked."""
    by_households = request.form.get("by") == "households"
    form = read_form(SpreadForm, quantities) if by_households else read_form(ConfirmationForm, lambda _: {})
    form.typed |= {} if form.errors else {"grid": "1"}
    if by_households and not form.errors:
        with database().reading() as session:
            households = households_by_outlet(session)
        for place, line in zip(form.places["goods"], form.content["goods"], strict=True):
            shares = share_out(line["quantity"], households) if households else {}
            form.typed["goods"][str(place)]["shares"] = {code: str(share or "") for code, share in shares.items()}
    return new(book), 422 if form.errors else 200


def quantities(form: Filled) -> dict[str, Any]:
    """Return how much of which goods is to be given out."""
    lines = form.lines("goods").items()
    return {"goods": {str(at): {name: line.get(name, "") for name in ("item", "quantity")} for at, line in lines}}


@blueprint.post("")
def create(book: str) -> Page:
    """Send the goods, a note for each outlet, and show the summary."""
    return act_on_form(AllocationForm, allocate_goods, done=thing_shown, again=new, prepare=shares_typed)


def shares_typed(form: Filled) -> dict[str, Any]:
    """Return what the act needs of the form: the cells that were filled in; how they came about stays on the page."""
    goods = {}
    for place, line in form.lines("goods").items():
        shares = line.get("shares")
        cells = {code: many for code, many in shares.items() if filled_in(many)} if isinstance(shares, dict) else shares
        goods[str(place)] = {"item": line.get("item"), "shares": cells, "quantity": line.get("quantity")}
    return {"goods": goods, **{name: form.value(name) for name in ("decision", "occurred_on", "paper_number")}}


@blueprint.get("/<int:n>")
def show(book: str, n: int) -> Page:
    """Show the summary sheet with its transfer notes, or the sheet as a file."""
    return sheet_page("county/allocation/show.html", book, n)


@blueprint.get("/<int:n>/paper")
def paper(book: str, n: int) -> Page:
    """Show the summary sheet to be printed."""
    return sheet_page("county/allocation/paper.html", book, n)


def sheet_page(template: str, book: str, n: int) -> Page:
    """Return the summary of an allocation as a page, a paper or a file."""
    with database().reading() as session:
        sheet = allocation_sheet(session, book, n)
        table = sheet.pop("table")
        pages = in_pages(list(table.rows), ROWS_A_PAGE, *table.sums, last=ABOVE_HANDS)
        times = times_printed(session, book, "allocation-summary", [n])[n]
        return table_page(template, table, pages=pages, times=times, **sheet)


@blueprint.get("/<int:n>/notes")
def notes(book: str, n: int) -> Page:
    """Show all transfer notes of an allocation to be printed, a page for each outlet."""
    with database().reading() as session:
        stand = notes_that_stand(session, book, n)
        return render_template(
            "outlet/dispatch/paper.html", notes=transfer_notes(session, book, stand),
            back=url_for(".show", book=book, n=n), print_as=("allocation", n),
            times=times_printed(session, book, "transfer-note", stand),
        )


def notes_that_stand(session: Session, book: str, n: int) -> list[int]:
    """Return the transfer notes of an allocation, those that were reversed left out."""
    return [note["number"] for note in allocation_sheet(session, book, n)["notes"].rows if not note["reversed_by"]]
