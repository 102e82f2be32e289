"""Settings 设置: what differs from place to place, with its meaning in words and the day it holds from."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.errors import NotFound
from ledger.journal import county_day
from ledger.operations.policy import decide_policy
from ledger.registers.policy import DEFAULTS
from ledger.registers.requests import proposals_waiting
from ledger.registers.sites import outlets
from ledger.reports.policies import policies, policy_history
from ledger.reports.proposals import proposals
from ledger.terms import COUNTY, N_
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.tables import table_page
from schemas.policy import policy_form

blueprint = Blueprint("policy", __name__, url_prefix="/county/settings")


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Show every setting as it holds today, and what is to come."""
    with database().reading() as session:
        table = policies(session, county_day(session, now()))
        return table_page("county/policy/index.html", table, waiting=len(proposals_waiting(session)))


@blueprint.get("/<name>")
def show(name: str) -> ResponseReturnValue:
    """Show one setting with all it ever said."""
    return page(name, Filled())


def page(name: str, form: Filled) -> ResponseReturnValue:
    """Return one setting's page with what was typed. Raises NotFound."""
    if name not in DEFAULTS:
        raise NotFound(what=N_("setting"))
    with database().reading() as session:
        day = county_day(session, now())
        return table_page(
            "county/policy/show.html", policy_history(session, name), form=form, name=name, setting=DEFAULTS[name],
            day=day, outlets=outlets(session), waiting=proposals(session, day, proposals_waiting(session, name=name)),
        )


@blueprint.post("/<name>")
def create(name: str) -> ResponseReturnValue:
    """Let the setting hold from a day on, or propose that where a second hand is needed."""
    if name not in DEFAULTS:
        raise NotFound(what=N_("setting"))
    return act_on_form(
        policy_form(DEFAULTS[name].kind), decide_policy, book=COUNTY, name=name,
        done=lambda _: url_for(".show", name=name), again=lambda form: page(name, form),
    )
