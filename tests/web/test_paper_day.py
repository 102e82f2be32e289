"""The grid of a paper day: keyed fast by code, name or initials, and every wrong cell told where it stands."""

import inspect

import pytest

from ledger.journal import body_of
from ledger.operations.over_issue import confirm_paper_line
from ledger.operations.paper_day import StillWaits, key_paper_day
from ledger.web.words import LANGUAGES
from schemas.arrival import ConfirmationForm
from schemas.paper_day import PaperDayForm, PaperLineForm
from tests.web.faults import faults
from tests.web.page import Page
from tests.web.test_names import ASKED_OF_EVERY_ACT as ASKED

NEW = "/books/LY01/paper-days/new"
DAYS = "/books/LY01/paper-days"


def key(house, *rows, person="lin", language="en", **typed):
    """Key rows of (household, goods) into the grid from its first line on, or cells by name: n0="H001"."""
    _, inputs = house.sit(person).open(f"{NEW}?sheet=1-1").form("/paper-days")
    form = {**inputs, "occurred_on": "2026-03-05", "sheet": "1-1"}
    for place, row in enumerate(rows):
        cells = dict(zip(("household", "goods", "collector", "relation", "reason"), row, strict=False))
        form |= {f"lines-{place}-{name}": value for name, value in cells.items()}
    return house.sit(person, language).send(DAYS, {**form, **typed})


def facts(house, number):
    """Return the facts of an entry of Liuhe."""
    return body_of(house.county.book("LY01").entry(number))["facts"]


def wrong(answer):
    """Return the errors of a page, by the cell at which they stand."""
    main = Page(answer.text).main
    return {one["id"].removesuffix("-error"): one.text for one in main.all("p") if "error" in one["class"].split()}


def numbers(page, *places):
    """Return which lines the grid offers."""
    _, inputs = page.form("/paper-days")
    return [inputs[f"lines-{n}-line"] for n in places]


def test_the_grid_offers_the_lines_of_a_paper_that_can_still_be_keyed(house):
    assert numbers(house.sit("lin").open(NEW), 0, 14) == ["1", "15"]
    # Two households have signed on the first page of the register.
    assert numbers(house.sit("lin").open(f"{NEW}?sheet=1-1"), 0, 1, 12, 13) == ["3", "4", "15", ""]
    key(house, ("H001", "SOAP"), sheet="260305-1", **{"lines-0-line": "1", "lines-1-line": "3", "lines-1-void": "1"})
    links = house.sit("lin").open(f"{DAYS}?day=2026-03-05").main.all("a")
    again = next(one["href"] for one in links if one.text == "Key a paper")
    assert again == f"{NEW}?day=2026-03-05&sheet=260305-1"
    assert numbers(house.sit("lin").open(again), 0, 1, 12, 13) == ["2", "4", "15", ""]
    assert numbers(house.sit("lin").open(f"{NEW}?sheet=%00"), 0) == ["1"]


def test_for_another_paper_its_lines_are_offered_and_nothing_typed_is_lost(house):
    key(house, ("H001", "SOAP"), sheet="260305-1", **{"lines-0-line": "1"})
    with house.untouched():
        answer = key(house, ("H004", "SALT"), sheet="260305-1", more="lines", **{"lines-0-line": "4"})
    _, inputs = Page(answer.text).form("/paper-days")
    assert (inputs["lines-0-household"], inputs["occurred_on"]) == ("H004", "2026-03-05")
    assert numbers(Page(answer.text), 0, 1, 2, 3, 13, 14) == ["4", "2", "3", "5", "15", ""]


def test_a_line_keyed_from_the_paper_is_noticed_at_the_counter_too(house):
    key(house, ("H001", "SOAP"), sheet="260305-1", **{"lines-0-line": "1"})
    counter = "/books/LY01/redemptions/new?household=H004"
    typed = {"occurred_on": "2026-03-05", "paper_number": "260305-1-1", "basket-0-quantity": "1"}
    with house.untouched():
        answer = house.sit("lin").fill(counter, typed)
    assert wrong(answer)["paper_number"] == "Line 1 of paper 260305-1 has been keyed already, for 2026-03-05."
    assert house.sit("lin").fill(counter, {**typed, "paper_number": "260305-1-2"}).status_code == 303


