"""Pages say what codes mean: people by name, goods with their unit, accounts in words; and what a person needs next."""

import pytest

from ledger.registers.items import Item
from tests.web.acts import ARRIVAL, DIFFERENCE, RELATIVE, REVERSAL
from tests.web.faults import faults
from tests.web.page import Page

ZH = "zh_Hans_CN"


def legs(page):
    """Return the rows of the postings of an entry's page."""
    (table,) = [one for one in page.main.all("table") if next(one.all("caption")).text in ("Postings", "分录")]
    return [row.text for row in table.all("tr")][1:]


# An entry in words

def test_a_redemption_is_told_in_words_with_units(house):
    assert legs(house.sit("lin").open("/books/LY01/entries/9")) == [
        "Household H001, Support points Redeemed 60.5 points",
        "Shelf Handed out 肥皂 2 块 L1", "Shelf Handed out 大米 5千克 1 袋 L2 2026-04-20",
    ]
    assert legs(house.sit("lin", ZH).open("/books/LY01/entries/9")) == [
        "农户 H001 保障积分 已兑换 60.5分", "货架 已发放 肥皂 2 块 L1", "货架 已发放 大米 5千克 1 袋 L2 2026-04-20",
    ]


def test_the_auditor_reads_the_codes_in_brackets_too(house):
    first, *_ = legs(house.sit("chen", ZH).open("/books/LY01/entries/9"))
    assert first == "农户 H001 保障积分 (purse:H001:support) 已兑换 (redeemed) 60.5分"


@pytest.mark.parametrize("name", ["wei", "chen"])
def test_a_gift_names_its_donor(house, name):
    page = house.sit(name, ZH).open("/books/COUNTY/entries/1")
    assert legs(page)[0] == "捐赠方 汉中粮油公司 (D7) (donor:D7) 货架 (stock) 肥皂 200 块 L1"


def test_goods_on_the_road_say_from_where_and_to_where_by_name(house):
    assert "在途，发往六河村爱心超市 (LY01)" in legs(house.sit("wei", ZH).open("/books/COUNTY/entries/2"))[0]
    assert legs(house.sit("lin", ZH).open("/books/LY01/entries/1"))[0].startswith("由县级中心库调来 货架 肥皂 38 块")


def test_a_credit_names_its_rule_in_words(house):
    assert "Sheet 1 · 基本保障积分 (BASE)" in house.sit("lin").open("/books/LY01/entries/4").main.text


def test_after_a_reversal_the_page_says_whose_points_are_how_many_now(house):
    REVERSAL.do(house)
    page = house.sit("gao").open("/books/LY01/entries/12").main.text
    assert "Household H001 王秀兰 · points now 100.0" in page
    assert "Household H001 王** · points now 100.0" in house.sit("wei").open("/books/LY01/entries/12").main.text


@pytest.mark.parametrize(
    ("name", "number", "sentence"),
    [
        ("lin", 1, "Only your own redemption of today can be undone here. Ask the supervisor, the town or the county."),
        ("lin", 10, ""), ("gao", 4, "You booked this entry yourself; another person must reverse it."),
        ("lin", 9, ""), ("gao", 9, ""), ("mei", 9, ""), ("chen", 9, ""),
    ],
)
def test_who_cannot_reverse_an_entry_is_told_whom_to_ask(house, name, number, sentence):
    page = house.sit(name).open(f"/books/LY01/entries/{number}").main
    assert [one.text for one in page.all("p") if one["class"] == "waits"] == ([sentence] if sentence else [])


def test_an_own_redemption_of_yesterday_is_for_the_supervisor(house):
    house.county.move_to("2026-03-07")
    page = house.sit("lin").open("/books/LY01/entries/9").main
    assert "Ask the supervisor, the town or the county." in page.text
    assert not [one for one in page.all("form") if one["action"].endswith("/reversal")]


# Refusals

def test_goods_are_refused_by_name_and_choices_told_in_words(house):
    more = ARRIVAL.do(house, ZH, **{"lines-0-quantity": "4"})
    assert Page(more.text).errors()["lines-0-quantity"][0].startswith("肥皂 L1：在途 3")
    wrong = RELATIVE.do(house, ZH, tie="friend")
    assert Page(wrong.text).errors() == {"tie": ["请从中选一个：本人户 / 亲属户。"]}


def test_a_journal_that_cannot_be_filtered_says_why_and_shows_no_other(house):
    asked = house.sit("lin").get("/books/LY01/entries", query_string={"household": "王", "since": "2026-3-1"})
    page = Page(asked.text)
    assert asked.status_code == 422
    assert page.errors() == {"household": ["Enter a code of letters, digits and hyphens, such as H0031."]}
    assert {one["id"]: one["value"] for one in page.main.all("input")} == {
        "since": "2026-03-01", "until": "", "household": "王"
    }
    assert not list(page.main.all("table"))


