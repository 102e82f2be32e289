"""Points sheets 评议: drawn up after the meeting, put on notice, credited by another person."""

from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.credit import credit_sheet
from ledger.operations.notice import publish_notice
from ledger.operations.sheet import draw_sheet
from ledger.registers.households import search
from ledger.registers.rules import all_rules
from ledger.reports.sheets import sheet_page, sheets
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.seeing import seen_table
from ledger.web.tables import as_csv, page_number, table_page, wants_csv
from schemas.sheet import CreditForm, NoticeForm, SheetForm

blueprint = Blueprint("sheet", __name__, url_prefix="/books/<book>/sheets")


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show the outlet's sheets and how far each has come."""
    with database().reading() as session:
        return table_page("outlet/sheet/index.html", sheets(session, book), prefix=book)


@blueprint.get("/new")
def new(book: str) -> ResponseReturnValue:
    """Show an empty sheet."""
    return page(Filled())


def page(form: Filled) -> str:
    """Return the sheet with what was typed; there is always room for more lines."""
    lines = max(12, page_number("lines"), form.rows("lines"))
    with database().reading() as session:
        return render_template(
            "outlet/sheet/new.html", form=form, lines=min(lines, 400), day=county_day(session, now()),
            households=search(session, g.site.code, limit=500, retired=False),
            rules=[rule for rule in all_rules(session) if not rule.retired],
        )


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Draw the sheet up and show it."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, n=answer["n"])

    return act_on_form(SheetForm, draw_sheet, book=book, done=done, again=page)


@blueprint.get("/<int:n>")
def show(book: str, n: int) -> ResponseReturnValue:
    """Show a sheet with its next step."""
    return sheet_shown(book, n, Filled())


def sheet_shown(book: str, n: int, form: Filled) -> ResponseReturnValue:
    """Return one sheet's page, or its lines as a file."""
    with database().reading() as session:
        sheet, table = sheet_page(session, book, n)
        day = county_day(session, now())
    table = seen_table(table, leaving=wants_csv())
    if wants_csv():
        return as_csv(table, prefix=book)
    ready = sheet.notice_until is not None and day > sheet.notice_until
    return render_template("outlet/sheet/show.html", sheet=sheet, table=table, form=form, day=day, ready=ready)


@blueprint.post("/<int:n>/notice")
def publish(book: str, n: int) -> ResponseReturnValue:
    """Note that the sheet hangs."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, n=n)

    return act_on_form(
        NoticeForm, publish_notice, book=book, sheet=n, done=done, again=lambda form: sheet_shown(book, n, form)
    )


@blueprint.post("/<int:n>/credit")
def credit(book: str, n: int) -> ResponseReturnValue:
    """Credit the sheet."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, n=n)

    return act_on_form(
        CreditForm, credit_sheet, book=book, sheet=n, done=done, again=lambda form: sheet_shown(book, n, form)
    )
