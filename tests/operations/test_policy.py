"""Settings: each holds from today or a later day on, for the county or for one outlet; the past keeps what it had."""

from datetime import date

import pytest

from ledger.errors import Unknown
from ledger.operations.policy import decide_policy
from ledger.registers.policy import SettingInThePast, SettingStands, policy
from ledger.reports.policies import policies, policy_history
from tests.county import said


@pytest.fixture
def office(county):
    """The desk of the county office."""
    return county.book("COUNTY")


def decide(office, name="notice_days", value=5, since="2026-03-06", outlet=None):
    """Let a setting hold from a day on."""
    return office.do(
        decide_policy, by="wei", name=name, value=value, valid_from=date.fromisoformat(since), outlet=outlet
    )


def says(county, day, book="LY01", name="notice_days"):
    """Return what a setting says on a day."""
    return county.ask(policy, book, name, date.fromisoformat(day))


def shown(county, name="notice_days"):
    """Return what the page of settings shows of one: where, value, from which day."""
    rows = county.ask(policies, county.day).rows
    return [(row["place"], row["value"], row["valid_from"]) for row in rows if row["name"] == name]


def test_a_setting_holds_from_its_day_on_and_not_before(office, county):
    decide(office, since="2026-03-10")
    assert [says(county, day) for day in ("2026-03-09", "2026-03-10")] == ["7", "5"]


def test_an_outlet_may_have_its_own(office, county):
    decide(office)
    decide(office, value=3, outlet="LY02")
    assert [says(county, "2026-03-06", book) for book in ("LY01", "LY02")] == ["5", "3"]


def test_the_past_is_never_changed(office):
    with office.refuses(SettingInThePast) as refusal:
        decide(office, since="2026-03-05")
    assert said(refusal) == [("valid_from", "A setting holds from today (2026-03-06) or later.")]


def test_a_setting_is_not_written_over(office):
    decide(office, since="2026-03-10")
    with office.refuses(SettingStands) as refusal:
        decide(office, value=4, since="2026-03-10")
    assert said(refusal) == [("valid_from", "A setting from 2026-03-10 stands already. Choose a later day.")]


def test_an_outlet_that_is_none_is_told(office):
    with office.refuses(Unknown) as refusal:
        decide(office, outlet="LY77")
    assert said(refusal)[0][0] == "outlet"


def test_a_limit_is_lifted_by_leaving_it_empty(office, county):
    decide(office, "cap_all_year", 7000)
    county.wait(1)
    decide(office, "cap_all_year", None, "2026-03-07")
    assert [says(county, day, name="cap_all_year") for day in ("2026-03-06", "2026-03-07")] == ["7000", ""]


def test_the_page_shows_what_is_usual_until_somebody_sets_it(county):
    assert shown(county) == [("Usual", "7", None)]
    assert shown(county, "rate_fen") == [("Usual", "1.00", None)]
    assert shown(county, "cap_all_year") == [("Usual", "no cap", None)]


def test_the_page_shows_what_holds_where_and_what_is_to_come_but_not_what_is_over(office, county):
    decide(office, value=5)
    decide(office, value=3, outlet="LY02")
    decide(office, value=9, since="2026-04-01")
    county.wait(1)
    decide(office, value=6, since="2026-03-07")
    assert shown(county) == [
        ("The whole county", "6", date(2026, 3, 7)), ("The whole county", "9", date(2026, 4, 1)),
        ("LY02", "3", date(2026, 3, 6)),
    ]


def test_one_setting_tells_all_it_ever_said(office, county):
    decide(office, "carry_over", 150)
    decide(office, "carry_over", 200, "2026-05-01", outlet="LY01")
    rows = county.ask(policy_history, "carry_over").rows
    assert [(row["place"], row["value"], row["valid_from"], row["by"]) for row in rows] == [
        ("LY01", "20.0", date(2026, 5, 1), "wei"), ("The whole county", "15.0", date(2026, 3, 6), "wei"),
        ("Usual", "0.0", None, ""),
    ]
