"""Support points 保障积分: who has a right to them, and the grant of a month as a sheet to draw."""

import re

from flask import Blueprint, request, url_for

from ledger.db import database
from ledger.operations.support import end_right, grant_right
from ledger.registers.grants import by_right, grant_time
from ledger.registers.policy import policy
from ledger.registers.rules import rule_day
from ledger.reports.support import grant, support_rights, support_rules
from ledger.web.acts import Page, act_on_form
from ledger.web.people import today
from ledger.web.tables import seen_table, table_page
from schemas.support import RightEndForm, RightForm

blueprint = Blueprint("support", __name__, url_prefix="/books/<book>/support")
MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@blueprint.get("")
def index(book: str) -> Page:
    """Show the rights, and the grant of a month before it is drawn."""
    return page(book)


def page(book: str, ending: bool = False) -> Page:
    """Return the page with what was typed, to record a right or to end one."""
    asked, day = request.args.get("period", ""), today()
    period = asked if MONTH.fullmatch(asked) else f"{day:%Y-%m}"
    with database().reading() as session:
        rules = support_rules(session, book, rule_day(period, day))
        chosen = next((rule for rule in rules if rule.code == request.args.get("rule")), rules[0] if rules else None)
        return table_page(
            "outlet/support/index.html", seen_table(support_rights(session, book)), ending=ending, period=period,
            rules=rules, rule=chosen, preview=seen_table(grant(session, book, period, chosen)),
            free=chosen is not None and not by_right(chosen, grant_time(session, book, period)),
            every=policy(session, book, "support_every", day),
        )


@blueprint.post("")
def create(book: str) -> Page:
    """Record a right."""
    return act_on_form(RightForm, grant_right, done=url_for(".index", book=book), again=index)


@blueprint.post("/end")
def end(book: str) -> Page:
    """Record the last day of a right."""
    return act_on_form(
        RightEndForm, end_right, done=url_for(".index", book=book), again=lambda **_: page(book, ending=True)
    )
