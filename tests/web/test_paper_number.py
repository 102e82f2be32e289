"""A second person with a signed paper in hand enters its number beside the yes, and it stands in the entry."""

from datetime import date

import pytest

from ledger.operations.closing import propose_close
from ledger.operations.count import begin_count, key_lines
from ledger.operations.limits import ask_override
from ledger.operations.proposal import propose_price
from ledger.operations.write_off import propose_write_off
from tests.web.page import Page

GOODS = [{"item": "SOAP", "lot": "L1", "quantity": 2}]
NO_NUMBER = {
    "en": "Enter the number as it is printed, such as 0031 or 兑-2026-0007.",
    "zh_Hans_CN": "请照纸上印的编号填写，如 0031 或 兑-2026-0007。",
}
LABELS = {"en": ("Paper no.", "Paper no. of the confirmation"), "zh_Hans_CN": ("纸单编号", "确认纸单编号")}


def write_off(book):
    """Lin has set soap aside by paper 2026-7."""
    n = book.do(propose_write_off, by="lin", lines=GOODS, reason="damaged", paper_number="2026-7")["n"]
    return f"/books/LY01/write-offs/{n}", {"disposal": "burned"}, "2026-7"


def count(book):
    """Lin has counted the shelf."""
    found = {"L1": 36, "L2": 9, "L3": 5, "L4": 20}
    n = book.do(begin_count, by="lin")["n"]
    book.do(key_lines, by="lin", count=n, finished=1, lines=[{"lot": lot, "quantity": q} for lot, q in found.items()])
    return f"/books/LY01/counts/{n}", {}, None


def claw_back(book):
    """The notice of two claw-backs has run."""
    for paper in ("2026-7", "2026-8"):
        book.claw_back("H001", 10, paper_number=paper)
    book.county.wait(8)
    return "/books/LY01/claw-backs", {}, "2026-7"


def closing(book):
    """Lin has proposed to close February."""
    book.do(propose_close, by="lin", through=date(2026, 2, 28), paper_number="2026-7")
    return "/books/LY01/closings", {}, "2026-7"


@pytest.fixture(params=[write_off, count, claw_back, closing])
def waiting(house, request):
    """What waits for Gao: the page, what else is typed, and the paper by which it was proposed."""
    return request.param(house.county.book("LY01"))


def first_form(page):
    """Return the first form of a page by which something is confirmed, and its input for the number."""
    form = next(one for one in page.main.all("form") if one["action"].endswith("/confirmation"))
    (number,) = [one for one in form.all("input") if one["name"] == "paper_number"]
    return form["action"], number


@pytest.mark.parametrize("language", LABELS)
def test_the_number_of_the_signed_paper_stands_in_the_entry(house, waiting, language):
    page, typed, proposed = waiting
    gao, before = house.sit("gao", language), house.count()
    action, _ = first_form(gao.open(page))
    assert gao.send(action, {**typed, "paper_number": "2026-99"}).status_code == 303
    shown, (own, second) = gao.open(f"/books/LY01/entries/{before + 1}").text, LABELS[language]
    assert (f"{own} {proposed} {second} 2026-99" if proposed else f"{own} 2026-99") in shown


@pytest.mark.parametrize("language", NO_NUMBER)
def test_what_is_no_number_is_refused_at_its_input_and_stays_to_be_put_right(house, waiting, language):
    page, typed, _ = waiting
    gao = house.sit("gao", language)
    action, _ = first_form(gao.open(page))
    with house.untouched():
        refused = gao.send(action, {**typed, "paper_number": "王秀兰"})
    again = Page(refused.text)
    assert (refused.status_code, again.errors()) == (422, {"paper_number": [NO_NUMBER[language]]})
    assert first_form(again)[0] == action
    assert [(one["id"], one["value"]) for one in again.main.all("input") if one["id"] == "paper_number"] == [
        ("paper_number", "王秀兰")
    ]


def test_two_confirmations_on_a_page_have_an_input_each(house):
    page, _, _ = claw_back(house.county.book("LY01"))
    numbers = [one["id"] for one in house.sit("gao").open(page).main.all("input") if one["name"] == "paper_number"]
    assert len(numbers) == len(set(numbers)) >= 2


@pytest.mark.parametrize(("language", "words"), [("en", "Paper no. 2026-5"), ("zh_Hans_CN", "纸单编号 2026-5")])
def test_who_confirms_sees_by_which_paper_it_was_proposed(house, language, words):
    book = house.county.book("LY01")
    said = {"household": "H001", "basket": [{"item": "SOAP", "quantity": 5}], "reason": "nine mouths"}
    n = book.do(ask_override, by="lin", **said, paper_number="2026-5")["n"]
    book.do(propose_close, by="lin", through=date(2026, 2, 28), paper_number="2026-5")
    price = {"item": "SOAP", "points": 150, "valid_from": date(2026, 3, 6)}
    house.county.book("COUNTY").do(propose_price, by="wei", **price, paper_number="2026-5")
    assert words in house.sit("han", language).open("/county/proposals").text
    gao = house.sit("gao", language)
    assert all(words in gao.open(page).text for page in (f"/books/LY01/overrides/{n}", "/books/LY01/closings"))
