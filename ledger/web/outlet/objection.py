"""Objections 异议: taken in from anybody, answered by the supervisor or the committee, with a name."""

from flask import Blueprint, render_template, url_for

from ledger.db import database
from ledger.operations.objection import raise_objection
from ledger.operations.objection_answer import answer_objection, confirm_answer
from ledger.registers.objections import scorers_of
from ledger.reports.objections import objection_page
from ledger.web.acts import Page, act_on_button, act_on_form
from ledger.web.outlet.sheet import sheet_shown
from ledger.web.people import signed_in
from schemas.objection import AnswerForm, ObjectionForm

blueprint = Blueprint("objection", __name__, url_prefix="/books/<book>/sheets/<int:n>/objections")


@blueprint.post("")
def create(book: str, n: int) -> Page:
    """Take an objection in and show it."""
    return act_on_form(
        ObjectionForm, raise_objection, sheet=n, again=lambda **_: sheet_shown(book, n, "object"),
        done=lambda answer: url_for(".show", book=book, n=n, objection=answer["n"]),
    )


@blueprint.get("/<int:objection>")
def show(book: str, n: int, objection: int) -> Page:
    """Show an objection with its answer, or the form for one."""
    with database().reading() as session:
        told = objection_page(session, book, n, objection)
        scored = signed_in().name in scorers_of(session, book, n, told["asked"].line or None)
    return render_template("outlet/objection/show.html", scored=scored, **told)


@blueprint.post("/<int:objection>/answer")
def answer(book: str, n: int, objection: int) -> Page:
    """Answer the objection, or propose the answer."""
    done = url_for(".show", book=book, n=n, objection=objection)
    return act_on_form(AnswerForm, answer_objection, sheet=n, objection=objection, done=done, again=show)


@blueprint.post("/<int:objection>/answer/confirmation")
def confirm(book: str, n: int, objection: int) -> Page:
    """Give the proposed answer, for the town."""
    done = url_for(".show", book=book, n=n, objection=objection)
    return act_on_button(confirm_answer, sheet=n, objection=objection, done=done, again=show)
