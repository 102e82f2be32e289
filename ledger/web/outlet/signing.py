"""The redemption register 兑换登记表 in its three prints, and the pack for a day without power 停电备用包."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from ledger.db import database
from ledger.journal import Book
from ledger.registers.paper_lines import next_line
from ledger.registers.signing import LINES, PAGES
from ledger.reports.power_cut import balance_pages, price_list
from ledger.reports.signing import RegisterPage, coming_pages, filled_day, filled_pages, pack_pages
from ledger.web.people import today
from ledger.web.tables import day_asked_for, page_number

blueprint = Blueprint("signing", __name__, url_prefix="/books/<book>/signing-register")


@blueprint.get("")
def index(book: str) -> str:
    """Show where the register stands and what can be printed."""
    with database().reading() as session:
        at = next_line(session, book, today().year)
    return render_template("outlet/signing/index.html", at=at, most=PAGES)


def number(name: str, usual: int, most: int) -> int:
    """Return a number asked for in the address, from one to the most there can be."""
    return min(max(page_number(name, usual), 1), most)


@blueprint.get("/lines")
def lines(book: str) -> str:
    """Show empty pages to print: numbered as the coming redemptions will be, or blank."""
    many, year = number("pages", 2, PAGES), today().year
    with database().reading() as session:
        pages = coming_pages(session, book, year, many)
    if "blank" in request.args:
        pages = [RegisterPage("", [{"line": n + 1} for n in range(LINES)])] * many
    return register_paper(pages, year=year)


@blueprint.get("/filled")
def filled(book: str) -> str:
    """Show the register as the journal fills it: one day, or whole pages of this year or an earlier one."""
    with database().reading() as session:
        if "volume" in request.args:
            year, at = number("year", today().year, today().year), (number("volume", 1, 999), number("page", 1, PAGES))
            pages = filled_pages(session, book, year, *at, number("pages", 1, PAGES))
            return register_paper(pages, year=year, filled=True)
        day = day_asked_for("day") or today()
        pages, sums = filled_day(session, book, day)
        head = session.get_one(Book, book)
    return register_paper(pages, year=day.year, day=day, sums=sums, head=head, filled=True)


def register_paper(pages: list[RegisterPage], day: date | None = None, **more: Any) -> str:
    """Return pages of the register as paper, of a day or of none."""
    return render_template("outlet/signing/paper.html", pages=pages, day=day, **more)


@blueprint.get("/pack")
def pack(book: str) -> str:
    """Show all that a day without power needs, as one print: balances, prices with limits, numbered lines."""
    with database().reading() as session:
        return render_template(
            "outlet/signing/pack.html", year=today().year,
            balances=balance_pages(session, book), prices=price_list(session, book, today()),
            pages=pack_pages(today(), number("pages", 2, PAGES)),
        )
