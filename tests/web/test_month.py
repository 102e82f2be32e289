"""The page of the month's end, and the statement that is printed and signed."""

import pytest


def test_the_menu_leads_to_the_month_before(house):
    assert "2026-02" in house.sit("lin").open("/books/LY01/months").main.text


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_page_shows_flows_what_is_open_and_the_steps(house, language):
    page = house.sit("lin", language).open("/books/LY01/months/2026-03").main.text
    assert {"en": "Differences on arrival to confirm: 1", "zh_Hans_CN": "调入差异待确认：1"}[language] in page
    assert "大米" in page and "150.0" in page


def test_the_flow_of_goods_is_had_as_a_file(house):
    file = house.sit("lin").get("/books/LY01/months/2026-03?format=csv").get_data().decode("utf-8-sig")
    assert "RICE" in file and file.splitlines()[0].startswith("Category,Item,Goods")


def test_the_statement_never_says_that_all_agrees_while_a_difference_is_open(house):
    page = house.sit("gao").open("/books/LY01/months/2026-03/statement").main.text
    assert "cannot be said that books and goods agree" in page and "□ agree" not in page


@pytest.mark.parametrize("name", ["2026-13", "1999-01", "x"])
def test_what_is_no_month_is_not_found(house, name):
    assert house.sit("lin").get(f"/books/LY01/months/{name}").status_code == 404
