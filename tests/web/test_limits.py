"""Limits on the pages: set by the county, seen at the counter, and passed only with a second person's yes."""

import pytest

from ledger.registers.items import unit_words
from ledger.web.words import LANGUAGES
from tests.web.faults import faults
from tests.web.page import Page, inputs_of

ITEM = "/registers/items/SALT"
COUNTER = "/books/LY01/redemptions/new?household=H001"


def limit(house, quantity="2", per="month", outlet="COUNTY", item="SALT"):
    """Set a limit, as the county office does."""
    form = {"outlet": outlet, "per": per, "quantity": quantity}
    return house.sit("wei").fill(f"/registers/items/{item}", form, "/limits")


def posting(page, to=""):
    """Return the forms of a page that book something, or those sent to an address that ends so."""
    return [one for one in page.main.all("form") if one["method"] == "post" and one["action"].endswith(to)]


def serve(house, quantity, page=COUNTER):
    """Hand salt to the Wangs on the page; return what is answered."""
    action, inputs = house.sit("lin").open(page).form("/redemptions")
    (line,) = [name.removesuffix("-item") for name, value in inputs.items() if value == "SALT"]
    return house.sit("lin").send(action, {**inputs, f"{line}-quantity": quantity})


def test_the_county_sets_a_limit_and_the_counter_shows_what_is_left(house):
    assert limit(house).location == ITEM
    assert "2026-03-06 All outlets month 2 wei" in house.sit("lin").open(ITEM).text
    assert "Limit per household" in house.sit("wei").open(ITEM).text
    assert "each month at most 2, left 2" in house.sit("lin").open(COUNTER).text
    assert serve(house, "1").status_code == 303
    assert "each month at most 2, left 1" in house.sit("lin").open(COUNTER).text
    asked = house.program("lin").get("/books/LY01/households/H001").json
    assert asked["limits"] == [{"item": "SALT", "per": "month", "most": 2, "left": 1}]


def test_a_wrong_limit_is_refused_at_its_field(house):
    form = {"outlet": "COUNTY", "per": "month", "quantity": "two", "holds_from": "2026-03-05"}
    with house.untouched():
        refused = house.sit("wei").fill(ITEM, form, "/limits")
    assert Page(refused.text).errors() == {"quantity": ["Enter a whole number from 0 to 9999."]}
    with house.untouched():
        refused = house.sit("wei").fill(ITEM, {**form, "quantity": "2"}, "/limits")
    assert Page(refused.text).errors() == {"holds_from": ["A limit holds from today (2026-03-06) or later."]}


def test_more_than_the_limit_is_asked_on_the_counter_page_and_handed_out_after_a_yes(house):
    limit(house)
    refused = serve(house, "5")
    page = Page(refused.text)
    sentence = "食盐: a household gets at most 2 each month. Left: 2, asked: 5."
    assert (refused.status_code, page.summary()) == (422, [sentence])
    action, inputs = page.form("/overrides")
    asked = house.sit("lin").send(action, {**inputs, "reason": "家有九口人"})
    assert (asked.status_code, asked.location) == (303, "/books/LY01/overrides/2")
    assert "more than the limit waits for a second person" in house.sit("gao").open("/books/LY01/").text
    allow = posting(house.sit("gao").open(asked.location))[0]
    assert house.sit("gao").send(allow["action"], inputs_of(allow)).status_code == 303
    keeper = house.sit("lin")
    assert "hand it out" in keeper.open("/books/LY01/").text
    (again,) = [one["href"] for one in keeper.open(asked.location).main.all("a") if "override=2" in one["href"]]
    action, inputs = keeper.open(again).form("/redemptions")
    assert "5" in inputs.values() and inputs["override"] == "2"
    assert keeper.send(action, inputs).status_code == 303
    assert "Handed out: entry 12" in keeper.open(asked.location).text
    assert "家有九口人" in keeper.open("/books/LY01/entries/12").text
    assert "Why more than the limit" in keeper.open("/books/LY01/entries/12").text
    house.county.replay()


def test_without_a_limit_in_the_way_nobody_is_asked(house):
    assert "/overrides" not in serve(house, "99").text


