"""The rule book and the settings on their pages: every change begins on a day, and nothing behind it moves."""

import pytest

from ledger.registers.policy import DEFAULTS
from ledger.registers.rules import Rule
from tests.web import acts
from tests.web.page import Page

NEW, CLEAN, POSTED = "/registers/rules/new", "/registers/rules/CLEAN", "/registers/rules/"
READING = {
    "code": "read", "category": "公益劳动", "name": "农家书屋值守", "points_min": "2", "points_max": "5",
    "award_by": "村委会", "evidence": "值守表",
}


def test_the_office_enters_a_rule_and_everybody_can_read_it(house):
    assert house.sit("wei").fill(NEW, READING, POSTED).location == "/registers/rules/READ"
    for name in ("bao", "lin", "chen"):
        browser = house.sit(name)
        assert "READ 农家书屋值守" in browser.open("/registers/rules/READ").text
        assert "READ 农家书屋值守" in browser.open(POSTED).text
        assert not list(browser.open("/registers/rules/READ").main.all("form"))


@pytest.mark.parametrize(("language", "sentence"), [("en", "“12345” may not stand"), ("zh_Hans_CN", "“12345”")])
def test_what_may_never_be_a_rule_is_told_at_the_evidence_too(house, language, sentence):
    with house.untouched():
        answer = house.sit("wei", language).fill(NEW, {**READING, "evidence": "全年未打12345"}, POSTED)
    errors = Page(answer.text).errors()
    assert (answer.status_code, list(errors), sentence in errors["evidence"][0]) == (422, ["evidence"], True)


def test_a_change_shows_both_versions_and_the_sheet_keeps_its_own(house):
    acts.RULE.do(house)
    shown = house.sit("gao").open("/books/LY01/sheets/2").text
    assert "H001 CLEAN 庭院整洁 5.0" in shown


def test_a_version_to_come_is_pointed_out_and_one_that_was_replaced_is_told(house):
    house.county.rule("CLEAN", since="2062-04-01", points_max=300)
    browser = house.sit("wei")
    assert "Version 2 is to hold from 2062-04-01." in browser.open("/registers/rules/CLEAN").text
    browser.fill("/registers/rules/CLEAN", {"valid_from": "2026-04-01", "points_max": "30"})
    page = browser.open("/registers/rules/CLEAN").text
    assert "Version 2 was to hold from 2062-04-01 and was replaced before it began." in page


def test_a_rule_is_named_in_the_readers_language_wherever_it_is_named(house):
    house.county.edit(Rule, ("CLEAN", 1), name_en="Clean yard")
    pages = [
        ("mei", CLEAN), ("mei", "/books/LY01/sheets/2"), ("mei", "/books/LY01/sheets/2/notice"),
        ("mei", "/books/LY01/sheets/new"), ("mei", "/books/LY01/deeds/new"), ("mei", "/books/LY01/deeds"),
    ]
    house.sit("bao").fill("/books/LY01/deeds/new", {"household": "H001", "rule": "CLEAN"}, "/deeds")
    for name, path in pages:
        assert "Clean yard" in house.sit(name).open(path).text, path
        assert "庭院整洁" in house.sit(name, "zh_Hans_CN").open(path).text, path
        assert path == CLEAN or "Clean yard" not in house.sit(name, "zh_Hans_CN").open(path).text, path


def test_a_rule_without_an_english_name_is_named_in_chinese(house):
    assert "庭院整洁" in house.sit("mei").open("/books/LY01/sheets/2").text


def test_an_award_is_named_in_the_readers_language_in_passbook_and_entry(house):
    house.county.edit(Rule, ("CLEAN", 1), name_en="Clean yard")
    liuhe = house.county.book("LY01")
    sheet = liuhe.on_notice(("H001", "CLEAN"))
    house.county.wait(8)
    number = liuhe.credit(sheet)["number"]
    for path in (f"/books/LY01/entries/{number}", "/books/LY01/households/H001"):
        assert "Clean yard (CLEAN)" in house.sit("mei").open(path).text
        assert "庭院整洁 (CLEAN)" in house.sit("mei", "zh_Hans_CN").open(path).text


