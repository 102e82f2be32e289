"""Settings 设置: what differs from place to place, with its meaning in words and the day it holds from."""

from flask import Blueprint, url_for

from ledger.db import database
from ledger.errors import NotFound
from ledger.operations.policy import decide_policy
from ledger.registers.policy import DEFAULTS
from ledger.registers.requests import proposals_waiting
from ledger.registers.sites import outlets
from ledger.reports.policies import policies, policy_history
from ledger.reports.proposals import proposals
from ledger.terms import N_
from ledger.web.acts import Page, act_on_form
from ledger.web.people import today
from ledger.web.tables import table_page
from schemas.policy import policy_form

blueprint = Blueprint("policy", __name__, url_prefix="/county/settings")


@blueprint.get("")
def index() -> Page:
    """Show every setting as it holds today, and what is to come."""
    with database().reading() as session:
        table = policies(session, today())
        return table_page("county/policy/index.html", table, waiting=len(proposals_waiting(session)))


@blueprint.get("/<name>")
def show(name: str) -> Page:
    """Show one setting with all it ever said. Raises NotFound."""
    if name not in DEFAULTS:
        raise NotFound(what=N_("setting"))
    with database().reading() as session:
        return table_page(
            "county/policy/show.html", policy_history(session, name), name=name, setting=DEFAULTS[name],
            outlets=outlets(session), waiting=proposals(session, today(), proposals_waiting(session, name=name)),
        )


@blueprint.post("/<name>")
def create(name: str) -> Page:
    """Let the setting hold from a day on, or propose that where a second hand is needed."""
    if name not in DEFAULTS:
        raise NotFound(what=N_("setting"))
    form = policy_form(DEFAULTS[name].kind)
    return act_on_form(form, decide_policy, name=name, done=url_for(".show", name=name), again=show)
