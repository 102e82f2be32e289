"""A register of households that many tests search and none changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.db import Database
from ledger.registers.households import Household, take_in
from ledger.registers.sites import Site, open_site
from tests.county import FOUNDED
from tests.postgres import SERVICE
from tests.stores import STORES

PEOPLE = {
    "H0001": ("王秀兰", 1, "610001"),
    "H0002": ("翟秀英", 1, "610002"),
    "H0003": ("欧阳修", 2, ""),
    "H0004": ("买买提·吐尔逊", 2, "AB-12"),
    "H0005": ("Alim Tursun", 3, "12"),
    "H0012": ("单小王", 3, "610012"),
    "H0031": ("百分%_之五", 12, ""),
    "H0610": ("王\U0002ebf0兰", 12, "610610"),
}
"""Number, name, group and card of the households of Liuhe."""


@pytest.fixture(scope="module", params=STORES)
def village(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The households of Liuhe, and one of Shimo with the same number and name as the first."""
    if request.param == "sqlite":
        path: Path = tmp_path_factory.mktemp("village") / "ledger.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        store = Database(f"sqlite:///{path}")
    else:
        server, name = request.getfixturevalue("server"), f"village_{uuid4().hex}"
        server.say(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('postgresql_template')}")
        store = Database(server.url(name, SERVICE))
    settle(store)
    yield store
    store.close()


def settle(store: Database) -> None:
    """Write the two outlets and their households."""
    with store.writing() as session:
        for book in ("LY01", "LY02"):
            open_site(session, Site(code=book, name=book), by="wei", now=FOUNDED)
        for number, (name, group, card) in PEOPLE.items():
            household = Household(book="LY01", number=number, name=name, group=group, card=card)
            take_in(session, household, by="wei", now=FOUNDED)
        other = Household(book="LY02", number="H0001", name="王秀兰", group=1, card="610001")
        take_in(session, other, by="wei", now=FOUNDED)
