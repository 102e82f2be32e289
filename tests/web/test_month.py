"""The page of the month's end, and the statement that is printed and signed."""

import pytest

from tests.operations.test_count import begin, confirm, explain, key
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


def counted(house, **lots):
    """Count the shelf of Liuhe as it is but for these lots, and explain what differs; return the number."""
    liuhe = house.county.book("LY01")
    n = begin(liuhe)
    key(liuhe, n, finished=1, **{"L1": 36, "L2": 9, "L3": 5, "L4": 20, **lots})
    for lot in lots:
        explain(liuhe, n, lot, "unknown")
    return n


def test_a_row_of_the_statement_can_be_added_up(house):
    liuhe = house.county.book("LY01")
    liuhe.confirm(1)
    confirm(liuhe, counted(house, L1=33, L2=10))
    house.county.move_to("2026-03-09")
    liuhe.redeem("H001", salt=1)
    page = house.sit("gao").open(STATEMENT).main
    (row,) = [[cell.text for cell in one.all("td")] for one in page.all("tr") if "Other goods" in one.text]
    assert row == ["Other goods (pieces)", "73", "1", "7", "67", "69", "67", "-2 (+1 −3)"]
    assert "□ agree" in page.text


@pytest.mark.parametrize(("language", "never", "open_"), [
    ("en", "□ agree", "Stock-takes not decided: 1"), ("zh_Hans_CN", "□相符", "盘点未办结：1"),
])
def test_the_statement_never_says_that_all_agrees_while_a_stock_take_runs_or_waits(house, language, never, open_):
    liuhe = house.county.book("LY01")
    liuhe.confirm(1)
    confirm(liuhe, counted(house))
    assert never in house.sit("gao", language).open(STATEMENT).main.text
    begun = begin(liuhe)
    for step in ({}, {"finished": 1, "L1": 36, "L2": 9, "L3": 5, "L4": 20}):
        key(liuhe, begun, **step)
        text = house.sit("gao", language).open(STATEMENT).main.text
        assert never not in text and open_ in text
    confirm(liuhe, begun)
    assert never in house.sit("gao", language).open(STATEMENT).main.text


@pytest.mark.parametrize(("period", "heading"), [("year", "年终结转"), ("quarter", "到期失效"), ("never", "到期失效")])
def test_only_what_lapses_by_the_year_is_headed_as_the_years_end(house, period, heading):
    house.county.setting("lapse_period", period)
    for path in (STATEMENT, "/books/LY01/months/2026-03"):
        text = house.sit("gao", "zh_Hans_CN").open(path).main.text
        assert heading in text and ({"年终结转", "到期失效"} - {heading}).pop() not in text


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
