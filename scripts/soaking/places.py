"""Where the proofs keep a county: a migrated database with nothing in it, on SQLite or on a PostgreSQL server."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from ledger.db import migrate
from tests.postgres import SERVICE, Server, memory


@dataclass(frozen=True)
class Place:
    """A folder, and the URLs of a database for the service and for who owns it; on PostgreSQL the server too."""

    folder: Path
    url: str
    owner_url: str
    server: Server | None = None


@contextmanager
def folder(within: str | None = None) -> Iterator[Path]:
    """A folder on the disk of this machine, or within another, that goes away again."""
    path = Path(tempfile.mkdtemp(prefix="aixin-soak-", dir=within))
    try:
        yield path
    finally:
        shutil.rmtree(path)


@cache
def hasty_server() -> Server:
    """The one server for all that need not wait for a disk; it goes when this process does."""
    return Server().start()


@contextmanager
def place_on(store: str) -> Iterator[Place]:
    """A fresh place, of which only its speed matters: in memory, if there is room."""
    with folder(memory()) as here:
        if store == "sqlite":
            yield sqlite_in(here)
        else:
            server, name = hasty_server(), f"soak_{uuid4().hex}"
            yield postgresql_in(here, server, name)
            server.say(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def lasting_place_on(store: str) -> Iterator[Place]:
    """A fresh place that waits for the disk; on PostgreSQL on a server of its own, which may be killed."""
    with folder() as here:
        if store == "sqlite":
            yield sqlite_in(here)
            return
        server = Server(hasty=False)
        try:
            yield postgresql_in(here, server.start(), "county")
        finally:
            server.stop()


def sqlite_in(here: Path) -> Place:
    """Make an SQLite file in a folder; the service always waits for its disk there."""
    url = f"sqlite:///{here / 'ledger.sqlite'}"
    migrate(url)
    return Place(here, url, url)


def postgresql_in(here: Path, server: Server, name: str) -> Place:
    """Make a database on a server, with its rights for the service."""
    server.say(f"CREATE DATABASE {name}")
    migrate(server.url(name), service_role=SERVICE)
    return Place(here, server.url(name, SERVICE), server.url(name), server)
