"""Objections to a claw-back: taken in from anybody, answered by another than who proposed to take the points."""

from flask import Blueprint, render_template, url_for

from ledger.db import database
from ledger.operations.claw_back_objection import answer_claw_back_objection, object_to_claw_back
from ledger.reports.objections import claw_back_objection_page, claw_back_page
from ledger.web.acts import Page, act_on_form
from ledger.web.people import signed_in
from schemas.objection import ClawBackAnswerForm, ClawBackObjectionForm

blueprint = Blueprint("claw_back_objection", __name__, url_prefix="/books/<book>/claw-backs/<int:n>/objections")


@blueprint.get("")
def index(book: str, n: int) -> Page:
    """Show a claw-back with the objections to it, and the form for one."""
    with database().reading() as session:
        return render_template("outlet/claw_back/objections.html", **claw_back_page(session, book, n))


@blueprint.post("")
def create(book: str, n: int) -> Page:
    """Take an objection in and show it."""
    return act_on_form(
        ClawBackObjectionForm, object_to_claw_back, request=n, again=index,
        done=lambda answer: url_for(".show", book=book, n=n, objection=answer["n"]),
    )


@blueprint.get("/<int:objection>")
def show(book: str, n: int, objection: int) -> Page:
    """Show an objection with its answer, or the form for one."""
    with database().reading() as session:
        told = claw_back_objection_page(session, book, n, objection)
    return render_template("outlet/objection/show.html", own=told["claw_back"].asked_by == signed_in().name, **told)


@blueprint.post("/<int:objection>/answer")
def answer(book: str, n: int, objection: int) -> Page:
    """Answer the objection."""
    return act_on_form(
        ClawBackAnswerForm, answer_claw_back_objection, request=n, objection=objection, again=show,
        done=url_for(".show", book=book, n=n, objection=objection),
    )
