"""Balances: rows moved by UPDATE under a CHECK, in the transaction of the entry that moves them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from sqlalchemy import bindparam, select, tuple_
from sqlmodel import Session

from ledger import chart
from ledger.db.prepared import Prepared
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
    # Both databases limit how many values one statement may carry.
    for start in range(0, len(places), 400):
        some = places[start : start + 400]
        values = dict(zip(names_of(len(some)), chain.from_iterable(some), strict=True))
        rows = reading(len(some)).ask(session, {"book": book, **values})
        found.update({Place(*place): quantity for *place, quantity in rows})
    return found


@cache
def names_of(count: int) -> list[str]:
    """Return what the values of so many places are called in the statement that reads them."""
    return [f"{name}{n}" for n in range(count) for name in "acl"]


@cache
def reading(count: int) -> Prepared:
    """Return the statement that reads so many places."""
    columns = balances.c
    names = names_of(count)
    places = [tuple_(*map(bindparam, names[start : start + 3])) for start in range(0, len(names), 3)]
    return Prepared(
        select(columns.account, columns.commodity, columns.lot, columns.quantity).where(
            columns.book == bindparam("book"), tuple_(columns.account, columns.commodity, columns.lot).in_(places)
        )
    )


def move_all(session: Session, book: str, moves: Sequence[Move]) -> list[tuple[int, int]]:
    """Move the balances of one book, in order; return what source and destination held after each move.

    The caller holds the book's turn. Raises NotThere when an account would fall below zero on the way; the CHECK of
    the database says so too.
    """
    paths = [ends(move) for move in moves]
    places = sorted({place for path in paths for place in path})
    before = rows_of(session, book, places)
    make_rows(session, book, [place for place in places if place not in before])
    now = {place: before.get(place, 0) for place in places}
    after = [
        (taken(now, source, move.quantity), given(now, destination, move.quantity))
        for move, (source, destination) in zip(moves, paths, strict=True)
    ]
    changes = [(place, now[place] - before.get(place, 0)) for place in places]
    update_rows(session, book, [(place, change) for place, change in changes if change])
    return after


def ends(move: Move) -> tuple[Place, Place]:
    """Return the two places a move touches."""
    return Place(move.source, move.commodity, move.lot), Place(move.destination, move.commodity, move.lot)


def taken(now: dict[Place, int], source: Place, quantity: int) -> int:
    """Take a quantity from its source; return what is left there."""
    if now[source] < quantity and not chart.may_go_below_zero(source.account):
        raise NotThere(**source._asdict(), held=now[source], asked=quantity)
    now[source] -= quantity
    return now[source]


def given(now: dict[Place, int], destination: Place, quantity: int) -> int:
    """Give a quantity to its destination; return what is there then."""
    now[destination] += quantity
    return now[destination]


def make_rows(session: Session, book: str, places: Sequence[Place]) -> None:
    """Make rows that hold nothing yet.

    The row is made with zero first: both databases test CHECK on the proposed row, before the conflict.
    """
    if places:
        rows = [
            {"book": book, **place._asdict(), "quantity": 0, "free": int(chart.may_go_below_zero(place.account))}
            for place in places
        ]
        MAKE.send(session, rows)


MAKE = Prepared(balances.insert())
UPDATE = Prepared(
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
            {"b_book": book, "b_account": account, "b_commodity": commodity, "b_lot": lot, "b_change": change}
            for (account, commodity, lot), change in changes
        ]
        UPDATE.send(session, rows)
