"""The pages of the write-off: the keeper sets goods aside, a second person decides, and the paper can be printed."""

import inspect
import re

import pytest

from ledger.journal import body_of
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.registers.lots import Lot
from ledger.web.words import LANGUAGES
from schemas.write_off import DisposalForm, WriteOffForm, WriteOffLine
from tests.web.faults import faults
from tests.web.page import Page, inputs_of
from tests.web.test_names import ASKED_OF_EVERY_ACT as ASKED
from tests.web.test_printing import mark, press

NEW = "/books/LY01/write-offs/new"


def forms(page):
    """Return the forms of a page that book something, each with its inputs."""
    return [(one["action"], inputs_of(one)) for one in page.main.all("form") if one["method"] == "post"]


def propose(house, quantity="3", **typed):
    """Set some of the soap aside, as Lin."""
    action, inputs = forms(house.sit("lin").open(NEW))[-1]
    (line,) = [name.removesuffix("-item") for name, value in inputs.items() if value == "SOAP"]
    form = {**inputs, "reason": "damaged", f"{line}-quantity": quantity, **typed}
    return house.sit("lin").send(action, form)


def test_a_keeper_sets_goods_aside_and_a_supervisor_writes_them_off(house):
    asked = propose(house, words="the shelf broke")
    assert (asked.status_code, asked.location) == (303, "/books/LY01/write-offs/2")
    keeper, supervisor = house.sit("lin"), house.sit("gao")
    page = keeper.open(asked.location)
    assert "Write-off 损-2026-0001" in page.text and "Damaged · the shelf broke" in page.text
    assert "肥皂 L1 3 块" in page.text
    assert "Waits for a second person" in page.text and forms(page) == []
    assert "Goods set aside wait for a second person" in supervisor.open("/books/LY01/").text
    (action, inputs), _ = forms(supervisor.open(asked.location))
    done = supervisor.send(action, {**inputs, "disposal": "burned", "witness": "苏平"})
    assert (done.status_code, done.location) == (303, asked.location)
    page = supervisor.open(asked.location)
    assert "Written off 2026-03-06 · 高志强 (gao) · LY01-13" in page.text
    assert "How disposed of burned" in page.text
    assert house.county.book("LY01").holds("written-off", "SOAP/L1") == 3
    assert "Goods set aside wait" not in supervisor.open("/books/LY01/").text
    assert "Damaged 3 林玉芳 (lin) Written off 13" in supervisor.open("/books/LY01/write-offs").text
    house.county.replay()


def test_or_puts_them_back_with_one_press(house):
    propose(house)
    _, (action, inputs) = forms(house.sit("luo").open("/books/LY01/write-offs/2"))
    assert house.sit("luo").send(action, inputs).status_code == 303
    assert house.county.book("LY01").holds("set-aside", "SOAP") == 0
    assert "Put back on the shelf" in house.sit("lin").open("/books/LY01/write-offs").text


def test_one_press_proposes_everything_that_is_past_its_best_before(house):
    action, inputs = forms(house.sit("lin").open(NEW))[0]
    assert [inputs["lines-0-item"], inputs["lines-0-quantity"], inputs["reason"]] == ["OIL", "5", "expired"]
    assert house.sit("lin").send(action, inputs).location == "/books/LY01/write-offs/2"
    liuhe = house.county.book("LY01")
    assert (liuhe.stock("OIL"), liuhe.holds("set-aside", "OIL")) == (0, 5)
    assert body_of(liuhe.entry(12))["facts"]["reason"] == "expired"
    assert len(forms(house.sit("lin").open(NEW))) == 1, "nothing is left to press for"


def test_a_line_that_is_too_long_is_refused_at_its_field_with_what_was_typed(house):
    with house.untouched():
        refused = propose(house, "999")
    page = Page(refused.text)
    assert refused.status_code == 422
    assert list(page.errors().values()) == [["Of 肥皂 L1 there is 36, 999 named."]]
    assert "999" in forms(page)[-1][1].values()


def test_a_reason_is_needed_and_other_needs_words(house):
    with house.untouched():
        refused = propose(house, reason="")
        assert Page(refused.text).errors() == {"reason": ["Please fill this in."]}
        refused = propose(house, reason="other")
        assert Page(refused.text).errors() == {"words": ["Say in words what is the matter."]}


