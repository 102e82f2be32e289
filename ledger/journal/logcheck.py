"""Checking the county log: worked out anew from the entries, and compared with all that is kept of it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal.book import heads
from ledger.journal.check import first_wrong
from ledger.journal.checkpoint import all_checkpoints, origin_of, what_is_signed
from ledger.journal.leaf import NOTHING_BEFORE
from ledger.journal.log import BLOCK, LOWEST, entries, logged, nodes
from ledger.journal.logtables import Checkpoint
from ledger.journal.signing import is_signed
from ledger.journal.walk import Wrong, must
from ledger.journal.witness import CHUNK, HASHED, add_leaf, check, check_next, root_over, rows
from ledger.terms import N_

Last = dict[str, tuple[int, bytes]]
"""For each book the last entry that was met, and its digest."""


class LogWrong(LedgerError):
    """A log is not signed while anything is wrong with it."""

    message = N_("Something is wrong with the county log, so it is not signed: %(what)s.")


def check_log(
    session: Session, tell: Callable[[int], None] = lambda size: None, *, to_sign: bool = False
) -> Wrong | None:
    """Work the log out again from its first entry; return the first difference from what is kept of it, if any.

    Nothing but the entries is believed, in the places they have: each leaf, each node, each root that was signed and
    each note is made anew. `to_sign`: the entries that have no place yet, too. `tell` hears how far it is.
    """
    return first_wrong(session, lambda: walk_through(session, tell, to_sign=to_sign))


def walk_through(session: Session, tell: Callable[[int], None], *, to_sign: bool) -> None:
    """Take every entry in order of the log. Raises Wrong."""
    peaks: list[tuple[int, bytes]] = []
    last: Last = {}
    size, kept, signed = 0, Nodes(session), Signed(session)
    signed.compare(0, peaks)
    for size, row in enumerate(rows(session), start=1):
        check(row, size - 1, *last.get(row.book, (0, NOTHING_BEFORE)))
        last[row.book] = row.number, row.digest
        for level, digest in add_leaf(peaks, row.digest)[LOWEST:]:
            kept.compare(level, (size >> level) - 1, digest)
        signed.compare(size, peaks)
        tell(size)
    kept.must_end()
    signed.must_end(size)
    if to_sign:
        check_the_others(session, last)


class Nodes:
    """The nodes that are kept, level by level, each read once in order of place."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.levels: dict[int, Iterator[Any]] = {}

    def of(self, level: int) -> Iterator[Any]:
        """Return those of a level that were not read yet."""
        return self.levels.setdefault(level, self.read(level))

    def read(self, level: int) -> Iterator[Any]:
        """Yield the nodes of a level, some at a time."""
        query = select(nodes.c.place, nodes.c.digest).where(nodes.c.level == level).order_by(nodes.c.place)
        query, after = query.limit(CHUNK), -1
        while found := self.session.execute(query.where(nodes.c.place > after)).all():
            yield from found
            after = found[-1].place

    def compare(self, level: int, place: int, digest: bytes) -> None:
        """Compare the next node of a level with what its entries lead to. Raises Wrong."""
        kept, first = next(self.of(level), None), place << level
        if kept != (place, digest):
            why = "is missing" if kept is None or kept.place > place else "is not what their entries lead to"
            through = first + (1 << level) - 1
            raise Wrong(f"from place {first} ({standing_in(self.session, first)}) to {through}: the node kept {why}")

    def must_end(self) -> None:
        """Check that no node is kept that no entries lead to. Raises Wrong."""
        for level in self.session.scalars(select(nodes.c.level).distinct().order_by(nodes.c.level)):
            more = next(self.of(level), None)
            must(more is None, f"a node is kept at level {level} that no entries lead to")


class Signed:
    """What was signed, by size of the log."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.waiting: dict[int, list[Checkpoint]] = defaultdict(list)
        for one in all_checkpoints(session):
            self.waiting[one.size].append(one)

    def compare(self, size: int, peaks: list[tuple[int, bytes]]) -> None:
        """Compare what was signed at a size with the log as it was then. Raises Wrong."""
        for one in self.waiting.pop(size, ()):
            if one.root != root_over(peaks):
                right = max(size - 1, 0) // BLOCK * BLOCK
                raise Wrong(
                    f"its first {size} entries are not those that were signed; the nodes kept of what comes before "
                    f"place {right} ({standing_in(self.session, right)}) are right"
                )
            text = what_is_signed(origin_of(self.session), size, one.root)
            must(is_signed(one.note, text, one.key), f"the note kept of {size} entries is not the one that was signed")

    def must_end(self, size: int) -> None:
        """Check that the log has all that was signed. Raises Wrong."""
        must(not self.waiting, f"{max(self.waiting, default=0)} entries were signed, it has {size}")


def check_the_others(session: Session, last: Last) -> None:
    """Check the entries that have no place yet, book by book: they are what is signed next. Raises Wrong."""
    for book, head in session.execute(select(heads.c.code, heads.c.number).order_by(heads.c.code)):
        number, digest = last.get(book, (0, NOTHING_BEFORE))
        query = select(entries.c.book, entries.c.number, *HASHED).where(entries.c.book == book)
        query = query.order_by(entries.c.number).limit(CHUNK)
        while found := session.execute(query.where(entries.c.number > number)).all():
            for row in found:
                check_next(row, number, digest)
                number, digest = row.number, row.digest
        must(number == head, f"{book} ends at number {head}, its entries at {number}")


def standing_in(session: Session, place: int) -> str:
    """Return which entry has a place, as LY01-12."""
    row = session.execute(select(logged.c.book, logged.c.number).where(logged.c.position == place)).one_or_none()
    return f"{row.book}-{row.number}" if row else "no entry"