def test_a_second_person_may_decline_with_a_reason(house):
    limit(house)
    action, inputs = Page(serve(house, "5").text).form("/overrides")
    house.sit("lin").send(action, {**inputs, "reason": "wants more"})
    assert house.sit("gao").fill("/books/LY01/overrides/2", {"reason": "two are enough"}, "/refusal").status_code == 303
    page = house.sit("lin").open("/books/LY01/overrides/2")
    assert "Declined by 高志强 (gao): two are enough" in page.text and "Hand out this basket" not in page.text


@pytest.mark.parametrize(("language", "said", "button"), [
    ("en", "Allowed through 2026-03-31", "Take the yes back"), ("zh_Hans_CN", "已同意，2026-03-31前有效", "收回同意"),
])
def test_a_yes_says_how_long_it_holds_and_is_taken_back_with_a_reason(house, language, said, button):
    limit(house)
    action, inputs = Page(serve(house, "5").text).form("/overrides")
    at = house.sit("lin").send(action, {**inputs, "reason": "人多"}).location
    house.sit("gao").fill(at, {}, "/confirmation")
    page = house.sit("gao", language).open(at)
    assert said in page.main.text and button in page.main.text
    assert faults(house.sit("gao", language).get(at).text, language) == []
    assert button not in house.sit("lin", language).open(at).main.text, "who asked"
    assert button not in house.sit("wei", language).open(at).main.text, "neither who gave it nor the supervisor"
    with house.untouched():
        assert house.sit("wei").send("/books/LY01/requests/2/refusal", {"reason": "no"}).status_code == 422
    assert house.sit("gao").fill(at, {"reason": "够了"}, "/refusal").location == at
    page = house.sit("lin", language).open(at)
    assert "够了" in page.main.text and "override=2" not in page.text
    assert f"{at}" not in [one["href"] for one in house.sit("gao").open("/books/LY01/").main.all("a")]


def test_a_yes_of_last_month_is_no_work_any_more_and_fills_no_basket(house):
    limit(house)
    house.county.move_to("2026-03-30")
    action, inputs = Page(serve(house, "5").text).form("/overrides")
    at = house.sit("lin").send(action, {**inputs, "reason": "nine mouths"}).location
    house.sit("gao").fill(at, {}, "/confirmation")
    assert "hand it out" in house.sit("lin").open("/books/LY01/").text
    house.county.move_to("2026-04-01")
    assert "hand it out" not in house.sit("lin").open("/books/LY01/").text
    page = house.sit("lin").open(at)
    assert "Allowed through 2026-03-31" in page.main.text and "override=2" not in page.text
    inputs = house.sit("lin").open(f"{COUNTER}&override=2").form("/redemptions")[1]
    assert not inputs.get("override")


def test_a_request_without_a_reason_is_shown_again_with_the_basket(house):
    limit(house)
    action, inputs = Page(serve(house, "5").text).form("/overrides")
    with house.untouched():
        refused = house.sit("lin").send(action, inputs)
    page = Page(refused.text)
    assert page.errors() == {"reason": ["Please fill this in."]}
    action, inputs = page.form("/overrides")
    assert house.sit("lin").send(action, {**inputs, "reason": "nine mouths"}).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_well_in_both_languages(house, language):
    limit(house)
    limit(house, "1", "visit", "LY01")
    refused = serve(house, "5")
    action, inputs = Page(refused.text).form("/overrides")
    again = house.sit("lin", language).send(action, inputs)
    assert faults(again.text, language) == []
    house.sit("lin").send(action, {**inputs, "reason": "人多"})
    for name, path in [("wei", ITEM), ("lin", ITEM), ("lin", COUNTER), ("lin", "/books/LY01/"),
                       ("lin", "/books/LY01/overrides/2"), ("gao", "/books/LY01/overrides/2"),
                       ("chen", "/books/LY01/overrides/2"), ("lin", f"{COUNTER}&override=2")]:
        assert (path, faults(house.sit(name, language).get(path).text, language)) == (path, [])


