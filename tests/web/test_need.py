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


def test_a_program_notes_a_need_and_what_is_named_twice_or_not_at_all_is_refused(house):
    lin = house.program("lin")
    with house.untouched():
        for wrong in ({}, {"item": "OIL", "words": "oil"}, {"item": "PLOUGH"}, {"words": "x" * 41}, {"by": "gao"}):
            assert lin.post(PAGE, wrong).status_code == 422, wrong
        assert house.program("zhao").post(PAGE, {"item": "OIL"}).status_code == 403
    answer = lin.post(PAGE, {"item": "oil"})
    assert (answer.status_code, answer.json) == (201, {"book": "LY01", "n": 1})


def test_odd_words_are_shown_as_they_were_typed_and_are_no_part_of_the_page(house):
    odd = "<b>胶鞋</b> & \"40\" 码"
    house.sit("lin").fill(PAGE, {"need-words": odd}, "/needs")
    answer = house.sit("gao").get(PAGE)
    assert "<b>胶鞋</b>" not in answer.text and odd in Page(answer.text).text
    lines = house.sit("gao").get(f"{PAGE}?format=csv").data.decode("utf-8-sig").splitlines()
    assert lines[-1] == ",\"<b>胶鞋</b> & \"\"40\"\" 码\",,,1,2026-03-06"


@pytest.mark.parametrize(("since", "seen"), [
    ("2026-03-06", True), ("2026-03-07", False), ("nonsense", True), ("", True), ("2026-02-30", True),
])
def test_the_list_begins_on_the_day_asked_for_and_on_its_usual_day_if_that_is_none(house, since, seen):
    tap(house, **{"need-item": "OIL"})
    assert ("OIL 菜籽油" in house.sit("gao").open(f"{PAGE}?since={since}").text) is seen


def test_the_usual_list_looks_back_ninety_two_days(house):
    tap(house, **{"need-item": "OIL"})
    house.county.move_to("2026-06-06")
    assert "OIL 菜籽油" in house.sit("gao").open(PAGE).text
    house.county.move_to("2026-06-07")
    assert "OIL 菜籽油" not in house.sit("gao").open(PAGE).text


def test_a_neighbours_line_is_not_dropped_from_here(house):
    house.sit("zhao").fill("/books/LY02/needs", {"need-item": "OIL"}, "/needs")
    with house.untouched():
        assert house.sit("lin").send(f"{PAGE}/1/drop").status_code == 404
        assert house.sit("lin").send("/books/LY02/needs/1/drop").status_code == 403