# Differences that wait

def test_a_difference_that_waits_says_what_is_on_the_shelf_already(house):
    page = house.sit("gao").open("/books/LY01/arrivals/requests/1").main.text
    assert "On the shelf by entry LY01-1 : 肥皂 38 块 (L1) · 大米 5千克 10 袋 (L2)" in page
    assert "Reason: 肥皂 L1: two soaps were missing" in page


def test_what_waits_as_short_is_offered_to_be_counted_no_more(house):
    inputs = house.sit("lin").open("/books/LY01/arrivals/new?from=COUNTY&dispatch=2").form("/arrivals")[1]
    assert not [name for name in inputs if name.endswith(("-quantity", "-short"))]
    today = house.sit("lin").open("/books/LY01/").main.text
    assert "transfer note 调-2026-0004 (COUNTY-5), lines to check: 1" in today and "COUNTY-2" not in today
    assert DIFFERENCE.do(house).status_code == 303


@pytest.mark.parametrize(("language", "words"), [
    ("en", "All of this note has been counted in."), (ZH, "这张调拨单已经全部验收。"),
])
def test_a_piece_found_later_of_a_note_that_was_counted_in_is_written_on_its_page(house, language, words):
    """Lin has taken in the three soaps of COUNTY-5; the day after, a fourth lies under the straw."""
    arrived = ARRIVAL.do(house).location
    entry = house.sit("lin", language).open(arrived)
    link = next(one["href"] for one in entry.all("a") if "/arrivals/new" in one["href"])
    page = house.sit("lin", language).open(link)
    assert words in page.main.text and faults(house.sit("lin", language).get(link).text, language) == []
    found = house.sit("lin").fill(link, {"lines-0-over": "1", "lines-0-reason": "under the straw"}, "/arrivals")
    n = int(found.location.rpartition("/")[2])
    before = house.county.book("LY01").stock("SOAP")
    assert house.sit("gao").fill(found.location, {}, f"/arrivals/{n}/confirmation").status_code == 303
    assert house.county.book("LY01").stock("SOAP") == before + 1
    refused = house.sit("lin").fill(link, {"lines-0-over": "1"}, "/arrivals")
    assert (refused.status_code, list(Page(refused.text).errors())) == (422, ["lines-0-reason"])
    house.county.replay()


@pytest.mark.parametrize("note", ["from=COUNTY&dispatch=4", "from=COUNTY&dispatch=1", "from=&dispatch=5",
                                  "from=%00&dispatch=5", "from=COUNTY&dispatch=9999999999999", "from=LY02&dispatch=5"])
def test_a_note_that_is_not_for_here_has_no_page(house, note):
    assert house.sit("lin").get(f"/books/LY01/arrivals/new?{note}").status_code == 404


def test_a_note_that_was_taken_back_has_no_page(house):
    house.county.book("COUNTY").reverse(5, by="han")
    assert house.sit("lin").get("/books/LY01/arrivals/new?from=COUNTY&dispatch=5").status_code == 404


def test_who_checks_goods_in_reads_the_number_of_the_drivers_paper_and_the_size_of_the_bags(house):
    house.county.edit(Item, ("SOAP",), spec="125g")
    page = house.sit("lin").open("/books/LY01/arrivals/new?from=COUNTY&dispatch=5").main
    assert "Transfer note 调-2026-0004 (COUNTY-5)" in page.text
    goods = [next(row.all("th")).text for row in next(page.all("tbody")).all("tr")]
    assert goods == ["肥皂 125g"]


# Registers

def test_a_line_is_retired_only_after_a_question_and_can_be_used_again(house):
    edit = "/registers/items/TOWEL/edit"
    page = house.sit("wei").open(edit).main
    (asked,) = page.all("details")
    assert next(page.all("button")).text == "Save" and "Yes, retire it" in asked.text
    assert house.sit("wei").fill(edit, {}, to="/retirement").status_code == 303
    (asked,) = house.sit("wei").open(edit).main.all("details")
    assert "Yes, use it again" in asked.text
    assert house.sit("wei").fill(edit, {}, to="/retirement").status_code == 303
    line = house.sit("wei", ZH).open("/registers/items/TOWEL").main.text
    assert "停用 是 否" in line and "停用 否 是" in line and "· 停用" not in line


def test_nobody_is_offered_a_password_for_who_is_retired(house):
    assert "Give a one-time password" not in house.sit("wei").open("/registers/staff/old").main.text
    refused = house.sit("wei").send("/registers/staff/old/password")
    assert (refused.status_code, Page(refused.text).summary()) == (422, ["old is retired and not used any more."])


