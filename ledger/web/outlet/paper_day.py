"""Paper days 停电补录: a paper is keyed line by line; what went home beyond the book waits for a second person."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.db import database
from ledger.errors import NotFound
from ledger.journal import county_day
from ledger.operations.over_issue import carried, confirm_paper_line
from ledger.operations.paper_day import key_paper_day
from ledger.registers.households import Household
from ledger.registers.items import all_items
from ledger.registers.paper_lines import PAPER_LINE, last_days
from ledger.registers.register import find
from ledger.registers.requests import Request
from ledger.registers.signing import LINES
from ledger.reports.paper_days import paper_day
from ledger.reports.signing import next_line
from ledger.terms import N_, Sentence
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled, Typed, filled_in
from ledger.web.outlet.typed_lines import Goods, household_of
from ledger.web.people import now
from ledger.web.words import say
from schemas.arrival import ConfirmationForm
from schemas.fields import Day
from schemas.paper_day import MOST_LINES, PaperDayForm

blueprint = Blueprint("paper_day", __name__, url_prefix="/books/<book>/paper-days")
TYPED = ("household", "goods", "collector", "relation", "reason", "void")
"""A line counts as filled in when something stands in one of these; its number stands there from the beginning."""
COLUMN = {"basket": "goods", "proxy": "collector"}


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show what has been keyed for a day, line by line, and the last days."""
    with database().reading() as session:
        days = last_days(session, book)
        day = day_asked_for() or (days[0] if days else None)
        table = paper_day(session, book, day) if day else None
    left = re.findall("[0-9]+", request.args.get("left", "")[:400])
    return render_template("outlet/paper_day/index.html", table=table, day=day, days=days, left=left)


def day_asked_for(name: str = "day") -> date | None:
    """Return the day asked for in the address, if it is one."""
    try:
        return Day().deserialize(request.args.get(name, ""))  # type: ignore[no-any-return]
    except ValidationError:
        return None


@blueprint.get("/new")
def new(book: str) -> ResponseReturnValue:
    """Show an empty grid; it begins where the register stands."""
    return page(Filled())


def page(form: Filled) -> str:
    """Return the grid with what was typed, and with more lines when asked for."""
    form.errors = {at_cell(name): said for name, said in form.errors.items()}
    with database().reading() as session:
        day = county_day(session, now())
        volume, at, line = next_line(session, g.site.code, day.year)
        items = Goods(session, g.site.code, day).items
    shown = max(form.rows("lines"), LINES) + LINES * ("more" in request.form)
    return render_template(
        "outlet/paper_day/new.html", form=form, day=day, sheet=f"{volume}-{at}", first=line, items=items,
        rows=min(shown, MOST_LINES),
    )


def at_cell(name: str) -> str:
    """Return the cell of the grid at which a sentence stands: all about goods at the goods."""
    parts = name.split("-")
    if len(parts) < 3 or parts[0] != "lines":
        return name
    return "-".join([*parts[:2], COLUMN.get(parts[2], parts[2])])


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Key the paper and show what became of each line."""
    left: list[str] = []

    def prepare(form: Filled) -> Typed:
        left.extend(str(line.get("line")) for line in form.lines("lines").values() if is_typed(line) and "later" in line)
        return gather(form)

    def done(_: dict[str, Any]) -> str:
        day = Day().deserialize(request.form["occurred_on"])
        return url_for(".index", book=book, day=day, left=",".join(left) or None)

    return act_on_form(PaperDayForm, key_paper_day, book=book, done=done, again=page, prepare=prepare)


def is_typed(line: Typed) -> bool:
    """Tell whether something stands in a line of the grid."""
    return any(filled_in(line.get(name)) for name in TYPED)


def gather(form: Filled) -> Typed:
    """Return what was typed as the schema asks for it: codes for names, no line that is left for later."""
    typed = {name: value for name, value in form.typed.items() if name != "lines"}
    lines = {place: line for place, line in form.lines("lines").items() if is_typed(line) and "later" not in line}
    form.called = {f"lines-{place}": say(Sentence(N_("Line %(n)s"), {"n": line.get("line")}))
                   for place, line in form.lines("lines").items()}
    with database().reading() as session:
        goods = Goods(session, g.site.code, county_day(session, now())) if lines else None
        typed["lines"] = {
            str(place): {
                **{name: line[name] for name in ("line", "reason", "void") if name in line},
                **understood(form, place, "household", line, lambda words: household_of(session, g.site.code, words)),
                **understood(form, place, "goods", line, goods.read if goods else str),
                **{"proxy": {name: value for name, value in (
                    ("name", line.get("collector")), ("relation", line.get("relation"))) if filled_in(value)}},
                **unknown(line),
            }
            for place, line in lines.items()
        }
    return typed


def understood(form: Filled, place: int, name: str, line: Typed, read: Any) -> Typed:
    """Return one cell as a code or a basket; what cannot be understood is told at the cell."""
    words, field = line.get(name), {"goods": "basket"}.get(name, name)
    if not isinstance(words, str) or not words.strip():
        return {}
    meant = read(words)
    if isinstance(meant, Sentence):
        form.errors[f"lines-{place}-{name}"] = [meant]
        return {field: "X" if field == "household" else [{"item": "X", "quantity": 1}]}
    return {field: meant}


def unknown(line: Typed) -> Typed:
    """Return what the grid has no column for, so that the schema refuses it."""
    return {name: value for name, value in line.items() if name not in (*TYPED, "line", "later")}


@blueprint.get("/requests/<int:n>")
def request_shown(book: str, n: int) -> ResponseReturnValue:
    """Show a line that waits for a second person: what the book has, and what went home."""
    return request_page(book, n, Filled())


def request_page(book: str, n: int, form: Filled) -> str:
    """Return the page of one line, with what would be booked now."""
    with database().reading() as session:
        asked = find(session, Request, book, n)
        if asked.kind != PAPER_LINE:
            raise NotFound(what=Request.word)
        said = asked.lines()
        went = carried(session, book, said["household"], said["basket"], date.fromisoformat(said["occurred_on"]))
        return render_template(
            "outlet/paper_day/request.html", form=form, asked=asked, said=said, went=went,
            household=session.get_one(Household, (book, said["household"])),
            names={item.code: item for item in all_items(session)},
        )


@blueprint.post("/requests/<int:n>/confirmation")
def confirm(book: str, n: int) -> ResponseReturnValue:
    """Book the line as it went home, as a second person."""
    return act_on_form(
        ConfirmationForm, confirm_paper_line, book=book, request=n,
        done=lambda answer: url_for("redemption.show", book=book, number=answer["number"]),
        again=lambda form: request_page(book, n, form),
    )
