"""The donor's own page, by private link: my goods, and what became of them."""

from flask import Blueprint, Response

from ledger.db import database
from ledger.registers.donors import donor_behind
from ledger.web.county.statement import statement_page

blueprint = Blueprint("gift", __name__, url_prefix="/gifts")


@blueprint.get("/<link>")
def show(link: str) -> str | Response:
    """Show the statement to who holds the link."""
    with database().reading() as session:
        return statement_page(session, donor_behind(session, link), desk=False)
