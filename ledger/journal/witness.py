"""The log worked out again from the entries themselves, to compare with checkpoints that were signed or kept."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger.journal.leaf import NOTHING_BEFORE, leaf
from ledger.journal.log import PLACES, entries, logged
from ledger.journal.merkle import EMPTY, parent
from ledger.journal.walk import Wrong

CHUNK = 1_000
HASHED = entries.c.recorded_us, entries.c.previous, entries.c.body, entries.c.digest


def roots_at(session: Session, sizes: Collection[int], tell: Callable[[int], None]) -> dict[int, bytes]:
    """Return the roots the log had at these sizes, those it has not reached left out; `tell` hears how far it is.

    Nothing that was kept of the tree is believed: every leaf is worked out from its entry. Raises Wrong, its book in
    front, at the first entry that does not fit its digest, does not follow the one before, or has no place.
    """
    peaks: list[tuple[int, bytes]] = []
    last: dict[str, tuple[int, bytes]] = {}
    roots = {0: EMPTY}
    for size, row in enumerate(rows(session), start=1):
        check(row, size - 1, *last.get(row.book, (0, NOTHING_BEFORE)))
        last[row.book] = row.number, row.digest
        add_leaf(peaks, row.digest)
        if size in sizes:
            roots[size] = root_over(peaks)
        tell(size)
    return {size: root for size, root in roots.items() if size in sizes}


def rows(session: Session) -> Iterator[Any]:
    """Yield the entries of all books in order of the log, some at a time; of one that is gone where it stood."""
    query = select(logged.c.position, logged.c.book, logged.c.number, *HASHED).select_from(PLACES)
    query, after = query.order_by(logged.c.position).limit(CHUNK), -1
    while found := session.execute(query.where(logged.c.position > after)).all():
        yield from found
        after = found[-1].position


def check(row: Any, position: int, number: int, digest: bytes) -> None:
    """Check that the log has no gap here, and its entry follows the last one of its book. Raises Wrong."""
    if row.position != position:
        raise Wrong(f"in place {position} of the log stands nothing that is in a book")
    if row.digest is None:
        raise Wrong(f"{row.book}-{row.number}: it is missing, and has place {position} in the log")
    check_next(row, number, digest)


def check_next(row: Any, number: int, digest: bytes) -> None:
    """Check that an entry is the next of its book and is what its digest says. Raises Wrong."""
    if (row.number, row.previous) != (number + 1, digest):
        raise Wrong(f"{row.book}-{row.number}: it does not follow entry {number} of the log")
    if leaf(row.book, row.number, row.recorded_us, row.previous, row.body.encode()) != row.digest:
        raise Wrong(f"{row.book}-{row.number}: its digest does not fit it")


def add_leaf(peaks: list[tuple[int, bytes]], digest: bytes) -> list[tuple[int, bytes]]:
    """Add a leaf to the greatest complete subtrees so far, joining two of a size as soon as there are two.

    Returns the subtrees it completes, itself first.
    """
    complete = [(0, digest)]
    while peaks and peaks[-1][0] == complete[-1][0]:
        level, left = peaks.pop()
        complete.append((level + 1, parent(left, complete[-1][1])))
    peaks.append(complete[-1])
    return complete


def root_over(peaks: list[tuple[int, bytes]]) -> bytes:
    """Return the root over complete subtrees, the last one the smallest."""
    if not peaks:
        return EMPTY
    digest = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        digest = parent(left, digest)
    return digest
