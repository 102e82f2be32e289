"""Paper days 停电补录: a paper is keyed line by line; what went home beyond the book waits for a second person."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from ledger.db import database
from ledger.operations.over_issue import carried, confirm_paper_line
from ledger.operations.paper_day import key_paper_day
from ledger.registers.households import Household
from ledger.registers.items import items_by_code
from ledger.registers.paper_lines import PAPER_LINE, as_printed, last_day, lines_keyed
from ledger.registers.requests import request_of
from ledger.registers.signing import LINES
from ledger.reports.counter import staff_at
from ledger.reports.signing import lines_to_key
from ledger.terms import N_, Sentence
from ledger.web.acts import Page, act_on_button, act_on_form
from ledger.web.forms import Filled, Typed, filled_in, form_in_hand
from ledger.web.outlet.typed_lines import basket_of, goods_of, household_of
from ledger.web.people import today
from ledger.web.tables import day_asked_for, day_in
from ledger.web.words import say
from schemas.fields import plain
from schemas.paper_day import MOST_LINES, PaperDayForm

blueprint = Blueprint("paper_day", __name__, url_prefix="/books/<book>/paper-days")
CELLS = ("household", "goods", "collector", "relation")
"""What is typed as people write it; `line`, `void` and `reason` are what the schema asks for."""
CELL_OF = {"basket": "goods", "proxy": "collector"}


@blueprint.get("")
def index(book: str) -> Page:
    """Show what has been keyed for a day, line by line; the last day unless another is asked for."""
    left = re.findall("[0-9]+", request.args.get("left", "")[:400])
    with database().reading() as session:
        day = day_asked_for("day") or last_day(session, book)
        lines = lines_keyed(session, book, day) if day else []
    return render_template("outlet/paper_day/index.html", lines=lines, day=day, left=left)


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show an empty grid, of a paper that is named its lines that have not been keyed; or what was typed, with more
    lines when asked for.
    """
    form = form_in_hand()
    form.errors = {at_cell(name): said for name, said in form.errors.items()}
    shown = max(form.rows("lines"), LINES) + LINES * (request.form.get("more") == "15")
    with database().reading() as session:
        sheet = str(form.value("sheet", request.args.get("sheet", "")))
        year = (day_in(str(form.value("occurred_on"))) or day_asked_for("day") or today()).year
        free = lines_to_key(session, book, year, as_printed(plain(sheet).upper()))
        return render_template(
            "outlet/paper_day/new.html", sheet=sheet, items=goods_of(session, book, today()),
            numbers=numbered(form, free, min(shown, MOST_LINES)), staff_here=staff_at(session, book),
        )


def numbered(form: Filled, free: list[int], rows: int) -> list[str]:
    """Return the number of each line of the grid: the one typed where the line is used, else the next that is free."""
    lines = form.lines("lines")
    typed = {place: str(line["line"]) for place, line in lines.items() if line.get("line") and is_used(line)}
    for place in lines.keys() - typed.keys():
        lines[place].pop("line", None)
    left = (str(n) for n in free if str(n) not in typed.values())
    return [typed.get(place) or next(left, "") for place in range(rows)]


def is_used(line: Typed) -> bool:
    """Tell whether something was typed into a line of the grid beside its number."""
    return any(filled_in(value) for name, value in line.items() if name != "line")


def at_cell(name: str) -> str:
    """Return the cell of the grid at which a sentence stands: all about goods at the goods."""
    parts = name.split("-")
    return "-".join([*parts[:2], CELL_OF.get(parts[2], parts[2])]) if len(parts) > 2 else name


@blueprint.post("")
def create(book: str) -> Page:
    """Key the paper and show what became of each line, and which were left for later."""

    def done(_: dict[str, Any]) -> str:
        later = [value for name, value in request.form.items()
                 if name.endswith("-line") and f"{name.removesuffix('-line')}-later" in request.form]
        return url_for(".index", book=book, day=day_in(request.form["occurred_on"]),
                       left=",".join(later) or None)

    return act_on_form(PaperDayForm, key_paper_day, done=done, again=new, prepare=gather)


def gather(form: Filled) -> Typed:
    """Return what was typed as the schema asks for it: codes for names, no line that is left for later."""
    lines = form.lines("lines")
    form.called = {f"lines-{place}": say(Sentence(N_("Line %(n)s"), {"n": line.get("line")}))
                   for place, line in lines.items()}
    with database().reading() as session:
        items = goods_of(session, g.site.code, today())
        readers = {
            "household": lambda words: household_of(session, g.site.code, words),
            "goods": lambda words: basket_of(words, items),
        }
        read = {
            str(place): {
                **{name: value for name, value in line.items() if name not in CELLS},
                **understood(form, f"lines-{place}", line, readers),
                "proxy": {"name": line.get("collector", ""), "relation": line.get("relation", "")},
            }
            for place, line in lines.items()
            if "later" not in line and is_used(line)
        }
    return {**form.typed, "lines": read} if lines or "lines" not in form.typed else form.typed


def understood(form: Filled, at: str, line: Typed, readers: dict[str, Any]) -> Typed:
    """Return household and goods as codes; what cannot be understood is told at its cell, and nothing else of it."""
    found: Typed = {}
    for name, read in readers.items():
        if isinstance(line.get(name), str) and line[name].strip():
            said = read(line[name])
            if isinstance(said, Sentence):
                form.errors[f"{at}-{name}"] = [said]
                said = "X" if name == "household" else [{"item": "X", "quantity": 1}]
            found["basket" if name == "goods" else name] = said
    return found


@blueprint.get("/requests/<int:n>")
def request_shown(book: str, n: int) -> Page:
    """Show a line that waits for a second person: what the book has, what went home, and what would be booked now."""
    with database().reading() as session:
        asked = request_of(session, book, n, kind=PAPER_LINE)
        said = asked.lines()
        return render_template(
            "outlet/paper_day/request.html", asked=asked, said=said,
            went=carried(session, book, said["household"], said["basket"], date.fromisoformat(said["occurred_on"])),
            household=session.get_one(Household, (book, said["household"])),
            names=items_by_code(session),
        )


@blueprint.post("/requests/<int:n>/confirmation")
def confirm(book: str, n: int) -> Page:
    """Book the line as it went home, as a second person."""
    return act_on_button(
        confirm_paper_line, request=n, again=request_shown,
        done=lambda answer: url_for("redemption.show", book=book, number=answer["number"]),
    )
