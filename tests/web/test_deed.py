"""Deeds on their pages: recorded on a phone in the hamlet, drawn into the sheet by the clerk, never credited here."""

from datetime import date

import pytest

from ledger.registers.rules import Rule
from tests.web import acts
from tests.web.page import Page

NEW, LIST = "/books/LY01/deeds/new", "/books/LY01/deeds"
WORK = {"household": "H001", "rule": "WORK"}


def test_the_reporter_picks_household_and_rule_and_says_in_words_what_was_seen(house):
    page = house.sit("bao").open(NEW)
    rules = [one.text for one in page.main.all("option") if one["value"] in ("CLEAN", "WORK", "BASE")]
    assert rules == ["CLEAN 庭院整洁", "WORK 公益劳动"]
    assert not [one for one in page.main.all("input") if one["type"] == "file"]
    assert "No photo is needed." in page.text


def test_a_rule_that_ended_this_month_or_last_can_still_be_picked_for_a_deed_of_before(house):
    house.county.edit(Rule, ("WORK", 1), valid_to=date(2026, 3, 20))
    house.county.move_to("2026-04-02")
    answer = house.sit("bao").fill(NEW, {**WORK, "occurred_on": "2026-03-18"}, LIST)
    assert answer.status_code == 303
    with house.untouched():
        page = Page(house.sit("bao").fill(NEW, {**WORK, "occurred_on": "2026-03-21"}, LIST).text)
    assert page.errors() == {"rule": ["Rule WORK is not in force on 2026-03-21."]}


def test_the_same_deed_twice_is_pointed_out_and_a_tick_says_that_it_is_another(house):
    acts.DEED.do(house)
    browser = house.sit("mei")
    assert "another of that day" not in browser.open(NEW).text
    with house.untouched():
        again = browser.fill(NEW, WORK, LIST)
    page = Page(again.text)
    assert again.status_code == 422
    assert page.errors() == {"another": [
        "Deed 1 says the same of this household on this day, recorded by bao. If this is another one, say so."
    ]}
    _, inputs = page.form(LIST)
    assert browser.send(LIST, {**inputs, "another": "1"}).status_code == 303


def test_what_is_missing_or_wrong_is_told_at_its_field(house):
    with house.untouched():
        page = Page(house.sit("bao").fill(NEW, {"household": "", "occurred_on": "2026-03-07"}, LIST).text)
    assert page.errors() == {"household": ["Please fill this in."], "rule": ["Please fill this in."]}
    with house.untouched():
        page = Page(house.sit("bao").fill(NEW, {**WORK, "occurred_on": "2026-03-07"}, LIST).text)
    assert page.errors() == {"occurred_on": ["2026-03-07 is still to come; today is 2026-03-06."]}


def test_a_deed_recorded_by_mistake_is_dropped_and_stays_in_the_list(house):
    acts.DEED.do(house)
    browser = house.sit("bao")
    assert browser.fill(LIST, {}, "/deeds/1/drop").location == LIST
    shown = browser.open(LIST).text
    assert "cleared the path Dropped 包小红 (bao)" in shown
    assert "Drop deed" not in shown


def test_today_says_how_many_deeds_wait(house):
    acts.DEED.do(house)
    links = {one.text: one["href"] for one in house.sit("mei").open("/books/LY01/").main.all("a")}
    assert links["Deeds that wait for the meeting: 1"] == LIST


@pytest.mark.parametrize(("name", "shown"), [("mei", "王秀兰"), ("wei", "王**")])
def test_names_are_whole_at_the_outlet_and_masked_elsewhere(house, name, shown):
    acts.DEED.do(house)
    text = house.sit(name).open(LIST).text
    assert shown in text
    assert ("cleared the path" in text) == (name == "mei")


def test_a_program_records_a_deed_and_may_not_credit(house):
    answer = house.program("bao").post("/books/LY01/deeds", {**WORK, "occurred_on": "2026-03-06"})
    assert (answer.status_code, answer.json) == (201, {"book": "LY01", "n": 1, "status": "recorded"})
    assert house.program("bao").post("/books/LY01/sheets/2/credit", {"occurred_on": "2026-03-06"}).status_code == 403


def test_the_pages_are_chinese_too(house):
    acts.DEED.do(house)
    browser = house.sit("bao", "zh_Hans_CN")
    assert "好事" in browser.open(NEW).text and "好事" in browser.open(LIST).text
    again = Page(browser.fill(NEW, WORK, LIST).text).errors()["another"]
    assert again == ["这户当天同样的好事已记过（第1号，bao 记）。如果是另一件，请打勾说明。"]


def test_a_reporter_s_first_page_leads_to_the_deeds(house):
    ways = {one.text: one["href"] for one in house.sit("bao").open("/books/LY01/").main.all("a")}
    assert ways["Record a deed"] == "/books/LY01/deeds/new"
    assert "Record a deed" not in house.sit("chen").open("/books/LY01/").main.text
