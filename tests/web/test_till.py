"""The basket in hand: scanning, searching, turning it round, and an ended session never lose it."""

import json

import pytest

from ledger.registers.items import ItemEan
from ledger.web.words import LANGUAGES
from tests.web.acts import REDEMPTION
from tests.web.faults import faults
from tests.web.house import HERE, PASSWORD
from tests.web.page import Page

EAN = "6901234567892"
TO = "/books/LY01/redemptions"


@pytest.fixture
def shop(house):
    """The house, where the soap on the shelf and the oil that is past its day carry barcodes."""
    with house.county.store.writing() as session:
        session.add_all([ItemEan(ean=EAN, item="SOAP"), ItemEan(ean="6900000000001", item="OIL")])
    return house


def send(house, *, language="en", **typed):
    """Send the counter of the Wangs with two salts in the basket and something more, as without script."""
    _, inputs = REDEMPTION.inputs(house, **{"basket-0-quantity": "", "basket-1-quantity": "2", **typed})
    return house.sit("lin", language).client.post(TO, data=inputs, headers=HERE)


def basket(answer):
    """Return what lies in the basket of a page."""
    _, inputs = Page(answer.text).form("/redemptions")
    lines = {name[:-5]: item for name, item in inputs.items() if name.startswith("basket") and name.endswith("-item")}
    return {item: inputs[f"{line}-quantity"] for line, item in lines.items() if inputs[f"{line}-quantity"]}


def told(answer, role="status"):
    """Return what a page says of the search."""
    return [one.text for kind in ("p", "div") for one in Page(answer.text).main.all(kind) if one["role"] == role]


def test_a_scanned_barcode_puts_one_more_into_the_basket_and_books_nothing(shop):
    before = shop.count()
    answer = send(shop, q=EAN, enter="1")
    assert (answer.status_code, basket(answer)) == (200, {"SALT": "2", "SOAP": "1"})
    assert told(answer) == ["In the basket: 肥皂"]
    assert [one["name"] for one in Page(answer.text).main.all("input") if "autofocus" in one.attributes] == ["q"]
    again = send(shop, q="６９０１２３４５６７８９２", find="1", **{"basket-2-quantity": "4"})
    assert basket(again) == {"SALT": "2", "SOAP": "5"}
    assert shop.count() == before


def test_what_is_scanned_and_not_on_the_shelf_is_said(shop):
    answer = send(shop, q="6900000000001", enter="1")
    assert (basket(answer), told(answer)) == ({"SALT": "2"}, ["菜籽油 5升: nothing is left on the shelf."])


def test_the_label_of_goods_without_a_barcode_is_scanned_by_its_code(shop):
    """On the label of salt stand the bars of its code, which a scanner types; a household found by it goes first."""
    answer = send(shop, q="salt", enter="1")
    assert (basket(answer), told(answer)) == ({"SALT": "3"}, ["In the basket: 食盐"])
    labels = shop.sit("lin").open("/books/LY01/labels")
    assert {one["aria-label"] for one in labels.all("svg")} == {f"Barcode {EAN}", "Barcode SALT", "Barcode RICE"}


def test_a_basket_is_not_left_behind_by_a_search_without_a_question(shop):
    answer = send(shop, q="610001", enter="1")
    assert basket(answer) == {"SALT": "2"}
    (said,) = told(answer, "alert")
    assert said.startswith("This basket has not been redeemed yet.") and "王秀兰" in said
    nobody = send(shop, q="nobody", find="1")
    assert basket(nobody) == {"SALT": "2"}
    assert told(nobody, "alert") == ["Nothing found for “nobody”. The basket is as it was."]


def test_with_an_empty_basket_a_card_goes_straight_to_its_household(shop):
    answer = send(shop, q="610001", enter="1", **{"basket-1-quantity": ""})
    assert (answer.status_code, answer.location) == (303, f"{TO}/new?household=H001")
    several = send(shop, q="2组", find="1", **{"basket-1-quantity": ""})
    assert {one["href"] for one in Page(several.text).main.all("a")} >= {f"{TO}/new?household=H003"}


@pytest.mark.parametrize("pressed", ["enter", "find"])
def test_enter_in_a_quantity_or_in_an_empty_search_books_nothing_and_the_basket_stays(shop, pressed):
    """A scanner that sends its end key twice, and a keeper who ends a number with Enter, have not pressed Redeem."""
    with shop.untouched():
        answer = send(shop, **{pressed: "1"})
    assert (answer.status_code, basket(answer)) == (200, {"SALT": "2"})
    assert "Nothing has been booked yet. What was typed is still here." in Page(answer.text).main.text


