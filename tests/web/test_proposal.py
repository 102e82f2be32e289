"""The page of prices and rates that wait: ticked ones are confirmed in one go, or declined with a reason."""

import io

import pytest

from ledger.registers.items import prices_on
from ledger.registers.policy import policy
from ledger.registers.staff import Staff
from ledger.web.words import LANGUAGES
from tests.web.faults import faults
from tests.web.house import HERE
from tests.web.page import Page

WAITING = "/county/proposals"
NAMES = ("SOAP", "RICE", "OIL")


def propose(house, item="SOAP", points="15", since="2026-03-10", by="wei"):
    """Propose a price on the item's page."""
    form = {"points": points, "valid_from": since}
    return house.sit(by).fill(f"/registers/items/{item}", form, to="/prices")


def rate(house, value="1.5", by="wei", **more):
    """Propose what a point is worth."""
    return house.sit(by).fill("/county/settings/rate_fen", {"value": value, "valid_from": "2026-03-10", **more})


def decide(house, by="han", *, untick=(), language="en", **more):
    """Send the form of the page as it stands, without some of its ticks."""
    action, inputs = house.sit(by, language).open(WAITING).form(WAITING)
    return house.sit(by, language).send(
        action, {name: value for name, value in inputs.items() if value not in untick} | more
    )


def costs(house, item="SOAP", day=10):
    """Return what an item costs from 10 March on, in tenths."""
    return house.county.ask(prices_on, "LY01", house.county.day.replace(day=day)).get(item)


def ticks(page):
    """Return the boxes of the page, each with whether it is ticked."""
    return {one["value"]: "checked" in one.attributes for one in page.main.all("input") if one["type"] == "checkbox"}


def test_one_proposes_on_the_items_page_and_another_confirms_with_one_tap(house):
    assert propose(house).location == "/registers/items/SOAP"
    words = "The price waits for a second person: 15.0 instead of 12.0, from 2026-03-10, The whole county, "
    assert f"{words}proposed by 魏建国 (wei)" in house.sit("wei").open("/registers/items/SOAP").main.text
    page = house.sit("han").open(WAITING)
    assert "肥皂 The whole county 12.0 15.0 2026-03-10 魏建国 (wei) 2026-03-06" in page.main.text
    assert ticks(page) == {"1": True}
    assert costs(house) == 120
    assert decide(house).location == WAITING
    assert costs(house) == 150
    page = house.sit("chen").open(WAITING)
    assert "肥皂 The whole county 15.0 2026-03-10 魏建国 (wei) Confirmed 韩梅 (han)" in page.main.text
    assert "waits for a second" not in house.sit("wei").open("/registers/items/SOAP").main.text


def test_who_proposed_sees_it_without_a_box_and_cannot_confirm(house):
    propose(house)
    page = house.sit("wei").open(WAITING)
    assert ticks(page) == {} and "You proposed all of these" in page.main.text
    with house.untouched():
        refused = house.sit("wei").send(WAITING, {"proposals-0-request": "1"})
    assert refused.status_code == 422
    assert Page(refused.text).summary() == ["肥皂: You proposed this yourself; another person must confirm it."]
    propose(house, "RICE", by="han")
    page = house.sit("wei").open(WAITING)
    assert ticks(page) == {"2": True} and "your own" in page.main.text


def test_an_item_without_a_price_says_that_its_first_waits_and_is_not_offered_before(house):
    propose(house, "TOWEL", "4.5", "2026-03-06")
    page = house.sit("lin").open("/registers/items/TOWEL")
    assert "The price waits for a second person: 4.5 instead of nothing yet" in page.main.text
    assert "No price yet: this item cannot be redeemed." in page.main.text
    assert "价格待第二人确认" in house.sit("lin", "zh_Hans_CN").open("/registers/items/TOWEL").main.text
    assert not any(one["href"] == WAITING for one in page.main.all("a")), "a keeper has no second hand in it"


@pytest.mark.parametrize(("name", "path"), [
    ("wei", "/county/"), ("luo", "/county/"), ("wei", "/registers/items/"), ("wei", "/county/settings"),
    ("wei", "/books/COUNTY/"),
])
def test_what_waits_is_seen_where_the_office_looks_and_leads_there(house, name, path):
    words = "Prices and rates that wait for a second person"
    assert words not in house.sit(name).open(path).main.text
    propose(house)
    rate(house)
    page = house.sit(name).open(path)
    assert f"{words}: 2" in page.main.text
    assert any(one["href"] == WAITING for one in page.main.all("a"))


