"""A small demo county, built once on each store, until 20 November 2026."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger.db import Database
from ledger.demo.script import play
from tests.postgres import SERVICE, Server
from tests.stores import STORES

UNTIL = date(2026, 11, 20)
HOUSEHOLDS = 160
"""Six or so in each outlet; the county as a whole has 2,940."""


def build(store: Database, *, until: date = UNTIL, households: int = HOUSEHOLDS, tell=lambda part: None) -> None:
    """Build a demo county; nobody signs in to it."""
    with store.writing() as session:
        play(session, until=until, password_hash="nobody signs in", households=households, tell=tell)


@pytest.fixture(scope="session")
def sqlite_demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demo in an SQLite file."""
    path = tmp_path_factory.mktemp("demo") / "ledger.sqlite"
    shutil.copy(sqlite_template, path)
    yield from built(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def postgresql_demo(server: Server, postgresql_template: str) -> Iterator[Database]:
    """The demo on PostgreSQL, built by the service's role, which owns nothing."""
    server.say(f"CREATE DATABASE demo TEMPLATE {postgresql_template}")
    yield from built(server.url("demo", SERVICE))


def built(url: str) -> Iterator[Database]:
    """Build the demo, and close the database afterwards."""
    store = Database(url)
    build(store)
    yield store
    store.close()


@pytest.fixture(params=STORES)
def demo(request: pytest.FixtureRequest) -> Database:
    """The built demo on each store, for tests that only read it or are refused."""
    store: Database = request.getfixturevalue(f"{request.param}_demo")
    return store
