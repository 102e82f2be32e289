"""The stock card of an item: from the shelf to its card, and from each line to its entry."""

import pytest

from ledger.web.words import LANGUAGES
from tests.web.faults import faults

CARD = "/books/LY01/stock/SOAP"


def test_the_name_of_goods_on_the_shelf_leads_to_their_card_and_each_line_to_its_entry(house):
    lin = house.sit("lin")
    assert CARD in [one["href"] for one in lin.open("/books/LY01/stock").all("a")]
    page = lin.open(CARD)
    assert "9 2026-03-06 Redemption L1 2 36" in page.main.text
    assert "/books/LY01/entries/9" in [one["href"] for one in page.main.all("a")]


def test_goods_that_are_used_up_are_still_led_to(house):
    liuhe = house.county.book("LY01")
    liuhe.redeem("H001", salt=20)
    links = [one["href"] for one in house.sit("lin").open("/books/LY01/stock").main.all("a")]
    assert "/books/LY01/stock/SALT" in links
    assert "0" == list(house.sit("lin").open("/books/LY01/stock/SALT").main.all("tr"))[1].text.split()[-1]


def test_a_long_card_is_read_page_by_page_and_had_as_one_file(house):
    house.county.book("LY01").write("\n".join(
        "2026-03-06 redemption\n stock -> handed-out SALT/L4 1\n2026-03-06 reversal\n handed-out -> stock SALT/L4 1"
        for _ in range(60)
    ))
    lin, at = house.sit("lin"), "/books/LY01/stock/SALT"
    page = lin.open(at)
    (older,) = [one["href"] for one in page.main.all("a") if "before" in one["href"]]
    rows = [row.text for shown in (page, lin.open(at + older)) for row in list(shown.main.all("tr"))[1:]]
    assert len(rows) == len(set(rows)) == lin.get(f"{at}?format=csv").text.count("\r\n") - 1 == 123


def test_goods_nobody_knows_have_no_card_and_goods_that_never_came_have_an_empty_one(house):
    assert house.sit("lin").get("/books/LY01/stock/NAILS").status_code == 404
    assert "None of these goods has come in here yet." in house.sit("lin").open("/books/LY01/stock/TOWEL").main.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_reads_well_in_both_languages(house, language):
    assert faults(house.sit("lin", language).get(CARD).text, language) == []
