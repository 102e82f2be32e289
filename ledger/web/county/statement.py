"""The county's donor desk: one donor's statement, and the private link to it."""

import hmac
from base64 import urlsafe_b64encode
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.operations.register import renew_link
from ledger.registers.donors import Donor
from ledger.registers.register import find
from ledger.reports.donor_statement import statement
from ledger.terms import COUNTY
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.tables import as_csv, wants_csv
from schemas.registers import ButtonForm

blueprint = Blueprint("statement", __name__, url_prefix="/donors/<code>")


@blueprint.get("/statement")
def show(code: str) -> ResponseReturnValue:
    """Show what became of a donor's gifts."""
    return page(code, Filled())


def page(code: str, form: Filled) -> ResponseReturnValue:
    """Return the statement, or its table by outlet as a file."""
    with database().reading() as session:
        donor = find(session, Donor, code)
        told = statement(session, code)
        if wants_csv():
            return statement_file(told, code)
        return render_template("donor/statement.html", donor=donor, told=told, form=form, desk=True)


def statement_file(told: dict[str, Any], code: str) -> ResponseReturnValue:
    """Return one of the two tables of a statement as a file: gift by gift, or outlet by outlet."""
    return as_csv(told["gifts" if request.args.get("of") == "gifts" else "outlets"], prefix=code)


@blueprint.post("/link")
def renew(code: str) -> ResponseReturnValue:
    """Give the donor a new private link; the old one opens nothing any more."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", code=code)

    return act_on_form(
        ButtonForm, renew_link, book=COUNTY, donor=code, link=link_of(request.form.get("key", "")), done=done,
        again=lambda form: page(code, form),
    )


def link_of(key: str) -> str:
    """Return the link that a form makes: the same one when it is sent twice, and known to nobody before."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return urlsafe_b64encode(hmac.digest(secret, f"donor link {key}".encode(), "sha256")).decode().rstrip("=")
