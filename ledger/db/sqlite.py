"""How the service opens an SQLite file: a sound engine, full durability, one pen."""

import fcntl
import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event

from ledger.db.prepared import Line

WAIT_SECONDS = 30
WEAK = (
    "SQLite {version} can damage its file when several connections write (WAL-reset bug): use 3.51.3 or later, or what "
    "scripts/setup installs."
)


def fixed(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite has the fix for WAL files that several connections write.

    Source: sqlite.org, "WAL-reset bug", fixed in 3.51.3 and carried back to 3.50.7 and 3.44.6.
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def sqlite_module() -> ModuleType:
    """Return the soundest SQLite there is: Python's own if it is fixed, else the one in the lock, else Python's own."""
    own = importlib.import_module("sqlite3")
    if fixed(own.sqlite_version_info):
        return own
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return own


def warning() -> str | None:
    """Return what is to be known of the SQLite in use; None of a fixed one."""
    module = sqlite_module()
    return None if fixed(module.sqlite_version_info) else WEAK.format(version=module.sqlite_version)


def writer_engine(url: str) -> Engine:
    """Return the engine of the one write connection."""
    engine = make_engine(url, poolclass=NullPool)
    event.listen(engine, "begin", wait_in_line)
    return engine


def wait_in_line(connection: Connection) -> None:
    """Begin to write, after those who asked before, in this process or another.

    SQLite lets the quickest in: a command beside a busy server waited sixteen seconds for its turn. So whoever waits
    stands in a door, a lock on a file beside the database, and nobody goes round: who has just written queues again.
    """
    with the_door(connection.engine.url.database):
        Line(connection).say("BEGIN IMMEDIATE")


@contextmanager
def the_door(path: str | None) -> Iterator[None]:
    """Stand in the door of a database file, alone; who comes later waits outside in the order of coming."""
    door = os.open(f"{path}-turn", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
    finally:
        os.close(door)


def reader_engine(url: str) -> Engine:
    """Return the engine readers use: each sees one moment of the book and can write nothing."""
    engine = make_engine(url, poolclass=QueuePool, pool_size=8, max_overflow=24)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def make_engine(url: str, **options: Any) -> Engine:
    """Return an engine whose connections leave BEGIN to us and keep what they acknowledge."""
    arguments = {"check_same_thread": False, "isolation_level": None, "timeout": WAIT_SECONDS}
    # What a statement carries may name a person; a fault in the log shows the statement alone.
    engine = create_engine(url, module=sqlite_module(), connect_args=arguments, hide_parameters=True, **options)
    event.listen(engine, "connect", lambda connection, _: prepare(connection, engine.url.database))
    # Each savepoint has a name of its own, and SQLAlchemy would work its statement out anew each time.
    spoken: Any = engine.dialect
    spoken.do_savepoint = lambda connection, name: Line(connection).say(f"SAVEPOINT {name}")
    spoken.do_release_savepoint = lambda connection, name: Line(connection).say(f"RELEASE SAVEPOINT {name}")
    return engine


def read_every_page(connection: Connection) -> str | None:
    """Return what SQLite itself finds wrong first in the pages of its file, and nothing of what lies in them."""
    said: str = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    return None if said == "ok" else said.rpartition("\n")[2]


def prepare(connection: Any, path: str | None) -> None:
    """Set what must hold on every connection.

    A new file is made ready for several connections in the door: SQLite itself does not wait there, and of two first
    starts at once it told one that the database is locked.
    """
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        with the_door(path):
            connection.execute("PRAGMA journal_mode = WAL")
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        # INSERT OR REPLACE deletes rows without firing delete triggers unless this is on.
        "recursive_triggers = ON",
        "cache_size = -16000",
    ):
        connection.execute(f"PRAGMA {pragma}")
