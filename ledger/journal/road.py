"""Goods on the road: what left one book and has not come into another."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from ledger.db.types import table_of
from ledger.errors import LedgerError
from ledger.journal.balances import Move
from ledger.journal.tables import OnTheRoad
from ledger.terms import N_

road = table_of(OnTheRoad)


class NotOnTheRoad(LedgerError):
    """More was said to arrive, or to come back, than is on the road."""

    message = N_("Of %(commodity)s %(lot)s only %(held)s are on the road from %(book)s-%(number)s, %(asked)s named.")
    field = "lines"


def put_on_the_road(session: Session, *, book: str, number: int, destination: str, moves: Sequence[Move]) -> None:
    """Note the lines of a dispatch as on the road."""
    rows = [
        {
            "book": book, "number": number, "line": line, "destination": destination,
            "commodity": move.commodity, "lot": move.lot, "sent": move.quantity, "quantity": move.quantity,
        }
        for line, move in enumerate(moves, start=1)
    ]
    if rows:
        session.execute(insert(road), rows)


def lines_on_the_road(session: Session, *, book: str, number: int) -> list[OnTheRoad]:
    """Return the lines of one dispatch, locked until this operation ends, with what is still on the road."""
    query = (
        select(OnTheRoad).where(road.c.book == book, road.c.number == number).order_by(road.c.line).with_for_update()
    )
    return list(session.execute(query, execution_options={"populate_existing": True}).scalars())


def take_off_the_road(session: Session, line: OnTheRoad, quantity: int) -> None:
    """Take a quantity off the road; a negative one puts it back. Raises NotOnTheRoad."""
    if not 0 <= line.quantity - quantity <= line.sent:
        raise NotOnTheRoad(
            commodity=line.commodity, lot=line.lot, held=line.quantity, asked=quantity,
            book=line.book, number=line.number,
        )
    mine = (road.c.book == line.book, road.c.number == line.number, road.c.line == line.line)
    session.execute(update(road).where(*mine).values(quantity=road.c.quantity - quantity))
    # The line in hand knows it too, so that it cannot be taken twice.
    set_committed_value(line, "quantity", line.quantity - quantity)