def test_barcodes_are_noted_checked_found_and_taken_away(house):
    office = house.sit("wei")
    with house.untouched():
        refused = office.fill("/registers/items/SOAP", {"ean": "6901234567893"}, "/barcodes")
    sentence = "Enter the thirteen digits under the bars; they do not fit together yet."
    assert Page(refused.text).errors() == {"ean": [sentence]}
    for ean in ("6901234567892", "4006381333931"):
        page = office.open("/registers/items/SOAP")
        form = posting(page, "/barcodes")[-1]
        assert office.send(form["action"], {**inputs_of(form), "ean": ean}).status_code == 303
    with house.untouched():
        refused = office.fill("/registers/items/RICE", {"ean": "4006381333931"}, "/barcodes")
    assert Page(refused.text).errors() == {"ean": ["This barcode stands for item 肥皂 already."]}
    assert house.sit("lin").get("/registers/items/?ean=4006381333931").location == "/registers/items/SOAP"
    page = office.open("/registers/items/SOAP")
    taken = posting(page, "/barcodes")[0]
    assert office.send(taken["action"], inputs_of(taken)).status_code == 303
    text = office.open("/registers/items/SOAP").main.text
    assert "6901234567892" in text and text.count("4006381333931") == 2, "once noted, once taken away"
    assert house.sit("lin").get("/registers/items/?ean=4006381333931").status_code == 200


def test_programs_ask_and_allow_and_hand_out(house):
    limit(house)
    basket = [{"item": "SALT", "quantity": 5}]
    sale = {"household": "H001", "occurred_on": "2026-03-06", "basket": basket}
    refused = house.program("lin").post("/books/LY01/redemptions", sale)
    assert list(refused.json["errors"]) == ["basket.0.quantity"]
    asked = house.program("lin").post(
        "/books/LY01/overrides", {"household": "H001", "basket": basket, "reason": "nine mouths"}
    )
    assert asked.json == {"book": "LY01", "n": 2, "status": "waiting"}
    allowed = house.program("gao").post("/books/LY01/overrides/2/confirmation")
    assert allowed.json == {"book": "LY01", "n": 2, "status": "allowed"}
    assert house.program("lin").post("/books/LY01/redemptions", {**sale, "override": 2}).status_code == 201


@pytest.mark.parametrize(
    ("unit", "spec", "words"),
    [
        ("袋", "5千克", "1袋＝5千克＝10斤"), ("袋", "5kg/袋", "1袋＝5千克＝10斤"),
        ("袋", "400g/袋", "1袋＝400克＝0.8斤"),
        ("把", "1.5公斤", "1把＝1.5千克＝3斤"), ("桶", "5升", "1桶＝5升"), ("瓶", "500ml/瓶", "1瓶＝500毫升"),
        ("块", "", "块"), ("箱", "250ml×12/箱", "箱"), ("提", "10卷/提", "1提＝10卷"),
        ("千克", "", "1千克＝2斤"), ("kg", "散装", "1kg＝1千克＝2斤"), ("公斤", "", "1公斤＝1千克＝2斤"),
        ("斤", "散装", "1斤＝0.5千克"), ("袋", "10斤/袋", "1袋＝5千克＝10斤"), ("袋", "5KG/袋", "1袋＝5千克＝10斤"),
        ("袋", "5公斤装", "1袋＝5千克＝10斤"), ("袋", "５ＫＧ／袋", "1袋＝5千克＝10斤"), ("箱", "12瓶/箱", "1箱＝12瓶"),
        ("台", "5L/台", "台"), ("台", "5L", "台"), ("台", "8kg", "台"), ("个", "12升", "个"), ("箱", "5kg/袋", "箱"),
        ("壶", "1.8L", "1壶＝1.8升"), ("口", "双层", "口"),
    ],
)
def test_a_unit_is_told_in_measures_people_know_where_its_size_tells_them(unit, spec, words):
    assert unit_words(unit, spec) == words


def test_the_slip_tells_the_measure_beside_the_unit(house):
    assert "大米 1袋＝5千克＝10斤" in house.sit("lin").open("/books/LY01/redemptions/9").text
