"""Where tests keep a county: a fresh migrated database for each test, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from ledger.db import Database, close_database, migrate, open_database
from ledger.db.guards import put_guards, take_guards_off
from ledger.db.migrate import owner_engine
from ledger.db.sqlite import sqlite_module
from tests.postgres import OWNER, SERVICE, Server

STORES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this run of the tests."""
    running = Server()
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "ledger.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(server: Server) -> str:
    """A migrated PostgreSQL database to copy from; the service has its rights there."""
    server.say("CREATE DATABASE template")
    migrate(server.url("template"), service_role=SERVICE)
    return "template"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database, open as the service sees it."""
    yield from fresh_store(request, request.param, tmp_path)


def fresh_store(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[Database]:
    """Open a fresh database as the one of this process; on PostgreSQL for the service's role, which owns nothing."""
    if kind == "sqlite":
        path = folder / "ledger.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield from opened(f"sqlite:///{path}")
        return
    template, server = request.getfixturevalue("postgresql_template"), request.getfixturevalue("server")
    name = f"test_{uuid4().hex}"
    server.copy(template, name)
    yield from opened(server.url(name, SERVICE))
    server.say(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=STORES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it, for those who make one."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        server, name = request.getfixturevalue("server"), f"test_{uuid4().hex}"
        server.say(f"CREATE DATABASE {name}")
        yield server.url(name)
        server.say(f"DROP DATABASE {name} WITH (FORCE)")


def opened(url: str) -> Iterator[Database]:
    """Open a database as the one of this process, and close it again."""
    yield open_database(url)
    close_database()


def outside(store: Database, role: str = OWNER) -> "closing[Any]":
    """Open a plain driver connection, as somebody would who goes round the program."""
    if store.is_sqlite:
        return closing(sqlite_module().connect(sqlite_path(store.url), isolation_level=None))
    return closing(psycopg.connect(as_role(store.url, role).replace("+psycopg", ""), autocommit=True))


def as_the_owner(store: Database, *statements: str) -> None:
    """Say what the guards would refuse, as who owns the database can."""
    engine = owner_engine(store.url if store.is_sqlite else as_role(store.url, OWNER))
    with engine.begin() as connection:
        take_guards_off(connection)
        for statement in statements:
            connection.execute(text(statement))
        put_guards(connection)
    engine.dispose()


def sqlite_path(url: str) -> str:
    """Return the file of an SQLite URL."""
    return url.removeprefix("sqlite:///")


def as_role(url: str, role: str) -> str:
    """Return the URL of the same PostgreSQL database for another role."""
    return url.replace(f"//{SERVICE}@", f"//{role}@")


def refused(connection: Any, statement: str) -> str:
    """Say a statement that must be refused, and return what the database answered."""
    say: Callable[[str], Any] = connection.execute
    with pytest.raises((sqlite_module().Error, psycopg.Error)) as caught:
        say(statement)
    return str(caught.value)
