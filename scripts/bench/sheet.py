"""What the server takes for a month's sheet of a large outlet: 300 households by 12 rules, through the door."""

import statistics
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from sqlmodel import Session

from ledger.app import create_app
from ledger.db import close_database, database
from ledger.journal import county_day
from ledger.registers.households import Household, take_in_all
from ledger.registers.register import add
from ledger.registers.rules import Rule, set_rule
from ledger.registers.sites import Site, open_site
from ledger.registers.staff import Staff
from ledger.settings import read_settings
from scripts.bench.http import OURS
from scripts.bench.place import NOW, fill, seconds
from scripts.soaking.places import folder

HOUSEHOLDS, RULES = 300, 12
BEFORE = date(2025, 12, 1)
MONTHS = ("2025-12", "2026-01", "2026-02", "2026-03", "2026-04")


def sheet() -> dict[str, Any]:
    """Return the seconds to save the whole grid, with the caps of months that were saved before in the way."""
    with folder() as place:
        url = f"sqlite:///{place / 'sheet.sqlite'}"
        fill(url, books=0)
        client = door(url, place)
        with database().writing() as session:
            day = settle(session)
        times = [seconds(lambda month=month: save(client, month, day)) for month in MONTHS]
        close_database()
    return {
        "lines": HOUSEHOLDS * RULES, "first_s": round(times[0], 2), "median_s": round(statistics.median(times), 2),
        "worst_s": round(max(times), 2),
    }


def door(url: str, place: Path) -> FlaskClient:
    """Return the browser of the outlet's clerk."""
    settings = read_settings({"AIXIN_DATABASE_URL": url, "AIXIN_SECRET_KEY": "bench"}, instance=place)
    client = create_app(settings, clock=lambda: NOW).test_client()
    with client.session_transaction() as session:
        session.update(name="mei", sessions=1)
    return client


def settle(session: Session) -> date:
    """Take the outlet, its clerk, its households and the rules in, each rule with caps that do not bite."""
    said: dict[str, Any] = {"by": "bench", "now": NOW}
    open_site(session, Site(code="LY01", name="测试村"), **said)
    add(session, Staff(name="mei", full_name="梅小雨", role="clerk", book="LY01"), **said)
    households = [Household(book="LY01", number="", name=f"户主{n}", group=n % 9 + 1) for n in range(HOUSEHOLDS)]
    take_in_all(session, households, **said)
    day = county_day(session, NOW)
    for n in range(RULES):
        set_rule(session, Rule(
            code=f"R{n:02d}", name=f"加分项{n}", category="公益劳动", purse="merit", points_min=10, points_max=100,
            cap_month=200, cap_year=2_400, valid_from=BEFORE,
        ), **said)
    return day


def save(client: FlaskClient, month: str, day: date) -> None:
    """Send the grid as the page sends it: every household by every rule."""
    form = {"key": uuid4().hex, "period": month, "purse": "merit", "occurred_on": day.isoformat()}
    form |= {f"rows-{row}": f"H{row + 1:04d}" for row in range(HOUSEHOLDS)}
    form |= {f"columns-{column}": f"R{column:02d}" for column in range(RULES)}
    form |= {f"lines-{1_000 + place}-points": "5" for place in range(HOUSEHOLDS * RULES)}
    answer = client.post("/books/LY01/sheets", data=form, headers=OURS)
    assert answer.status_code == 303, answer.get_data(as_text=True).partition("refused")[2][:500]
