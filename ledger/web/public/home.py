"""The first page: whoever comes in is taken to their own work."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from ledger.web.doors import home_of
from ledger.web.people import signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Go to the first page of the person signed in."""
    return redirect(home_of(signed_in()), 303)
