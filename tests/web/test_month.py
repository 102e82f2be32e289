"""The page of the month's end, and the statement that is printed and signed."""

import pytest

from tests.web.test_printing import mark, press

STATEMENT = "/books/LY01/months/2026-03/statement"


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
    page = house.sit("gao").open(STATEMENT).main.text
    assert "cannot be said that books and goods agree" in page and "□ agree" not in page


def test_the_statement_has_its_number_in_the_year_and_from_the_second_print_on_says_that_it_is_a_copy(house):
    # The book begins in February, so March is its second month.
    assert "Serial no. 证-2026-0002" in house.sit("gao").open(STATEMENT).main.text
    assert mark(house.sit("gao").open(STATEMENT)) == "Preview"
    assert [mark(press(house, name, STATEMENT)) for name in ("gao", "lin")] == ["", "Copy, print no. 2"]
    assert mark(press(house, "gao", STATEMENT.replace("03", "02"))) == "", "each month is counted apart"


def test_a_month_before_the_book_began_has_no_number_and_no_print(house):
    page = house.sit("gao").open(STATEMENT.replace("03", "01"))
    assert "证-" not in page.main.text and not list(page.all("form"))
    for number in (202601, 202613, 3):
        assert house.sit("gao").send(f"/books/LY01/papers/month/{number}").status_code == 404


def test_the_statement_says_what_is_set_aside_and_has_room_for_its_hands(house):
    text = house.sit("gao").open(STATEMENT).main.text
    assert "Set aside: 0 pieces" in text
    for hand in ("Storekeeper", "Points clerk", "Supervisor", "Town checker", "Prepared by", "Date", "(stamp)"):
        assert hand in text


@pytest.mark.parametrize("name", ["2026-13", "1999-01", "x"])
def test_what_is_no_month_is_not_found(house, name):
    assert house.sit("lin").get(f"/books/LY01/months/{name}").status_code == 404