def test_the_form_of_the_next_version_is_filled_in_as_the_last_one(house):
    _, inputs = house.sit("wei").open(CLEAN).form(POSTED)
    assert {name: inputs[name] for name in ("code", "version", "category", "name", "points_min", "points_max")} == {
        "code": "CLEAN", "version": "2", "category": "环境卫生", "name": "庭院整洁", "points_min": "5.0",
        "points_max": "5.0",
    }


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "“信访” may not stand in the rule book: petitions, births, religion, refusals and complaints are people's "
           "rights, and no points are given or withheld for them."),
    ("zh_Hans_CN", "“信访”不能写进积分细则：信访、生育、宗教信仰、拒绝和投诉都是群众的权利，不得因此加分或扣分。"),
])
def test_a_forbidden_class_is_refused_at_its_field_with_the_reason(house, language, sentence):
    with house.untouched():
        answer = house.sit("wei", language).fill(NEW, {**READING, "category": "信访维稳"}, POSTED)
    assert answer.status_code == 422
    assert Page(answer.text).errors() == {"category": [sentence]}


def test_a_new_rule_under_a_code_that_stands_is_no_change_of_that_rule(house):
    with house.untouched():
        answer = house.sit("wei").fill(NEW, {**READING, "code": "CLEAN"}, POSTED)
    assert Page(answer.text).errors() == {"code": ["CLEAN is in the register already."]}


def test_a_refused_change_is_the_page_of_the_rule_again_with_what_was_typed(house):
    with house.untouched():
        answer = house.sit("wei").fill(CLEAN, {"points_max": "4", "valid_from": "2026-03-01"}, POSTED)
    page = Page(answer.text)
    assert page.errors() == {"points_max": ["The most cannot be below the least."]}
    assert page.form(POSTED)[1]["points_max"] == "4"
    assert "Versions of the rule" in page.text


def test_a_rule_there_is_not_is_not_found(house):
    for code in ("DANCE", "%00", "clean"):
        assert house.sit("wei").get(f"/registers/rules/{code}").status_code == 404


# Settings

def test_every_setting_stands_on_one_page_with_its_meaning_and_what_it_says(house):
    shown = house.sit("wei").open("/county/settings")
    rows = [row.text for row in next(shown.main.all("tbody")).all("tr")]
    assert len(rows) == len(DEFAULTS)
    assert "Whole days a points notice hangs before it may be credited Usual 7" in rows
    assert "What one point is worth Usual 1.00" in rows


def test_settings_are_told_in_chinese(house):
    page = house.sit("wei", "zh_Hans_CN").open("/county/settings")
    rows = [row.text for row in next(page.main.all("tbody")).all("tr")]
    assert "积分公示满多少整日才能入账 通常做法 7" in rows
    assert "先用哪类积分 通常做法 先用保障积分" in rows


@pytest.mark.parametrize("name", DEFAULTS)
def test_every_setting_can_be_set_from_its_page(house, name):
    kind = DEFAULTS[name].kind
    value = kind.split("|")[-1] if "|" in kind else "3"
    answer = house.sit("wei").fill(f"/county/settings/{name}", {"value": value}, f"/settings/{name}")
    assert answer.status_code == 303
    if DEFAULTS[name].second_hand:
        house.sit("han").fill("/county/proposals", {}, to="/county/proposals")
    assert "2026-03-06 魏建国 (wei)" in house.sit("chen").open(f"/county/settings/{name}").text


def test_a_setting_in_the_past_or_of_the_wrong_kind_is_refused_at_its_field(house):
    browser, at = house.sit("wei"), "/county/settings/notice_days"
    with house.untouched():
        page = Page(browser.fill(at, {"value": "2.9"}, at).text)
        assert page.errors() == {"value": ["Enter a whole number from 1 to 9999."]}
        page = Page(browser.fill(at, {"value": "2", "valid_from": "2026-03-05"}, at).text)
        assert page.errors() == {"valid_from": ["A setting holds from today (2026-03-06) or later."]}


def test_a_setting_there_is_not_is_not_found(house):
    assert house.sit("wei").get("/county/settings/colour").status_code == 404
    assert house.sit("wei").send("/county/settings/colour", value="1").status_code == 404


def test_a_share_is_at_most_the_whole(house):
    name = "shelf_life_least"
    with house.untouched():
        answer = house.sit("wei").fill(f"/county/settings/{name}", {"value": "101"}, f"/settings/{name}")
    assert Page(answer.text).errors() == {"value": ["Enter a whole number from 0 to 100."]}
