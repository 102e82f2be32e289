"""A whole redemption through the door (form, schema, rules, journal, page to go to) against the raw driver."""

import itertools
import statistics
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient

from ledger import chart
from ledger.app import create_app
from ledger.db import close_database, database, migrate, open_database
from ledger.demo.script import play
from ledger.journal import Move, county_day, post
from ledger.registers.passwords import hashed
from ledger.reports.stock import shelf
from ledger.settings import read_settings
from ledger.terms import EntryKind
from scripts.bench.core import raw_seconds
from scripts.bench.place import PLENTY, seconds
from scripts.bench.tape import Said, recording
from scripts.soaking.places import folder

EACH = 200
PASSWORD = "only-for-measuring"
OURS = {"Origin": "http://localhost"}


def redemption() -> dict[str, Any]:
    """Return how long one takes through HTTP, and the raw driver's time for the statements that wrote it."""
    with folder() as place:
        path = place / "demo.sqlite"
        url = f"sqlite:///{path}"
        build(url)
        start = path.read_bytes()
        times, tape = through_the_door(url, place)
        for old in place.glob("demo.sqlite*"):
            old.unlink()
        path.write_bytes(start)
        raw = raw_seconds(path, tape) / EACH
    ours = statistics.median(times)
    return {
        "http_ms": round(ours * 1000, 2), "p95_ms": round(statistics.quantiles(times, n=20)[18] * 1000, 2),
        "raw_ms": round(raw * 1000, 2), "ratio": round(raw / ours, 3),
    }


def build(url: str) -> None:
    """Build a demo county in which the first household has plenty of points and the shelf plenty of salt."""
    migrate(url)
    opened = open_database(url)
    with opened.writing() as session:
        day = datetime.now(UTC).date()
        play(session, until=day, password_hash=hashed(PASSWORD), tell=lambda part: None, households=900)
        now = datetime.now(UTC)
        post(
            session, book="LY01", kind=EntryKind.CREDIT, by="county", occurred_on=county_day(session, now), now=now,
            key="plenty", facts={"household": "H0001"},
            moves=[Move(chart.fund("merit"), chart.purse("H0001", "merit"), chart.POINT, PLENTY)],
        )
    close_database()


def through_the_door(url: str, place: Path) -> tuple[list[float], list[Said]]:
    """Redeem one thing again and again as a keeper; return the times and what was written."""
    settings = read_settings({"AIXIN_DATABASE_URL": url, "AIXIN_SECRET_KEY": "bench"}, instance=place)
    client = create_app(settings).test_client()
    client.post("/sign-in", data={"name": "ly01-keeper", "password": PASSWORD, "key": uuid4().hex}, headers=OURS)
    day = today()
    goods = itertools.islice(itertools.chain.from_iterable(on_the_shelf()), EACH)
    with recording(database().turn.engine) as tape:
        times = [seconds(lambda item=item: redeem_once(client, item, day)) for item in goods]
    close_database()
    return times, next(iter(tape.values()))


def on_the_shelf() -> list[list[str]]:
    """Return each piece on the first shelf that can be redeemed, by its item's code."""
    with database().reading() as session:
        return [[row["item"]] * row["quantity"] for row in shelf(session, "LY01", datetime.now(UTC).date())]


def redeem_once(client: FlaskClient, item: str, day: str) -> None:
    """Send the counter's form for one piece."""
    form = {
        "key": uuid4().hex, "household": "H0001", "occurred_on": day, "basket-0-item": item, "basket-0-quantity": "1",
    }
    answer = client.post("/books/LY01/redemptions", data=form, headers=OURS)
    assert answer.status_code == 303, answer.get_data(as_text=True)


def today() -> str:
    """Return the county's day."""
    with database().reading() as session:
        return county_day(session, datetime.now(UTC)).isoformat()
