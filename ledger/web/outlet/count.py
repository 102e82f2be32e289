"""Stock-takes 盘点: begun, keyed blind and in parts, confirmed by a second person, printed, rolled back."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, url_for
from sqlmodel import Session

from ledger.db import database
from ledger.errors import NotFound
from ledger.operations.count import begin_count, key_lines
from ledger.operations.count_confirmation import confirm_count, drop_count
from ledger.registers.counts import StockCount, latest_counts
from ledger.registers.items import places_of
from ledger.registers.policy import policy
from ledger.registers.printings import times_printed
from ledger.registers.register import find
from ledger.reports.counts import count_lines, counts
from ledger.reports.journal import entry_page
from ledger.reports.papers import ACROSS, in_pages
from ledger.reports.rollback import NotBeforeCount, months_eve, rollback
from ledger.terms import CountNature, CountReason
from ledger.web.acts import Page, act_on_button, act_on_form, thing_shown
from ledger.web.forms import Filled, form_in_hand
from ledger.web.tables import day_asked_for, table_page
from ledger.web.words import say
from schemas.count import CountForm, CountLinesForm

blueprint = Blueprint("count", __name__, url_prefix="/books/<book>/counts")
ROWS_TO_WRITE = 10
"""Rows high enough to write in that a page across holds."""
ROLLED = ("counted", "out", "in", "rolled", "book", "difference")
"""Columns of the roll-back sheet that are added up."""
MORE_LINES = 3
"""Blank lines for goods that are not on the list."""


@blueprint.get("")
def index(book: str) -> Page:
    """Show the stock-takes so far, and let one begin when none is under way."""
    with database().reading() as session:
        under_way, _ = latest_counts(session, book)
        return table_page(
            "outlet/count/index.html", counts(session, book), under_way=under_way,
            natures=[(nature, say(nature)) for nature in CountNature],
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Begin and show the list to be counted."""
    return act_on_form(CountForm, begin_count, done=thing_shown, again=index)


@blueprint.get("/<int:n>")
def show(book: str, n: int) -> Page:
    """Show a stock-take: to be keyed, to be explained, or as it was confirmed."""
    form = form_in_hand()
    with database().reading() as session:
        count = find(session, StockCount, book, n)
        table = count_lines(session, count)
        rows = form.placed("lines", table.rows, "lot", "account")
        return table_page(
            "outlet/count/show.html", table, of=n, count=count, rows=rows, more=more_lines(form, rows),
            reasons=list(CountReason),
        )


def more_lines(form: Filled, rows: list[dict[str, Any]]) -> list[int]:
    """Return the places of lines for goods that are not on the list: those typed already, then blank ones."""
    listed = {row["place"] for row in rows}
    typed = [place for place in form.lines("lines") if place not in listed]
    after = max([*listed, *typed], default=-1) + 1
    return [*typed, *range(after, after + MORE_LINES)]


@blueprint.post("/<int:n>/lines")
def keep(book: str, n: int) -> Page:
    """Keep what was counted so far, or why it differs."""
    return act_on_form(CountLinesForm, key_lines, count=n, done=url_for(".show", book=book, n=n), again=show)


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Book the differences, as a second person."""
    return act_on_button(confirm_count, count=n, done=url_for(".show", book=book, n=n), again=show)


@blueprint.post("/<int:n>/dropping")
def drop(book: str, n: int) -> Page:
    """Drop the stock-take."""
    return act_on_button(drop_count, count=n, done=url_for(".show", book=book, n=n), again=show)


@blueprint.get("/<int:n>/paper")
def paper(book: str, n: int) -> Page:
    """Show the sheet to be printed: blank until all is counted, then with the result."""
    with database().reading() as session:
        count = find(session, StockCount, book, n)
        table, blind = count_lines(session, count), count.counted_on is None
        places = places_of(session, book)
        rows = sorted(table.rows, key=lambda row: (places.get(row["item"], "\uffff"), row["item"]))
        summed = () if blind else ("frozen", "expected", "counted", "over", "short", "value")
        return render_template(
            "outlet/count/paper.html", count=count, table=table, blind=blind,
            warned=int(policy(session, book, "warning_days", count.counted_on)) if count.counted_on else 0,
            places=places, pages=in_pages(rows, ROWS_TO_WRITE if blind else ACROSS, *summed),
            **printed(session, count, "count"),
        )


@blueprint.get("/<int:n>/rollback")
def back(book: str, n: int) -> Page:
    """Show what was counted, carried back to a base day, beside the book's figure of that day."""
    with database().reading() as session:
        count, base = to_roll_back(session, book, n)
        try:
            table = rollback(session, count, base)
        except NotBeforeCount as refusal:
            form_in_hand().refuse(refusal)
            return render_template("outlet/count/rollback.html", count=count, base=base), 422
        return table_page("outlet/count/rollback.html", table, of=n, count=count, base=base)


@blueprint.get("/<int:n>/rollback/paper")
def rolled(book: str, n: int) -> Page:
    """Show the roll-back sheet to be printed and signed."""
    with database().reading() as session:
        count, base = to_roll_back(session, book, n)
        table = rollback(session, count, base)
        return render_template(
            "outlet/count/rollback_paper.html", count=count, base=base, table=table,
            pages=in_pages(list(table.rows), ACROSS, *ROLLED), summed=ROLLED, **printed(session, count, "rollback"),
        )


def printed(session: Session, count: StockCount, kind: str) -> dict[str, Any]:
    """Return what stands at the edges of a paper: its entry, if it is confirmed, and how often it was printed."""
    number = count.number or 0
    return {
        "entry": entry_page(session, count.book, number) if number else None,
        "times": times_printed(session, count.book, kind, [number])[number],
    }


def to_roll_back(session: Session, book: str, n: int) -> tuple[StockCount, date]:
    """Return a stock-take, and the base day asked for or the month's eve. Raises NotFound."""
    count = find(session, StockCount, book, n)
    if count.counted_on is None:
        raise NotFound(what=StockCount.word)
    return count, day_asked_for("since") or months_eve(session, count)
