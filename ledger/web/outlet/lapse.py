"""Year's end 年终结转: preview, notice, and the run booked by a second person."""

from datetime import date, timedelta

from flask import Blueprint, render_template

from ledger.db import database
from ledger.operations.lapse import MONTHS, announce_lapse, book_lapse, what_lapses
from ledger.registers.cover import cover_of
from ledger.registers.policy import policy
from ledger.registers.printings import times_printed
from ledger.reports.journal import entry_page
from ledger.reports.lapses import lapse_page, lapse_preview, lapse_runs
from ledger.reports.papers import in_pages
from ledger.web.acts import Page, act_on_button, act_on_form, thing_shown
from ledger.web.people import today
from ledger.web.tables import as_csv, day_asked_for, seen_table, table_page, wants_csv
from schemas.lapse import LapseForm

blueprint = Blueprint("lapse", __name__, url_prefix="/books/<book>/lapses")
ROWS_A_PAGE, ABOVE_HANDS = 22, 16
"""Rows of a page of the notice, and how many of them stand above who posted it and who hears objections."""


@blueprint.get("")
def index(book: str) -> Page:
    """Show the runs so far and what would lapse at the end of the period asked for, or of the last one that is over."""
    day = today()
    with database().reading() as session:
        period = policy(session, book, "lapse_period", day)
        through = day_asked_for("through") or last_end(day, period)
        carry_over = int(policy(session, book, "carry_over", through or day))
        lines = what_lapses(session, book, through, carry_over) if through else {}
        preview = seen_table(lapse_preview(session, book, lines))
        if wants_csv():
            return as_csv(preview)
        return render_template(
            "outlet/lapse/index.html", table=lapse_runs(session, book), preview=preview,
            period=period, through=through, carry_over=carry_over, points=sum(lines.values()),
            cover=cover_of(session, book, day), notice_days=policy(session, book, "lapse_notice_days", day),
        )


def last_end(day: date, period: str) -> date | None:
    """Return the last day of the last period that is over; None where points never lapse."""
    if period not in MONTHS:
        return None
    months = MONTHS[period]
    return date(day.year, (day.month - 1) // months * months + 1, 1) - timedelta(days=1)


@blueprint.post("")
def create(book: str) -> Page:
    """Note that the announcement hangs."""
    return act_on_form(LapseForm, announce_lapse, done=thing_shown, again=index)


@blueprint.get("/<int:n>")
def show(book: str, n: int) -> Page:
    """Show one run, to be printed for the board and booked afterwards; or its lines as a file."""
    with database().reading() as session:
        run, table = lapse_page(session, book, n)
        return table_page("outlet/lapse/show.html", seen_table(table), run=run, cover=cover_of(session, book, today()))


@blueprint.get("/<int:n>/paper")
def paper(book: str, n: int) -> Page:
    """Show the notice of a run for the board, to be printed."""
    with database().reading() as session:
        run, table = lapse_page(session, book, n)
        return render_template(
            "outlet/lapse/paper.html", run=run, hung=entry_page(session, book, run.announced_number),
            pages=in_pages(list(seen_table(table).rows), ROWS_A_PAGE, "points", last=ABOVE_HANDS),
            times=times_printed(session, book, "lapse-notice", [n])[n],
        )


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Book the run, as a second person."""
    return act_on_button(book_lapse, run=n, again=show)
