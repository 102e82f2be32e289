"""Support points 保障积分: who has a right to them, and the grant of a month as a sheet to draw."""

import re

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.operations.support import end_right, grant_right
from ledger.registers.policy import policy
from ledger.registers.rules import rule_day
from ledger.reports.support import grant, support_rights, support_rules
from ledger.web.acts import act_on_form
from ledger.web.forms import Filled
from ledger.web.people import now
from ledger.web.seeing import seen_table
from ledger.web.tables import as_csv, wants_csv
from schemas.support import RightEndForm, RightForm

blueprint = Blueprint("support", __name__, url_prefix="/books/<book>/support")
MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@blueprint.get("")
def index(book: str) -> ResponseReturnValue:
    """Show the rights, and the grant of a month before it is drawn."""
    return page(Filled())


def page(form: Filled, *, ending: bool = False) -> ResponseReturnValue:
    """Return the page with what was typed, to record a right or to end one."""
    book = g.site.code
    with database().reading() as session:
        day = county_day(session, now())
        asked = request.args.get("period", "")
        period = asked if MONTH.fullmatch(asked) else f"{day:%Y-%m}"
        rights = seen_table(support_rights(session, book), leaving=wants_csv())
        if wants_csv():
            return as_csv(rights, prefix=book)
        rules = support_rules(session, book, rule_day(period, day))
        chosen = next((rule for rule in rules if rule.code == request.args.get("rule")), rules[0] if rules else None)
        return render_template(
            "outlet/support/index.html", form=form, ending=ending, table=rights, day=day, period=period,
            rules=rules, rule=chosen,
            preview=seen_table(grant(session, book, period, chosen), leaving=False),
            every=policy(session, book, "support_every", day),
        )


@blueprint.post("")
def create(book: str) -> ResponseReturnValue:
    """Record a right."""
    return act_on_form(RightForm, grant_right, book=book, done=lambda _: url_for(".index", book=book), again=page)


@blueprint.post("/end")
def end(book: str) -> ResponseReturnValue:
    """Record the last day of a right."""
    return act_on_form(
        RightEndForm, end_right, book=book, done=lambda _: url_for(".index", book=book),
        again=lambda form: page(form, ending=True),
    )
