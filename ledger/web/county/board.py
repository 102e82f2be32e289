"""The board 县级: all sites a person's work includes, in one table."""

from collections.abc import Collection
from dataclasses import replace

from flask import Blueprint, Response
from sqlmodel import Session

from ledger.db import database
from ledger.registers.requests import proposals_waiting
from ledger.registers.staff import may_read
from ledger.reports.board import board
from ledger.reports.proof import points_proof
from ledger.reports.proposals import second_person_missing
from ledger.reports.stock import on_the_road
from ledger.reports.table import Table
from ledger.web.people import signed_in, today
from ledger.web.tables import table_page

blueprint = Blueprint("board", __name__, url_prefix="/county")


@blueprint.get("/")
def show() -> str | Response:
    """Show every site's book at a glance."""
    with database().reading() as session:
        table = board(session, today(), may_see=lambda site: may_read(signed_in(), site))
        books = [row["book"] for row in table.rows]
        # Who works nowhere sees the sums of no book; without a name they would be those of all.
        proof = points_proof(session, *books or [""])
        return table_page(
            "county/board.html", table, proof=proof, road=road_between(session, books),
            waiting=len(proposals_waiting(session)), alone=second_person_missing(session),
        )


def road_between(session: Session, books: Collection[str]) -> Table:
    """Return what is on the road from or to these books."""
    road = on_the_road(session)
    return replace(road, rows=[row for row in road.rows if row["from"] in books or row["to"] in books])
