"""The county of the pages: that of all tests, a few more people and places, and some weeks of its life.

Places
    LY03    Baique, in another town, which nobody of Liuhe has to do with. Its household H201 are the Tangs.

Staff
    bao     reports deeds at Liuhe and writes nothing.
    fang    keeps the Baique outlet.
    xin     keeps Liuhe too from today; has a one-time password.
    old     kept Liuhe once; retired.

What has happened by ten in the morning of 6 March 2026
    COUNTY  1 a gift of soap (L1), rice (L2), oil (L3) and salt (L4) by D7 · 2 3 4 sent to LY01, LY02 and LY03 ·
            5 three more soaps sent to Liuhe, still on the road.
    LY01    1 the goods of COUNTY-2 arrived, two soaps short, which waits as request 1 · 2 3 sheet 1 of support points
            drawn up by Lin and hung · 4 5 it was credited: the Wangs (H001) 100 points, the Mas (H004) 50 · 6 7 sheet 2
            drawn up by Mei and hung, ready to be credited today · 8 sheet 3, assessed · 9 the Wangs took two soaps and
            a rice, their niece 郑果 carried them · 10 the Mas took a salt · 11 which Gao reversed.
    LY02    1 the goods of COUNTY-3 arrived.
    LY03    1 the goods of COUNTY-4 arrived.
On the shelf of Liuhe are 36 soaps, 9 rice, 5 oil past its best-before, 20 salt; the Wangs have 39.5 points left.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledger.app import create_app
from ledger.db import Database
from ledger.db.database import _Current
from ledger.registers.households import Household, take_in
from ledger.registers.passwords import token_digest
from ledger.registers.register import add
from ledger.registers.sites import Site, open_site
from ledger.registers.staff import Staff, Token
from ledger.settings import Settings
from tests.county import County, fresh
from tests.web.page import Page

HERE = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "secret of the tests"
LY03 = Site(code="LY03", name="白雀寺村爱心超市", town="后山镇")
MORE_STAFF = [
    Staff(name="bao", full_name="包小红", role="reporter", book="LY01"),
    Staff(name="fang", full_name="方志明", role="keeper", book="LY03"),
    Staff(name="xin", full_name="辛建", role="keeper", book="LY01", one_time=1),
    Staff(name="old", full_name="欧阳老", role="keeper", book="LY01", retired=1),
]
NAMES = ("bao", "mei", "lin", "gao", "luo", "wei", "han", "chen", "zhao", "fang", "xin", "old")


class Browser:
    """Somebody's browser: keeps its cookies, and fills in the forms that stand on the pages."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **more: Any) -> TestResponse:
        """Ask for a page."""
        return self.client.get(path, **more)

    def open(self, path: str) -> Page:
        """Read a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return Page(answer.text)

    def send(self, path: str, form: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send inputs as they are, with a fresh key unless they bring one."""
        return self.client.post(path, data={"key": uuid4().hex, **(form or {}), **more}, headers=HERE)

    def fill(self, page: str, form: dict[str, str], to: str = "") -> TestResponse:
        """Fill in a form of a page, the one sent `to` an address if there are several, and send all of it."""
        action, inputs = self.open(page).form(to)
        assert not form.keys() - inputs.keys(), f"{page} has no input {form.keys() - inputs.keys()}"
        return self.client.post(action, data={**inputs, **form}, headers=HERE)


class Program:
    """A program with somebody's token."""

    def __init__(self, client: FlaskClient, name: str) -> None:
        self.client, self.headers = client, {"Authorization": f"Bearer token-of-{name}"}

    def get(self, path: str, **more: Any) -> TestResponse:
        """Ask for a list or a thing."""
        return self.client.get(f"/api/v1{path}", headers=self.headers, **more)

    def post(self, path: str, content: Any = None, *, key: str | None = None, **more: Any) -> TestResponse:
        """Do an act, with a fresh key unless one is named."""
        headers = {**self.headers, "Idempotency-Key": key or uuid4().hex}
        said = more or {"json": content or {}}
        return self.client.post(f"/api/v1{path}", headers=headers, **said)


