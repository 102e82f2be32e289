"""Objection to a claw-back: the notice promises an answer, so the points stay until there is one.

Lin asked about the Wangs' public work on 14 March and proposes to take their 8 points for it back; the notice hangs
through the 21st. The Wangs object.
"""

from datetime import date

import pytest

from ledger.errors import NotFound
from ledger.journal import body_of
from ledger.operations.claw_back import ObjectionOpen
from ledger.operations.claw_back_objection import OwnProposal
from ledger.operations.declining import decline
from ledger.operations.notice import BeforeTheNotice
from ledger.operations.objection import AnonymousNamesNobody
from ledger.operations.objection_answer import AnsweredAlready
from ledger.operations.undo_points import TakenBackAlready
from ledger.registers.objections import Concerned, Objection, open_objections
from ledger.registers.requests import AlreadyDecided, Request
from ledger.registers.sheets import lines_of
from tests.county import said


@pytest.fixture
def told(book, county):
    """The claw-back as it hangs."""
    sheet = book.on_notice(("H001", "WORK", 80))
    county.move_to("2026-03-14")
    return book.claw_back("H001", 80, credit=book.credit(sheet)["number"])


def kept(county, model, n):
    """Return a line of a register as it is now."""
    return county.ask(lambda session: session.get_one(model, ("LY01", n)))


def claw_back(county):
    """Return what has become of the proposal."""
    return kept(county, Request, 1).status


def test_an_objection_is_an_entry_and_has_its_days_to_be_answered(book, county, told):
    raised = book.object_to_claw_back(1, way="spoken", objector="H001", words="the yard was swept")
    assert (raised["n"], raised["status"], raised["due"]) == (1, "open", "2026-03-24")
    entry = book.entry(raised["number"])
    assert (entry.kind, body_of(entry)["postings"], "swept" in entry.body) == ("objection", [], False)
    assert body_of(entry)["facts"] == {
        "claw_back": 1, "notice": told["number"], "household": "H001", "objection": 1, "way": "spoken",
        "due": "2026-03-24",
    }
    one = kept(county, Objection, 1)
    assert (one.claw_back, one.sheet, one.line, one.objector, one.due) == (1, 0, 0, "H001", date(2026, 3, 24))


def test_no_points_are_taken_before_there_is_an_answer(book, county, told):
    book.object_to_claw_back(1)
    county.wait(8)
    with book.refuses(ObjectionOpen) as refusal:
        book.confirm_claw_back(1)
    assert said(refusal)[0][1] == "Objection 1 to this has no answer yet; the points are taken only after one."
    book.answer_claw_back(1, 1, "not-upheld")
    assert book.confirm_claw_back(1)["points"] == 80


def test_an_objection_upheld_is_the_end_of_the_claw_back(book, county, told):
    book.object_to_claw_back(1)
    answer = book.answer_claw_back(1, 1, "cancelled", words="it was swept")
    assert (answer["n"], answer["status"], claw_back(county)) == (1, "answered", "withdrawn")
    entry = book.entry(answer["number"])
    assert (entry.kind, "swept" in entry.body) == ("objection-answer", False)
    assert body_of(entry)["facts"] == {
        "claw_back": 1, "notice": told["number"], "household": "H001", "objection": 1, "result": "cancelled",
        "decided_by": "committee",
    }
    county.wait(8)
    with book.refuses(AlreadyDecided):
        book.confirm_claw_back(1)
    assert book.purse("H001", "merit") == 80
    assert [line.status for line in county.ask(lines_of, "LY01", 1)] == ["credited"]


def test_each_objection_has_an_answer_of_its_own(book, county, told):
    for way in ("phone", "anonymous"):
        book.object_to_claw_back(1, way=way)
    book.answer_claw_back(1, 1, "not-upheld")
    county.wait(8)
    with book.refuses(ObjectionOpen):
        book.confirm_claw_back(1)
    book.answer_claw_back(1, 2, "cancelled")
    with book.refuses(AnsweredAlready):
        book.answer_claw_back(1, 2, "not-upheld")
    assert (claw_back(county), county.ask(open_objections, "LY01")) == ("withdrawn", [])


