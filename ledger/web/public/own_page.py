"""A household's own page, by the code on its card and without a sign-in: what it holds and the last lines, no name."""

from flask import Blueprint, Response, make_response, render_template

from ledger.db import database
from ledger.registers.household_pages import household_behind
from ledger.registers.masking import masked
from ledger.registers.sites import Site
from ledger.reports.passbook import passbook_rows, purses

blueprint = Blueprint("own_page", __name__)
LINES = 10


@blueprint.get("/h/<code>")
def show(code: str) -> Response:
    """Show the page to who holds the card. Purses and rules are left out: a card that is lost tells nothing of need."""
    with database().reading() as session:
        household = household_behind(session, code)
        held = purses(session, household.book, [household.number])[household.number]
        page = make_response(render_template(
            "public/own_page.html", shop=session.get_one(Site, household.book), held=sum(held.values()),
            name=masked("name", household.name),
            lines=passbook_rows(session, household.book, household.number, limit=LINES),
        ))
    # The code stands in the address: no other site is told of it, and no machine that searches the web keeps it.
    page.headers.update({"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"})
    return page
