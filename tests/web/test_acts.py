"""Every act, done on its page: it works, the page after it shows what stands in the book, and twice is once."""

import pytest

from ledger.registers.staff import Staff
from tests.web.acts import ALL, BOOKING, CLOSE, REDEMPTION
from tests.web.house import HERE
from tests.web.page import Page

EACH = pytest.mark.parametrize("act", ALL, ids=lambda act: act.name)


@EACH
def test_an_act_leads_to_the_page_that_shows_it(house, act):
    answer = act.do(house)
    assert (answer.status_code, answer.location) == (303, act.done)
    page = house.sit(act.person).open(act.done).main.text
    for words in act.shows:
        assert words in page


@pytest.mark.parametrize("act", BOOKING, ids=lambda act: act.name)
def test_an_act_that_books_makes_one_entry(house, act):
    book = act.page.split("/")[2]
    before = house.count(book)
    act.do(house)
    assert house.count(book) == before + 1
    house.county.replay()


@EACH
def test_the_same_form_sent_twice_counts_once_and_is_answered_the_same(house, act):
    action, inputs = act.inputs(house)
    browser = house.sit(act.person)
    first = browser.send(action, inputs)
    with house.untouched():
        again = browser.send(action, inputs)
    assert (again.status_code, again.location) == (303, first.location)


@pytest.mark.parametrize("act", [act for act in ALL if act.other], ids=lambda act: act.name)
def test_a_key_stands_for_one_form_only(house, act):
    action, inputs = act.inputs(house)
    browser = house.sit(act.person)
    assert browser.send(action, inputs).status_code == 303
    with house.untouched():
        again = browser.send(action, {**inputs, **act.other})
    assert again.status_code == 422
    assert "This form was sent before with other content." in Page(again.text).summary()[0]


BAD_KEYS = (None, "", "short", "x" * 81, "käse-und-brot", "<script>alert</script>", "' OR 1=1 --")


@EACH
def test_a_form_without_a_proper_key_is_shown_again_with_one(house, act):
    action, inputs = act.inputs(house)
    browser = house.sit(act.person)
    with house.untouched():
        for key in BAD_KEYS:
            typed = {name: value for name, value in {**inputs, "key": key}.items() if value is not None}
            answer = browser.client.post(action, data=typed, headers=HERE)
            assert answer.status_code == 422
    page = Page(answer.text)
    assert page.summary() == ["This page was not complete. Please send the form again."]
    action, inputs = page.form(act.to)
    assert browser.send(action, {**inputs, **act.form}).location == act.done


def test_a_key_of_somebody_else_is_refused(house):
    action, inputs = CLOSE.inputs(house)
    house.sit("lin").send(action, inputs)
    with house.untouched():
        answer = house.sit("wei").send("/books/COUNTY/closings", inputs)
    assert answer.status_code == 422
    assert "This form was sent before with other content." in answer.text


def test_a_refused_form_may_be_put_right_and_sent_with_the_same_key(house):
    refused = REDEMPTION.do(house, **{"basket-0-quantity": "9"})
    assert refused.status_code == 422
    action, inputs = Page(refused.text).form()
    assert house.sit("lin").send(action, {**inputs, "basket-0-quantity": "1"}).location == REDEMPTION.done


def test_what_is_typed_stays_with_its_goods_when_others_are_sold_out_meanwhile(house):
    typed = {"basket-0-quantity": "", "basket-1-quantity": "2", "basket-2-quantity": "9"}
    action, inputs = REDEMPTION.inputs(house, **typed)
    house.county.book("LY01").send("LY02", by="lin", rice=9)
    refused = house.sit("lin").send(action, inputs)
    _, shown = Page(refused.text).form()
    lines = {shown[f"basket-{n}-item"]: shown[f"basket-{n}-quantity"] for n in range(3) if f"basket-{n}-item" in shown}
    assert lines == {"SALT": "2", "SOAP": "9"}


def test_a_price_that_changed_is_refused_with_both_prices_and_the_new_one_can_be_taken(house):
    action, inputs = REDEMPTION.inputs(house)
    house.county.price("RICE", 370, book="LY01", since="2026-03-06")
    with house.untouched():
        refused = house.sit("lin").send(action, inputs)
    page = Page(refused.text)
    assert page.errors() == {"basket-0-item": ["The price of 大米 5千克 is now 37.0 points; the page showed 36.5."]}
    action, inputs = page.form()
    assert inputs["basket-0-quantity"] == "1"
    assert house.sit("lin").send(action, inputs).status_code == 303


def test_who_drew_up_a_sheet_and_who_named_a_difference_is_shown_no_button_and_refused(house):
    house.county.edit(Staff, "mei", role="supervisor")
    mei = house.sit("mei")
    assert "Credit the points" not in mei.open("/books/LY01/sheets/2").text
    with house.untouched():
        refused = mei.send("/books/LY01/sheets/2/credit", occurred_on="2026-03-06")
    assert refused.status_code == 422
    assert Page(refused.text).summary() == [
        "You drew up this sheet or recorded a deed on it; another person must credit it."
    ]


def test_a_one_time_password_is_given_once_by_a_form(house):
    action, inputs = house.sit("wei").open("/registers/staff/lin").form("/password")
    assert house.sit("wei").send(action, inputs).status_code == 200
    with house.untouched():
        again = house.sit("wei").send(action, inputs)
    said = Page(again.text).main
    assert "The password for lin was shown already, once. If nobody wrote it down, give another one." in said.text
    assert not list(said.all("strong"))
