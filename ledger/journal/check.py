"""Checking a book: whole, from its first entry to every balance; or at a glance, its last entries and its sums."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ledger import chart
from ledger.db.busy import damage
from ledger.db.types import table_of
from ledger.journal import reading
from ledger.journal.balances import Place, balances, rows_of
from ledger.journal.book import FIRST_OPEN, heads
from ledger.journal.clock import county_of
from ledger.journal.log import last_logged
from ledger.journal.reading import body_of
from ledger.journal.tables import Entry, Note, Posting
from ledger.journal.walk import Walk, Wrong, must
from ledger.terms import EntryKind

Tell = Callable[[int], None]
"""Who hears the number of each entry that has been checked."""

DAMAGED = "the database is damaged"
"""What is wrong with a book that cannot be read from the disk."""

AT_A_GLANCE = 50
"""How many of the last entries a glance looks at."""

entries, postings, notes = table_of(Entry), table_of(Posting), table_of(Note)
# Days are read as the text they are: a row that was spoilt must be named, not stop the reading.
ENTRY = [
    type_coerce(column, Text).label(column.name) if column.name.endswith("_on") else column for column in entries.c
]


def check_book(session: Session, book: str, tell: Tell = lambda number: None) -> Wrong | None:
    """Work a book out again from its first entry and compare every row; return the first thing wrong, if any."""
    return first_wrong(session, lambda: walk_through(session, book, tell))


def glance_at(session: Session, book: str) -> Wrong | None:
    """Look at a book's head, its last entries, and its sums; return the first thing wrong, if any."""
    return first_wrong(session, lambda: look_at_the_end(session, book))


def first_wrong(session: Session, check: Callable[[], None]) -> Wrong | None:
    """Return the first thing a check finds wrong; what cannot even be read is wrong too."""
    try:
        # On PostgreSQL a read that failed ends what it was begun in; the next book shall be looked at all the same.
        with session.begin_nested():
            check()
    except Wrong as wrong:
        return wrong
    except (ValueError, TypeError, KeyError) as fault:
        return Wrong(f"it cannot be read ({fault!r})")
    except DBAPIError as fault:
        if why := damage(fault):
            return too_damaged(why)
        raise
    return None


def too_damaged(why: str) -> Wrong:
    """Return what is wrong where the database itself says why it cannot be read."""
    return Wrong(f"{DAMAGED} ({why})")


def walk_through(session: Session, book: str, tell: Tell) -> None:
    """Take every entry of a book in order, then compare its head and its balances. Raises Wrong."""
    walk, head, taken, read = Walk(book, zone_of(session)), head_of(session, book), 0, 0
    for entry, legs, words in entries_from(session, book, 0):
        walk.take(entry, legs, words)
        taken, read = taken + len(legs), read + len(words)
        tell(entry.number)
    check_head(session, head, walk)
    check_balances(session, walk)
    for table, number, what in ((postings, taken, "postings"), (notes, read, "texts")):
        kept = session.scalar(select(func.count()).select_from(table).where(table.c.book == book))
        must(kept == number, f"there are {what} of no entry")


def look_at_the_end(session: Session, book: str) -> None:
    """Look at the sums of a book, take its last entries, then compare its head. Raises Wrong."""
    head = head_of(session, book)
    before = max(head.number - AT_A_GLANCE, 0)
    # First: what every place held before the last entries is worked out from the balances, over all that came since.
    there = set(session.scalars(select(entries.c.number).where(entries.c.book == book, entries.c.number > before)))
    for number in range(before + 1, head.number + 1):
        if number not in there:
            raise Wrong("it is missing", number)
    check_sums(session, book)
    walk = walk_from(session, book, before)
    for entry, legs, words in entries_from(session, book, walk.number):
        walk.take(entry, legs, words)
    check_head(session, head, walk)


def zone_of(session: Session) -> ZoneInfo:
    """Return the county's time zone."""
    return ZoneInfo(county_of(session).timezone)


def head_of(session: Session, book: str) -> Any:
    """Return the row of a book's head."""
    day = type_coerce(heads.c.open_from, Text).label("open_from")
    return session.execute(
        select(heads.c.number, heads.c.digest, heads.c.recorded_us, day).where(heads.c.code == book)
    ).one()


