"""Objections 异议: taken in from anybody, answered by the supervisor or the committee, with a name."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.objection import raise_objection
from ledger.operations.objection_answer import answer_objection, confirm_answer
from ledger.registers.objections import scorers_of
from ledger.reports.objections import objection_page
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.outlet.sheet import sheet_shown
from ledger.web.people import now, signed_in
from schemas.arrival import ConfirmationForm
from schemas.objection import AnswerForm, ObjectionForm

blueprint = Blueprint("objection", __name__, url_prefix="/books/<book>/sheets/<int:n>/objections")


@blueprint.post("")
def create(book: str, n: int) -> ResponseReturnValue:
    """Take an objection in and show it."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, n=n, objection=answer["n"])

    return act_on_form(
        ObjectionForm, raise_objection, book=book, sheet=n, done=done,
        again=lambda form: sheet_shown(book, n, form, "object"),
    )


@blueprint.get("/<int:objection>")
def show(book: str, n: int, objection: int) -> ResponseReturnValue:
    """Show an objection with its answer, or the form for one."""
    return page(book, n, objection, Filled())


def page(book: str, n: int, objection: int, form: Filled) -> ResponseReturnValue:
    """Return one objection's page with what was typed."""
    with database().reading() as session:
        day = county_day(session, now())
        asked = objection_page(session, book, n, objection)
        scored = signed_in().name in scorers_of(session, book, n, asked["line"].line)
    return render_template(
        "outlet/objection/show.html", form=form, day=day, scored=scored, claw_back=None, own=False, **asked
    )


@blueprint.post("/<int:objection>/answer")
def answer(book: str, n: int, objection: int) -> ResponseReturnValue:
    """Answer the objection, or propose the answer."""
    return act_on_objection(AnswerForm, answer_objection, book, n, objection)


@blueprint.post("/<int:objection>/answer/confirmation")
def confirm(book: str, n: int, objection: int) -> ResponseReturnValue:
    """Give the proposed answer, for the town."""
    return act_on_objection(ConfirmationForm, confirm_answer, book, n, objection)


def act_on_objection(schema: Any, operation: Any, book: str, n: int, objection: int) -> ResponseReturnValue:
    """Do one step of an objection and show it."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, n=n, objection=objection)

    return act_on_form(
        schema, operation, book=book, sheet=n, objection=objection, done=done,
        again=lambda form: page(book, n, objection, form),
    )
