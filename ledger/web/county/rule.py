"""The rule book 积分细则: one rule with its versions, and the form by which the next version begins."""

from flask import Blueprint, url_for

from ledger.db import database
from ledger.errors import NotFound
from ledger.operations.rule import decide_rule
from ledger.registers.rules import Rule, replaced_ones, versions_of
from ledger.reports.registers import rule_versions
from ledger.web.acts import Page, act_on_form
from ledger.web.forms import form_in_hand
from ledger.web.tables import table_page
from schemas.rule import RuleForm

blueprint = Blueprint("rule", __name__, url_prefix="/registers/rules")


@blueprint.get("/new")
def new() -> Page:
    """Show an empty rule."""
    return page("")


@blueprint.get("/<code>")
def show(code: str) -> Page:
    """Show a rule with all its versions."""
    return page(code)


def page(code: str) -> Page:
    """Return the versions of a rule and the form of the next, filled in as the last one is. Raises NotFound."""
    with database().reading() as session:
        versions = versions_of(session, code)
    if code and not versions:
        raise NotFound(what=Rule.word)
    last = versions[0] if versions else None
    return table_page(
        "county/rule/show.html", rule_versions(code, versions), last=last, replaced=replaced_ones(versions),
        shown=RuleForm().dump(last) if last else {},
    )


@blueprint.post("/")
def create() -> Page:
    """Let a version begin: the first of a new rule, or the next of one that stands."""

    def again() -> Page:
        content = form_in_hand().content
        return page("" if content.get("version", 1) == 1 else content.get("code", ""))

    return act_on_form(RuleForm, decide_rule, done=lambda answer: url_for(".show", code=answer["key"][0]), again=again)