def entries_from(session: Session, book: str, after: int) -> Iterator[tuple[Any, list[Any], list[Any]]]:
    """Yield the entries behind a number, each with the rows of its postings and texts, some at a time."""
    while True:
        query = select(*ENTRY).where(entries.c.book == book, entries.c.number > after).order_by(entries.c.number)
        found = session.execute(query.limit(reading.CHUNK)).all()
        if not found:
            return
        first, after = found[0].number, found[-1].number
        legs = grouped(session, select(postings).order_by(postings.c.line), postings, book, first, after)
        words = grouped(session, select(notes), notes, book, first, after)
        for entry in found:
            yield entry, legs[entry.number], words[entry.number]


def grouped(session: Session, query: Any, table: Any, book: str, first: int, last: int) -> dict[int, list[Any]]:
    """Return the rows of a run of entries by number."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query.where(table.c.book == book, table.c.number.between(first, last))):
        rows[row.number].append(row)
    return rows


def walk_from(session: Session, book: str, after: int) -> Walk:
    """Return a walk that begins behind an entry, with what every place it will touch must have held there."""
    walk = Walk(book, zone_of(session))
    before = session.get(Entry, (book, after)) if after else None
    # An entry that is not there is found by a walk from the beginning.
    after = 0 if before is None else after
    if before is not None:
        walk.number, walk.digest, walk.recorded_us = before.number, before.digest, before.recorded_us
        walk.submission, walk.open_from = body_of(before)["submission"], open_behind(session, book, after)
    moved: dict[Place, int] = defaultdict(int)
    for leg in session.execute(select(postings).where(postings.c.book == book, postings.c.number > after)):
        moved[Place(leg.source, leg.commodity, leg.lot)] -= leg.quantity
        moved[Place(leg.destination, leg.commodity, leg.lot)] += leg.quantity
    now = rows_of(session, book, sorted(moved))
    walk.held = {place: now.get(place, 0) - change for place, change in moved.items()}
    return walk


def open_behind(session: Session, book: str, number: int) -> date:
    """Return the first open day of a book behind one of its entries."""
    closes = entries.c.book == book, entries.c.kind == EntryKind.CLOSE, entries.c.number <= number
    last = session.scalars(select(Entry).where(*closes).order_by(entries.c.number.desc()).limit(1)).first()
    return date.fromisoformat(body_of(last)["facts"]["through"]) + timedelta(days=1) if last else FIRST_OPEN


def check_head(session: Session, head: Any, walk: Walk) -> None:
    """Check that the head of the book is its last entry, its first open day that of its last close, no end cut off."""
    if head.number > walk.number:
        raise Wrong("it is missing", walk.number + 1)
    logged = last_logged(session, walk.book)
    if logged > walk.number:
        raise Wrong(f"it is missing, and so are all that follow: the county log goes on to {logged}", walk.number + 1)
    must((head.number, head.digest) == (walk.number, walk.digest), f"its head is not its last entry, {walk.number}")
    must(head.recorded_us == walk.recorded_us, "its head was recorded at another time than its last entry")
    right = walk.open_from.isoformat()
    must(head.open_from == right, f"by its last close it is open from {right}, its head says {head.open_from}")


def check_balances(session: Session, walk: Walk) -> None:
    """Check that every balance is what the entries lead to, and none is missing."""
    query = select(balances).where(balances.c.book == walk.book)
    with session.execute(query, execution_options={"yield_per": reading.CHUNK}) as rows:
        for row in rows:
            place = Place(row.account, row.commodity, row.lot)
            must(place in walk.held, f"{' '.join(place).strip()} has a balance, and no entry moved it")
            right = walk.held.pop(place)
            must(row.quantity == right, f"{' '.join(place).strip()} holds {right}, its balance says {row.quantity}")
            must(row.free == chart.may_go_below_zero(row.account), f"{row.account} may not stand below zero, or must")
    must(not walk.held, f"there is no balance of {' '.join(min(walk.held, default=Place('', '', '')))}")


def check_sums(session: Session, book: str) -> None:
    """Check that of each commodity and lot as much has come out of some accounts as went into others."""
    what = balances.c.commodity, balances.c.lot
    total = func.sum(balances.c.quantity)
    open_sum = select(*what, total).where(balances.c.book == book).group_by(*what).having(total != 0).order_by(*what)
    for commodity, lot, over in session.execute(open_sum.limit(1)):
        raise Wrong(f"the balances of {f'{commodity} {lot}'.strip()} do not close, {over} too many")
