"""A form must come from our own page: another site's page cannot act in a clerk's name."""

from urllib.parse import urlsplit

from flask import Flask, request

from ledger.errors import LedgerError
from ledger.terms import N_


class ForeignForm(LedgerError):
    """The form did not come from this service."""

    message = N_("This form did not come from this service. Open the page again and send it from there.")
    status = 403


def check_origin() -> None:
    """Refuse a change that another site's page sends along.

    Browsers say where a form comes from: Sec-Fetch-Site (not on plain http), else Origin, else Referer. A program that
    brings a token has no cookies to misuse.
    """
    if request.method in ("GET", "HEAD", "OPTIONS") or request.path.startswith("/api/"):
        return
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        if said not in ("same-origin", "none"):
            raise ForeignForm
        return
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if urlsplit(source).netloc != request.host:
        raise ForeignForm


def install(app: Flask) -> None:
    """Check every form."""
    app.before_request(check_origin)
