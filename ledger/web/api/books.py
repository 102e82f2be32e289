"""Reading the books as JSON: sites, households, stock, entries; and the last checkpoint."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask, Response, abort, g, jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, ValidationError

from ledger.db import database
from ledger.errors import NotFound
from ledger.journal.checkpoint import as_signed, latest_checkpoint
from ledger.registers.households import Household
from ledger.registers.register import find
from ledger.registers.staff import may_read
from ledger.reports.board import board
from ledger.reports.counter import limits_left
from ledger.reports.journal import Filter, entry_page, journal_rows
from ledger.reports.passbook import household_rows, purses
from ledger.reports.stock import stock_rows
from ledger.terms import COUNTY, N_
from ledger.web.forms import flat
from ledger.web.people import signed_in, today
from ledger.web.problems import answer
from ledger.web.seeing import seen
from schemas.answers import BookShape, EntryShape, HouseholdShape, StockShape
from schemas.entries import JournalPage, PageForm
from schemas.form import Form


def asked(form: type[Form] = PageForm) -> dict[str, Any]:
    """Return what an address asks for; what cannot be understood is answered with 422."""
    try:
        return dict(form().load(request.args.to_dict(), unknown=EXCLUDE))
    except ValidationError as error:
        abort(answer(422, flat(error.messages)))


def limit() -> int:
    """Return how many lines a page of a list has."""
    return int(asked()["limit"])


def page_of(rows: list[Any], shape: Any, key: str) -> ResponseReturnValue:
    """Return a page of a list, and where the next one begins (null after the last)."""
    more = len(rows) > limit()
    rows = rows[: limit()]
    return jsonify(items=shape(many=True).dump(rows), next=str(rows[-1][key]) if more else None)


def following(rows: Iterable[Mapping[str, Any]], key: str) -> list[Any]:
    """Return the rows after the one named in the address, which may be gone by now, and one more than a page has."""
    after = request.args.get("after", "")
    behind = [row for row in rows if not after or rank(row[key]) > rank(after)]
    return sorted(behind, key=lambda row: rank(row[key]))[: limit() + 1]


def rank(code: str) -> tuple[bool, int, str]:
    """Return where a code stands among its like: the county store first, and L10 after L9."""
    return (code != COUNTY, len(code), code)


def books() -> ResponseReturnValue:
    """List the sites this person's work includes."""
    with database().reading() as session:
        rows = board(session, today(), may_see=lambda site: may_read(signed_in(), site)).rows
        return page_of(following(rows, "book"), BookShape, "book")


def book(book: str) -> ResponseReturnValue:
    """Return one site and the head of its book."""
    with database().reading() as session:
        row = next(iter(board(session, today(), may_see=lambda site: site.code == book).rows))
    return jsonify(BookShape().dump(row))


def households(book: str) -> ResponseReturnValue:
    """Find households by number, card, name or pinyin initials."""
    with database().reading() as session:
        rows = household_rows(
            session, book, request.args.get("q", ""), after=request.args.get("after", ""), limit=limit() + 1
        )
    return page_of([shown(row) for row in rows], HouseholdShape, "number")


def household(book: str, number: str) -> ResponseReturnValue:
    """Return one household with its purses."""
    with database().reading() as session:
        found = find(session, Household, book, number)
        limits = limits_left(session, book, number, today())
        row = {**found.model_dump(), **purses(session, book, [number])[number], "limits": limits}
    return jsonify(HouseholdShape().dump(shown(row)))


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a household as the program's owner may see it."""
    return {**row, "name": seen("name", row["name"])}


def stock(book: str) -> ResponseReturnValue:
    """List the lots on the shelf."""
    with database().reading() as session:
        rows = stock_rows(session, book, today())
    return page_of(following(rows, "lot"), StockShape, "lot")


def entries(book: str) -> ResponseReturnValue:
    """List the journal in order of number."""
    wanted = asked(JournalPage)
    page = {"after": wanted.pop("after"), "limit": wanted.pop("limit") + 1}
    with database().reading() as session:
        rows = journal_rows(session, book, Filter(**wanted), **page)
    return page_of([{"book": g.site.code, **row} for row in rows], EntryShape, "number")


def checkpoint() -> Response:
    """Give the last checkpoint of the county log as it was signed, as text."""
    with database().reading() as session:
        last = latest_checkpoint(session)
        if last is None:
            raise NotFound(what=N_("checkpoint"))
        return Response(as_signed(session, last).note, mimetype="text/plain")


def entry(book: str, number: int) -> ResponseReturnValue:
    """Return one entry with its postings and facts."""
    with database().reading() as session:
        return jsonify(EntryShape().dump(entry_page(session, book, number)))


READS: dict[str, Callable[..., ResponseReturnValue]] = {
    # For everybody: who keeps a copy can show later that nothing before it was changed.
    "/checkpoints/latest": checkpoint,
    "/books": books,
    "/books/<book>": book,
    "/books/<book>/households": households,
    "/books/<book>/households/<number>": household,
    "/books/<book>/stock": stock,
    "/books/<book>/entries": entries,
    "/books/<book>/entries/<int:number>": entry,
}


def install(app: Flask) -> None:
    """Open the reading doors for programs."""
    for path, view in READS.items():
        app.add_url_rule(f"/api/v1{path}", f"api.{view.__name__}", view)
