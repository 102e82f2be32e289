"""The counter's pages: who comes is found and told apart, a second visit is pointed out, the slip says all of it."""

from datetime import date

import pytest

from ledger.registers.households import Household, take_in_all
from tests.web.acts import REDEMPTION
from tests.web.faults import faults
from tests.web.house import HERE
from tests.web.page import Page

NEW = "/books/LY01/redemptions/new"


def sold(house, **basket):
    """Let Lin serve the Wangs once more, and return the page that stands afterwards."""
    number = house.county.book("LY01").redeem("H001", **basket)["number"]
    return house.sit("lin").open(f"/books/LY01/redemptions/{number}")


def waits(page):
    """Return what a page points out."""
    return [one.text for one in page.main.all("p") if one["class"] == "waits"]


def test_a_second_visit_on_the_same_day_is_pointed_out_with_its_slip(house):
    browser = house.sit("lin")
    page = browser.open(f"{NEW}?household=H001")
    assert waits(page) == ["Has been here today: slip 9, 60.5 points"]
    assert [one["href"] for one in page.main.all("a") if one.text.startswith("slip")] == ["/books/LY01/redemptions/9"]
    assert waits(browser.open(f"{NEW}?household=H004")) == [], "what was reversed is no visit"
    house.county.move_to("2026-03-07")
    assert waits(browser.open(f"{NEW}?household=H001")) == [], "that was yesterday"


def test_a_frozen_household_is_told_before_the_basket_is_filled(house):
    said = "Household H002 is frozen or closed; ask the supervisor."
    assert said in house.sit("lin").open(f"{NEW}?household=H002").main.text
    assert said not in house.sit("lin").open(f"{NEW}?household=H001").main.text


def test_whom_the_donor_meant_is_said_beside_the_goods_where_they_are_sent_and_handed_out(house):
    lines = [{"item": "SOAP", "quantity": 4, "best_before": date(2026, 12, 1)}]
    house.county.book("LY01").give(by="lin", lines=lines, wish={"kind": "group", "text": "给七十岁以上的老人"})
    keeper = house.sit("lin")
    for page in (f"{NEW}?household=H001", "/books/LY01/dispatches/new"):
        assert "Donor's wish: 给七十岁以上的老人" in keeper.open(page).main.text
    assert "七十岁" not in keeper.get("/books/LY01/stock?format=csv").text, "words stay in the house"


def test_the_households_of_a_group_stand_beside_the_search_to_be_tapped(standing):
    page = standing.sit("lin").open(f"{NEW}?group=1")
    groups = [one for one in page.main.all("a") if "group=" in one["href"]]
    chosen = [(one.text, one["aria-current"]) for one in groups]
    assert chosen == [("group 1", "true"), ("group 2", ""), ("group 3", "")]
    taps = [(one.text, one["href"]) for one in page.main.all("a") if "household=" in one["href"]]
    assert taps == [
        ("王秀兰 group 1 · H001 · card …0001 ✓ came today", f"{NEW}?household=H001"),
        ("李长贵 group 1 · H002 · Frozen", f"{NEW}?household=H002"),
    ]
    assert "households so far: 1" in page.main.text
    assert not any("household=" in one["href"] for one in standing.sit("lin").open(NEW).main.all("a"))


def test_a_household_is_found_by_group_and_name_with_or_without_a_space_between(standing):
    browser = standing.sit("lin")
    for asked in (
        "1组 王", "1组王秀兰", "１组王", "1组wxl", "王 1组", "1王秀兰", "1wxl", "一组王秀兰", "1 组 王秀兰", "第1组王",
    ):
        found = browser.open(f"{NEW}?q={asked}").main
        assert [one["value"] for one in found.all("input") if one["name"] == "household"] == ["H001"], asked
    assert "No household found for “2组王秀兰”." in browser.open(f"{NEW}?q=2组王秀兰").main.text


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_a_search_that_finds_more_than_can_be_shown_says_how_many_more(house, language):
    """Thirty-three Zhaos live in group 5; thirty are shown to be tapped, each with the group."""
    with house.county.store.writing() as session:
        take_in_all(session, [Household(book="LY01", number="", name=f"赵{n}", group=5) for n in range(33)],
                    by="mei", now=house.county.now)
    more = "and 3 more: type more" if language == "en" else "还有 3 户没有列出：请多打几个字"
    page = house.sit("lin", language).open(f"{NEW}?q=5组赵").main
    taps = [one.text for one in page.all("a") if "household=" in one["href"]]
    assert len(taps) == 30 and all(("group 5" if language == "en" else "5组") in tap for tap in taps)
    assert more in page.text
    assert more.split(" ")[-1] not in house.sit("lin", language).open(f"{NEW}?q=赵1").main.text


