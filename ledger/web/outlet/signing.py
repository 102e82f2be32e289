"""The redemption register 兑换登记表 in its three prints, and the pack for a day without power 停电备用包."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from ledger.db import database
from ledger.journal import county_day
from ledger.registers.signing import LINES, PAGES, Line
from ledger.reports.power_cut import balance_pages, price_list
from ledger.reports.signing import COLUMNS, RegisterPage, coming_pages, filled_day, filled_pages, next_line
from ledger.web.outlet.paper_day import day_asked_for
from ledger.web.people import now
from ledger.web.tables import page_number

blueprint = Blueprint("signing", __name__, url_prefix="/books/<book>/signing-register")
MOST_PAGES = PAGES
"""How many pages are printed at once: a volume."""


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show where the register stands and what can be printed."""
    with database().reading() as session:
        day = county_day(session, now())
        return render_template("outlet/signing/index.html", day=day, at=next_line(session, book, day.year), most=PAGES)


def pages_asked_for() -> int:
    """Return how many pages are asked for, one at the least."""
    return min(max(page_number("pages", 2), 1), MOST_PAGES)


@blueprint.get("/lines")
def lines(book: str) -> ResponseReturnValue:
    """Show empty pages to print: numbered as the coming redemptions will be, or blank."""
    with database().reading() as session:
        day = county_day(session, now())
        pages = blank_pages() if "blank" in request.args else coming_pages(session, book, day.year, pages_asked_for())
    return register_paper(pages, day=None, year=day.year)


def blank_pages() -> list[RegisterPage]:
    """Return pages on which even volume and page are written by hand."""
    return [RegisterPage(None, None, [{"line": n + 1} for n in range(LINES)]) for _ in range(pages_asked_for())]


@blueprint.get("/filled")
def filled(book: str) -> ResponseReturnValue:
    """Show the register as the journal fills it: one day, or pages of this year or an earlier one."""
    with database().reading() as session:
        today = county_day(session, now())
        day, sums = day_asked_for(), None
        if page_number("volume") and page_number("page"):
            at = Line(min(page_number("volume"), 999), min(page_number("page"), PAGES), 1)
            year = min(max(page_number("year", today.year), 2000), today.year)
            pages = filled_pages(session, book, year, at.volume, at.page, pages_asked_for())
        else:
            day = day or today
            year = day.year
            pages, sums = filled_day(session, book, day)
    return register_paper(pages, day=day, year=year, sums=sums, filled=True)


def register_paper(pages: list[RegisterPage], **more: Any) -> str:
    """Return pages of the register as paper."""
    return render_template("outlet/signing/paper.html", columns=COLUMNS, pages=pages, printed_at=now(), **more)


@blueprint.get("/pack")
def pack(book: str) -> ResponseReturnValue:
    """Show all that a day without power needs, as one print: balances, prices with limits, numbered lines."""
    with database().reading() as session:
        return render_template("outlet/signing/pack.html", columns=COLUMNS, printed_at=now(), **packed(session, book))


def packed(session: Session, book: str) -> dict[str, Any]:
    """Return what is in the pack."""
    day = county_day(session, now())
    return {
        "day": day, "year": day.year, "balances": balance_pages(session, book), "prices": price_list(session, book, day),
        "pages": coming_pages(session, book, day.year, pages_asked_for()),
    }