def test_a_rate_is_proposed_on_its_page_and_confirmed_by_the_town(house):
    assert rate(house, outlet="LY02").location == "/county/settings/rate_fen"
    page = house.sit("wei").open("/county/settings/rate_fen")
    words = "This waits for a second person: 1.50 instead of 1.00, from 2026-03-10, 石磨村爱心超市 (LY02)"
    assert words in page.main.text
    decide(house, by="luo")
    day = house.county.day.replace(day=10)
    assert [house.county.ask(policy, book, "rate_fen", day) for book in ("LY01", "LY02")] == ["100", "150"]
    assert "石磨村爱心超市 (LY02) 1.50 2026-03-10" in house.sit("wei").open("/county/settings/rate_fen").main.text


def test_only_what_is_ticked_is_confirmed(house):
    for item in NAMES:
        propose(house, item)
    decide(house, untick=("2",))
    assert [costs(house, item) for item in NAMES] == [150, 365, 150]
    assert ticks(house.sit("han").open(WAITING)) == {"2": True}


def test_a_second_proposal_for_the_same_day_is_refused_at_its_field(house):
    propose(house)
    with house.untouched():
        refused = propose(house, points="16", by="han")
    assert Page(refused.text).errors() == {
        "valid_from": ["A proposal from 2026-03-10 waits for a second person already. Choose a later day."]
    }


def test_where_one_cannot_be_none_is_and_it_is_named_with_the_ticks_as_they_were(house):
    for item in NAMES:
        propose(house, item)
    action, inputs = house.sit("han").open(WAITING).form(WAITING)
    inputs = {name: value for name, value in inputs.items() if value != "1"}
    house.county.price("RICE", 400, since="2026-03-10")
    with house.untouched():
        refused = house.sit("han").send(action, inputs)
    page = Page(refused.text)
    assert page.errors() == {
        "proposals-1-request": ["A price from 2026-03-10 stands already. Choose a later day."]
    }
    assert page.summary() == ["大米 5千克: A price from 2026-03-10 stands already. Choose a later day."]
    assert ticks(page) == {"1": False, "2": True, "3": True}


def test_what_somebody_else_decided_meanwhile_is_named(house):
    for item in NAMES:
        propose(house, item)
    action, inputs = house.sit("han").open(WAITING).form(WAITING)
    decide(house, by="luo", untick=("2", "3"))
    with house.untouched():
        refused = house.sit("han").send(action, inputs)
    assert Page(refused.text).summary() == ["Request 1 has been decided already."]


def test_a_day_that_passed_while_it_waited_is_told_before_one_confirms(house):
    propose(house)
    house.county.move_to("2026-03-12")
    words = "This day has passed: it would hold from the day it is confirmed, today 2026-03-12."
    assert words in house.sit("han").open(WAITING).main.text
    words = "这一天已过：将从确认之日（今天2026-03-12）起执行。"
    assert words in house.sit("han", "zh_Hans_CN").open(WAITING).main.text
    decide(house)
    assert [costs(house, day=day) for day in (10, 11, 12)] == [120, 120, 150]


def test_a_no_has_a_reason_which_who_proposed_it_reads(house):
    propose(house)
    rate(house)
    decide(house, declined="1", reason="the firm gives them for nothing")
    page = house.sit("wei").open(WAITING)
    assert "Declined 韩梅 (han) the firm gives them for nothing" in page.main.text
    assert "Price: Declined by 韩梅 (han): the firm gives them" in house.sit("wei").open("/books/COUNTY/").main.text
    assert costs(house) == 120


@pytest.mark.parametrize(("typed", "field", "sentence"), [
    ({"declined": "1"}, "reason", "Say why, for who proposed it."),
    ({"reason": "too dear"}, "reason", "A reason belongs to a no. Leave this empty to confirm."),
    ({"reason": "r" * 201, "declined": "1"}, "reason", "At most 200 characters; this has 201."),
])
def test_a_no_without_a_reason_or_a_yes_with_one_is_refused(house, typed, field, sentence):
    propose(house)
    with house.untouched():
        refused = decide(house, **typed)
    assert refused.status_code == 422
    assert Page(refused.text).errors()[field] == [sentence]
    assert ticks(Page(refused.text)) == {"1": True}


def test_without_a_tick_nothing_is_done(house):
    propose(house)
    with house.untouched():
        refused = decide(house, untick=("1",))
    assert Page(refused.text).summary() == ["Enter at least one line."]
    assert ticks(Page(refused.text)) == {"1": False}


def test_the_form_sent_twice_counts_once(house):
    propose(house)
    action, inputs = house.sit("han").open(WAITING).form(WAITING)
    house.sit("han").send(action, inputs)
    with house.untouched():
        assert house.sit("han").send(action, inputs).status_code == 303


