"""Handover 交接清册: what passes from one keeper to the next, and the list the three sign."""

from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.handover import hand_over
from ledger.operations.serial import serial_to_come
from ledger.registers.counts import latest_counts
from ledger.registers.deliveries import slips_not_back
from ledger.registers.printings import times_printed
from ledger.registers.staff import Staff
from ledger.reports.month import still_open
from ledger.reports.papers import in_pages
from ledger.reports.signing import next_line
from ledger.reports.stock import stock
from ledger.terms import Role
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from schemas.handover import HandoverForm

PAPERS_OF_AN_OUTLET = ("donation", "dispatch", "redemption", "notice", "count", "write-off", "correction")
"""Papers whose next number stands on the list: those before it are used."""
ROWS_A_PAGE = 30
"""Low rows that an upright page holds beside its head."""

blueprint = Blueprint("handover", __name__, url_prefix="/books/<book>/handover")


@blueprint.get("")
def new(book: str) -> ResponseReturnValue:
    """Show what is to be handed over."""
    return page(Filled())


@blueprint.get("/list")
def show(book: str) -> ResponseReturnValue:
    """Show the list of what passes from hand to hand, as it is printed and signed."""
    return page(Filled(), "outlet/handover/paper.html")


def page(form: Filled, template: str = "outlet/handover/new.html") -> str:
    """Return the page with what was typed."""
    book = g.site.code
    with database().reading() as session:
        day = county_day(session, now())
        table, count = stock(session, book, day), latest_counts(session, book)[1]
        number = count.number or 0 if count else 0
        query = select(Staff).where(Staff.book == book, Staff.role == Role.KEEPER, Staff.retired == 0)
        return render_template(
            template, form=form, day=day, keepers=list(session.scalars(query.order_by(Staff.name))),
            count=count, open=still_open(session, book), table=table, number=number,
            pages=in_pages(list(table.rows), ROWS_A_PAGE, "quantity"),
            times=times_printed(session, book, "handover", [number])[number],
            slips=slips_not_back(session, book), printed_at=now(),
            line=next_line(session, book, day.year), serial=serial_to_come(session, book, "handover", day),
            papers=[serial_to_come(session, book, kind, day) for kind in PAPERS_OF_AN_OUTLET],
        )


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Note that the shelf passed from one keeper to the next."""

    def done(answer: dict[str, Any]) -> str:
        return url_for("entry.show", book=book, number=answer["number"])

    return act_on_form(HandoverForm, hand_over, book=book, done=done, again=page)
