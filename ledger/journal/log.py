"""The county log: every entry of every book gets a position, some time after it was booked, and a leaf in one tree."""

from collections.abc import Iterator

from sqlalchemy import func, insert, literal, select, text
from sqlmodel import Session

from ledger.db.types import table_of
from ledger.errors import LedgerError
from ledger.journal.book import heads
from ledger.journal.logtables import Logged, LogNode
from ledger.journal.merkle import parent, tree_root
from ledger.journal.tables import Entry
from ledger.terms import N_

logged, nodes, entries = table_of(Logged), table_of(LogNode), table_of(Entry)
PLACES = logged.outerjoin(entries, (logged.c.book == entries.c.book) & (logged.c.number == entries.c.number))
"""The places, those too whose entry is gone."""

CHUNK = 5_000
"""How many entries get their positions in one turn: about a tenth of a second."""

LOWEST = 4
"""Subtrees below this level are worked out from their leaves, at most sixteen; so few nodes need to be kept."""

BLOCK = 1 << LOWEST

ONE_AT_A_TIME = 610_728
"""The name of PostgreSQL's lock for the log, which belongs to no book."""


class EntriesMissing(LedgerError):
    """Of entries that are gone nothing is signed or packed: what the log would then say of them is not so."""

    message = N_(
        "Entries of book %(book)s are missing: the county log goes on to number %(logged)s, the book ends at %(head)s. "
        "Run aixin rebuild --check, and look for a backup."
    )


class EntryMissing(EntriesMissing):
    """An entry between others is gone."""

    message = N_(
        "Entry %(number)s of book %(book)s is missing: nothing can be signed or proved over it. "
        "Run aixin rebuild --check, and look for a backup."
    )


class PlaceEmpty(EntriesMissing):
    """Of a place nothing is kept, neither which entry stands there nor what was worked out from it."""

    message = N_(
        "Place %(place)s of the county log is empty: nothing can be signed or proved over it. "
        "Run aixin rebuild --check, and look for a backup."
    )


def extend_log(session: Session) -> int:
    """Give the next entries of each book their positions; return how many: fewer than CHUNK means all have theirs.

    Books follow each other in order of code, and within a book entries in order of number. No row of the journal is
    touched. PostgreSQL keeps the log's turn until the transaction ends. Raises EntriesMissing.
    """
    take_turn(session)
    size = start = log_size(session)
    for book, last, head in behind(session):
        through = min(head, last + CHUNK - (size - start))
        check_there(session, book, last + 1, through)
        # The database numbers them itself; carried over to us and back, they took seven times as long.
        numbered = select(entries.c.number + literal(size - last - 1), entries.c.book, entries.c.number)
        run = numbered.where(entries.c.book == book, entries.c.number.between(last + 1, through))
        session.execute(insert(logged).from_select(["position", "book", "number"], run.order_by(entries.c.number)))
        size += through - last
        if size - start == CHUNK:
            break
    keep_nodes(session, start, size)
    return size - start


def take_turn(session: Session) -> None:
    """Wait until nobody else extends the log; on SQLite the writer's turn already is that."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))


def log_size(session: Session) -> int:
    """Return how many entries have a position."""
    last: int | None = session.scalar(select(func.max(logged.c.position)))
    return 0 if last is None else last + 1


def behind(session: Session) -> list[tuple[str, int, int]]:
    """Return each book with entries that have no position yet: its last logged number, and its last one."""
    return [(book, there, head) for book, there, head in checked_ends(session) if head > there]


def checked_ends(session: Session) -> list[tuple[str, int, int]]:
    """Return the last logged number of each book, and its last one. Raises EntriesMissing."""
    last = select(func.coalesce(func.max(logged.c.number), 0)).where(logged.c.book == heads.c.code).scalar_subquery()
    ends = [tuple(row) for row in session.execute(select(heads.c.code, last, heads.c.number).order_by(heads.c.code))]
    for book, there, head in ends:
        if there > head:
            raise EntriesMissing(book=book, logged=there, head=head)
    return ends


def check_there(session: Session, book: str, first: int, last: int) -> None:
    """Raise EntryMissing if an entry of a run is not there."""
    there = select(entries.c.number).where(entries.c.book == book, entries.c.number.between(first, last))
    if session.scalar(select(func.count()).select_from(there.subquery())) != last - first + 1:
        raise EntryMissing(book=book, number=min({*range(first, last + 1)} - {*session.scalars(there)}))


def last_logged(session: Session, book: str) -> int:
    """Return the number of the last entry of a book that has a position, 0 if none has."""
    last: int | None = session.scalar(select(func.max(logged.c.number)).where(logged.c.book == book))
    return last or 0


def keep_nodes(session: Session, old: int, new: int) -> None:
    """Keep the nodes that are complete in a log of `new` leaves and were not in one of `old`, level by level."""
    level, first, rows = 0, old // BLOCK * BLOCK, []
    line = list(digests(session, first, new))
    while line:
        if level >= LOWEST:
            rows += [{"level": level, "place": place, "digest": digest} for place, digest in enumerate(line, first)]
        if first & 1:
            line.insert(0, Tree(session)(level, first - 1))
        line = [parent(left, right) for left, right in zip(line[::2], line[1::2], strict=False)]
        level, first = level + 1, first >> 1
    if rows:
        session.execute(insert(nodes), rows)


class Tree:
    """The nodes of the log's tree, looked up or worked out as they are asked for, each once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.known: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, place: int) -> bytes:
        """Return the hash of a complete subtree. Raises EntriesMissing."""
        if (level, place) not in self.known:
            if level < LOWEST:
                self.read_block(place >> (LOWEST - level))
            else:
                here = nodes.c.level == level, nodes.c.place == place
                found = self.session.scalars(select(nodes.c.digest).where(*here))
                self.known.update(((level, place), digest) for digest in found)
        if (level, place) not in self.known:
            raise PlaceEmpty(place=place << level)
        return self.known[level, place]

    def read_block(self, block: int) -> None:
        """Work out the nodes above up to sixteen leaves that share a kept node, or will."""
        first, level = block * BLOCK, 0
        line = list(digests(self.session, first, min(first + BLOCK, log_size(self.session))))
        while line:
            self.known.update(((level, place), digest) for place, digest in enumerate(line, first >> level))
            line = [parent(left, right) for left, right in zip(line[::2], line[1::2], strict=False)]
            level += 1


def log_root(session: Session, size: int) -> bytes:
    """Return the root over the first entries of the log, by the nodes that were kept."""
    return tree_root(Tree(session), 0, size)


def digests(session: Session, start: int, end: int) -> Iterator[bytes]:
    """Yield the leaves of some positions in order: the digests of the entries themselves.

    Raises EntriesMissing where one is not there: with those behind it moved up another tree would be worked out.
    """
    query = select(logged.c.position, logged.c.book, logged.c.number, entries.c.digest).select_from(PLACES)
    query = query.where(logged.c.position >= start, logged.c.position < end).order_by(logged.c.position)
    place = start
    with session.execute(query, execution_options={"yield_per": 1_000}) as rows:
        for row in rows:
            if row.position != place:
                break
            if row.digest is None:
                raise EntryMissing(book=row.book, number=row.number)
            yield row.digest
            place += 1
    if place < end:
        raise PlaceEmpty(place=place)
