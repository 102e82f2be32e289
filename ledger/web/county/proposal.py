"""Proposals 待第二人确认: prices and rates that wait, with old and new value; ticked ones are confirmed in one go."""

from flask import Blueprint, url_for

from ledger.db import database
from ledger.operations.proposal import decide_proposals
from ledger.reports.proposals import proposals, proposals_decided
from ledger.web.acts import Page, act_on_form
from ledger.web.forms import form_in_hand
from ledger.web.people import signed_in, today
from ledger.web.tables import table_page
from schemas.form import MOST_LINES
from schemas.proposal import ProposalsForm

blueprint = Blueprint("proposal", __name__, url_prefix="/county/proposals")


@blueprint.get("")
def index() -> Page:
    """Show what waits and what was decided lately; at first everything is ticked that this person may decide."""
    form = form_in_hand()
    with database().reading() as session:
        rows, decided = proposals(session, today())[:MOST_LINES], proposals_decided(session)
    ticked = {str(line.get("request")) for line in form.lines("proposals").values()}
    waiting = [
        {**row, "mine": row["asked_by"] == signed_in().name, "ticked": not form.typed or str(row["request"]) in ticked}
        for row in form.placed("proposals", rows, "request")
    ]
    return table_page("county/proposal/index.html", decided, waiting=waiting)


@blueprint.post("")
def decide() -> Page:
    """Confirm or decline what was ticked, all of it or nothing."""
    return act_on_form(ProposalsForm, decide_proposals, done=url_for(".index"), again=index)
