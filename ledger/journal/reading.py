"""Reading the journal: heads, entries in order of number, their postings, and what is on hand."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from ledger.errors import NotFound
from ledger.journal.balances import Move
from ledger.journal.draft import Booked
from ledger.journal.tables import Balance, Book, Entry, Posting
from ledger.terms import N_

CHUNK = 1_000
"""How many entries are fetched at a time, so that a long book never lies in memory as a whole."""


def books(session: Session) -> list[Book]:
    """Return the head of every book, in order of code; the first open day is fetched when it is asked for."""
    # Who checks the books must get to a head whose day was spoilt, to name it.
    wanted = select(Book).options(defer(Book.open_from)).order_by(col(Book.code))
    return list(session.scalars(wanted))


def entries_of(
    session: Session,
    book: str,
    *,
    after: int = 0,
    through: int | None = None,
    limit: int | None = None,
    kind: str | None = None,
    booked_from: date | None = None,
    booked_through: date | None = None,
) -> Iterator[Entry]:
    """Yield entries of a book in order of number, from the one behind `after` on, at most `limit` of them."""
    wanted: list[ColumnElement[bool]] = [col(Entry.book) == book]
    wanted += [col(Entry.number) <= through] if through is not None else []
    wanted += [col(Entry.kind) == kind] if kind else []
    wanted += [col(Entry.booked_on) >= booked_from] if booked_from else []
    wanted += [col(Entry.booked_on) <= booked_through] if booked_through else []
    query = select(Entry).where(*wanted).order_by(col(Entry.number))
    left = limit
    while left is None or left > 0:
        size = CHUNK if left is None else min(CHUNK, left)
        found = session.scalars(query.where(col(Entry.number) > after).limit(size)).all()
        yield from found
        if len(found) < size:
            return
        after = found[-1].number
        left = None if left is None else left - size


def postings_of(session: Session, book: str, first: int, last: int | None = None) -> list[Posting]:
    """Return the postings of the entries `first` to `last` of a book (of `first` alone), in order."""
    numbers = col(Posting.number).between(first, first if last is None else last)
    query = select(Posting).where(col(Posting.book) == book, numbers)
    return list(session.scalars(query.order_by(col(Posting.number), col(Posting.line))))


def balances_of(session: Session, book: str) -> Iterator[Balance]:
    """Yield every balance of a book, those at zero included, in order of account, commodity and lot."""
    order = (col(Balance.account), col(Balance.commodity), col(Balance.lot))
    query = select(Balance).where(col(Balance.book) == book).order_by(*order)
    yield from session.scalars(query.execution_options(yield_per=CHUNK))


def entry_of(session: Session, book: str, number: int) -> Entry:
    """Return one entry. Raises NotFound."""
    # A number of more than 64 bits, typed into an address, is one the databases cannot be asked for.
    found = session.get(Entry, (book, number)) if number < 2**63 else None
    if found is None:
        raise NotFound(what=N_("entry"))
    return found


def reversal_of(session: Session, book: str, number: int) -> int | None:
    """Return the entry that reverses an entry whole, if there is one."""
    return session.scalars(select(Entry.number).where(Entry.book == book, Entry.reverses == number)).first()


def body_of(entry: Entry | Booked) -> dict[str, Any]:
    """Return what an entry says, as it was hashed."""
    body: dict[str, Any] = json.loads(entry.body)
    return body


def moves_of(entry: Entry | Booked) -> list[Move]:
    """Return the moves of an entry, from its hashed body."""
    return [Move(**leg) for leg in body_of(entry)["postings"]]
