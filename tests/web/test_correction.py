"""The pages of a correction: the question on the entry, both versions on the slip, and the second person's yes."""

import pytest

from ledger.operations.correction import correct
from tests.web.page import Page
from tests.web.test_printing import mark, press

FORM = "/books/LY01/entries/9/correction"


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_supervisor_puts_another_household_right_in_one_step_and_the_slip_shows_both(house, language):
    house.county.book("LY01").write("2026-03-06 credit\n fund:merit -> purse:H004:merit POINT 900")
    browser = house.sit("gao", language)
    assert FORM in [one["href"] for one in browser.open("/books/LY01/entries/9").all("a")]
    done = browser.fill(FORM, {
        "goods": "elsewhere", "right-household": "h004", "right-basket-0-item": "SOAP", "right-basket-0-quantity": "２",
        "reason": "the Mas stood behind them",
    })
    assert (done.status_code, done.location) == (303, "/books/LY01/corrections/13")
    slip = browser.open(done.location).text
    for told in ("更-2026-0001", "LY01-9", "LY01-14", "王秀兰 H001", "马老四 H004", "the Mas stood behind them"):
        assert told in slip
    if language == "en":
        assert "肥皂 块 12.0 2 2 2" in slip and "大米 5千克 袋 36.5 1 1" in slip
        assert "Another household or other goods were meant" in slip
    entry = browser.open("/books/LY01/entries/9").text
    assert "LY01-13" in entry or "by entry 13" in entry


# The Wangs took two soaps and a rice. One soap comes back, then the other is exchanged for one without a fault.
def test_on_each_slip_what_is_right_is_all_that_stays_with_the_household(house):
    book = house.county.book("LY01")
    soap = [{"item": "SOAP", "quantity": 1}]
    first = book.do(correct, by="gao", number=9, goods="back", lines=soap, reason="one too many")["number"]
    second = book.do(correct, by="gao", number=9, goods="exchanged", lines=soap, reason="wet")["number"]
    browser = house.sit("gao")
    slip = browser.open(f"/books/LY01/corrections/{first}").text
    assert "肥皂 块 12.0 2 1 1" in slip and "大米 5千克 袋 36.5 1 0 1" in slip
    slip = browser.open(f"/books/LY01/corrections/{second}").text
    assert "肥皂 块 12.0 2 1 1" in slip and "Booked anew" in slip


def test_the_keeper_asks_and_today_shows_it_to_the_second_person(house):
    keeper = house.sit("lin")
    asked = keeper.fill(FORM, {"goods": "damaged", "lines-0-quantity": "0", "lines-1-quantity": "1", "reason": "wet"})
    assert (asked.status_code, asked.location) == (303, "/books/LY01/corrections/requests/2")
    page = keeper.open(asked.location)
    assert "Waits for a second person" in page.text and not list(page.main.all("form"))
    assert "A correction of entry 9 waits for a second person" in house.sit("gao").open("/books/LY01/").text
    done = house.sit("gao").fill(asked.location, {}, to="/confirmation")
    assert (done.status_code, done.location) == (303, "/books/LY01/corrections/12")
    assert "asked for by 林玉芳 (lin)" in keeper.open(done.location).text
    assert "LY01-12" in keeper.open("/books/LY01/entries/9").text
    assert house.county.book("LY01").holds("set-aside", "RICE/L2") == 1


def test_who_asked_is_not_shown_the_button_and_cannot_press_it(house):
    office = house.sit("wei")
    asked = office.fill(FORM, {"goods": "gone", "reason": "eaten"}).location
    assert not list(office.open(asked).main.all("form"))
    refused = office.send("/books/LY01/corrections/2/confirmation")
    assert refused.status_code == 422
    assert "another person must confirm it" in Page(refused.text).text