def test_who_proposed_and_who_is_related_to_either_side_does_not_answer(book, county, told):
    book.object_to_claw_back(1, objector="H006")
    for who, refusal in (("lin", OwnProposal), ("gao", Concerned)):
        with book.refuses(refusal):
            book.answer_claw_back(1, 1, "not-upheld", by=who)
    book.answer_claw_back(1, 1, "not-upheld", by="luo")


def test_an_objection_comes_after_the_notice_went_up_and_before_the_points_are_taken(book, county, told):
    with book.refuses(BeforeTheNotice) as refusal:
        book.object_to_claw_back(1, on="2026-03-13", paper_number="12")
    assert said(refusal)[0] == (
        "occurred_on", "The notice went up on 2026-03-14; this cannot have been before that."
    )
    with book.refuses(AnonymousNamesNobody):
        book.object_to_claw_back(1, way="anonymous", objector="H001")
    county.wait(8)
    book.confirm_claw_back(1)
    with book.refuses(AlreadyDecided):
        book.object_to_claw_back(1)


def test_what_was_declined_meanwhile_is_still_answered_and_stays_declined(book, county, told):
    book.object_to_claw_back(1)
    book.do(decline, by="gao", request=1, reason="it was swept")
    answer = book.answer_claw_back(1, 1, "cancelled")
    assert claw_back(county) == "declined"
    book.reverse(answer, by="luo")
    assert claw_back(county) == "declined"


def test_an_objection_is_found_where_it_was_raised_alone(book, county, told):
    book.object_to_claw_back(1)
    hung = book.on_notice(("H003", "CLEAN"))
    book.object(hung, 1)
    book.claw_back("H001", 10)
    for wrong in (
        lambda: book.answer(0, 1, "not-upheld"), lambda: book.answer(hung, 1, "not-upheld"),
        lambda: book.answer_claw_back(1, 2, "not-upheld"), lambda: book.answer_claw_back(2, 1, "not-upheld"),
    ):
        with book.refuses(NotFound):
            wrong()


# Taken back itself

def test_an_objection_taken_in_by_mistake_falls_while_it_is_open(book, county, told):
    raised = book.object_to_claw_back(1)
    book.reverse(raised, by="luo")
    again = book.object_to_claw_back(1)
    book.answer_claw_back(1, 2, "not-upheld")
    with book.refuses(AnsweredAlready):
        book.reverse(again, by="luo")
    county.wait(8)
    book.confirm_claw_back(1)


@pytest.mark.parametrize("result", ["not-upheld", "cancelled"])
def test_an_answer_given_too_soon_lets_the_objection_and_the_claw_back_wait_again(book, county, told, result):
    book.object_to_claw_back(1)
    book.reverse(book.answer_claw_back(1, 1, result), by="luo")
    assert claw_back(county) == "waiting"
    county.wait(8)
    with book.refuses(ObjectionOpen):
        book.confirm_claw_back(1)


def test_it_stays_struck_where_another_objection_was_upheld_too(book, county, told):
    for _ in range(2):
        book.object_to_claw_back(1)
    first, _ = (book.answer_claw_back(1, n, "cancelled") for n in (1, 2))
    book.reverse(first, by="luo")
    assert claw_back(county) == "withdrawn"


def test_an_answer_stands_once_the_points_were_taken(book, county, told):
    book.object_to_claw_back(1)
    answer = book.answer_claw_back(1, 1, "not-upheld")
    county.wait(8)
    taken = book.confirm_claw_back(1)
    with book.refuses(TakenBackAlready):
        book.reverse(answer, by="luo")
    book.reverse(taken, by="luo")
    book.reverse(answer, by="luo")


def test_a_claw_back_dropped_with_its_notice_does_not_come_back_by_an_answer(book, county, told):
    book.object_to_claw_back(1)
    book.reverse(told, by="luo")
    book.reverse(book.answer_claw_back(1, 1, "cancelled"), by="luo")
    assert claw_back(county) == "withdrawn"
