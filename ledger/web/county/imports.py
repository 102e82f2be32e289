"""Lists taken in from a file: tried first, then taken in, all rows or none."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.errors import LedgerError, NotFound
from ledger.exports.csvfile import BYTE_ORDER_MARK
from ledger.imports.lists import LISTS
from ledger.imports.taking import prices_in, take_file_in
from ledger.terms import N_
from ledger.web.forms import read_form
from ledger.web.people import now, signed_in
from ledger.web.words import say
from schemas.lists import ListForm

blueprint = Blueprint("imports", __name__, url_prefix="/lists")
MOST_SHOWN = 200


class NoFile(LedgerError):
    """A list stands in a file."""

    message = N_("Please choose a file.")
    field = "file"


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Show which lists can be taken in, with the headings of each."""
    return page()


def page(**more: object) -> str:
    """Return the page with what was chosen and what came of it."""
    kinds = [(name, say(one.label)) for name, one in LISTS.items()]
    return render_template("county/imports/index.html", kinds=kinds, **more)


@blueprint.get("/<kind>.csv")
def headings(kind: str) -> ResponseReturnValue:
    """Give an empty list with its headings, to be filled in with Excel or WPS."""
    if kind not in LISTS:
        raise NotFound(what=N_("list"))
    head = BYTE_ORDER_MARK + ",".join(LISTS[kind].columns.values()) + "\r\n"
    disposition = {"Content-Disposition": f'attachment; filename="{kind}.csv"'}
    return Response(head, mimetype="text/csv", headers=disposition)


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Try the file, or take it in; every wrong cell is named by row and column."""
    form = read_form(ListForm)
    if form.errors:
        return page(), 422
    kind, trying = form.content["kind"], form.content["trying"]
    try:
        rows, wrong = take_file_in(
            database(), kind, chosen_file(), clerk=signed_in().name, now=now(), key=form.key, dry_run=bool(trying)
        )
    except LedgerError as refusal:
        if refusal.status != 422:
            raise
        form.refuse(refusal)
        return page(), 422
    return page(
        wrong=wrong[:MOST_SHOWN], count=len(wrong), rows=len(rows), trying=trying, kind=kind,
        prices=prices_in(kind, rows),
    ), 422 if wrong else 200


def chosen_file() -> bytes:
    """Return what was chosen. Raises NoFile."""
    file = request.files.get("file")
    if not file:
        raise NoFile
    content: bytes = file.read()
    return content
