"""When something is refused or breaks: a page for people, problem+json (RFC 9457) for programs, never a trace."""

import logging
import re
import traceback
from typing import Any

from flask import Flask, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from ledger.errors import Busy, Damaged, LedgerError
from ledger.terms import N_, Sentence
from ledger.web.people import NobodyYet
from ledger.web.words import say, translated

TITLES = {
    400: N_("This could not be read"),
    401: N_("Sign in first"),
    403: N_("Not your door"),
    404: N_("There is nothing here"),
    405: N_("This page is not used that way"),
    409: N_("This is being worked on"),
    413: N_("Too large"),
    415: N_("Another kind of content is expected"),
    422: N_("Not accepted"),
    429: N_("Too many at once"),
    500: N_("Something is wrong with the program"),
    503: N_("Busy"),
}
SHOWS = {"create": "new", "change": "edit"}
"""By act the page with its form; the others have theirs on the page that shows the thing."""
BROKEN = N_("Nothing was booked. The fault has been written down for the county office; please try again.")
DETAIL = re.compile(r"^DETAIL:.*?(?=^(?:CONTEXT|HINT|LINE|\[SQL|\(Background|Traceback|\n)|\Z)", re.M | re.S)
log = logging.getLogger("ledger")


def answer(status: int, sentences: list[tuple[str, Sentence]], headers: dict[str, str] | None = None) -> Any:
    """Return a refusal as a page or as problem+json. `sentences` are (field, sentence)."""
    title = translated(TITLES.get(status, TITLES[500 if status >= 500 else 400]))
    said = [(at, say(sentence)) for at, sentence in sentences]
    if request.path.startswith("/api/"):
        problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
        problem["detail"] = " ".join(sentence for _, sentence in said)
        errors: dict[str, list[str]] = {}
        for at, sentence in said:
            # A field nobody knows may be called by half a letter, which no answer can be written with.
            errors.setdefault(at.encode(errors="replace").decode(), []).append(sentence)
        response = jsonify({**problem, "errors": errors} if status == 422 else problem)
        response.mimetype = "application/problem+json"
    else:
        # Whatever was sent, no form stands on this page.
        page = render_template("problem.html", form=None, title=title, sentences=[text for _, text in said])
        response = make_response(page)
    response.status_code = status
    if status == 401 and request.path.startswith("/api/"):
        response.headers["WWW-Authenticate"] = "Bearer"
    response.headers.update(headers or {})
    return response


def refused(refusal: LedgerError) -> Any:
    """Answer a refusal of the ledger."""
    sentences = [(at or "", Sentence(message, values)) for at, message, values in refusal.sentences()]
    return answer(refusal.status, sentences, {"Retry-After": "2"} if refusal.status == 503 else None)


def damaged(refusal: Damaged) -> Any:
    """Answer that a part of the database cannot be read; who looks after the service finds it in the log."""
    log.error("the database is damaged, at %s %s: %s", request.method, request.endpoint, refusal.values["why"])
    return refused(refusal)


def not_served(error: HTTPException) -> Any:
    """Answer what the web itself refuses: unknown pages, wrong methods, too much content."""
    status = error.code or 500
    form = page_with_the_form() if status == 405 and request.method == "GET" and g.get("staff") else None
    if form is not None:
        return redirect(form, 303)
    headers = {"Allow": ", ".join(sorted(error.valid_methods))} if getattr(error, "valid_methods", None) else None  # type: ignore[attr-defined]
    return answer(status, [("", Sentence(TITLES.get(status, TITLES[400])))], headers)


def page_with_the_form() -> str | None:
    """Return the page whose form is sent to this address: a refused page has it too, and may be asked for again."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, values = adapter.match(method="POST") if adapter else ("", {})
        page, _, act = endpoint.rpartition(".")
        return url_for(f"{page}.{SHOWS.get(act, 'show')}", **values)
    except (HTTPException, BuildError):
        return None


def no_database(error: DBAPIError) -> Any:
    """Answer a database that cannot serve just now; anything else about it is a fault of ours."""
    if not error.connection_invalidated and type(error).__name__ != "OperationalError":
        return broken(error)
    log.warning("database not serving: %s", type(error.orig).__name__)
    return refused(Busy())


def broken(error: Exception) -> Any:
    """Answer a fault of ours; the log has what is needed to find it, and no content of the form."""
    log.error("fault at %s %s\n%s", request.method, request.endpoint, traced(error))
    g.setdefault("staff", None)
    g.setdefault("county", NobodyYet())
    return answer(500, [("", Sentence(BROKEN))])


def traced(error: Exception) -> str:
    """Return where a fault was made. PostgreSQL's detail of a refused row tells what stood in it: a name, perhaps."""
    return DETAIL.sub("", "".join(traceback.format_exception(error)))


def install(app: Flask) -> None:
    """Answer every kind of trouble."""
    app.register_error_handler(LedgerError, refused)
    app.register_error_handler(Damaged, damaged)
    app.register_error_handler(HTTPException, not_served)
    app.register_error_handler(DBAPIError, no_database)
    app.register_error_handler(Exception, broken)
