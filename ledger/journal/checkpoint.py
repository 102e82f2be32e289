"""Checkpoints: size and root of the county log, signed (c2sp.org/tlog-checkpoint), and kept for ever."""

import base64
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert, select
from sqlmodel import Session

from ledger.db import Database
from ledger.db.types import table_of
from ledger.errors import LedgerError
from ledger.journal.clock import county_of, microseconds
from ledger.journal.log import CHUNK, extend_log, log_root, log_size
from ledger.journal.logtables import Checkpoint
from ledger.journal.signing import is_signed, public_line, signed
from ledger.terms import N_

checkpoints = table_of(Checkpoint)


class LogDiffers(LedgerError):
    """No checkpoint is signed that a former one contradicts."""

    message = N_(
        "The county log does not continue the checkpoint of %(size)s entries signed before. Nothing was signed."
    )


class NoteSpoilt(LedgerError):
    """A note is only handed out as it was signed."""

    message = N_(
        "The note kept of the checkpoint of %(size)s entries is not the one that was signed. "
        "Run aixin rebuild --check, and look for a backup."
    )
    status = 500


def seal(database: Database, *, key: Ed25519PrivateKey, now: datetime) -> Checkpoint:
    """Give every entry its position, each CHUNK of them in a turn of its own, and sign the log as it then stands."""
    more = True
    while more:
        with database.writing() as session:
            more = extend_log(session) == CHUNK
    with database.writing() as session:
        return make_checkpoint(session, key=key, now=now)


def make_checkpoint(session: Session, *, key: Ed25519PrivateKey, now: datetime) -> Checkpoint:
    """Sign the log with all that is in the books and keep the note; if nothing has come since the last, return that.

    That is so too where the last was signed with another key and this one signed before: packages carry the last.
    Holds the turn as long as entries without a position make it: `seal` is for a book that may have many. Raises
    EntriesMissing, LogDiffers and NoteSpoilt.
    """
    while extend_log(session) == CHUNK:
        pass
    size = log_size(session)
    root = log_root(session, size)
    last = check_last(session)
    origin = origin_of(session)
    line = public_line(origin, key)
    if last is not None and session.get(Checkpoint, (size, line)) is not None:
        return as_signed(session, last)
    note = signed(what_is_signed(origin, size, root), origin, key)
    # By a clock that was set back, too, what is signed last stands last.
    made_us = max(microseconds(now), last.made_us + 1 if last else 0)
    row: dict[str, Any] = {"size": size, "key": line, "root": root, "note": note, "made_us": made_us}
    session.execute(insert(checkpoints).values(row))
    return Checkpoint(**row)


def what_is_signed(origin: str, size: int, root: bytes) -> str:
    """Return the text of a note."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def check_last(session: Session) -> Checkpoint | None:
    """Return what was signed last. Raises LogDiffers where the log is not the continuation of it."""
    last = latest_checkpoint(session)
    if last is not None and (last.size > log_size(session) or log_root(session, last.size) != last.root):
        raise LogDiffers(size=last.size)
    return last


def as_signed(session: Session, one: Checkpoint) -> Checkpoint:
    """Return a checkpoint whose note is the one that was signed. Raises NoteSpoilt."""
    if not is_signed(one.note, what_is_signed(origin_of(session), one.size, one.root), one.key):
        raise NoteSpoilt(size=one.size)
    return one


def origin_of(session: Session) -> str:
    """Return the name of the county's log, which is also that of its keys."""
    return f"aixin-ledger/{county_of(session).code}"


def latest_checkpoint(session: Session) -> Checkpoint | None:
    """Return the last checkpoint that was signed."""
    last_first = select(Checkpoint).order_by(checkpoints.c.size.desc(), checkpoints.c.made_us.desc())
    return session.scalars(last_first.limit(1)).first()


def all_checkpoints(session: Session) -> list[Checkpoint]:
    """Return every checkpoint that was ever signed."""
    return list(session.scalars(select(Checkpoint).order_by(checkpoints.c.size, checkpoints.c.made_us)))


def sizes_signed(session: Session, *, below: int) -> list[int]:
    """Return the sizes of the log that were ever signed, up to below this one; a log of nothing proves nothing."""
    sizes = select(checkpoints.c.size).distinct().where(checkpoints.c.size > 0, checkpoints.c.size < below)
    return list(session.scalars(sizes.order_by(checkpoints.c.size.desc())))