@pytest.mark.parametrize(("household", "goods"), [
    ("H001", "SOAP×1"), ("h001", "soap*1, SALT×2"), ("Ｈ００１", "肥皂１"), ("610001", "肥皂"), ("王秀兰", "fz"),
    ("wxl", "fz 1 食盐2"),
])
def test_household_and_goods_are_typed_as_is_fastest(house, household, goods):
    answer = key(house, (household, goods))
    assert answer.status_code == 303, wrong(answer)
    assert facts(house, 12)["household"] == "H001"
    assert house.county.book("LY01").holds("handed-out", "SOAP") == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_of_what_went_home_beyond_the_points_adds_up(house, language):
    """The Wangs held 39.5 points and took soap for 60: the slip says what the points paid, and what nobody owes."""
    key(house, ("H001", "SOAP×5", "", "", "the list was old"))
    number = house.county.book("LY01").do(confirm_paper_line, by="gao", request=2)["number"]
    beyond = "more than the points held, not owed" if language == "en" else "超出所持积分的部分，不用还"
    slip = house.sit("lin", language).open(f"/books/LY01/redemptions/{number}/slip")
    rows = [row.text for table in slip.all("table") for row in table.all("tr")]
    assert [row.split(" ", 1)[1] for row in rows[-4:-1]][-1] == "39.5 −39.5 0.0"
    assert rows[-1] == f"{beyond} 20.5"
    done = house.sit("lin", language).open(f"/books/LY01/redemptions/{number}")
    assert done.main.text.count(f"{beyond} 20.5") == 2, "on the receipt, and in what is turned round"
    assert faults(house.sit("lin", language).get(f"/books/LY01/redemptions/{number}").text, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_household_twice_with_the_same_goods_is_asked_about_in_its_line(house, language):
    with house.untouched():
        asked = key(house, ("H004", "食盐 1袋"), ("H004", "SALT"), language=language, sheet="260305/01")
    page = Page(asked.text)
    assert list(wrong(asked)) == ["lines-1-again"] and faults(asked.text, language) == []
    action, inputs = page.form("/paper-days")
    assert not any(name.endswith("-again") for name in inputs), "not ticked for anybody"
    done = house.sit("lin").send(action, {**inputs, "lines-1-again": "1", "lines-0-delivered_by": "lin"})
    assert done.status_code == 303
    assert facts(house, 12)["delivered_by"] == "lin" and facts(house, 13)["paper_number"] == "260305-1-4"


def test_what_became_of_each_line_is_shown_and_each_is_an_entry(house):
    answer = key(house, ("H001", "SOAP", "郑果", "侄女"), ("H004", "食盐2"), **{"lines-2-void": "1"})
    assert answer.location == f"{DAYS}?day=2026-03-05"
    page = house.sit("lin").open(answer.location)
    assert "1-1 3 兑-2026-0003 Redemption LY01-12" in page.text
    assert "1-1 4 兑-2026-0004 Redemption LY01-13" in page.text
    assert "1-1 5 兑-2026-0005 Void line LY01-14" in page.text
    assert facts(house, 12)["paper_number"] == "1-1-3"
    assert "Entered later · Paper no. 1-1-3" in house.sit("lin").open("/books/LY01/redemptions/12").text
    assert "in the register" not in house.sit("lin").open("/books/LY01/redemptions/12").text


def test_the_filled_register_names_the_paper_and_keeps_the_void_number(house):
    key(house, ("H001", "SOAP"), **{"lines-1-void": "1"})
    page = house.sit("gao").open("/books/LY01/signing-register/filled?day=2026-03-05")
    rows = [row.text for row in page.main.all("tr")]
    assert "see paper 1-1-3 LY01-12 Entered later" in rows[1]
    assert rows[2].startswith("4 ") and rows[2].endswith("LY01-13 Void line")
    assert "Total of the day 12.0 = redemptions of the day in the journal 12.0 − reversed 0.0 ✓" in page.text


def test_every_wrong_cell_is_told_where_it_stands_and_nothing_is_written(house):
    with house.untouched():
        answer = key(house, ("H001", "SOAP"), ("H099", "SOAP"), ("H004", "gold"), ("H004", "SOAP×0"), ("", "SALT"),
                     ("H001", ""), ("王", "TOWEL"))
    assert answer.status_code == 422
    assert wrong(answer) == {
        "lines-1-household": "“H099” is in no register here.", "lines-2-goods": "“gold” is in no register here.",
        "lines-3-goods": "Enter a whole number from 1 to 9999.", "lines-4-household": "Please fill this in.",
        "lines-5-goods": "Please fill this in.", "lines-6-goods": "“TOWEL” is in no register here.",
    }
    assert "Line 4" in Page(answer.text).text
    _, inputs = Page(answer.text).form("/paper-days")
    assert (inputs["lines-0-household"], inputs["lines-2-goods"]) == ("H001", "gold")


def test_a_name_several_have_is_told_with_their_numbers(house):
    house.sit("gao").fill("/books/LY01/households/new", {"name": "王秀兰", "group": "2"})
    answer = key(house, ("王秀兰", "SOAP"))
    assert wrong(answer) == {"lines-0-household": "“王秀兰” may mean several: H0001, H001. Write the code."}


def test_a_line_left_for_later_lets_the_others_go_on_and_is_named(house):
    answer = key(house, ("H001", "SOAP"), ("H099", "gold"), **{"lines-1-later": "1"})
    assert answer.location == f"{DAYS}?day=2026-03-05&left=4"
    assert "Left for later, and not booked: lines 4." in house.sit("lin").open(answer.location).text
    assert house.count() == 12


def test_the_same_line_twice_is_named(house):
    twice = {"lines-1-line": "3"}
    assert wrong(key(house, ("H001", "SOAP"), ("H004", "SALT"), **twice)) == {
        "lines-1-line": "Line 3 of the paper stands on this form twice.",
    }
    key(house, ("H001", "SOAP"))
    assert wrong(key(house, ("H004", "SALT"), **{"lines-0-line": "3"})) == {
        "lines-0-line": "Line 3 of paper 1-1 has been keyed already, for 2026-03-05.",
    }


def test_more_lines_are_asked_for_without_losing_one(house):
    with house.untouched():
        answer = key(house, ("H001", "SOAP"), more="15")
    _, inputs = Page(answer.text).form("/paper-days")
    assert (answer.status_code, inputs["lines-0-goods"], "lines-29-goods" in inputs) == (200, "SOAP", True)


def test_goods_carried_home_beyond_the_points_wait_for_a_second_person(house):
    with house.untouched():
        answer = key(house, ("H001", "SOAP×5"))
    assert wrong(answer) == {
        "lines-0-household": "Not enough points: the basket needs 60.0, the household has 39.5.",
        "lines-0-reason": StillWaits.message,
    }
    assert "lines-0-reason" in Page(answer.text).form("/paper-days")[1]
    assert key(house, ("H001", "SOAP×5", "", "", "the list was misread")).status_code == 303
    assert "1-1 3 兑-2026-0003 Waits for a second person" in house.sit("lin").open(DAYS).text
    where = f"{DAYS}/requests/2"
    assert "more points than held" in house.sit("lin").open(where).text
    assert "I have seen the paper" not in house.sit("lin").open(where).text
    page = house.sit("gao").open(where)
    assert "Handed out beyond the points held 20.5" in page.text and "the list was misread" in page.text
    assert "took more home than the book allows" in house.sit("gao").open("/books/LY01/").text
    done = house.sit("gao").fill(where, {}, to="/confirmation")
    assert done.location == "/books/LY01/redemptions/12"
    assert house.county.book("LY01").holds("over-issued", "POINT") == -205
    assert "handed out beyond the points held 20.5 ✓" in house.sit("gao").open("/books/LY01/").text
    assert "handed out beyond the points held 20.5 ✓" in house.sit("wei").open("/county/").text
    assert "Booked:" in house.sit("lin").open(where).text
    house.county.replay()


def test_a_line_that_was_declined_is_told_and_keyed_again(house):
    key(house, ("H001", "SOAP×5", "", "", "misread"))
    house.sit("gao").fill(f"{DAYS}/requests/2", {"reason": "the paper says two"}, to="/refusal")
    assert "the paper says two" in house.sit("lin").open(f"{DAYS}/requests/2").text
    filled = "/books/LY01/signing-register/filled?day=2026-03-05"
    assert "to be keyed again" in house.sit("gao").open(filled).text
    assert key(house, ("H001", "SOAP×2"), **{"lines-0-line": "3"}).status_code == 303
    assert facts(house, 12)["serial"] == "兑-2026-0003"


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_pages_read_well_in_both_languages(house, language):
    answer = key(house, ("H001", "SOAP×5", "郑果"), ("H099", "没有的货"), language=language)
    assert faults(answer.text, language) == []
    key(house, ("H001", "SOAP×5", "郑果", "", "误看"), ("H004", "SALT"), **{"lines-2-void": "1"})
    for path in (DAYS, f"{DAYS}/requests/2", f"{DAYS}?left=3,4&day=2026-03-05", f"{DAYS}?day=2020-01-01"):
        assert faults(house.sit("gao", language).get(path).text, language) == []


def test_what_fits_nowhere_is_refused(house):
    for odd in ({"lines-0-surprise": "1"}, {"lines": "x"}, {"lines-0": "x"}, {"lines-0-household-0": "H001"},
                {"lines-0-goods-x": "1"}, {"sheet": "王秀兰"}, {"occurred_on": "2026-03-07"}, {"occurred_on": ""}):
        with house.untouched():
            answer = key(house, ("H001", "SOAP"), **odd)
        assert answer.status_code == 422, odd


def test_programs_key_a_paper_with_the_same_form(house):
    lines = [{"line": 1, "household": "H001", "basket": [{"item": "SOAP", "quantity": 1}]}, {"line": 2, "void": True},
             {"line": 3, "household": "H001", "basket": [{"item": "SOAP", "quantity": 5}], "reason": "misread"}]
    paper = {"occurred_on": "2026-03-05", "sheet": "2-1", "lines": lines}
    answer = house.program("lin").post("/books/LY01/paper-days", paper)
    assert (answer.status_code, answer.json) == (201, {"book": "LY01", "entries": [12, 13], "requests": [2]})
    done = house.program("gao").post("/books/LY01/paper-days/requests/2/confirmation", {})
    assert (done.status_code, done.json["number"], done.json["rest"]) == (201, 14, "32.5")


@pytest.mark.parametrize(("schema", "operation", "more"), [
    (PaperDayForm, key_paper_day, set()), (ConfirmationForm, confirm_paper_line, {"request"}),
])
def test_the_form_asks_for_what_the_act_takes(schema, operation, more):
    taken = set(inspect.signature(operation).parameters) - ASKED - {"session"}
    assert (set(schema().fields) - ASKED) | more == taken
    assert set(PaperLineForm().fields) == {
        "line", "household", "basket", "proxy", "delivered_by", "void", "again", "reason",
    }


def test_a_program_declines_a_line_too(house):
    key(house, ("H001", "SOAP×5", "", "", "misread"))
    answer = house.program("gao").post("/books/LY01/requests/2/refusal", {"reason": "the paper says two"})
    assert (answer.status_code, answer.json) == (201, {"book": "LY01", "n": 2, "status": "declined"})
