"""The board 县级: all sites a person's work includes, in one table."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ledger.db import database
from ledger.journal import county_day
from ledger.registers.staff import may_read
from ledger.reports.board import board
from ledger.reports.proof import points_proof
from ledger.reports.stock import on_the_road
from ledger.web.people import now, signed_in
from ledger.web.tables import table_page

blueprint = Blueprint("board", __name__, url_prefix="/county")


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show every site's book at a glance."""
    with database().reading() as session:
        table = board(session, may_see=lambda site: may_read(signed_in(), site))
        return table_page(
            "county/board.html", table, day=county_day(session, now()), proof=points_proof(session),
            road=on_the_road(session),
        )
