"""The page of the handover: its list to print, and the entry by the supervisor."""

import pytest


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


def test_a_keeper_reads_the_page_and_the_supervisor_enters_the_handover(house):
    assert "Who leaves" not in house.sit("lin").open("/books/LY01/handover").main.text
    refused = house.sit("gao", "zh_Hans_CN").fill(
        "/books/LY01/handover", {"leaving": "lin", "coming": "xin", "declared": "1"}, to="/handover"
    )
    assert refused.status_code == 422 and "请先盘点" in refused.text
