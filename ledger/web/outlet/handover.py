"""Handover 交接清册: what passes from one keeper to the next, and the list the three sign."""

from flask import Blueprint, render_template, request
from sqlalchemy import select

from ledger.db import database
from ledger.operations.handover import beside_goods, hand_over
from ledger.operations.serial import serial_to_come
from ledger.registers.counts import StockCount, latest_counts
from ledger.registers.deliveries import Delivery
from ledger.registers.printings import times_printed
from ledger.registers.register import find
from ledger.registers.signing import Line
from ledger.registers.staff import Staff
from ledger.reports.handover import COLUMNS, goods_here
from ledger.reports.journal import page_of
from ledger.reports.papers import in_pages
from ledger.terms import N_, EntryKind, Role
from ledger.web.acts import Page, act_on_form
from ledger.web.people import today
from ledger.web.tables import page_number
from schemas.handover import HandoverForm

ROWS_A_PAGE = 30
"""Low rows that an upright page holds beside its head."""

blueprint = Blueprint("handover", __name__, url_prefix="/books/<book>/handover")


@blueprint.get("")
def new(book: str) -> Page:
    """Show what is to be handed over."""
    with database().reading() as session:
        query = select(Staff).where(Staff.book == book, Staff.role == Role.KEEPER, Staff.retired == 0)
        return render_template(
            "outlet/handover/new.html", count=latest_counts(session, book)[1],
            keepers=list(session.scalars(query.order_by(Staff.name))),
        )


@blueprint.get("/list")
def show(book: str) -> Page:
    """Show the list of what passes from hand to hand, as it is printed and signed; with `entry` that of a handover
    that has been entered, as it was then.
    """
    with database().reading() as session:
        entry = None
        if "entry" in request.args:
            entry = page_of(session, book, page_number("entry"), EntryKind.HANDOVER, what=N_("handover"))
        day = entry["occurred_on"] if entry else today()
        count = find(session, StockCount, book, entry["facts"]["count"]) if entry else latest_counts(session, book)[1]
        beside = entry["facts"].get("list") if entry else beside_goods(session, book, day)
        number = count.number or 0 if count else 0
        rows = goods_here(session, book, day, entry["number"] if entry else None)
        return render_template(
            "outlet/handover/paper.html", day=day, entry=entry, count=count, number=number,
            columns=COLUMNS, pages=in_pages(rows, ROWS_A_PAGE, "quantity"), beside=beside or {},
            slips=[session.get_one(Delivery, (book, one)) for one in (beside or {}).get("slips", [])],
            line=Line(*map(int, beside["line"].split("-"))) if beside else None,
            serial=entry["serial"] if entry else serial_to_come(session, book, "handover", day),
            times=times_printed(session, book, "handover", [number])[number],
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Note that the shelf passed from one keeper to the next."""
    return act_on_form(HandoverForm, hand_over, again=new)