def test_what_was_typed_wrong_stands_at_its_field_and_is_shown_again(house):
    with house.untouched():
        refused = house.sit("gao").fill(FORM, {
            "goods": "elsewhere", "lines-0-quantity": "7", "right-household": "H004", "reason": "another",
            "right-basket-2-item": "SOAP", "right-basket-2-quantity": "1",
        })
    assert refused.status_code == 422
    page = Page(refused.text)
    assert page.errors() == {"lines-0-quantity": ["肥皂: of this entry 2 can be taken back, 7 named."]}
    assert page.form()[1]["right-basket-2-item"] == "SOAP"
    with house.untouched():
        refused = house.sit("gao").fill(FORM, {
            "goods": "elsewhere", "right-household": "H004", "reason": "x", "right-basket-2-item": "TOWEL",
            "right-basket-2-quantity": "1",
        })
    assert Page(refused.text).errors() == {"right-basket-2-item": ["毛巾 has no points price."]}


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"goods": "", "reason": ""}, {"goods": ["Please fill this in."], "reason": ["Please fill this in."]}),
        ({"goods": "elsewhere", "reason": "x"},
         {"right-household": ["Enter the household and goods that were meant."]}),
        ({"goods": "back", "reason": "x", "right-household": "H004"},
         {"right-basket": ["Enter at least one line."]}),
        ({"goods": "back", "reason": "x", "right-household": "H004", "right-basket-0-item": "SOAP",
          "right-basket-0-quantity": "1"},
         {"right-household": ["Leave this empty, or choose that another household or other goods were meant."]}),
    ],
)
def test_the_form_says_what_it_needs(house, typed, errors):
    with house.untouched():
        refused = house.sit("gao").fill(FORM, typed)
    assert refused.status_code == 422
    assert Page(refused.text).errors() == errors


def test_only_a_redemption_has_the_page_and_only_a_correction_the_slip(house):
    for path in ("/books/LY01/entries/1/correction", "/books/LY01/corrections/9",
                 "/books/LY01/corrections/requests/1", "/books/LY01/corrections/requests/99"):
        assert house.sit("gao").get(path).status_code == 404


def test_a_correction_is_offered_no_reversal_and_a_checker_sees_masks(house):
    house.sit("gao").fill(FORM, {"goods": "back", "reason": "x"})
    assert "Reverse this entry" not in house.sit("luo").open("/books/LY01/entries/12").text
    slip = house.sit("luo").open("/books/LY01/corrections/12").text
    assert "王**" in slip and "王秀兰" not in slip
    assert "王秀兰" not in house.sit("lin").get("/books/LY01/corrections/12?format=csv").text


def test_a_slip_says_from_the_second_print_on_that_it_is_a_copy(house):
    house.sit("gao").fill(FORM, {"goods": "back", "reason": "x"})
    assert mark(house.sit("gao").open("/books/LY01/corrections/12")) == "Preview"
    paper = press(house, "gao", "/books/LY01/corrections/12")
    assert (mark(paper), [one["src"] for one in paper.all("script")][-1]) == ("", "/static/print.js")
    assert mark(press(house, "lin", "/books/LY01/corrections/12")) == "Copy, print no. 2"


def test_a_program_corrects_with_the_same_words(house):
    program = house.program("gao")
    form = {"goods": "elsewhere", "reason": "other goods", "lines": [{"item": "RICE", "quantity": 1}],
            "right": {"household": "H001", "basket": [{"item": "SALT", "quantity": 1}]}}
    answer = program.post("/books/LY01/entries/9/correction", form, key="correction-1")
    assert answer.status_code == 201
    assert [answer.json[name] for name in ("number", "right", "corrects")] == [12, 13, 9]
    again = program.post("/books/LY01/entries/9/correction", form, key="correction-1")
    assert again.headers["Idempotency-Replayed"] == "true"
    refused = program.post("/books/LY01/entries/9/correction", {**form, "lines": [{"item": "SOAP", "quantity": 3}]})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["lines.0.quantity"])
    asked = house.program("lin").post("/books/LY01/entries/9/correction", {"goods": "back", "reason": "all"})
    assert (asked.status_code, asked.json["status"]) == (201, "waiting")
    done = house.program("luo").post(f"/books/LY01/corrections/{asked.json['n']}/confirmation")
    assert done.status_code == 201