def test_a_box_to_search_in_takes_no_more_than_a_name_needs(standing):
    for name, path in [
        ("lin", NEW), ("lin", f"{NEW}?household=H001"), ("lin", "/books/LY01/"), ("lin", "/books/LY01/households"),
        ("lin", "/books/LY01/redemptions/9"),
    ]:
        boxes = [one for one in standing.sit(name).open(path).main.all("input") if one["type"] == "search"]
        assert [one["maxlength"] for one in boxes] == ["40"], path
    assert "王秀兰" not in standing.sit("lin").open(f"{NEW}?q={'x' * 3000}").text


def test_the_purses_and_how_they_are_spent_are_there_for_the_live_total(house):
    house.county.setting("spending_order", "merit support", book="LY01")
    house.county.setting("support_beside_merit", "5")
    page = house.sit("lin").open(f"{NEW}?household=H001")
    about = next(one for one in page.main.all("div") if one["class"] == "household").attributes
    assert {name: about[f"data-{name}"] for name in ("support", "merit", "order", "beside")} == {
        "support": "395", "merit": "0", "order": "merit support", "beside": "5",
    }


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_where_support_goes_only_beside_merit_the_counter_says_what_can_be_spent(house, language):
    """Beside each merit point one support point: of 39.5 support and 10 merit points 20 can be spent, as redeeming
    says too."""
    house.county.book("LY01").write("""
        2026-03-06 credit
          fund:merit   -> purse:H001:merit    POINT   100
    """)
    house.county.setting("support_beside_merit", "1", book="LY01")
    browser = house.sit("lin", language)
    page = browser.open(f"{NEW}?household=H001")
    assert next(one for one in page.main.all("strong") if one["id"] == "available").text == "20.0"
    assert ("only beside merit points, 1 to 1" if language == "en" else "1 比 1") in page.main.text
    to, inputs = page.form("/redemptions")
    soap = {**inputs, "basket-2-quantity": "1"}
    turned = Page(browser.send(to, soap, more="turned").text)
    said = next(one for one in turned.main.all("section") if one["class"] == "turned").text
    assert "20.0" in said and "8.0" in said
    done = browser.client.post(to, data=soap, headers=HERE)
    assert "8.0" in next(one for one in browser.open(done.location).main.all("p") if one["class"] == "done").text
    assert faults(browser.get(f"{NEW}?household=H001").text, language) == []


def test_the_counter_without_households_says_who_enters_them(house):
    browser, said = house.sit("zhao"), "The points clerk, the supervisor or the county office enters the households."
    assert said not in browser.open("/books/LY02/redemptions/new").main.text
    house.county.edit(Household, ("LY02", "H101"), retired=1)
    assert said in browser.open("/books/LY02/redemptions/new").main.text


def test_the_slip_names_both_purses_and_what_each_held_then(house):
    page = sold(house, soap=1)
    purses = [row.text for table in page.main.all("table") for row in table.all("tr") if "points" in row.text]
    assert purses[-2:] == ["Support points 39.5 −12.0 27.5", "Merit points 0.0 0.0 0.0"]


def test_a_slip_of_goods_free_of_points_still_says_what_the_purses_hold(house):
    page = sold(house, salt=2)
    rows = [row.text for table in page.main.all("table") for row in table.all("tr") if "points" in row.text]
    assert rows[-2:] == ["Support points 39.5 0.0 39.5", "Merit points 0.0 0.0 0.0"]


def test_the_slip_is_signed_by_who_served_whoever_prints_it(house):
    for name in ("lin", "gao"):
        slip = next(house.sit(name).open("/books/LY01/redemptions/9").main.all("article"))
        assert "By 林玉芳" in slip.text


def test_what_is_turned_round_to_the_household_names_nobody(house):
    page = sold(house, soap=1, salt=2)
    turned = next(one for one in page.main.all("section") if one["class"] == "turned")
    assert turned.text == "Points left 27.5 肥皂 1 块 食盐 2 袋 Points this time 12.0 Turn back"
    assert any(one["href"] == "#turned" for one in page.main.all("a"))


def test_after_a_redemption_the_next_search_has_the_focus_and_the_group_is_a_tap_away(house):
    page = sold(house, soap=1)
    boxes = [one for one in page.main.all("input") if "autofocus" in one.attributes]
    assert [one["name"] for one in boxes] == ["q"]
    assert any(one["href"] == f"{NEW}?group=1" for one in page.main.all("a"))
    assert not any(one["type"] == "search" for one in house.sit("gao").open("/books/LY01/redemptions/9").all("input"))


def test_a_refused_basket_shows_the_visit_and_the_balance_again(house):
    page = Page(REDEMPTION.do(house, **{"basket-0-quantity": "99"}).text)
    assert waits(page) == ["Has been here today: slip 9, 60.5 points"]
    assert next(one for one in page.main.all("strong") if one["id"] == "available").text == "39.5"


def test_a_household_s_page_tells_what_is_not_credited_yet_and_never_adds_it(house):
    page = house.sit("lin").open("/books/LY01/households/H001").main.text
    assert "Points available 39.5" in page
    assert "Points not yet credited 13.0" in page
    assert "Points not yet credited" not in house.sit("lin").open("/books/LY01/households/H003").main.text
