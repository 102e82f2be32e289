"""Objections to a claw-back: taken in from anybody, answered by another than who proposed to take the points."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.claw_back_objection import answer_claw_back_objection, object_to_claw_back
from ledger.reports.objections import claw_back_objection_page, claw_back_page
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now, signed_in
from schemas.objection import ClawBackAnswerForm, ClawBackObjectionForm

blueprint = Blueprint("claw_back_objection", __name__, url_prefix="/books/<book>/claw-backs/<int:n>/objections")


@blueprint.get("")
def index(book: str, n: int) -> ResponseReturnValue:
    """Show a claw-back with the objections to it, and the form for one."""
    return page(book, n, Filled())


def page(book: str, n: int, form: Filled) -> ResponseReturnValue:
    """Return the claw-back's page with what was typed."""
    with database().reading() as session:
        day, told = county_day(session, now()), claw_back_page(session, book, n)
    return render_template("outlet/claw_back/objections.html", form=form, day=day, **told)


@blueprint.post("")
def create(book: str, n: int) -> ResponseReturnValue:
    """Take an objection in and show it."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, n=n, objection=answer["n"])

    return act_on_form(
        ClawBackObjectionForm, object_to_claw_back, book=book, request=n, done=done,
        again=lambda form: page(book, n, form),
    )


@blueprint.get("/<int:objection>")
def show(book: str, n: int, objection: int) -> ResponseReturnValue:
    """Show an objection with its answer, or the form for one."""
    return objection_shown(book, n, objection, Filled())


def objection_shown(book: str, n: int, objection: int, form: Filled) -> ResponseReturnValue:
    """Return one objection's page with what was typed."""
    with database().reading() as session:
        day, told = county_day(session, now()), claw_back_objection_page(session, book, n, objection)
    own = told["claw_back"].asked_by == signed_in().name
    return render_template(
        "outlet/objection/show.html", form=form, day=day, own=own, sheet=None, proposed=None, scored=False, **told
    )


@blueprint.post("/<int:objection>/answer")
def answer(book: str, n: int, objection: int) -> ResponseReturnValue:
    """Answer the objection."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", book=book, n=n, objection=objection)

    return act_on_form(
        ClawBackAnswerForm, answer_claw_back_objection, book=book, request=n, objection=objection, done=done,
        again=lambda form: objection_shown(book, n, objection, form),
    )
