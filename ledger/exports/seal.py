"""The seal of a package: the last checkpoint, and what proves that entries and older checkpoints are in it."""

import base64
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from ledger.exports.run import Run
from ledger.journal.checkpoint import as_signed, latest_checkpoint, sizes_signed
from ledger.journal.log import PlaceEmpty, Tree, checked_ends, log_size, logged
from ledger.journal.logtables import Checkpoint
from ledger.journal.merkle import consistency_proof, inclusion_proof


@dataclass(frozen=True)
class Seal:
    """The checkpoint that covers entries of a run, up to `number`, which has this position in the log."""

    checkpoint: Checkpoint
    number: int
    position: int


def seal_of(session: Session, run: Run) -> Seal | None:
    """Return the seal of a run; None if nothing was ever signed, or nothing of the run is signed yet.

    Raises EntriesMissing and NoteSpoilt.
    """
    checked_ends(session)
    last = latest_checkpoint(session)
    if last is None:
        return None
    if last.size > (size := log_size(session)):
        raise PlaceEmpty(place=size)
    mine = logged.c.book == run.book, logged.c.number.between(run.first, run.last), logged.c.position < last.size
    query = select(logged.c.number, logged.c.position).where(*mine).order_by(logged.c.number.desc()).limit(1)
    found = session.execute(query).one_or_none()
    return Seal(as_signed(session, last), *found) if found else None


def held_before(session: Session, run: Run, seal: Seal) -> Iterator[tuple[int, int]]:
    """Yield the last entry of the run in each log that was signed before, with its position, the first one first.

    So a check sees not only where the chain ends: an entry rewritten since is not in its place any more.
    """
    mine = logged.c.book == run.book, logged.c.number.between(run.first, seal.number)
    query = select(logged.c.number, logged.c.position).where(*mine).order_by(logged.c.number)
    sizes, last = deque(reversed(sizes_signed(session, below=seal.checkpoint.size))), None
    for number, position in session.execute(query, execution_options={"yield_per": 1_000}):
        if last and sizes and sizes[0] <= position:
            yield last
        while sizes and sizes[0] <= position:
            sizes.popleft()
        last = number, position


def seal_lines(session: Session, run: Run, seal: Seal) -> Iterator[str]:
    """Yield the file checkpoints.txt, part by part, an empty line between them.

    First the public key and which entry is proved; then that proof with the checkpoint, as c2sp.org/tlog-proof writes
    it; then for each older checkpoint the proof that it is the beginning of this one, as c2sp.org/tlog-witness does;
    and of the run's last entries in those the proof that they are in this log.
    """
    tree, size = Tree(session), seal.checkpoint.size
    yield f"key {seal.checkpoint.key}\nentry {run.book} {seal.number}\n\n"
    yield f"c2sp.org/tlog-proof@v1\nindex {seal.position}\n"
    yield hashes(inclusion_proof(tree, seal.position, 0, size))
    yield f"\n{seal.checkpoint.note}"
    for old in sizes_signed(session, below=size):
        yield f"\nold {old}\n" + hashes(consistency_proof(tree, old, size))
    for number, position in held_before(session, run, seal):
        yield f"\nheld {number} {position}\n" + hashes(inclusion_proof(tree, position, 0, size))


def hashes(proof: Iterable[bytes]) -> str:
    """Return a proof as lines of base64."""
    return "".join(base64.b64encode(digest).decode() + "\n" for digest in proof)
