"""What a county begins with: its store, and from the package's own tables rules and items with prices."""

from datetime import date

import pytest

from ledger.journal import Book, county_of
from ledger.registers.items import all_items, prices_on
from ledger.registers.rules import all_rules
from ledger.registers.sites import all_sites
from ledger.registers.starter import CountyStands, found_county, rows_of, take_in_items, take_in_rules, tenths
from tests.county import FOUNDED

SAID = {"by": "wei", "now": FOUNDED}


def begin(store, **more):
    """Found a county in an empty database."""
    with store.writing() as session:
        return found_county(session, **{"name": "略阳县", "code": "610727", "demo": False, **SAID, **more})


def test_a_county_begins_with_its_store_and_the_stores_book(store):
    begin(store)
    with store.reading() as session:
        county = county_of(session)
        assert (county.name, county.code, county.timezone, county.demo) == ("略阳县", "610727", "Asia/Shanghai", 0)
        assert [(site.code, site.kind) for site in all_sites(session)] == [("COUNTY", "county")]
        assert session.get(Book, "COUNTY").number == 0


def test_a_demo_county_is_marked_as_one(store):
    begin(store, demo=True)
    with store.reading() as session:
        assert county_of(session).demo == 1


def test_one_database_is_one_county(store):
    begin(store)
    with pytest.raises(CountyStands) as refusal:
        begin(store, name="勉县", code="610725")
    assert str(refusal.value) == "This database holds a county already: 略阳县. One database is one county."
    with store.reading() as session:
        assert county_of(session).code == "610727"


def test_the_starter_items_are_taken_in_with_their_prices_from_a_day_on(store):
    begin(store)
    with store.writing() as session:
        take_in_items(session, valid_from=date(2026, 1, 2), **SAID)
    with store.reading() as session:
        items = all_items(session)
        assert len(items) == 45
        assert set(prices_on(session, "LY01", date(2026, 1, 2))) == {item.code for item in items}
        assert prices_on(session, "LY01", date(2026, 1, 1)) == {}
        assert all(item.name and item.unit for item in items)


def test_the_starter_rules_are_taken_in_with_their_ranges(store):
    begin(store)
    with store.writing() as session:
        take_in_rules(session, **SAID)
    with store.reading() as session:
        rules = all_rules(session)
    assert len(rules) == 30
    assert {rule.purse for rule in rules} == {"support", "merit"}
    assert all(0 < rule.points_min <= rule.points_max and rule.name and rule.name_en for rule in rules)


@pytest.mark.parametrize("word", ["上访", "信访", "生育", "超生", "petition", "birth"])
def test_no_starter_rule_speaks_of_petitions_or_births(word):
    assert not [rule["code"] for rule in rows_of("rules") if word in rule["name"] + rule["name_en"].lower()]


@pytest.mark.parametrize("name", ["items", "rules"])
def test_no_code_stands_twice_in_a_starter_table(name):
    codes = [row["code"] for row in rows_of(name)]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(("points", "expected"), [("0.5", 5), ("36.5", 365), ("12", 120), ("0", 0)])
def test_a_tables_points_are_read_in_tenths(points, expected):
    assert tenths(points) == expected
