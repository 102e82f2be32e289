"""The page of the handover: its list to print, and the entry by the supervisor."""

import pytest

from ledger.operations.count import begin_count
from ledger.operations.count_confirmation import confirm_count
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


def test_a_keeper_reads_the_page_and_the_supervisor_enters_the_handover(house):
    assert "Who leaves" not in house.sit("lin").open("/books/LY01/handover").main.text
    refused = house.sit("gao", "zh_Hans_CN").fill(
        "/books/LY01/handover", {"leaving": "lin", "coming": "xin", "declared": "1"}, to="/handover"
    )
    assert refused.status_code == 422 and "请先盘点" in refused.text
