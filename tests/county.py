"""The people and places every test speaks of: a small county, its two outlets, and what they do.

Places
    COUNTY  the county union's store, where gifts come in.
    LY01    Liuhe, Lin's outlet; the book of most tests.
    LY02    Shimo, Zhao's outlet, in the same town; the place nobody of Liuhe may touch.

Staff
    wei     works in the county office: receives gifts and sends goods.
    han     works there too: the second hand for what Wei booked.
    lin     keeps the Liuhe outlet: receives goods and serves the counter. The Zhangs (H003) are Lin's own household.
    mei     is the points clerk of Liuhe: draws up sheets. The Mas (H004) are Mei's relatives.
    gao     supervises Liuhe: credits sheets, confirms differences, makes reversals. The Sus (H006) are Gao's relatives.
    zhao    keeps the Shimo outlet.
    luo     checks for the town: the second hand when a village has only two people.
    chen    audits, reads everything, writes nothing.

Households of Liuhe
    H001    the Wangs, who earn points and come to the counter.
    H002    the Lis, frozen after a death until the papers are there.
    H003    the Zhangs, Lin's own.
    H004    the Mas, who cannot work; Mei's relatives.
    H005    the Hes, closed: they moved away.
    H006    the Sus, Gao's relatives.
Household of Shimo
    H101    the Zhous.

Donors  D7 a grain firm, D8 a person who wants no name.
Suppliers  S1 the grain shop of the town, S2 a wholesaler nobody deals with any more.
Goods   SOAP 12 points, RICE 36.5 points, OIL 50 points, TOWEL without a price, SALT free of points.
Rules   CLEAN 5 points, WORK 5 to 10 points, BASE support of 10 to 100 points.

It is ten in the morning of 6 March 2026 unless a test moves the clock.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel

from ledger.db import Database
from ledger.db.database import _Current
from ledger.errors import LedgerError
from ledger.journal import County as CountyRow
from ledger.registers.donors import Donor
from ledger.registers.households import Household, take_in
from ledger.registers.items import Item, set_price
from ledger.registers.money import Supplier
from ledger.registers.policy import set_policy
from ledger.registers.register import add
from ledger.registers.rules import Rule, set_rule, versions_of
from ledger.registers.sites import Site, open_site
from ledger.registers.staff import Kin, Staff
from tests.desk import Desk
from tests.journaltext import at
from tests.postgres import SERVICE, Server
from tests.replay import replay, rows
from tests.stores import STORES, outside

FOUNDED = at("2026-01-02")
TODAY = at("2026-03-06")

SITES = [
    Site(code="COUNTY", kind="county", name="县级中心库", town=""),
    Site(code="LY01", name="六河村爱心超市", town="演示镇"),
    Site(code="LY02", name="石磨村爱心超市", town="演示镇"),
]
STAFF = [
    Staff(name="wei", full_name="魏建国", role="county"),
    Staff(name="han", full_name="韩梅", role="county"),
    Staff(name="lin", full_name="林玉芳", role="keeper", book="LY01"),
    Staff(name="mei", full_name="梅小雨", role="clerk", book="LY01"),
    Staff(name="gao", full_name="高志强", role="supervisor", book="LY01"),
    Staff(name="zhao", full_name="赵德明", role="keeper", book="LY02"),
    Staff(name="luo", full_name="罗文", role="checker", town="演示镇"),
    Staff(name="chen", full_name="陈静", role="auditor"),
]
HOUSEHOLDS = [
    Household(book="LY01", number="H001", name="王秀兰", group=1, card="610001"),
    Household(book="LY01", number="H002", name="李长贵", group=1, status="frozen"),
    Household(book="LY01", number="H003", name="张玉芳", group=2),
    Household(book="LY01", number="H004", name="马老四", group=2, id_tail="123X"),
    Household(book="LY01", number="H005", name="何旺", group=3, status="closed"),
    Household(book="LY01", number="H006", name="苏平", group=3),
    Household(book="LY02", number="H101", name="周大山", group=1),
]
KIN = [("lin", "H003", "own"), ("mei", "H004", "relative"), ("gao", "H006", "relative")]
DONORS = [
    Donor(code="D7", name="汉中粮油公司", contact="刘经理", phone="13812345678"),
    Donor(code="D8", name="爱心人士", anonymous=1),
]
SUPPLIERS = [
    Supplier(code="S1", name="白水江粮油店", phone="0916-4822333"),
    Supplier(code="S2", name="汉中批发部", retired=1),
]
ITEMS = [
    Item(code="SOAP", name="肥皂", unit="块"),
    Item(code="RICE", name="大米", spec="5千克", unit="袋"),
    Item(code="OIL", name="菜籽油", spec="5升", unit="桶"),
    Item(code="TOWEL", name="毛巾", unit="条"),
    Item(code="SALT", name="食盐", unit="袋"),
]
PRICES = {"SOAP": 120, "RICE": 365, "OIL": 500, "SALT": 0}
RULES = [
    Rule(code=code, name=name, category=category, purse=purse, points_min=least, points_max=most,
         valid_from=FOUNDED.date())
    for code, name, category, purse, least, most in [
        ("CLEAN", "庭院整洁", "环境卫生", "merit", 50, 50),
        ("WORK", "公益劳动", "公益劳动", "merit", 50, 100),
        ("BASE", "基本保障积分", "保障", "support", 100, 1000),
    ]
]

def found_county(session: Session) -> None:
    """Write the county, its people and its goods into an empty database."""
    said: dict[str, Any] = {"by": "wei", "now": FOUNDED}
    session.add(CountyRow(name="略阳", code="610727", timezone="Asia/Shanghai", demo=1, made_us=0))
    session.flush()
    for site in SITES:
        open_site(session, fresh(site), **said)
    for row in [*STAFF, *DONORS, *SUPPLIERS, *ITEMS]:
        add(session, fresh(row), **said)
    for rule in RULES:
        set_rule(session, fresh(rule), **said)
    for household in HOUSEHOLDS:
        take_in(session, fresh(household), **said)
    session.add_all([Kin(staff=staff, book="LY01", household=household, tie=tie) for staff, household, tie in KIN])
    for item, points in PRICES.items():
        set_price(session, item=item, book="COUNTY", valid_from=FOUNDED.date(), points_tenths=points, **said)


def fresh(row: SQLModel) -> Any:
    """Return a copy of a line that no session knows."""
    return type(row)(**row.model_dump())


class County:
    """The county of one test: its store, its clock, and a desk at each site."""

    def __init__(self, store: Database) -> None:
        self.store, self.now = store, TODAY

    def book(self, code: str) -> Desk:
        """Return the desk of one site."""
        return Desk(self, code)

    @property
    def day(self) -> date:
        """What day it is."""
        return self.now.date()

    def move_to(self, day: str, hour: int = 10) -> None:
        """Move the clock to an hour of a day."""
        self.now = at(day, hour)

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.now += timedelta(days=days)

    def setting(self, name: str, value: str, *, book: str = "COUNTY", since: str = "2026-03-01") -> None:
        """Let a setting hold from a day on."""
        with self.store.writing() as session:
            day = date.fromisoformat(since)
            set_policy(session, book=book, name=name, valid_from=day, value=value, by="wei", now=self.now)

    def rule(self, code: str, *, since: str, **values: Any) -> None:
        """Let another version of a rule hold from a day on, with some of its values changed."""
        with self.store.writing() as session:
            last, begins = versions_of(session, code)[0], date.fromisoformat(since)
            given = {**last.model_dump(), "version": last.version + 1, "valid_from": begins, **values}
            set_rule(session, Rule(**given), by="wei", now=self.now)

    def price(self, item: str, points: int, *, book: str = "COUNTY", since: str) -> None:
        """Let a points price hold from a day on."""
        with self.store.writing() as session:
            day = date.fromisoformat(since)
            set_price(session, item=item, book=book, valid_from=day, points_tenths=points, by="wei", now=self.now)

    def edit(self, model: type[Any], key: Any, **values: Any) -> None:
        """Change a row of a register as it stands, without asking any rule."""
        with self.store.writing() as session:
            row = session.get_one(model, key)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)

    def ask(self, question: Callable[..., Any], *about: Any, **more: Any) -> Any:
        """Put a question to the book, as a report does."""
        with self.store.reading() as session:
            return question(session, *about, **more)

    def state(self) -> dict[str, list[str]]:
        """Return every row of every table, to tell whether anything was written.

        It is asked thousands of times: on SQLite of the file itself, on PostgreSQL in one question.
        """
        names = [table.name for table in SQLModel.metadata.sorted_tables]
        if self.store.is_sqlite:
            with outside(self.store) as file:
                return {name: sorted(map(str, file.execute(f'SELECT * FROM "{name}"'))) for name in names}
        found: dict[str, list[str]] = {name: [] for name in names}
        parts = [f"SELECT '{name}' AS name, CAST(t AS text) AS line FROM {name} AS t" for name in names]
        for row in self.ask(rows, f"{' UNION ALL '.join(parts)} ORDER BY line"):
            found[row["name"]].append(row["line"])
        return found

    @contextmanager
    def refuses(self, *kinds: type[LedgerError]) -> Iterator[pytest.ExceptionInfo[LedgerError]]:
        """Expect a refusal, and that it has written nothing at all."""
        before = self.state()
        with pytest.raises(kinds) as caught:
            yield caught
        assert self.state() == before

    def replay(self) -> None:
        """Work every book out again from its entries; fail at the first thing that is wrong."""
        with self.store.reading() as session:
            for site in SITES:
                replay(session, site.code)


def said(caught: pytest.ExceptionInfo[LedgerError]) -> list[tuple[str | None, str]]:
    """Return what a refusal says: field and sentence, one for each thing that was wrong."""
    return said_by(caught.value)


def said_by(refusal: LedgerError) -> list[tuple[str | None, str]]:
    """Return the same of a refusal in hand."""
    return [(at, message % values if values else message) for at, message, values in refusal.sentences()]


def road(county: County) -> dict[str, int]:
    """Return what is on the road, by lot."""
    with county.store.reading() as session:
        found = rows(session, "SELECT lot, SUM(quantity) AS quantity FROM on_the_road WHERE quantity > 0 GROUP BY lot")
    return {row["lot"]: int(row["quantity"]) for row in found}


@pytest.fixture(scope="session")
def sqlite_county(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the county in it, to copy from."""
    path = tmp_path_factory.mktemp("county") / "ledger.sqlite"
    shutil.copy(sqlite_template, path)
    found_in(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_county(server: Server, postgresql_template: str) -> str:
    """A PostgreSQL database with the county in it, to copy from."""
    server.say(f"CREATE DATABASE county TEMPLATE {postgresql_template}")
    found_in(server.url("county", SERVICE))
    return "county"


def found_in(url: str) -> None:
    """Found the county in a database and close it again."""
    store = Database(url)
    with store.writing() as session:
        found_county(session)
    store.close()


@pytest.fixture(scope="session")
def sqlite_anew(sqlite_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Database]]:
    """What gives the county in an SQLite file as if nothing had happened in it."""
    path = tmp_path_factory.mktemp("anew") / "ledger.sqlite"
    store = Database(f"sqlite:///{path}")

    def anew() -> Database:
        store.close()
        for left in path.parent.iterdir():
            left.unlink()
        shutil.copy(sqlite_county, path)
        return store

    yield anew
    store.close()


@pytest.fixture(scope="session")
def postgresql_anew(server: Server, postgresql_county: str) -> Iterator[Callable[[], Database]]:
    """What gives the county in a PostgreSQL database as if nothing had happened in it."""
    store = Database(server.url("anew", SERVICE))

    def anew() -> Database:
        store.close()
        server.copy(postgresql_county, "anew")
        return store

    yield anew
    store.close()


@pytest.fixture(params=STORES)
def county(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    """The county as it was founded, on SQLite and on PostgreSQL; its database is the one of this process."""
    # One engine for all tests: what it has once understood of a statement it need not learn again for each of them.
    store = request.getfixturevalue(f"{request.param}_anew")()
    monkeypatch.setattr(_Current, "database", store)
    yield County(store)
    store.close()


@pytest.fixture
def book(county: County, request: pytest.FixtureRequest) -> Desk:
    """The book of Liuhe, in which the journal text of the test's docstring has been written."""
    desk = county.book("LY01")
    desk.write(request.function.__doc__ or "")
    return desk
