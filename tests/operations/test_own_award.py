"""Who scored an award, also one put right by an answer: they neither credit it nor hand out goods for it."""

import pytest

from ledger.operations.credit import OwnSheet
from ledger.operations.deed import record_deed
from ledger.operations.own_award import OwnAward
from ledger.registers.objections import scorers_of
from ledger.registers.staff import Staff


@pytest.fixture
def shop(book, county):
    """Liuhe with forty soaps of five points."""
    book.write("2026-03-05 donation\n donor:D7 -> stock SOAP/L7 40")
    county.price("SOAP", 50, since="2026-03-01")
    return book


@pytest.fixture
def liuhe(shop):
    """The shop, where Lin recorded a deed of the Wangs and Zhao one of H006’s; Mei drew both up on sheet 1, which
    hangs.
    """
    book = shop
    for who, household in (("lin", "H001"), ("zhao", "H006")):
        book.act(record_deed, by=who, household=household, rule="WORK")
    lines = [{"household": "H001", "rule": "WORK", "points": 100, "deed": 1},
             {"household": "H006", "rule": "WORK", "points": 100, "deed": 2}]
    book.on_notice(lines=lines, by="mei")
    return book


def put_right(book, sheet, points, *, by="gao"):
    """Object to the first line, answer that it is put right, and hang the right one; return its sheet."""
    right = book.answer(sheet, book.object(sheet, 1, by="bao")["n"], "corrected", points=points, by=by)["corrected"]
    book.hang(right, by="gao")
    return right


def test_a_line_was_scored_by_who_drew_its_sheet_and_who_recorded_its_deed(liuhe, county):
    assert county.ask(scorers_of, "LY01", 1) == {"mei", "lin", "zhao"}
    assert county.ask(scorers_of, "LY01", 1, 1) == {"mei", "lin"}


def test_a_line_put_right_was_scored_by_who_scored_the_wrong_one_too(liuhe, county):
    right = put_right(liuhe, 1, 80)
    assert county.ask(scorers_of, "LY01", right) == {"mei", "lin", "gao"}
    again = put_right(liuhe, right, 60, by="luo")
    assert county.ask(scorers_of, "LY01", again) == {"mei", "lin", "gao", "luo"}


def test_who_recorded_the_deed_answers_an_objection_to_it_only_with_the_town(liuhe):
    theirs, mine = (liuhe.object(1, line, by="bao")["n"] for line in (2, 1))
    assert liuhe.answer(1, mine, "not-upheld", by="lin")["status"] == "waiting"
    assert liuhe.answer(1, theirs, "not-upheld", by="lin")["status"] == "answered"


@pytest.mark.parametrize("answers", [[80], [80, 60]], ids=["once", "twice"])
def test_a_keeper_who_recorded_the_deed_hands_out_nothing_for_it_when_it_was_put_right(liuhe, county, answers):
    sheet = 1
    for points, by in zip(answers, ("luo", "gao"), strict=False):
        sheet = put_right(liuhe, sheet, points, by=by)
    county.wait(8)
    liuhe.credit(sheet, by="han")
    with county.refuses(OwnAward):
        liuhe.redeem("H001", soap=1, by="lin")
    assert liuhe.redeem("H001", soap=1, by="zhao")


def test_a_keeper_who_drew_the_wrong_line_hands_out_nothing_for_the_right_one(shop, county):
    right = put_right(shop, shop.on_notice(("H001", "WORK", 100), by="lin"), 80)
    county.wait(8)
    shop.credit(right, by="luo")
    with county.refuses(OwnAward):
        shop.redeem("H001", soap=1, by="lin")


def test_who_recorded_a_deed_and_became_supervisor_credits_no_sheet_it_stands_on(liuhe, county):
    county.edit(Staff, ("lin",), role="supervisor")
    county.wait(8)
    with county.refuses(OwnSheet):
        liuhe.credit(1, by="lin")
    assert liuhe.credit(1, by="gao")


def test_what_was_taken_back_of_an_own_award_lies_on_top_of_the_purse_no_more(shop, county):
    # Mei's award of 10 points is the older; 5 of Lin's 10 were taken back. The first 10 to be spent are Mei's.
    sheets = [shop.on_notice(("H001", "WORK", 100), by=by) for by in ("mei", "lin")]
    county.wait(8)
    _, mine = (shop.credit(sheet, by="luo")["number"] for sheet in sheets)
    asked = shop.claw_back("H001", 50, credit=mine)["n"]
    county.wait(8)
    shop.confirm_claw_back(asked)
    shop.redeem("H001", soap=2, by="lin")
    with county.refuses(OwnAward):
        shop.redeem("H001", soap=1, by="lin")
