"""
What waits on the demo's last day, 20 November 2026, so that every first page has something to do.

LY01 has two sheets on the board and one just assessed; LY04 a transfer note of eleven lines; LY09 two bags short that a
second person must confirm; LY13 goods that will not keep; five bags of rice have been on the road for nine days; and
the county office a price one of its two has proposed.
"""

from datetime import date

import pytest
from sqlalchemy import select

from ledger.journal import Entry, OnTheRoad
from ledger.registers.items import prices_on
from ledger.reports.passbook import purses
from ledger.reports.proposals import proposals, proposals_decided
from ledger.reports.stock import shelf
from ledger.reports.today import today
from ledger.terms import COUNTY
from tests.demo.conftest import UNTIL


@pytest.fixture
def season(demo):
    """The demo's database, being read."""
    with demo.reading() as session:
        yield session


def test_the_demo_ends_the_evening_before_its_last_day(season):
    days = list(season.scalars(select(Entry.occurred_on)))
    assert max(days) == date(2026, 11, 19)
    assert min(days) == date(2026, 7, 25), "the meeting whose points are credited in August"


def test_at_the_first_outlet_two_sheets_hang_one_ends_today_and_one_waits_for_its_notice(season):
    sheets = [row["sheet"] for row in today(season, "LY01", UNTIL)["sheets"]]
    assert [(sheet.purse, sheet.status, sheet.notice_until) for sheet in sorted(sheets, key=lambda sheet: sheet.n)] == [
        ("merit", "on-notice", date(2026, 11, 20)),
        ("support", "on-notice", date(2026, 11, 24)),
        ("merit", "assessed", None),
    ]


def test_the_household_a_visitor_sees_first_has_points_in_both_purses_and_can_take_three_things(season):
    held = purses(season, "LY01", ["H0001"])["H0001"]
    assert held["support"] > 0 and held["merit"] > 0
    there = {row["name"]: row["points"] for row in shelf(season, "LY01", UNTIL)}
    basket = there["大米"] + there["香皂"] + there["毛巾"]
    assert held["support"] < basket <= held["support"] + held["merit"], "three things take points from both purses"


def test_a_transfer_note_of_eleven_lines_waits_to_be_counted(season):
    (note,) = today(season, "LY04", UNTIL)["arrivals"]
    assert (note["from"], note["lines"]) == (COUNTY, 11)


def test_two_bags_short_wait_for_the_second_person(season):
    (request,) = today(season, "LY09", UNTIL)["differences"]
    assert request.asked_by == "ly09-keeper"
    assert [(line["item"], line["short"]) for line in request.lines()["lines"]] == [("G001", 2)]


def test_one_lot_ends_within_seven_days_and_two_more_within_sixty(season):
    lots = today(season, "LY13", UNTIL)["expiring"]
    assert [(lot["name"], lot["days"]) for lot in lots] == [("牛奶", 6), ("鸡蛋", 31), ("挂面", 52)]
    assert all(today(season, book, UNTIL)["expiring"] == [] for book in ("LY01", "LY12", "LY14"))


def test_five_bags_have_been_on_the_road_for_nine_days(season):
    (line,) = season.scalars(select(OnTheRoad).where(OnTheRoad.destination == "LY15", OnTheRoad.quantity > 0))
    sent = season.get(Entry, (line.book, line.number))
    assert (line.commodity, line.quantity, (UNTIL - sent.occurred_on).days) == ("G001", 5, 9)


def test_one_price_waits_for_the_other_of_the_office_and_one_was_confirmed_in_the_season(season):
    (tissues,) = proposals(season, UNTIL)
    assert (tissues["name"], tissues["old"], tissues["new"]) == ("卫生纸 10卷/提", "20.0", "18.0")
    assert (tissues["asked_by"], tissues["late"]) == ("county2", False)
    (powder,) = proposals_decided(season).rows
    assert (powder["name"], powder["asked_by"], powder["by"]) == ("洗衣粉 1kg/袋", "county", "county2")
    assert [prices_on(season, "LY01", day)["G020"] for day in (date(2026, 9, 30), date(2026, 10, 1))] == [100, 105]
