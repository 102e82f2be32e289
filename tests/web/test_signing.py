"""The redemption register: which line to sign, and its three prints."""

import re

import pytest

from ledger.operations.correction import correct
from ledger.web.words import LANGUAGES
from tests.web.acts import REDEMPTION
from tests.web.faults import faults

REGISTER = "/books/LY01/signing-register"


def rows_of(page):
    """Return the text of each row of the tables of a page."""
    return [row.text for row in page.main.all("tr")]


def test_the_keeper_reads_out_which_line_to_sign(house):
    """Two redemptions were before; that of the Mas was reversed, and its line stays its own."""
    done = REDEMPTION.do(house)
    page = house.sit("lin").open(done.location)
    assert "Please sign, or press a thumb, in the register: volume 1, page 1, line 3" in page.text
    assert "请在登记册第1册第1页第3行签字或按手印" in house.sit("lin", "zh_Hans_CN").open(done.location).text


def test_where_slips_are_printed_no_line_is_named(house):
    house.county.setting("slip", "58mm")
    assert "in the register" not in house.sit("lin").open(REDEMPTION.do(house).location).text


def test_pages_are_printed_with_the_coming_lines_numbered_and_used_lines_struck_out(house):
    page = house.sit("lin").open(f"{REGISTER}/lines?pages=2")
    assert "Volume 1, page 1" in page.text and "Volume 1, page 2" in page.text
    rows = rows_of(page)
    assert rows[1] == "1 used already" and rows[2] == "2 used already" and "used already" not in rows[3]
    assert [row.split()[0] for row in rows[1:16]] == [str(n) for n in range(1, 16)]
    assert len(rows) == 32


def test_a_blank_page_has_numbered_lines_and_no_page(house):
    page = house.sit("lin").open(f"{REGISTER}/lines?blank=1&pages=1")
    assert "Volume 1" not in page.text and len(rows_of(page)) == 16


def test_the_columns_stand_in_the_order_of_the_form_and_no_id_number_is_among_them(house):
    page = house.sit("lin", "zh_Hans_CN").open(f"{REGISTER}/lines")
    assert rows_of(page)[0].split() == [
        "行号", "兑换时间", "户编号", "户主", "组", "物品名称、规格、单位、数量", "件数", "使用积分", "保障／激励",
        "余额", "领取人", "代领人姓名、关系", "签字或按手印", "凭证号／纸单号", "备注",
    ]
    assert "身份证" not in page.text


def test_the_day_is_filled_from_the_journal_and_its_sum_is_that_of_the_journal(house):
    """The Wangs took soap and rice for 60.5 points; the salt of the Mas, free of points, was reversed."""
    REDEMPTION.do(house)
    page = house.sit("gao").open(f"{REGISTER}/filled?day=2026-03-06")
    first, second, third = rows_of(page)[1:4]
    assert first.startswith("1 10:00 H001 王秀兰 1 ")
    assert "肥皂 2块、大米 5千克 1袋 3 60.5 / 0.0 39.5" in first
    assert "□self ■other □delivered 郑果 · 侄女 see volume 1, page 1, line 1 LY01-9" in first
    assert second.startswith("2 10:00 H004 马老四 2 食盐 1袋 1 0.0 / 0.0 50.0") and second.endswith("LY01-10 Reversed")
    assert third.endswith("LY01-12") and "36.5 / 0.0 3.0" in third
    assert "Households on this page 1 Points on this page 97.0 Running total 97.0" in page.text
    assert "Total of the day 97.0 = redemptions of the day in the journal 97.0 − reversed 0.0 ✓" in page.text


def test_a_reversed_line_is_taken_off_both_sides_of_the_sum(house):
    done = REDEMPTION.do(house)
    house.county.book("LY01").reverse(int(done.location.rsplit("/", 1)[1]))
    text = house.sit("gao").open(f"{REGISTER}/filled").text
    assert "Total of the day 60.5 = redemptions of the day in the journal 97.0 − reversed 36.5 ✓" in text


def test_a_sum_that_does_not_agree_is_told(house, monkeypatch):
    monkeypatch.setattr("ledger.reports.signing.journal_of", lambda *about: (700, 0))
    assert "These do not agree: difference 9.5" in house.sit("gao").open(f"{REGISTER}/filled?day=2026-03-06").text


def test_whole_pages_are_printed_for_the_file_with_their_empty_lines(house):
    page = house.sit("lin").open(f"{REGISTER}/filled?volume=1&page=1&pages=2&year=2026")
    rows = rows_of(page)
    assert len(rows) == 32 and "王秀兰" in rows[1] and "王秀兰" not in rows[17]
    assert rows[3].split()[0] == "3" and "Total of the day" not in page.text


def test_a_corrected_redemption_says_so_and_the_right_one_stands_on_its_own_line(house):
    right = {"household": "H004", "basket": [{"item": "SOAP", "quantity": 1}]}
    house.county.book("LY01").do(correct, by="luo", number=9, goods="elsewhere", right=right, reason="the Mas")
    rows = rows_of(house.sit("gao").open(f"{REGISTER}/filled?day=2026-03-06"))
    assert rows[1].endswith("LY01-9 corrected since Reversed")
    assert rows[3].startswith("3 ") and rows[3].endswith("Correction")


def test_the_county_and_the_auditor_read_it_with_masked_names(house):
    for name in ("wei", "chen"):
        text = house.sit(name).open(f"{REGISTER}/filled?day=2026-03-06").text
        assert "王秀兰" not in text and "郑果" not in text and "王**" in text


def test_the_power_cut_pack_is_one_print_of_three_parts(house):
    page = house.sit("lin").open(f"{REGISTER}/pack?pages=2")
    assert "Sealed. Not for the wall" in page.text and "Page 1 of 1" in page.text
    rows = rows_of(page)
    assert "1 H001 王秀兰 0001 39.5 0.0 39.5" in rows
    assert not any("H002" in row or "H005" in row for row in rows)
    assert any(row.startswith("SOAP 肥皂 块 12.0 36") for row in rows)
    assert not any(row.startswith("OIL") for row in rows)
    assert len([row for row in rows if re.match("[0-9]+ ", row) and "□self" in row]) == 30
    assert "Paper no. 260306-1" in page.text and "Paper no. 260306-2" in page.text
    assert "Volume" not in page.text, "a page of the pack is no page of the register"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [
    "", "/lines?pages=1", "/filled?volume=1&page=1", "/filled?day=2026-01-01", "/pack",
    "/filled?volume=99999999&page=7&pages=999", "/filled?volume=x", "/filled?day=nonsense", "/lines?pages=-1",
])
def test_every_print_reads_well_whatever_is_asked_for(standing, path, language):
    answer = standing.sit("lin", language).get(f"{REGISTER}{path}")
    assert answer.status_code == 200
    assert faults(answer.text, language) == []


def test_the_pack_and_the_register_are_one_tap_from_today(standing):
    page = standing.sit("lin").open("/books/LY01/")
    assert "Power-cut pack for tomorrow" in page.text and "Redemption register" in page.text
    assert "Power-cut pack" not in standing.sit("mei").open("/books/LY01/").text
