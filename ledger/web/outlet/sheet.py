"""Points sheets 评议: drawn up after the meeting, put on notice, credited by another person."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for

from ledger.db import database
from ledger.operations.credit import credit_sheet
from ledger.operations.notice import publish_notice, take_down
from ledger.operations.sheet import draw_sheet
from ledger.registers.cover import cover_of
from ledger.registers.deeds import Deed, proposed_deeds
from ledger.registers.households import search
from ledger.registers.objections import scorers_of
from ledger.registers.printings import times_printed
from ledger.registers.sheets import points_to_come, rules_used
from ledger.reports.notice import notice_paper, sheet_notice, with_states
from ledger.reports.papers import in_pages
from ledger.reports.sheets import meeting_paper, sheet_page, sheets
from ledger.terms import DeedStatus, HouseholdStatus
from ledger.web.acts import Operation, Page, act_on_form, thing_shown
from ledger.web.forms import form_in_hand
from ledger.web.outlet.deed import offered_rules
from ledger.web.outlet.grid import ACROSS, DOWN, GRID, cells_called, gather, sent_codes, told
from ledger.web.people import signed_in, today
from ledger.web.tables import seen_table, table_page
from schemas.form import Form
from schemas.sheet import CreditForm, NoticeForm, SheetForm, TakingDownForm

blueprint = Blueprint("sheet", __name__, url_prefix="/books/<book>/sheets")

ROWS_A_PAGE, ABOVE_HANDS = 20, 12
"""Rows of a page of the meeting's paper, and how many of them stand above the members' signatures."""


@blueprint.get("")
def index(book: str) -> Page:
    """Show the outlet's sheets and how far each has come."""
    with database().reading() as session:
        return table_page("outlet/sheet/index.html", sheets(session, book))


@blueprint.get("/new")
def new(book: str) -> Page:
    """Show an empty sheet, with the deeds put off by an earlier meeting and, if asked for, all that wait."""
    with database().reading() as session:
        deeds = [
            deed for deed in proposed_deeds(session, book)
            if deed.status == DeedStatus.DEFERRED or "deeds" in request.args
        ]
    return page(book, deeds)


def page(book: str, deeds: Sequence[Deed] = ()) -> str:
    """Return the sheet with what was typed: a grid of the rules chosen, and a dozen lines more when asked for."""
    form = told(form_in_hand())
    written = 1 + max((place for place in form.lines("lines") if place < GRID), default=-1)
    with database().reading() as session:
        rules = offered_rules(session, book, today())
        households = search(session, book, limit=DOWN, retired=False)
        active = [one for one in households if one.status == HouseholdStatus.ACTIVE]
        known = {one.number: one for one in sorted(active, key=lambda one: (one.group, one.number))}
        columns = sent_codes(form, "columns", ACROSS) or [*enumerate(request.args.getlist("rule")[:ACROSS])]
        rows = sent_codes(form, "rows", DOWN) or [*enumerate(known if columns else ())]
        form.called |= cells_called(rows, columns)
        return render_template(
            "outlet/sheet/new.html", rules=rules, households=households, deeds=deeds,
            waiting=len(proposed_deeds(session, book)), used=rules_used(session, book),
            lines=min(max(written, len(deeds)) + 12 * ("more" in request.form or not written), GRID),
            columns=[(place, rules[code]) for place, code in columns if code in rules],
            rows=[(place, known[number]) for place, number in rows if number in known], grid=GRID, across=ACROSS,
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Draw the sheet up and show it."""
    return act_on_form(SheetForm, draw_sheet, done=thing_shown, again=page, prepare=gather)


@blueprint.get("/<int:n>")
def show(book: str, n: int) -> Page:
    """Show a sheet with its next step, or the form that was asked for: object, down or again."""
    return sheet_shown(book, n, request.args.get("do", ""))


def sheet_shown(book: str, n: int, doing: str = "") -> Page:
    """Return one sheet's page, or its lines as a file."""
    day = today()
    with database().reading() as session:
        page = sheet_page(session, book, n)
        sheet = page.sheet
        return table_page(
            "outlet/sheet/show.html", seen_table(with_states(session, page, day)), sheet=sheet, doing=doing,
            aside=seen_table(page.aside), ready=sheet.notice_until is not None and day > sheet.notice_until,
            scored=signed_in().name in scorers_of(session, book, n),
            cover=cover_of(session, book, day, coming=points_to_come(page.lines)),
            **sheet_notice(session, book, n, day),
        )


@blueprint.get("/<int:n>/paper")
def paper(book: str, n: int) -> Page:
    """Show the paper of the meeting, for its members to sign, to be printed."""
    with database().reading() as session:
        said = meeting_paper(session, book, n)
        number, lines = said["sheet"].drawn_number, list(seen_table(said["lines"]).rows)
        return render_template(
            "outlet/sheet/paper.html", pages=in_pages(lines, ROWS_A_PAGE, "points", last=ABOVE_HANDS),
            times=times_printed(session, book, "sheet", [number])[number], **said,
        )


@blueprint.post("/<int:n>/notice")
def publish(book: str, n: int) -> Page:
    """Note that the sheet hangs, or hangs again."""
    return act_on_sheet(NoticeForm, publish_notice, book, n, "again")


@blueprint.post("/<int:n>/notice/end")
def down(book: str, n: int) -> Page:
    """Note that the sheet came off the board."""
    return act_on_sheet(TakingDownForm, take_down, book, n, "down")


@blueprint.post("/<int:n>/credit")
def credit(book: str, n: int) -> Page:
    """Credit what may be credited of the sheet."""
    return act_on_sheet(CreditForm, credit_sheet, book, n)


def act_on_sheet(
    schema: type[Form], operation: Operation, book: str, n: int, doing: str = ""
) -> Page:
    """Do one step of a sheet and show it; a refusal is the sheet with the same form again."""
    done = url_for(".show", book=book, n=n)
    return act_on_form(schema, operation, sheet=n, done=done, again=lambda **_: sheet_shown(book, n, doing))


@blueprint.get("/<int:n>/notice")
def notice(book: str, n: int) -> Page:
    """Show the paper for the board, to be printed."""
    with database().reading() as session:
        paper = notice_paper(session, book, n, today())
        number = paper["sheet"].notice_number or 0
        times = times_printed(session, book, "notice", [number])[number]
    return render_template("outlet/sheet/notice.html", times=times, **paper)