def test_only_the_button_redeems_and_what_stands_in_the_search_does_not_hinder_it(shop):
    page = shop.sit("lin").open(f"{TO}/new?household=H001")
    buttons = [one for one in page.main.all("button") if one["form"] == "till" or one["value"] in ("1", "turned")]
    assert (buttons[0]["name"], buttons[0].text) == ("enter", "Find"), "Enter presses the first button of a form"
    assert send(shop, q="left over").status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_sent_again_with_another_basket_names_the_entry_that_was_booked_and_leads_to_it(shop, language):
    """The browser's Stop came too late: the basket is booked, and the keeper has changed it meanwhile."""
    _, inputs = REDEMPTION.inputs(shop, **{"basket-0-quantity": "", "basket-1-quantity": "2"})
    browser = shop.sit("lin", language)
    assert browser.client.post(TO, data=inputs, headers=HERE).location == f"{TO}/12"
    with shop.untouched():
        other = browser.client.post(TO, data={**inputs, "basket-1-quantity": "3"}, headers=HERE)
    (said,) = Page(other.text).summary()
    assert other.status_code == 422 and "12" in said
    assert "/books/LY01/entries/12" in [one["href"] for one in Page(other.text).main.all("a")]
    assert faults(other.text, language) == []


def test_without_script_the_basket_can_be_turned_round_and_names_nobody(shop):
    answer = send(shop, more="turned", **{"basket-2-quantity": "1"})
    turned = next(one for one in Page(answer.text).main.all("section") if one["class"] == "turned")
    assert answer.status_code == 200 and basket(answer) == {"SALT": "2", "SOAP": "1"}
    assert turned.text == "食盐 2 袋 肥皂 1 块 Points available 39.5 · Total 12.0 after 27.5 Turn back"


def test_a_basket_that_met_an_ended_session_goes_on_after_signing_in(shop):
    before = shop.count()
    browser = shop.nobody()
    _, inputs = REDEMPTION.inputs(shop, **{"basket-0-quantity": "1", "basket-1-quantity": "3"})
    answer = browser.client.post(TO, data=inputs, headers=HERE)
    assert (answer.status_code, "Location" in answer.headers) == (401, False)
    action, asked = Page(answer.text).form("/sign-in")
    wrong = browser.client.post(action, data={**asked, "name": "lin", "password": "wrong"}, headers=HERE)
    action, asked = Page(wrong.text).form("/sign-in")
    assert json.loads(asked["kept"])["to"] == TO
    signed = browser.client.post(action, data={**asked, "name": "lin", "password": PASSWORD}, headers=HERE)
    assert signed.status_code == 200
    action, kept = Page(signed.text).form("/redemptions")
    shown = browser.client.post(action, data={**kept, "more": "kept"}, headers=HERE)
    assert (action, shown.status_code) == (TO, 200)
    assert basket(shown) == {"RICE": "1", "SALT": "3"}
    assert shop.count() == before, "nothing is booked before it is asked for again"
    action, again = Page(shown.text).form("/redemptions")
    assert again["key"] == inputs["key"]
    assert browser.client.post(action, data=again, headers=HERE).location == f"{TO}/12"


def test_a_password_is_not_kept_and_what_no_page_of_ours_kept_goes_nowhere(shop):
    typed = {"password": "new secret", "again": "new secret"}
    answer = shop.nobody().client.post("/password", data=typed, headers=HERE)
    assert answer.status_code == 303
    for kept in ("nonsense", "[]", '{"to": "//elsewhere", "inputs": []}', '{"to": "https://x", "inputs": []}',
                 '{"to": 5, "inputs": 7}'):
        form = {"key": "a-key-of-the-page", "name": "lin", "password": PASSWORD, "kept": kept}
        assert shop.nobody().client.post("/sign-in", data=form, headers=HERE).status_code == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_these_pages_read_well(shop, language):
    for typed in ({"q": EAN, "enter": "1"}, {"q": "610001", "enter": "1"}, {"more": "turned"}):
        assert faults(send(shop, language=language, **typed).text, language) == []
    browser = shop.nobody(language)
    page = browser.client.post(TO, data=REDEMPTION.inputs(shop)[1], headers=HERE)
    assert faults(page.text, language) == []
    action, asked = Page(page.text).form("/sign-in")
    page = browser.client.post(action, data={**asked, "name": "lin", "password": PASSWORD}, headers=HERE)
    assert faults(page.text, language) == []
