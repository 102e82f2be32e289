"""Month end 月末: flows, the count, what is open and the close in one place; and the statement that is signed."""

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, render_template
from sqlmodel import Session

from ledger.db import database
from ledger.errors import NotFound
from ledger.operations.printing import MONTH
from ledger.operations.serial import serial_of_month
from ledger.registers.printings import times_printed
from ledger.reports.month import Month, month_before, month_of, month_page, point_columns, still_open
from ledger.reports.month_end import open_at
from ledger.reports.table import Table
from ledger.terms import N_
from ledger.web.people import today
from ledger.web.tables import as_csv, wants_csv

blueprint = Blueprint("month", __name__, url_prefix="/books/<book>/months")
NAME = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@blueprint.get("")
def index(book: str) -> str | Response:
    """Show the month before this one, the one to be ended."""
    return show(book, month_before(today()))


@blueprint.get("/<name>")
def show(book: str, name: str) -> str | Response:
    """Show what the month's end needs, and what is open today."""
    return month_shown(name, "outlet/month/show.html", lambda session, _: {"open": still_open(session, book)})


@blueprint.get("/<name>/statement")
def statement(book: str, name: str) -> str | Response:
    """Show the statement that books and shelf agree, as it is printed and signed."""
    return month_shown(
        name, "outlet/month/statement.html", lambda session, month: {"then": open_at(session, book, month.last)}
    )


def month_shown(
    name: str, template: str, more: Callable[[Session, Month], dict[str, Any]]
) -> str | Response:
    """Return a page about one month with what else it tells, or the flow of goods as a file. Raises NotFound for what
    is no month.
    """
    if not NAME.fullmatch(name):
        raise NotFound(what=N_("month"))
    month = month_of(name)
    with database().reading() as session:
        told = month_page(session, g.site.code, month)
        if wants_csv():
            return as_csv(told["goods"], of=name)
        told |= more(session, month)
        columns = point_columns(session, g.site.code, month)
        points = Table("points-flow", N_("Points"), columns, [told["points"]])
        number = month.first.year * 100 + month.first.month
        paper = {
            "serial": serial_of_month(session, g.site.code, month.first), "number": number,
            "times": times_printed(session, g.site.code, MONTH, [number])[number],
        }
    return render_template(
        template, month=month, table=told["goods"], point_table=points, before=month_before(month.first),
        is_over=today() > month.last, paper=paper, **told,
    )
