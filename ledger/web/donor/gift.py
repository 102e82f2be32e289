"""The donor's own page, by private link: my goods, and what became of them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.registers.donors import donor_behind
from ledger.reports.donor_statement import statement
from ledger.web.county.statement import statement_file
from ledger.web.forms import Filled
from ledger.web.tables import wants_csv

blueprint = Blueprint("gift", __name__, url_prefix="/gifts")


@blueprint.get("/<link>")
def show(link: str) -> ResponseReturnValue:
    """Show the statement to who holds the link."""
    with database().reading() as session:
        donor = donor_behind(session, link)
        told = statement(session, donor.code)
        if wants_csv():
            return statement_file(told, donor.code)
        return render_template("donor/statement.html", donor=donor, told=told, form=Filled(), desk=False)
