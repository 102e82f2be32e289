"""Year's end 年终结转: preview, notice, and the run booked by a second person."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.lapse import MONTHS, announce_lapse, book_lapse, what_lapses
from ledger.registers.cover import cover_of
from ledger.registers.policy import policy
from ledger.reports.lapses import lapse_page, lapse_preview, lapse_runs
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.seeing import seen_table
from ledger.web.tables import as_csv, wants_csv
from schemas.arrival import ConfirmationForm
from schemas.lapse import LapseForm

blueprint = Blueprint("lapse", __name__, url_prefix="/books/<book>/lapses")


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show the runs so far and what would lapse at the end of the last period."""
    return page(Filled())


def page(form: Filled) -> ResponseReturnValue:
    """Return the page with what was typed; without a period asked for, the last one that is over."""
    book = g.site.code
    with database().reading() as session:
        day = county_day(session, now())
        period = policy(session, book, "lapse_period", day)
        through = asked_for() or last_end(day, period)
        carry_over = int(policy(session, book, "carry_over", through or day))
        lines = what_lapses(session, book, through, carry_over) if through else {}
        preview = seen_table(lapse_preview(session, book, lines), leaving=wants_csv())
        if wants_csv():
            return as_csv(preview, prefix=book)
        return render_template(
            "outlet/lapse/index.html", table=lapse_runs(session, book), preview=preview, form=form, day=day,
            period=period, through=through, carry_over=carry_over, points=sum(lines.values()),
            cover=cover_of(session, book, day), notice_days=policy(session, book, "lapse_notice_days", day),
        )


def asked_for() -> date | None:
    """Return the period's end named in the address, if it is a day."""
    try:
        return date.fromisoformat(request.args.get("through", ""))
    except ValueError:
        return None


def last_end(day: date, period: str) -> date | None:
    """Return the last day of the last period that is over; None where points never lapse."""
    if period not in MONTHS:
        return None
    months = MONTHS[period]
    return date(day.year, (day.month - 1) // months * months + 1, 1) - timedelta(days=1)


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Note that the announcement hangs."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, n=answer["n"])

    return act_on_form(LapseForm, announce_lapse, book=book, done=done, again=page)


@blueprint.get("/<int:n>")
def show(book: str, n: int) -> ResponseReturnValue:
    """Show one run, to be printed for the board and booked afterwards."""
    return run_shown(book, n, Filled())


def run_shown(book: str, n: int, form: Filled) -> ResponseReturnValue:
    """Return one run's page, or its lines as a file."""
    with database().reading() as session:
        run, table = lapse_page(session, book, n)
        day = county_day(session, now())
        cover = cover_of(session, book, day)
    table = seen_table(table, leaving=wants_csv())
    if wants_csv():
        return as_csv(table, prefix=book)
    return render_template("outlet/lapse/show.html", run=run, table=table, form=form, day=day, cover=cover)


@blueprint.post("/<int:n>/confirmation")
def confirm(book: str, n: int) -> ResponseReturnValue:
    """Book the run, as a second person."""
    return act_on_form(
        ConfirmationForm, book_lapse, book=book, run=n, again=lambda form: run_shown(book, n, form)
    )