def take_in(house, rows, **more):
    """Take a list of items in from a file."""
    head = "编号,名称,单位,积分价"
    file = io.BytesIO("\n".join([head, *rows]).encode())
    action, inputs = house.sit("wei").open("/lists").form("/lists")
    data = {**inputs, "kind": "items", "file": (file, "items.csv"), **more}
    data.pop("trying", None) if "trying" not in more else None
    return Page(house.sit("wei").client.post(action, data=data, headers=HERE).text)


def test_a_list_of_45_prices_waits_as_its_dry_run_says_and_is_confirmed_with_one_tap(house):
    rows = [f"N{n:02d},新货{n},件,{n}.5" for n in range(1, 46)] + ["N99,无价货,件,"]
    with house.untouched():
        page = take_in(house, rows, trying="1")
    assert "Prices that would wait for a second person: 45" in page.main.text
    page = take_in(house, rows)
    assert "Prices and rates that wait for a second person: 45" in page.main.text
    assert "N01" not in house.county.ask(prices_on, "LY01", house.county.day)
    assert len(ticks(house.sit("han").open(WAITING))) == 45
    decide(house)
    held = house.county.ask(prices_on, "LY01", house.county.day)
    assert [held[f"N{n:02d}"] for n in range(1, 46)] == [n * 10 + 5 for n in range(1, 46)]
    assert "N99" not in held


def test_an_office_of_one_is_told_that_prices_need_a_second(house):
    words = "Prices and the value of a point are set by two people, and there is only one so far."
    assert words not in house.sit("wei").open("/county/").main.text
    house.county.edit(Staff, "han", retired=1)
    house.county.edit(Staff, "luo", retired=1)
    page = house.sit("wei").open("/county/")
    assert words in page.main.text
    assert any(one["href"] == "/registers/staff/new" for one in page.main.all("a"))
    assert words not in house.sit("chen").open("/county/").main.text, "an auditor takes nobody in"


def test_the_town_confirms_by_program_as_on_the_page_and_reads_nothing_else_of_the_county(house):
    propose(house)
    town = house.program("luo")
    done = town.post("/books/COUNTY/proposals/decision", {"proposals": [{"request": 1}]})
    assert (done.status_code, costs(house)) == (201, 150), done.text
    assert town.get("/books/COUNTY/entries").status_code == 403
    assert town.post("/books/LY01/proposals/decision", {"proposals": [{"request": 1}]}).status_code == 403


def test_programs_propose_confirm_and_decline_by_the_same_rules(house):
    office, other = house.program("wei"), house.program("han")
    asked = office.post("/books/COUNTY/items/SOAP/prices", {"points": "15.0", "valid_from": "2026-03-10"})
    assert (asked.status_code, asked.json["n"], asked.json["status"]) == (201, 1, "waiting")
    to = "/books/COUNTY/proposals/decision"
    refused = office.post(to, {"proposals": [{"request": 1}]})
    assert refused.json["errors"] == {
        "proposals.0.request": ["You proposed this yourself; another person must confirm it."]
    }
    assert other.post(to, {"declined": True, "proposals": [{"request": 1}]}).json["errors"].keys() == {"reason"}
    done = other.post(to, {"proposals": [{"request": 1}]}, key="decided-once")
    assert (done.status_code, done.json["requests"]) == (201, [1])
    assert costs(house) == 150
    assert other.post(to, {"proposals": [{"request": 1}]}, key="decided-once").json == done.json
    assert other.post(to, {}).json["errors"] == {"proposals": ["Enter at least one line."]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["wei", "han", "luo", "chen"])
def test_the_pages_read_well_with_something_on_them(house, name, language):
    propose(house)
    propose(house, "TOWEL", "4.5")
    rate(house)
    decide(house, by="han", untick=("2",))
    for path in (WAITING, "/registers/items/TOWEL", "/registers/items/", "/county/", *(
        ["/county/settings", "/county/settings/rate_fen", "/books/COUNTY/"] if name != "luo" else []
    )):
        assert (path, faults(house.sit(name, language).get(path).text, language)) == (path, [])
    if name != "chen":
        refused = decide(house, by="luo", language=language, declined="1")
        assert faults(refused.text, language) == []


def test_what_was_decided_leaves_as_a_file(house):
    propose(house)
    decide(house)
    answer = house.sit("chen").get(f"{WAITING}?format=csv")
    assert answer.mimetype == "text/csv"
    assert "肥皂" in answer.text and "15.0" in answer.text and "han" in answer.text
