"""The page of the handover: its list to print, and the entry by the supervisor."""

import re

import pytest

from ledger.operations.count import begin_count
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.write_off import propose_write_off
from tests.web.faults import faults
from tests.web.test_printing import mark, press


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_list_to_sign_shows_what_lies_on_the_shelf(house, language):
    page = house.sit("lin", language).open("/books/LY01/handover/list").main.text
    assert "大米" in page and {"en": "Witness", "zh_Hans_CN": "监交人"}[language] in page


def test_the_list_has_its_number_what_is_unused_and_room_for_keys_cards_and_three_signatures(house):
    text = house.sit("lin").open("/books/LY01/handover/list").main.text
    assert "Serial no. 交-2026-0001" in text
    assert "Next line of the register volume 1, page 1, line 3" in text
    assert "捐-2026-0001 · 调-2026-" in text and " · 兑-2026-0003 · 示-2026-" in text
    for room in ("Keys", "Blank cards", "Unused pages, from no. to no.", "Handed over by", "Taken over by", "Witness"):
        assert room in text


def test_the_list_adds_up_and_from_the_second_print_after_a_count_on_says_that_it_is_a_copy(house):
    at = "/books/LY01/handover/list"
    page = house.sit("lin").open(at)
    liuhe = house.county.book("LY01")
    lots = [{"lot": lot, "quantity": left} for item in ("SOAP", "SALT", "RICE", "OIL") for lot, left in
            liuhe.lots(item).items() if left]
    assert f"Total {sum(line['quantity'] for line in lots)}" in page.main.text
    assert mark(page) == "Preview" and not list(page.all("form")), "nothing was counted yet"
    n = liuhe.do(begin_count, by="lin", nature="handover", lines=lots, finished=1)["n"]
    liuhe.do(confirm_count, by="gao", count=n)
    assert [mark(press(house, name, at)) for name in ("lin", "gao")] == ["", "Copy, print no. 2"]


def counted(house):
    """Count the whole shelf as it is, and let Gao confirm it."""
    liuhe = house.county.book("LY01")
    lines = [{"lot": lot, "account": account, "quantity": many} for (account, item, lot), many in
             liuhe.balances().items() if account in ("stock", "set-aside")]
    n = liuhe.do(begin_count, by="lin", nature="handover", lines=lines, finished=1)["n"]
    liuhe.do(confirm_count, by="gao", count=n)


def test_the_list_adds_what_is_set_aside_and_names_all_that_is_open(house):
    """36 soaps, 9 rice, 5 oil, 20 salt; the oil is past its day and set aside; two soaps are reported short."""
    liuhe = house.county.book("LY01")
    [lot] = [lot for lot, left in liuhe.lots("OIL").items() if left]
    liuhe.do(propose_write_off, by="lin", lines=[{"item": "OIL", "lot": lot, "quantity": 5}], reason="expired")
    liuhe.claw_back("H001", 15)
    liuhe.do(begin_count, by="lin", nature="handover")
    text = house.sit("lin").open("/books/LY01/handover/list").main.text
    assert f"{lot} D7 2026-03-01 yes Set aside 5 " in text and "Total 70" in text
    for said in ("Arrival difference 1 2026-02-17 林玉芳 (lin)", "Written off 2 2026-03-06 林玉芳 (lin)",
                 "Points taken back 3 2026-03-06 林玉芳 (lin)", "Stock-take 盘-2026-0001 2026-03-06 林玉芳 (lin)"):
        assert said in text


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_signed_list_is_had_again_from_its_entry_as_the_shelf_was_then(house, language):
    """Lin hands over to Xin; the day goes on and Xin gives salt out; the auditor asks for the list that was signed."""
    counted(house)
    before = house.sit("gao").open("/books/LY01/handover/list").main.text
    done = house.sit("gao").fill("/books/LY01/handover", {
        "leaving": "lin", "coming": "xin", "declared": "1", "words": "钥匙两把"}, to="/handover")
    house.county.book("LY01").redeem("H001", by="zhao", salt=6)
    entry = house.sit("gao", language).open(done.location)
    link = next(one["href"] for one in entry.all("a") if "/handover/list" in one["href"])
    page = house.sit("gao", language).open(link)
    number = int(done.location.rpartition("/")[2])
    total, copy = {"en": ("Total 70", "Copy of the signed list"), "zh_Hans_CN": ("合计 70", "已签清册的副本")}[language]
    assert total in page.main.text and copy in mark(page)
    assert "交-2026-0001" in page.main.text and f"LY01-{number}" in page.main.text and "钥匙两把" in page.main.text
    assert house.county.book("LY01").entry(number).digest.hex()[:8] in page.main.text
    assert faults(house.sit("gao", language).get(link).text, language) == []
    printed = press(house, "gao", link)
    assert "Preview" not in mark(printed) and "交-2026-0001" in printed.main.text
    assert "交-2026-0002" in house.sit("gao").open("/books/LY01/handover/list").main.text, "the next one is another"
    lines = re.compile("[A-Z]+ .*? Total [0-9]+")
    if language == "en":
        assert lines.findall(before) == lines.findall(page.main.text)
    assert house.sit("gao").get("/books/LY01/handover/list?entry=1").status_code == 404


def test_a_keeper_reads_the_page_and_the_supervisor_enters_the_handover(house):
    assert "Who leaves" not in house.sit("lin").open("/books/LY01/handover").main.text
    refused = house.sit("gao", "zh_Hans_CN").fill(
        "/books/LY01/handover", {"leaving": "lin", "coming": "xin", "declared": "1"}, to="/handover"
    )
    assert refused.status_code == 422 and "请先盘点" in refused.text
