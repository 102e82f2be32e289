"""All pages, by who walks through them."""

from flask import Flask

from ledger.web.api import acts as api_acts
from ledger.web.api import books as api_books
from ledger.web.auditor import package
from ledger.web.county import board, price, register, staff, statement
from ledger.web.donor import gift
from ledger.web.outlet import arrival, closing, dispatch, donation, entry, household, redemption, sheet, stock, today
from ledger.web.public import checkpoint, health, home, signin

PAGES = (
    health, signin, home, today, redemption, donation, dispatch, arrival, sheet, stock, entry, closing, household,
    package, board, register, price, staff, statement, gift,
)


def install(app: Flask) -> None:
    """Open the pages."""
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    checkpoint.install(app)
    api_books.install(app)
    api_acts.install(app)
