"""Balances: rows moved by UPDATE under a CHECK, in the transaction of the entry that moves them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select, tuple_
from sqlmodel import Session

from ledger import chart
from ledger.db.types import table_of
from ledger.errors import LedgerError
from ledger.journal.tables import Balance
from ledger.terms import N_

balances = table_of(Balance)


@dataclass(frozen=True, slots=True)
class Move:
    """A quantity of one commodity and lot, from one account to another."""

    source: str
    destination: str
    commodity: str
    quantity: int
    lot: str = ""

    def mirrored(self) -> "Move":
        """Return the move that undoes this one."""
        return Move(self.destination, self.source, self.commodity, self.quantity, self.lot)


class Place(NamedTuple):
    """Where something lies: account, commodity, lot."""

    account: str
    commodity: str
    lot: str


class NotThere(LedgerError):
    """An account would fall below zero."""

    message = N_("There is not enough in %(account)s: %(held)s of %(commodity)s %(lot)s, %(asked)s asked.")


def on_hand(session: Session, book: str, account: str, commodity: str, lot: str = "") -> int:
    """Return what an account holds of one commodity and lot; nothing ever put there is 0."""
    return held(session, book, [Place(account, commodity, lot)])[Place(account, commodity, lot)]


def held(session: Session, book: str, places: Iterable[Place]) -> dict[Place, int]:
    """Return what each place holds now; a place nothing was ever put in holds 0."""
    wanted = sorted(set(places))
    found: dict[Place, int] = dict.fromkeys(wanted, 0)
    found.update(rows_of(session, book, wanted))
    return found


def rows_of(session: Session, book: str, places: Sequence[Place]) -> dict[Place, int]:
    """Return the balance rows there are among these places."""
    found: dict[Place, int] = {}
    connection = session.connection()
    # Both databases limit how many values one statement may carry.
    for start in range(0, len(places), 400):
        some = places[start : start + 400]
        values = {f"{name}{n}": value for n, place in enumerate(some) for name, value in zip("acl", place, strict=True)}
        rows = connection.execute(reading(len(some)), {"book": book, **values})
        found.update({Place(row[0], row[1], row[2]): row[3] for row in rows})
    return found


@cache
def reading(count: int) -> Select[Any]:
    """Return the statement that reads so many places; built once, it is sent in a fraction of the time."""
    columns = balances.c
    places = [tuple_(*(bindparam(f"{name}{n}") for name in "acl")) for n in range(count)]
    return select(columns.account, columns.commodity, columns.lot, columns.quantity).where(
        columns.book == bindparam("book"), tuple_(columns.account, columns.commodity, columns.lot).in_(places)
    )


def move_all(session: Session, book: str, moves: Sequence[Move]) -> list[tuple[int, int]]:
    """Move the balances of one book, in order; return what source and destination held after each move.

    The caller holds the book's turn. Raises NotThere when an account would fall below zero on the way; the CHECK of
    the database says so too.
    """
    places = {place for move in moves for place in ends(move)}
    before = rows_of(session, book, sorted(places))
    make_rows(session, book, sorted(places - before.keys()))
    now = {place: before.get(place, 0) for place in places}
    after = [(taken(now, move), given(now, move)) for move in moves]
    changes = [(place, now[place] - before.get(place, 0)) for place in sorted(places)]
    update_rows(session, book, [(place, change) for place, change in changes if change])
    return after


def ends(move: Move) -> tuple[Place, Place]:
    """Return the two places a move touches."""
    return Place(move.source, move.commodity, move.lot), Place(move.destination, move.commodity, move.lot)


def taken(now: dict[Place, int], move: Move) -> int:
    """Take a move's quantity from its source; return what is left there."""
    place = ends(move)[0]
    if now[place] < move.quantity and not chart.may_go_below_zero(move.source):
        raise NotThere(**place._asdict(), held=now[place], asked=move.quantity)
    now[place] -= move.quantity
    return now[place]


def given(now: dict[Place, int], move: Move) -> int:
    """Give a move's quantity to its destination; return what is there then."""
    place = ends(move)[1]
    now[place] += move.quantity
    return now[place]


def make_rows(session: Session, book: str, places: Sequence[Place]) -> None:
    """Make rows that hold nothing yet.

    The row is made with zero first: both databases test CHECK on the proposed row, before the conflict.
    """
    if places:
        rows = [
            {"book": book, **place._asdict(), "quantity": 0, "free": int(chart.may_go_below_zero(place.account))}
            for place in places
        ]
        session.connection().execute(MAKE, rows)


MAKE = balances.insert()
UPDATE = (
    balances.update()
    .where(
        balances.c.book == bindparam("b_book"),
        balances.c.account == bindparam("b_account"),
        balances.c.commodity == bindparam("b_commodity"),
        balances.c.lot == bindparam("b_lot"),
    )
    .values(quantity=balances.c.quantity + bindparam("b_change"))
)


def update_rows(session: Session, book: str, changes: Sequence[tuple[Place, int]]) -> None:
    """Move the rows, in one fixed order so that no two operations wait for each other in a ring."""
    if changes:
        rows = [
            {"b_book": book, **{f"b_{name}": value for name, value in place._asdict().items()}, "b_change": change}
            for place, change in changes
        ]
        session.connection().execute(UPDATE, rows)
