"""The donor's statement on its page: goods in one table, and what is folded is neither sent nor printed."""

import pytest

from tests.web.faults import faults


def rows(page):
    """Return the lines of the table of goods."""
    return [row.text for row in list(page.main.all("tr"))[1:]]


@pytest.fixture
def sent(house):
    """The house, after soap of a second gift was given to the store."""
    house.county.book("COUNTY").give(soap=9)
    return house


@pytest.mark.parametrize("at", ["/donors/D7/statement", "/gifts/"])
def test_each_kind_of_goods_is_one_line_summed_over_gifts_and_outlets(sent, at):
    browser = sent.sit("wei")
    if at == "/gifts/":
        link = browser.open("/donors/D7/statement").main.text.split("/gifts/")[1].split()[0]
        at += link
    page = browser.open(at)
    assert rows(page)[0].startswith("肥皂 块 209 2 202 5")
    assert len(rows(page)) == 4 and "捐-2026" not in page.main.text


def test_a_tap_on_goods_shows_their_gifts_and_outlets_and_another_hides_them(sent):
    page = sent.sit("wei").open("/donors/D7/statement?item=SOAP")
    assert rows(page)[:4] == [
        "肥皂 块 209 2 202 5", "Gift 2026-02-16 捐-2026-0001 L1 200 2 193 5",
        "Gift 2026-03-06 捐-2026-0002 L5 9 0 9 0", "县级中心库 0 146 0",
    ]
    back = next(one["href"] for one in page.main.all("a") if one.text == "肥皂")
    assert back == "/donors/D7/statement#of-SOAP"


def test_all_of_it_is_shown_on_demand(sent):
    page = sent.sit("wei").open("/donors/D7/statement?item=all")
    assert sum(row.startswith("Gift ") for row in rows(page)) == 5
    assert "Hide all gifts and outlets" in page.main.text


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_statement_reads_well(sent, language):
    assert faults(sent.sit("wei", language).get("/donors/D7/statement?item=all").text, language) == []
