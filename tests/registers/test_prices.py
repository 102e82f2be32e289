"""Prices and settings: each holds from a day on, for the county or, before that, for one outlet."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.registers.items import PriceInThePast, PriceStands, all_items, prices_of, prices_on, set_price
from ledger.registers.policy import DEFAULTS, policy
from tests.county import TODAY, said


def price(county, day, *, item="SOAP", book="LY01"):
    """Return the price of an item in an outlet on a day, in tenths."""
    return county.ask(prices_on, book, date.fromisoformat(day)).get(item)


def test_the_starting_prices_hold_from_their_day_on_everywhere(county):
    assert price(county, "2026-01-01") is None
    for book in ("LY01", "LY02", "COUNTY"):
        assert (price(county, "2026-01-02", book=book), price(county, "2030-12-31", book=book)) == (120, 120)


def test_a_new_price_holds_from_its_day_and_not_a_day_before(county):
    county.price("SOAP", 150, since="2026-03-06")
    assert [price(county, day) for day in ("2026-03-05", "2026-03-06", "2026-03-07")] == [120, 150, 150]


def test_a_price_set_for_later_waits_for_its_day(county):
    county.price("SOAP", 150, since="2026-04-01")
    county.price("SOAP", 90, since="2026-03-15")
    days = ("2026-03-14", "2026-03-15", "2026-03-31", "2026-04-01")
    assert [price(county, day) for day in days] == [120, 90, 90, 150]


def test_an_outlets_own_price_goes_before_the_countys_even_a_newer_one(county):
    county.price("SOAP", 90, book="LY01", since="2026-03-06")
    county.price("SOAP", 150, since="2026-03-10")
    assert [price(county, day) for day in ("2026-03-05", "2026-03-06", "2026-03-10")] == [120, 90, 90]
    assert [price(county, day, book="LY02") for day in ("2026-03-06", "2026-03-10")] == [120, 150]
    assert price(county, "2026-03-10", book="COUNTY") == 150


def test_an_item_without_a_price_has_none_and_a_free_one_costs_nothing(county):
    assert (price(county, "2026-03-06", item="TOWEL"), price(county, "2026-03-06", item="SALT")) == (None, 0)


def test_a_basket_asks_for_the_prices_of_its_own_goods_alone(county):
    county.price("SOAP", 150, since="2026-03-06")
    assert county.ask(prices_on, "LY01", date(2026, 3, 6), ["SOAP", "TOWEL"]) == {"SOAP": 150}
    assert county.ask(prices_on, "LY01", date(2026, 3, 6), []) == {}


def test_a_price_that_stands_is_not_written_over(county):
    county.price("SOAP", 150, since="2026-03-06")
    with county.refuses(PriceStands) as refusal:
        county.price("SOAP", 160, since="2026-03-06")
    assert said(refusal) == [("valid_from", "A price from 2026-03-06 stands already. Choose a later day.")]
    county.price("SOAP", 160, book="LY01", since="2026-03-06")


def test_a_price_for_a_day_gone_by_is_refused(county):
    new = {"item": "SOAP", "book": "COUNTY", "points_tenths": 150, "by": "wei", "now": TODAY, "today": TODAY.date()}
    with county.refuses(PriceInThePast) as refusal, county.store.writing() as session:
        set_price(session, valid_from=date(2026, 3, 5), **new)
    assert said(refusal) == [("valid_from", "A price holds from today (2026-03-06) or later.")]
    with county.store.writing() as session:
        set_price(session, valid_from=date(2026, 3, 6), **new)
    assert price(county, "2026-03-06") == 150


@pytest.mark.parametrize(("item", "points"), [("GOLD", 10), ("SOAP", -1)])
def test_the_database_itself_refuses_a_price_of_nothing_known_or_below_nothing(county, item, points):
    with pytest.raises(IntegrityError):
        county.price(item, points, since="2026-03-06")


def test_all_prices_an_item_ever_had_are_kept_the_latest_first(county):
    county.price("SOAP", 150, since="2026-04-01")
    county.price("SOAP", 90, book="LY01", since="2026-04-01")
    kept = [(one.valid_from.isoformat(), one.book, one.points_tenths, one.by) for one in county.ask(prices_of, "SOAP")]
    assert kept == [
        ("2026-04-01", "COUNTY", 150, "wei"), ("2026-04-01", "LY01", 90, "wei"), ("2026-01-02", "COUNTY", 120, "wei"),
    ]


def test_items_are_listed_by_their_codes(county):
    assert [item.code for item in county.ask(all_items)] == ["OIL", "RICE", "SALT", "SOAP", "TOWEL"]


def setting(county, name, day, book="LY01"):
    """Return what a setting says in an outlet on a day."""
    return county.ask(policy, book, name, date.fromisoformat(day))


@pytest.mark.parametrize(("name", "usual"), [(name, setting.usual) for name, setting in DEFAULTS.items()])
def test_a_setting_nobody_has_set_says_the_usual(county, name, usual):
    assert setting(county, name, "2026-03-06") == usual


def test_a_setting_holds_from_its_day_for_the_county_and_before_that_for_an_outlet(county):
    county.setting("notice_days", "5", since="2026-03-06")
    county.setting("notice_days", "3", book="LY01", since="2026-03-10")
    county.setting("notice_days", "10", since="2026-03-20")
    days = ("2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10", "2026-03-20")
    assert [setting(county, "notice_days", day) for day in days] == ["7", "5", "5", "3", "3"]
    assert [setting(county, "notice_days", day, "LY02") for day in days] == ["7", "5", "5", "5", "10"]
    assert setting(county, "rate_fen", "2026-03-20") == "100"


def test_the_countys_own_book_has_the_countys_settings(county):
    county.setting("rate_fen", "300", since="2026-03-06")
    assert setting(county, "rate_fen", "2026-03-06", "COUNTY") == "300"


def test_a_setting_nobody_knows_is_a_fault_and_is_not_kept(county):
    before = county.state()
    with pytest.raises(KeyError):
        county.setting("notise_days", "3")
    with pytest.raises(KeyError):
        setting(county, "notise_days", "2026-03-06")
    assert county.state() == before