def test_retiring_oneself_is_refused_on_the_same_page_which_still_says_all(house):
    refused = house.sit("wei").fill("/registers/staff/wei/edit", {}, to="/retirement")
    page = Page(refused.text)
    assert page.summary() == ["This is your own sign-in; another person must retire it."]
    assert page.form("/staff/wei")[1]["full_name"] == "魏建国"


def test_two_people_may_change_different_fields_of_a_line_at_once(house):
    page, line = "/registers/donors/D7/edit", "/donors/D7"
    action, inputs = house.sit("wei").open(page).form(line)
    house.sit("han").fill(page, {"name": "汉中粮油集团"}, to=line)
    assert house.sit("wei").send(action, {**inputs, "phone": "0916-4822333"}).status_code == 303
    shown = house.sit("wei").open("/registers/donors/D7").main.text
    assert "Name 汉中粮油集团" in shown and "Phone 0916-4822333" in shown


def test_after_a_refusal_what_was_left_alone_says_what_stands_by_now(house):
    page, line = "/registers/donors/D7/edit", "/donors/D7"
    action, inputs = house.sit("wei").open(page).form(line)
    house.sit("han").fill(page, {"name": "汉中粮油集团", "phone": "13700000000"}, to=line)
    refused = Page(house.sit("wei").send(action, {**inputs, "phone": "0916-4822333"}).text)
    assert list(refused.errors()) == ["phone"]
    action, inputs = refused.form(line)
    assert (inputs["name"], inputs["phone"]) == ("汉中粮油集团", "0916-4822333")
    assert house.sit("wei").send(action, inputs).status_code == 303
    assert "Name 汉中粮油集团" in house.sit("wei").open("/registers/donors/D7").main.text


def test_a_lot_says_what_it_is_whose_gift_and_how_much_came(house):
    lot = house.sit("wei").open("/registers/lots/L2").main.text
    assert "Goods 大米 5千克 40 袋 Donor 汉中粮油公司 (D7) Came with COUNTY-1" in lot
    for _ in range(7):
        house.county.book("COUNTY").give(soap=1)
    listed = [row.text.split()[0] for row in house.sit("wei").open("/registers/lots/").main.all("tr")][1:]
    assert listed == [f"L{n}" for n in range(1, 12)]


def test_the_rule_book_has_no_english_column_for_who_reads_chinese(house):
    assert "In English" in house.sit("lin").open("/registers/rules/").main.text
    columns = [one.text for one in house.sit("lin", ZH).open("/registers/rules/").main.all("th")]
    assert len(columns) == len(set(columns)) and not any("英" in one for one in columns)


# Days

def test_the_board_says_on_which_day_somebody_last_booked_something(house):
    house.county.move_to("2026-03-09")
    house.county.book("LY02").redeem("H101", by="zhao", salt=1, on="2026-03-06", paper_number="7")
    (row,) = [one.text for one in house.sit("wei").open("/county/").main.all("tr") if one.text.startswith("LY02")]
    assert "2026-03-09" in row


def test_a_month_is_closed_whole(house):
    refused = house.sit("lin").fill("/books/LY01/closings", {"through": "2026-02-15"}, to="/closings")
    assert Page(refused.text).summary() == ["A book is closed through the last day of a month; 2026-02-15 is none."]


def test_a_day_to_come_is_refused_as_such_whatever_would_have_expired_by_then(house):
    page = "/books/LY01/redemptions/new?household=H001"
    action, inputs = house.sit("lin").open(page).form("/redemptions")
    refused = house.sit("lin").send(action, {**inputs, "basket-0-quantity": "1", "occurred_on": "9999-12-31"})
    assert Page(refused.text).errors() == {"occurred_on": ["9999-12-31 is still to come; today is 2026-03-06."]}
    slip = house.sit("wei").open("/books/COUNTY/donations/new").form("/donations")[1]
    typed = {**slip, "donor": "D7", "lines-0-item": "RICE", "lines-0-quantity": "1", "occurred_on": "2027-11-24",
             "lines-0-best_before": "2026-09-01"}
    refused = house.sit("wei").send("/books/COUNTY/donations", typed)
    assert Page(refused.text).errors() == {"occurred_on": ["2027-11-24 is still to come; today is 2026-03-06."]}


def test_a_file_says_in_which_zone_its_instants_are(house):
    head = house.sit("lin", ZH).get("/books/LY01/entries?format=csv").data.decode("utf-8-sig").splitlines()[0]
    assert "记录时间 (UTC)" in head
