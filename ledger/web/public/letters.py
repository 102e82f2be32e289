"""Large letters: a switch on every page, kept in a cookie of this browser alone."""

from flask import Blueprint, Flask, redirect, request
from flask.typing import ResponseReturnValue

from ledger.web.public.signin import next_address
from ledger.web.words import KEPT

blueprint = Blueprint("letters", __name__)
COOKIE = "letters"


@blueprint.post("/letters")
def choose() -> ResponseReturnValue:
    """Write large from now on, or as usual, and go back to the page."""
    answer = redirect(next_address() or "/", 303)
    size = "large" if request.form.get("size") == "large" else "usual"
    answer.set_cookie(COOKIE, size, max_age=KEPT, samesite="Lax", httponly=True, secure=request.is_secure)
    return answer


def large_letters() -> bool:
    """Tell whether this browser asked for large letters."""
    return request.cookies.get(COOKIE) == "large"


def install(app: Flask) -> None:
    """Tell the pages."""
    app.jinja_env.globals.update(large_letters=large_letters)
