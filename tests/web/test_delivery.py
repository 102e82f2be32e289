"""The pages of home delivery: marked at the counter, waited for on Today, printed large, noted when it is back."""

import pytest

from ledger.web.words import LANGUAGES
from tests.web.acts import REDEMPTION
from tests.web.faults import faults
from tests.web.page import Page

PAGE, SLIP = "/books/LY01/deliveries", "/books/LY01/deliveries/12"


def bring(house, **typed):
    """Let Lin deliver a soap to the Wangs."""
    form = {"basket-0-quantity": "", "basket-1-quantity": "", "basket-2-quantity": "1", "delivered_by": "lin", **typed}
    return REDEMPTION.do(house, **form)


def note(house, person="mei", **typed):
    """Fill in the slip's form."""
    action, inputs = house.sit(person).open(PAGE).form("/slip")
    return house.sit(person).send(action, {**inputs, **typed})


def test_a_delivery_is_marked_at_the_counter_and_its_slip_waits_on_today_with_its_days(house):
    assert bring(house).location == "/books/LY01/redemptions/12"
    page = house.sit("lin").open("/books/LY01/redemptions/12")
    assert "Delivered to the house · 林玉芳 (lin)" in page.text
    assert any(one["href"] == f"{SLIP}/paper" for one in page.main.all("a"))
    house.county.move_to("2026-03-14")
    said = "Delivery to household H001: the signed slip has been out for 8 days"
    assert said in house.sit("lin").open("/books/LY01/").text
    done = note(house, signed_on="2026-03-06", paper_number="兑-2026-0003")
    assert (done.status_code, done.location) == (303, PAGE)
    assert said not in house.sit("lin").open("/books/LY01/").text
    assert "12 2026-03-06 H001 林玉芳 (lin) 13" in house.sit("gao").open(PAGE).text
    assert "Delivery slip back" in house.sit("gao").open("/books/LY01/entries/13").text
    house.county.replay()


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_delivery_the_slip_is_led_to_and_nobody_is_asked_to_sign_the_register(house, language):
    sign = "in the register" if language == "en" else "登记"
    assert sign in next(signs(house, bring(house, delivered_by=""), language)).text
    (delivered,) = signs(house, bring(house), language)
    assert sign not in delivered.text
    assert [one["href"] for one in delivered.all("a")] == ["/books/LY01/deliveries/13/paper"]


def signs(house, answer, language):
    """Yield what the page after a redemption asks to be signed."""
    page = house.sit("lin", language).open(answer.location)
    yield from (one for one in page.main.all("p") if "sign-here" in one["class"])


def test_the_collector_of_the_form_may_deliver(house):
    bring(house, **{"delivered_by": "COLLECTOR", "proxy-name": "郑果"})
    assert "Delivered by 郑果" in house.sit("lin").open(f"{SLIP}/paper").text.replace("：", " ")


def test_who_delivers_must_be_named_and_the_basket_stays(house):
    page = Page(bring(house, delivered_by="COLLECTOR").text)
    assert page.summary() == [
        "Choose who delivers: somebody of this outlet's staff, or the collector, whose name is then entered."
    ]
    _, inputs = page.form("/redemptions")
    assert (inputs["basket-2-quantity"], inputs["delivered_by"]) == ("1", "COLLECTOR")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_to_sign_is_large_and_names_goods_points_and_household(house, language):
    bring(house)
    html = house.sit("lin", language).get(f"{SLIP}/paper").text
    assert faults(html, language) == []
    page = Page(html)
    assert "王秀兰" in page.text and "肥皂" in page.text and "27.5" in page.text
    assert any("large" in one["class"] for one in page.all("div"))
    assert "王秀兰" not in house.sit("chen").open(f"{SLIP}/paper").text, "a mask for who does not stand at the counter"


def test_a_slip_with_a_wrong_day_comes_back_with_its_sentence(house):
    bring(house)
    answer = note(house, signed_on="2026-03-09", paper_number="A-7")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.summary() == ["The slip is signed on a day from 2026-03-06 through 2026-03-06."]
    assert page.form("/slip")[1]["paper_number"] == "A-7"


def test_what_came_back_undelivered_is_corrected_from_the_list(house):
    bring(house)
    links = [one["href"] for one in house.sit("lin").open(PAGE).main.all("a")]
    assert "/books/LY01/entries/12/correction" in links


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_reads_well_and_is_a_file_too(house, language):
    bring(house)
    for who in ("lin", "gao", "chen"):
        assert faults(house.sit(who, language).get(PAGE).text, language) == []
    assert b"H001,lin" in house.sit("lin").get(f"{PAGE}?format=csv").data


@pytest.mark.parametrize("number", [9, 99, 10**30])
def test_a_slip_typed_into_the_address_that_is_none_is_not_found(house, number):
    bring(house)
    with house.untouched():
        answer = house.sit("mei").send(f"{PAGE}/{number}/slip", {"signed_on": "2026-03-06"})
        assert answer.status_code == 404
        assert house.sit("mei").get(f"{PAGE}/{number}/paper").status_code == 404


def test_a_program_notes_the_slip_and_the_neighbours_do_not(house):
    bring(house)
    said = {"signed_on": "2026-03-06", "paper_number": "兑-2026-0003"}
    with house.untouched():
        assert house.program("zhao").post(f"{SLIP}/slip", said).status_code == 403
        assert house.program("mei").post(f"{SLIP}/slip", {**said, "signed_on": "2026-03-07"}).status_code == 422
        assert house.program("mei").post(f"{SLIP}/slip", {**said, "by": "gao"}).status_code == 422
    done = house.program("mei").post(f"{SLIP}/slip", said)
    assert (done.status_code, done.json["number"], done.json["book"]) == (201, 13, "LY01")


def test_the_county_reads_whose_slips_are_out_without_a_name_of_a_household(house):
    bring(house)
    text = house.sit("wei").open(PAGE).text
    assert "H001" in text and "王秀兰" not in text
    assert "王秀兰" not in house.sit("chen").open(f"{SLIP}/paper").text


def test_a_slip_that_is_out_stands_at_the_month_s_end_and_in_the_handover_list_until_it_is_back(house):
    pages = {
        "/books/LY01/months/2026-03": "Signed slips of deliveries not back: 1",
        "/books/LY01/months/2026-03/statement": "Signed slips of deliveries not back: 1",
        "/books/LY01/handover/list": "LY01-12 2026-03-06 H001 林玉芳 (lin)",
    }
    assert not any(words in house.sit("gao").open(path).text for path, words in pages.items())
    bring(house)
    for path, words in pages.items():
        assert words in house.sit("gao").open(path).text, path
    note(house)
    assert not any(words in house.sit("gao").open(path).text for path, words in pages.items())