class House:
    """The service of a county on the county's clock, and who comes to it."""

    def __init__(self, county: County, app: Flask) -> None:
        self.county, self.app = county, app

    def nobody(self, language: str = "en") -> Browser:
        """A browser in which nobody has signed in."""
        client = self.app.test_client()
        client.set_cookie("language", language)
        return Browser(client)

    def sit(self, name: str, language: str = "en") -> Browser:
        """The browser in which somebody has signed in."""
        browser = self.nobody(language)
        with browser.client.session_transaction() as session:
            session.update(name=name, sessions=1)
        return browser

    def program(self, name: str, language: str = "en") -> Program:
        """A program that acts for somebody."""
        return Program(self.nobody(language).client, name)

    def count(self, book: str = "LY01") -> int:
        """Return how many entries a book has."""
        return len(self.county.book(book).kinds())

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Expect that nothing at all is written."""
        before = self.county.state()
        yield
        assert self.county.state() == before


def furnish(county: County) -> None:
    """Take the people and places of this house in; all of them have the same password and each a token."""
    said: dict[str, Any] = {"by": "wei", "now": county.now}
    # What is kept says how hard it is to check; for tests it may be easy.
    kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with county.store.writing() as session:
        open_site(session, fresh(LY03), **said)
        for row in MORE_STAFF:
            add(session, fresh(row), **said)
        take_in(session, Household(book="LY03", number="H201", name="唐明", group=1), **said)
        for name in NAMES:
            session.get_one(Staff, name).password_hash = kept
            session.add(Token(digest=token_digest(f"token-of-{name}"), staff=name, made_us=0))


def live(county: County) -> None:
    """Let the weeks pass of which this house tells."""
    store, liuhe = county.book("COUNTY"), county.book("LY01")
    county.move_to("2026-02-16")
    gifts = [("SOAP", 200, None), ("RICE", 40, "2026-04-20"), ("OIL", 20, "2026-03-01"), ("SALT", 90, None)]
    store.give(lines=[{"item": item, "quantity": many, "best_before": day(best)} for item, many, best in gifts])
    note = store.send("LY01", soap=40, rice=10, oil=5, salt=20)
    notes = {code: store.send(code, soap=10, salt=10) for code in ("LY02", "LY03")}
    store.send("LY01", soap=3)
    county.move_to("2026-02-17")
    first, *rest = note["lines"]
    short = {**first, "quantity": first["quantity"] - 2, "short": 2, "reason": "two soaps were missing"}
    liuhe.arrive(note, lines=[short, *rest])
    for code, keeper in (("LY02", "zhao"), ("LY03", "fang")):
        county.book(code).arrive(notes[code], by=keeper)
    liuhe.draw(("H001", "BASE", 1000), ("H004", "BASE", 500), purse="support", by="lin", minutes="held at the Wus")
    liuhe.hang(1)
    county.move_to("2026-02-26")
    liuhe.credit(1)
    liuhe.draw(lines=[{"household": "H001", "rule": "CLEAN", "evidence": "the yard of Wang Xiulan"}])
    liuhe.hang(2)
    liuhe.draw(("H001", "WORK", 80))
    county.move_to("2026-03-06")
    liuhe.redeem("H001", soap=2, rice=1, proxy={"name": "郑果", "relation": "侄女"})
    liuhe.reverse(liuhe.redeem("H004", salt=1), reason="the Mas did not come")


def day(text: str | None) -> Any:
    """Return a day, or none."""
    return datetime.fromisoformat(text).date() if text else None


class Clock:
    """What tells the one service of this run what time it is in the county of the test."""

    county: County

    def __call__(self) -> datetime:
        """Return the instant it is."""
        return self.county.now


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One service for all tests: what it has read of its pages it need not read again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Current, "database", None)
        url = f"sqlite:///{tmp_path_factory.mktemp('app') / 'ledger.sqlite'}"
        settings = Settings(database_url=url, migration_url=url, secret_key="a secret of the tests", language="en")
        return create_app(settings, clock=Clock())


@pytest.fixture(scope="session")
def house_file(sqlite_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the house as it is on 6 March, to copy from."""
    path = tmp_path_factory.mktemp("house") / "ledger.sqlite"
    shutil.copy(sqlite_county, path)
    county = County(Database(f"sqlite:///{path}"))
    furnish(county)
    live(county)
    county.store.close()
    return path


@pytest.fixture(scope="session")
def house_anew(house_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Database]:
    """What gives the house as it is on 6 March."""
    path = tmp_path_factory.mktemp("anew") / "ledger.sqlite"
    store = Database(f"sqlite:///{path}")

    def anew() -> Database:
        store.close()
        for left in path.parent.iterdir():
            left.unlink()
        shutil.copy(house_file, path)
        return store

    return anew


@pytest.fixture
def house(app: Flask, house_anew: Callable[[], Database], monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The house on 6 March, on SQLite."""
    yield from opened(County(house_anew()), app, monkeypatch)


@pytest.fixture(scope="module")
def standing(app: Flask, house_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests of a module that change nothing in it."""
    path = tmp_path_factory.mktemp("standing") / "ledger.sqlite"
    shutil.copy(house_file, path)
    with pytest.MonkeyPatch.context() as patch:
        yield from opened(County(Database(f"sqlite:///{path}")), app, patch)


@pytest.fixture
def both(county: County, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The house on SQLite and on PostgreSQL, for what the two could take differently."""
    furnish(county)
    live(county)
    yield from opened(county, app, monkeypatch)


def opened(county: County, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Let the service serve this county."""
    monkeypatch.setattr(_Current, "database", county.store)
    monkeypatch.setattr(app.config["CLOCK"], "county", county, raising=False)
    yield House(county, app)
    county.store.close()
