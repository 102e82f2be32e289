"""The story of tests/exports/story.py, told anew on each database, or once for all who only read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.db import Database
from tests.county import County, Desk
from tests.exports.story import pack, tell


@pytest.fixture
def liuhe(county: County) -> Desk:
    """The desk of Liuhe after the story, on SQLite and on PostgreSQL."""
    return tell(county)


@pytest.fixture(scope="session")
def told(sqlite_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """The county after the story, for those who only read."""
    path = tmp_path_factory.mktemp("story") / "ledger.sqlite"
    shutil.copy(sqlite_county, path)
    county = County(Database(f"sqlite:///{path}"))
    tell(county)
    yield county
    county.store.close()


@pytest.fixture(scope="session")
def package(told: County) -> bytes:
    """The package of the whole book of Liuhe."""
    return pack(told)
