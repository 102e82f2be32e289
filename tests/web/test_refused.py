"""A refused form, and one that only asks for its page again: nothing is lost, and each sentence leads somewhere."""

import pytest

from tests.web.acts import ARRIVAL, DISPATCH, GIFT, REDEMPTION
from tests.web.page import Page
from tests.web.test_bad_input import CASES, case

WHOLE = "Enter a whole number from 1 to 9999."
FORMS = "/books/LY01/redemptions"


def asked_again(house, act, button, **typed):
    """Press a button that only asks for the page again, and return the page; nothing may be written."""
    action, inputs = act.inputs(house, **typed)
    with house.untouched():
        answer = house.sit(act.person).send(action, {**inputs, **button})
    assert answer.status_code == 200
    return Page(answer.text)


@pytest.mark.parametrize(
    ("act", "typed", "sentence"),
    [
        (REDEMPTION, {"basket-1-quantity": "2.9"}, f"食盐: {WHOLE}"),
        (REDEMPTION, {"basket-0-quantity": "10"}, "Not enough on the shelf: 大米 5千克, asked 10, there is 9."),
        (DISPATCH, {"lines-3-quantity": "many"}, f"肥皂: {WHOLE}"),
        (ARRIVAL, {"lines-0-over": "-1"}, "肥皂: Enter a whole number from 0 to 999999."),
        (GIFT, {"lines-3-best_before": "soon"}, "Line 4: Enter a day as year-month-day, such as 2026-03-06."),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_at_the_head_a_sentence_says_once_which_line_it_means(standing, act, typed, sentence):
    assert Page(act.do(standing, **typed).text).summary() == [sentence]


@pytest.mark.parametrize(("act", "typed", "sentences"), CASES, ids=[case(*one[:2]) for one in CASES])
def test_each_sentence_at_the_head_leads_to_its_place_on_the_page(standing, act, typed, sentences):
    page = Page(act.do(standing, **typed).text)
    places = {one["id"] for one in page.main.all() if one["id"] and one["type"] != "hidden"}
    leads = {
        one["href"] for head in page.main.all("div") if head["class"] == "refused" for one in head.all("a")
    }
    assert leads == {f"#{name}" for name in sentences}
    assert {lead[1:] for lead in leads} <= places


def test_what_is_wrong_about_a_collector_is_seen_though_the_part_was_folded(standing):
    for typed in ({"proxy-relation": "r" * 50}, {"proxy-name": "n" * 50}):
        page = Page(REDEMPTION.do(standing, **typed).text)
        parts = [one for one in page.main.all("details") if "Collector" in one.text]
        assert ["open" in one.attributes for one in parts] == [True]


def test_the_language_is_changed_on_a_refused_page_and_what_was_typed_stays(house):
    refused = Page(REDEMPTION.do(house, **{"basket-0-quantity": "99"}).text)
    buttons = [one for one in refused.main.all("button") if one["name"] == "language"]
    assert [(one["value"], one.text) for one in buttons] == [("zh_Hans_CN", "中文")]
    again = asked_again(house, REDEMPTION, {"language": "zh_Hans_CN"}, **{"basket-0-quantity": "99"})
    assert again.form()[1]["basket-0-quantity"] == "99"
    assert "填好的内容都在" in again.main.text


def test_the_language_chosen_on_a_form_is_kept_by_the_browser(house):
    _, inputs = REDEMPTION.inputs(house)
    browser = house.sit("lin")
    said = browser.send(FORMS, inputs, language="zh_Hans_CN").headers.getlist("Set-Cookie")
    assert [cookie.partition(";")[0] for cookie in said if cookie.startswith("language")] == ["language=zh_Hans_CN"]
    assert "兑换" in browser.open("/books/LY01/redemptions/new").main.text
    assert browser.send(FORMS, inputs, language="klingon").status_code == 200


def test_enter_in_a_box_of_a_refused_form_sends_it_and_does_not_press_the_language(standing):
    page = Page(REDEMPTION.do(standing, **{"basket-0-quantity": "99"}).text)
    form = next(one for one in page.main.all("form") if one["method"] == "post")
    first = next(one for one in form.all("button") if one["type"] != "button")
    assert first["name"] == ""


def test_a_slip_gets_more_lines_and_keeps_what_was_written_on_it(house):
    page = asked_again(house, GIFT, {"more": "12"}, **{"lines-7-quantity": "3", "donor": ""})
    inputs = page.form()[1]
    assert (inputs["lines-0-quantity"], inputs["lines-3-best_before"]) == ("12", "2026-09-01")
    assert (inputs["lines-7-quantity"], inputs["lines-19-quantity"], inputs["wish-text"]) == ("3", "", "for Liuhe")
    assert (page.errors(), page.summary()) == ({}, [])
    button = next(one for one in page.main.all("button") if one["name"] == "more")
    assert list(page.main.all("button")).index(button) > 0, "the first button is the act"


def test_the_address_of_a_form_opened_as_a_page_shows_the_form(house):
    browser = house.sit("lin")
    for address, page in [
        ("/books/LY01/donations", "/books/LY01/donations/new"), (FORMS, f"{FORMS}/new"),
        ("/books/LY01/dispatches", "/books/LY01/dispatches/new"),
        ("/books/LY01/entries/9/reversal", "/books/LY01/entries/9"),
    ]:
        answer = browser.get(address)
        assert (answer.status_code, answer.location) == (303, page)
    assert browser.get("/sign-out").status_code == 405
    assert house.nobody().get("/books/LY01/donations").status_code == 405
