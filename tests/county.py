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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, SQLModel

from ledger.db import Database
from ledger.db.database import _Current
from ledger.errors import LedgerError
from ledger.journal import County as CountyRow
from ledger.journal import Entry, entry_of, post
from ledger.operations.allocation import allocate_goods
from ledger.operations.arrival import accept_arrival, confirm_difference
from ledger.operations.claw_back import confirm_claw_back, propose_claw_back
from ledger.operations.claw_back_objection import answer_claw_back_objection, object_to_claw_back
from ledger.operations.credit import credit_sheet
from ledger.operations.dispatch import send_goods
from ledger.operations.donation import accept_donation
from ledger.operations.notice import publish_notice, take_down
from ledger.operations.objection import raise_objection
from ledger.operations.objection_answer import answer_objection
from ledger.operations.purchase import buy_goods
from ledger.operations.redemption import redeem
from ledger.operations.redirect import redirect_goods
from ledger.operations.reversal import reverse
from ledger.operations.sheet import draw_sheet
from ledger.registers.donors import Donor
from ledger.registers.households import Household, take_in
from ledger.registers.items import Item, set_price
from ledger.registers.lots import Lot
from ledger.registers.money import Supplier
from ledger.registers.policy import set_policy
from ledger.registers.register import add
from ledger.registers.rules import Rule, set_rule, versions_of
from ledger.registers.sites import Site, open_site
from ledger.registers.staff import Kin, Staff
from ledger.terms import EntryKind
from tests.journaltext import at, move
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

Answer = dict[str, Any]
Line = dict[str, Any]
Award = tuple[Any, ...]


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

    def book(self, code: str) -> "Desk":
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


