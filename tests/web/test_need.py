"""Asked for in vain: one tap at the counter, the basket stays as it was, and the list for the next purchase."""

import pytest

from ledger.web.words import LANGUAGES
from tests.web.acts import REDEMPTION
from tests.web.faults import faults
from tests.web.page import Page

PAGE = "/books/LY01/needs"


def tap(house, person="lin", language="en", **typed):
    """Tap beside a basket of two soaps."""
    _, inputs = REDEMPTION.inputs(house, **{"basket-0-quantity": "", "basket-1-quantity": "2", **typed})
    return house.sit(person, language).client.post(PAGE, data=inputs, headers={"Sec-Fetch-Site": "same-origin"}), inputs


def test_one_tap_notes_an_item_that_is_not_there_and_the_basket_stays(house):
    before = house.count()
    answer, inputs = tap(house, **{"need-item": "OIL"})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert "Noted: asked for in vain." in page.text
    _, again = page.form("/redemptions")
    assert (again["basket-1-quantity"], again["key"], again["household"]) == ("2", inputs["key"], "H001")
    assert house.count() == before, "nothing of the basket was booked"
    assert "菜籽油 5升" in page.text and "OIL 菜籽油 5升 桶 1 2026-03-06" in house.sit("gao").open(PAGE).text


def test_the_same_tap_twice_is_one_line(house):
    _, inputs = tap(house, **{"need-item": "OIL"})
    house.sit("lin").send(PAGE, inputs)
    assert "OIL 菜籽油 5升 桶 1 2026-03-06" in house.sit("lin").open(PAGE).text


def test_other_goods_are_told_in_words_and_can_be_dropped(house):
    tap(house, **{"need-words": "胶鞋"})
    browser = house.sit("lin")
    assert "胶鞋 1 2026-03-06" in browser.open(PAGE).text
    action, inputs = browser.open(PAGE).form("/drop")
    assert browser.send(action, inputs).status_code == 303
    assert "胶鞋" not in browser.open(PAGE).text


def test_nothing_named_is_refused_beside_the_basket(house):
    answer, _ = tap(house)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.summary() == ["Choose the goods that were asked for, or say in words what they are."]
    assert page.form("/redemptions")[1]["basket-1-quantity"] == "2"


def test_it_can_be_noted_on_the_list_itself(house):
    answer = house.sit("lin").fill(PAGE, {"need-item": "TOWEL"}, "/needs")
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "TOWEL 毛巾 条 1" in house.sit("lin").open(PAGE).text


def test_the_county_reads_one_list_of_all_outlets_on_the_page_and_as_a_file(house):
    tap(house, **{"need-item": "OIL"})
    house.sit("zhao").fill("/books/LY02/needs", {"need-item": "OIL"}, "/needs")
    page = house.sit("wei").open("/books/COUNTY/needs")
    assert "OIL 菜籽油 5升 桶 2 2 2026-03-06" in page.text
    assert not any(one["action"].endswith("/needs") and one["method"] == "post" for one in page.all("form"))
    lines = house.sit("wei").get("/books/COUNTY/needs?format=csv").data.decode("utf-8-sig").splitlines()
    assert lines[-1] == "OIL,菜籽油,5升,桶,2,2,2026-03-06"
    assert "OIL" not in house.sit("wei").open("/books/COUNTY/needs?since=2026-03-07").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_well(house, language):
    answer, _ = tap(house, language=language, **{"need-item": "OIL"})
    assert faults(answer.text, language) == []
    for book, who in (("LY01", "lin"), ("LY01", "gao"), ("COUNTY", "wei")):
        assert faults(house.sit(who, language).get(f"/books/{book}/needs").text, language) == []
