"""The first page, on which whoever comes in is taken to their own work; and the guide that hangs beside the counter."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from ledger.web.doors import home_of
from ledger.web.people import signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Go to the first page of the person signed in."""
    return redirect(home_of(signed_in()), 303)


@blueprint.get("/guide")
def guide() -> str:
    """Show the keeper's guide, one page to be printed, its pictures taken from the running program."""
    return render_template("public/guide.html")
