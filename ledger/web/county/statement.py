"""The county's donor desk: one donor's statement, and the private link to it."""

import hmac
from base64 import urlsafe_b64encode

from flask import Blueprint, Response, current_app, request, url_for
from sqlmodel import Session

from ledger.db import database
from ledger.operations.register import renew_link
from ledger.registers.donors import Donor
from ledger.registers.register import find
from ledger.reports.donor_statement import statement
from ledger.web.acts import Page, act_on_button
from ledger.web.tables import table_page

blueprint = Blueprint("statement", __name__, url_prefix="/donors/<code>")


@blueprint.get("/statement")
def show(code: str) -> Page:
    """Show what became of a donor's gifts."""
    with database().reading() as session:
        return statement_page(session, find(session, Donor, code), desk=True)


def statement_page(session: Session, donor: Donor, desk: bool) -> str | Response:
    """Return a donor's statement, at the county's `desk` or by private link; or one of its two tables as a file, gift
    by gift or outlet by outlet.
    """
    told = statement(session, donor.code)
    table = told["gifts" if request.args.get("of") == "gifts" else "outlets"]
    return table_page("donor/statement.html", table, of=donor.code, donor=donor, told=told, desk=desk)


@blueprint.post("/link")
def renew(code: str) -> Page:
    """Give the donor a new private link; the old one opens nothing any more."""
    return act_on_button(
        renew_link, donor=code, link=link_of(request.form.get("key", "")),
        done=url_for(".show", code=code), again=show,
    )


def link_of(key: str) -> str:
    """Return the link that a form makes: the same one when it is sent twice, and known to nobody before."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return urlsafe_b64encode(hmac.digest(secret, f"donor link {key}".encode(), "sha256")).decode().rstrip("=")
