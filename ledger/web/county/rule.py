"""The rule book 积分细则: one rule with its versions, and the form by which the next version begins."""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.errors import NotFound
from ledger.journal import county_day
from ledger.operations.rule import decide_rule
from ledger.registers.rules import Rule, replaced_ones, versions_of
from ledger.reports.registers import rule_versions
from ledger.terms import COUNTY
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.tables import table_page
from schemas.rule import RuleForm

blueprint = Blueprint("rule", __name__, url_prefix="/registers/rules")


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """Show an empty rule."""
    return page(Filled(), "")


@blueprint.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    """Show a rule with all its versions."""
    return page(Filled(), code)


def page(form: Filled, code: str) -> ResponseReturnValue:
    """Return the versions of a rule and the form of the next, filled in as the last one is. Raises NotFound."""
    with database().reading() as session:
        versions, day = versions_of(session, code), county_day(session, now())
    if code and not versions:
        raise NotFound(what=Rule.word)
    last = versions[0] if versions else None
    return table_page(
        "county/rule/show.html", rule_versions(code, versions), form=form, last=last, day=day,
        replaced=replaced_ones(versions), shown=RuleForm().dump(last) if last else {},
    )


@blueprint.post("/")
def create() -> ResponseReturnValue:
    """Let a version begin: the first of a new rule, or the next of one that stands."""

    def done(answer: dict[str, Any]) -> str:
        return url_for(".show", code=answer["key"][0])

    def again(form: Filled) -> ResponseReturnValue:
        return page(form, "" if form.content.get("version", 1) == 1 else form.content.get("code", ""))

    return act_on_form(RuleForm, decide_rule, book=COUNTY, done=done, again=again)