def test_a_decision_without_a_word_is_refused_at_its_field(house):
    propose(house)
    action, inputs = forms(house.sit("gao").open("/books/LY01/write-offs/2"))[0]
    with house.untouched():
        refused = house.sit("gao").send(action, inputs)
    assert list(Page(refused.text).errors()) == ["disposal"]


def test_a_witness_is_named_whole_only_to_who_may_have_to_erase_the_name_and_at_the_own_counter(house):
    propose(house)
    action, inputs = forms(house.sit("gao").open("/books/LY01/write-offs/2"))[0]
    house.sit("gao").send(action, {**inputs, "disposal": "burned", "witness": "苏平"})
    for path in ("/books/LY01/write-offs/2", "/books/LY01/write-offs/2/paper", "/books/LY01/entries/13"):
        assert "苏平" in house.sit("lin").open(path).text
        assert "苏平" not in house.sit("chen").open(path).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_well_in_both_languages_and_on_paper(house, language):
    paths = ["/books/LY01/write-offs", NEW, "/books/LY01/write-offs/2", "/books/LY01/write-offs/2/paper"]
    propose(house, words="架子断了")
    for name in ("lin", "gao", "chen"):
        for path in paths if name == "lin" else [paths[0], *paths[2:]]:
            assert (path, faults(house.sit(name, language).get(path).text, language)) == (path, [])
    action, inputs = forms(house.sit("gao").open(paths[2]))[1]
    house.sit("gao").send(action, inputs)
    for path in [*paths, "/books/LY01/entries/12", "/books/LY01/entries/13"]:
        assert (path, faults(house.sit("lin", language).get(path).text, language)) == (path, [])


def test_the_paper_says_what_the_goods_are_worth_and_from_the_second_print_on_that_it_is_a_copy(house):
    """Three soaps of 2.50 yuan are damaged; the proposal is printed for the approver, the decision for the books."""
    house.county.edit(Lot, "L1", unit_value_fen=250)
    propose(house)
    paper = "/books/LY01/write-offs/2/paper"
    text = house.sit("lin").open(paper).text
    assert "3 2.50 7.50" in text and "Total 3 7.50" in text and mark(house.sit("lin").open(paper)) == "Preview"
    assert [mark(press(house, "lin", paper)) for _ in range(2)] == ["", "Copy, print no. 2"]
    _, (action, inputs) = forms(house.sit("luo").open("/books/LY01/write-offs/2"))
    house.sit("luo").send(action, inputs)
    assert mark(press(house, "lin", paper)) == "Put back on the shelf", "the decided paper is another"


def test_the_paper_of_another_kind_of_request_is_none(house):
    assert house.sit("gao").get("/books/LY01/write-offs/1").status_code == 404
    assert house.sit("gao").get("/books/LY01/write-offs/9/paper").status_code == 404


def test_programs_write_goods_off_with_the_same_two_hands(house):
    content = {"lines": [{"item": "SOAP", "lot": "L1", "quantity": 3}], "reason": "pests"}
    asked = house.program("lin").post("/books/LY01/write-offs", content)
    assert asked.status_code == 201
    told = {name: asked.json[name] for name in ("book", "number", "n", "status", "occurred_on")}
    assert told == {"book": "LY01", "number": 12, "n": 2, "status": "waiting", "occurred_on": "2026-03-06"}
    assert house.program("lin").post("/books/LY01/write-offs/2/confirmation", {"back": True}).status_code == 403
    done = house.program("gao").post("/books/LY01/write-offs/2/confirmation", {"disposal": "buried"})
    assert (done.status_code, done.json["number"]) == (201, 13)
    assert house.county.book("LY01").holds("written-off", "SOAP/L1") == 3


def test_input_field_and_argument_have_the_same_name(house):
    names = {re.sub(r"-\d+-", "-", name) for name in forms(house.sit("lin").open(NEW))[-1][1]} - {"key"}
    fields = set(WriteOffForm().fields)
    assert names == {f"lines-{name}" for name in WriteOffLine().fields} | fields - {"lines"}
    assert fields - ASKED == set(inspect.signature(propose_write_off).parameters) - ASKED
    propose(house)
    page = house.sit("gao").open("/books/LY01/write-offs/2")
    deciding = {name for _, inputs in forms(page) for name in inputs} - {"key"}
    assert deciding == set(DisposalForm().fields)
    assert deciding - ASKED == set(inspect.signature(decide_write_off).parameters) - ASKED - {"request"}
