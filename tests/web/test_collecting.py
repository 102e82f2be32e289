"""The counter's question about who collects, and the list of what did not arrive."""

import pytest

from tests.web.faults import faults
from tests.web.page import Page

COUNTER = "/books/LY01/redemptions/new?household=H001"


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_somebody_known_is_chosen_and_the_counter_asks_whether_the_last_goods_came(house, language):
    browser = house.sit("lin", language)
    page = browser.open(COUNTER).text
    assert ("Collected by 郑果 on 2026-03-06: received?" if language == "en" else "郑果") in page
    with house.untouched():
        both = {"basket-2-quantity": "1", "proxy-code": "P1", "received": "no"}
        refused = browser.fill(COUNTER, both, to="/redemptions")
    assert refused.status_code == 422 and list(Page(refused.text).errors()) == ["received"]
    assert faults(refused.text, language) == []
    browser.fill(COUNTER, {"basket-2-quantity": "1", "received": "no"}, to="/redemptions")
    done = browser.fill(COUNTER, {"basket-2-quantity": "1", "proxy-code": "P1"}, to="/redemptions")
    assert done.status_code == 303
    waiting = house.sit("gao").open("/books/LY01/").text
    if language == "en":
        assert "Household H001 says it did not receive what was collected on 2026-03-06" in waiting
        assert "Collected by 郑果 · 侄女" in browser.open(done.location).text


def test_a_supervisor_looks_into_a_no_and_the_auditor_reads_of_it_without_names(house):
    house.sit("lin").fill(COUNTER, {"basket-2-quantity": "1", "received": "no"}, to="/redemptions")
    page = house.sit("gao").open("/books/LY01/collections")
    assert "9 2026-03-06 H001 P1 郑果 侄女 no" in page.text
    done = house.sit("gao").fill("/books/LY01/collections", {"reason": "brought in the evening"}, to="/9/note")
    assert done.location == "/books/LY01/collections"
    auditor = house.sit("chen")
    told = auditor.open("/books/LY01/collections").text
    assert "郑果" not in told and "9 2026-03-06 H001 P1 郑*" in told and "13" in told
    assert not list(auditor.open("/books/LY01/collections").main.all("form"))
    assert "郑果" not in house.sit("lin").get("/books/LY01/collections?format=csv").text
    assert "says it did not receive" not in house.sit("gao").open("/books/LY01/").text


def test_who_may_not_collect_is_refused_at_the_field(house):
    with house.untouched():
        refused = house.sit("lin").fill(
            COUNTER, {"basket-2-quantity": "1", "proxy-name": "张玉芳", "proxy-home": "H003"}, to="/redemptions"
        )
    assert refused.status_code == 422
    page = Page(refused.text)
    sentence = "The storekeeper, the points clerk and their relatives may not collect for others."
    assert page.errors() == {"proxy-name": [sentence]}
    assert page.form("/redemptions")[1]["proxy-home"] == "H003"
    with house.untouched():
        refused = house.sit("lin").fill(
            COUNTER, {"basket-2-quantity": "1", "proxy-name": "郑果", "proxy-phone": "13812345678"}, to="/redemptions"
        )
    assert Page(refused.text).errors() == {"proxy-phone": ["Enter the last four digits of the phone number."]}


def test_a_program_names_a_collector_as_before_or_with_more(house):
    form = {"household": "H001", "occurred_on": "2026-03-06", "basket": [{"item": "SALT", "quantity": 1}]}
    named, known, more = {"name": "李四", "relation": "邻居"}, {"code": "P1"}, {"phone": "4321", "home": "H006"}
    for proxy in (named, known, {**named, **more}):
        assert house.program("lin").post("/books/LY01/redemptions", {**form, "proxy": proxy}).status_code == 201
    refused = house.program("lin").post("/books/LY01/redemptions", {**form, "proxy": {"relation": "邻居"}})
    assert refused.json["errors"] == {"proxy.name": ["Enter the name of who collects, or choose somebody known."]}