class Desk:
    """The desk of one site: the acts its people do there, and what its book says."""

    def __init__(self, county: County, code: str) -> None:
        self.county, self.code = county, code

    # Acts

    def do(self, operation: Callable[..., Answer], *, by: str, key: str | None = None, **content: Any) -> Answer:
        """Do an act in one writer's turn, by the county's clock."""
        with self.county.store.writing() as session:
            return operation(session, book=self.code, clerk=by, now=self.county.now, key=key or uuid4().hex, **content)

    def act(self, operation: Callable[..., Answer], *, on: str | None = None, **content: Any) -> Answer:
        """Do an act that has a day: today, unless a paper says otherwise."""
        return self.do(operation, occurred_on=date.fromisoformat(on) if on else self.county.day, **content)

    def give(self, *, donor: str = "D7", by: str = "wei", lines: list[Line] | None = None, **more: Any) -> Answer:
        """Take a gift in: `give(soap=20)`, or whole lines."""
        more, goods = parted(more)
        return self.act(accept_donation, by=by, donor=donor, lines=lines or goods, **more)

    def buy(
        self, *lines: Line, by: str = "wei", supplier: str = "S1", invoice: str = "", **more: Any
    ) -> Answer:
        """Buy goods: `buy({"item": "SOAP", "quantity": 9, "unit_value": 500})`."""
        invoice = invoice or uuid4().hex[:8]
        return self.act(buy_goods, by=by, supplier=supplier, invoice=invoice, lines=list(lines), **more)

    def allocate(self, *, by: str = "wei", decision: str = "略工发〔2026〕3号", **shares: Any) -> Answer:
        """Give goods out to outlets: `allocate(soap={"LY01": 3, "LY02": 4})`."""
        more = {name: shares.pop(name) for name in OPTIONS if name in shares}
        goods = [{"item": item.upper(), "shares": by_outlet} for item, by_outlet in shares.items()]
        return self.act(allocate_goods, by=by, decision=decision, goods=goods, **more)

    def redirect(self, note: Answer, to: str, *, by: str = "wei", **more: Any) -> Answer:
        """Send what is on the road of a note to another outlet."""
        return self.act(redirect_goods, by=by, number=note["number"], to=to, **more)

    def send(self, to: str, *, by: str = "wei", lines: list[Line] | None = None, **more: Any) -> Answer:
        """Send goods to another site: `send("LY01", soap=20)`."""
        more, goods = parted(more)
        return self.act(send_goods, by=by, to=to, lines=lines or goods, **more)

    def arrive(self, note: Answer, *, by: str = "lin", lines: list[Line] | None = None, **more: Any) -> Answer:
        """Take a transfer note's goods in: all of them, `soap=15` of them, or whole lines."""
        more, goods = parted(more)
        wanted = {line["item"]: line["quantity"] for line in goods} if goods else None
        lines = lines or [
            {**line, "quantity": wanted[line["item"]] if wanted else line["quantity"]}
            for line in note["lines"] if wanted is None or line["item"] in wanted
        ]
        said = {"sender": note["book"], "dispatch": note["number"], **more}
        return self.act(accept_arrival, by=by, lines=lines, **said)

    def confirm(self, request: int, *, by: str = "gao", **more: Any) -> Answer:
        """Confirm a difference as a second person."""
        return self.do(confirm_difference, by=by, request=request, **more)

    def draw(
        self, *awards: Award, purse: str = "merit", by: str = "mei", lines: list[Line] | None = None, **more: Any
    ) -> Answer:
        """Draw up a sheet: `draw(("H001", "WORK", 80))`; without points a line gets the least of its rule."""
        lines = lines or [dict(zip(("household", "rule", "points"), award, strict=False)) for award in awards]
        return self.act(draw_sheet, by=by, purse=purse, lines=lines, **{"period": "2026-03", **more})

    def hang(self, sheet: int, *, by: str = "mei", place: str = "村务公开栏", **more: Any) -> Answer:
        """Put a sheet on notice."""
        return self.act(publish_notice, by=by, sheet=sheet, place=place, **more)

    def credit(self, sheet: int, *, by: str = "gao", **more: Any) -> Answer:
        """Credit a sheet."""
        return self.act(credit_sheet, by=by, sheet=sheet, **more)

    def take_down(self, sheet: int, *, by: str = "mei", **more: Any) -> Answer:
        """Take a sheet off the board."""
        return self.act(take_down, by=by, sheet=sheet, **more)

    def object(
        self, sheet: int, line: int | None, *, by: str = "lin", way: str = "spoken", words: str = "not so", **more: Any
    ) -> Answer:
        """Take in an objection to a line on the board, or to what a `household` misses there."""
        return self.act(raise_objection, by=by, sheet=sheet, line=line, way=way, words=words, **more)

    def answer(
        self, sheet: int, objection: int, result: str, *, by: str = "lin", words: str = "looked into", **more: Any
    ) -> Answer:
        """Answer an objection: `answer(1, 1, "corrected", points=50)`."""
        said = {"sheet": sheet, "objection": objection, "result": result, "decided_by": "committee", **more}
        return self.act(answer_objection, by=by, words=words, **said)

    def claw_back(self, household: str, points: int, *, by: str = "lin", purse: str = "merit", **more: Any) -> Answer:
        """Propose to take points back after a re-visit."""
        said = {"household": household, "purse": purse, "points": points, "reason": "not done", "place": "board"}
        return self.act(propose_claw_back, by=by, **{**said, **more})

    def confirm_claw_back(self, request: int, *, by: str = "gao", **more: Any) -> Answer:
        """Take points back as a second person."""
        return self.do(confirm_claw_back, by=by, request=request, **more)

    def object_to_claw_back(
        self, request: int, *, by: str = "bao", way: str = "spoken", words: str = "not so", **more: Any
    ) -> Answer:
        """Take in an objection to a claw-back."""
        return self.act(object_to_claw_back, by=by, request=request, way=way, words=words, **more)

    def answer_claw_back(
        self, request: int, objection: int, result: str, *, by: str = "gao", words: str = "looked into", **more: Any
    ) -> Answer:
        """Answer an objection to a claw-back: `answer_claw_back(1, 1, "not-upheld")`."""
        said = {"request": request, "objection": objection, "result": result, "decided_by": "committee", **more}
        return self.act(answer_claw_back_objection, by=by, words=words, **said)

    def on_notice(self, *awards: Award, **more: Any) -> int:
        """Draw up a sheet and put it on notice; return its number."""
        sheet: int = self.draw(*awards, **more)["n"]
        self.hang(sheet)
        return sheet

    def redeem(
        self, household: str, *, by: str = "lin", basket: list[Line] | None = None, **more: Any
    ) -> Answer:
        """Serve a household: `redeem("H001", soap=2)`."""
        more, goods = parted(more)
        return self.act(redeem, by=by, household=household, basket=basket or goods, **more)

    def reverse(self, entry: Answer | int, *, by: str = "gao", reason: str = "wrong household", **more: Any) -> Answer:
        """Reverse an entry."""
        number = entry if isinstance(entry, int) else entry["number"]
        return self.do(reverse, by=by, number=number, reason=reason, **more)

    def write(self, text: str) -> None:
        """Write journal text into the book, as if its acts had been done on their days.

        What comes from a donor may have a best-before: `donor:D7 -> stock  RICE/L1  20  best 2026-05-01`.
        """
        acts: list[tuple[str, str, list[str]]] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            if " -> " in line:
                acts[-1][2].append(line)
            else:
                acts.append((*line.split(), []))  # type: ignore[arg-type]
        with self.county.store.writing() as session:
            for day, kind, lines in acts:
                self.post(session, day, kind, lines)

    def post(self, session: Session, day: str, kind: str, lines: list[str]) -> None:
        """Post one act of a journal text, and enter the lots it brings."""
        moves = [move(line.partition(" best ")[0]) for line in lines]
        households = [leg.destination.split(":")[1] for leg in moves if leg.destination.startswith("purse:")]
        entry = post(
            session, book=self.code, kind=EntryKind(kind), by="wei", occurred_on=date.fromisoformat(day), now=at(day),
            key=uuid4().hex, moves=moves, facts={"household": households[0]} if households else {},
        )
        for line, leg in zip(lines, moves, strict=True):
            if leg.source.startswith("donor:"):
                best = line.partition(" best ")[2]
                session.add(
                    Lot(
                        code=leg.lot, item=leg.commodity, donor=leg.source[6:], book=self.code, number=entry.number,
                        quantity=leg.quantity, best_before=date.fromisoformat(best) if best else None,
                    )
                )

    # What the book says

    def refuses(self, *kinds: type[LedgerError]) -> Any:
        """Expect a refusal, and that it has written nothing at all."""
        return self.county.refuses(*kinds)

    def balances(self) -> dict[tuple[str, str, str], int]:
        """Return what every account holds, those with nothing left out."""
        with self.county.store.reading() as session:
            kept = rows(session, "SELECT * FROM balance WHERE book = :b AND quantity <> 0", b=self.code)
        return {(row["account"], row["commodity"], row["lot"]): row["quantity"] for row in kept}

    def holds(self, account: str, what: str) -> int:
        """Return what an account holds of `SOAP/L7`, or of `SOAP` in all lots."""
        item, _, lot = what.partition("/")
        return sum(
            quantity for (name, commodity, code), quantity in self.balances().items()
            if name == account and commodity == item and lot in ("", code)
        )

    def stock(self, item: str) -> int:
        """Return how many of an item are on the shelf."""
        return self.holds("stock", item)

    def lots(self, item: str) -> dict[str, int]:
        """Return how many of each lot of an item are on the shelf."""
        return {
            lot: quantity for (account, commodity, lot), quantity in self.balances().items()
            if account == "stock" and commodity == item
        }

    def purse(self, household: str, purse: str) -> int:
        """Return what one purse of a household holds, in tenths."""
        return self.holds(f"purse:{household}:{purse}", "POINT")

    def points(self, household: str) -> int:
        """Return what both purses of a household hold, in tenths."""
        return self.purse(household, "support") + self.purse(household, "merit")

    def entry(self, number: int) -> Entry:
        """Return one entry."""
        with self.county.store.reading() as session:
            return entry_of(session, self.code, number)

    def kinds(self) -> list[str]:
        """Return what kinds of entry the book holds, in order."""
        with self.county.store.reading() as session:
            found = rows(session, "SELECT kind FROM entry WHERE book = :b ORDER BY number", b=self.code)
        return [row["kind"] for row in found]


OPTIONS = ("on", "paper_number", "key", "wish", "minutes", "period", "proxy", "received", "consent", "carrier",
           "agreement", "receipt_code", "receipt_number", "delivered_by", "seen")


def parted(more: Mapping[str, Any]) -> tuple[dict[str, Any], list[Line]]:
    """Part what a verb was told into what stands on its form and goods by name: soap=2."""
    goods = [{"item": name.upper(), "quantity": quantity} for name, quantity in more.items() if name not in OPTIONS]
    return {name: value for name, value in more.items() if name in OPTIONS}, goods


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
