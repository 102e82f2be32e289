"""An objection: who may answer it, and what taking it or its answer back does."""

import pytest

from ledger.errors import NotFound
from ledger.journal import body_of
from ledger.operations.credit import OwnSheet
from ledger.operations.objection_answer import confirm_answer
from ledger.operations.sheet_lines import OutsideTheRange
from ledger.operations.undo_points import LaterStep, RoomTaken
from ledger.registers.objections import Concerned
from ledger.registers.requests import SamePerson, waiting_requests
from ledger.registers.rules import Rule
from tests.county import said
from tests.operations.test_objection import kept, sheet, sheet_kept, states
from tests.replay import rows

__all__ = ["sheet"]


# By whom

def test_who_scored_the_line_only_proposes_the_answer_and_the_town_gives_it(book, county, sheet):
    book.object(sheet, 1)
    proposed = book.answer(sheet, 1, "cancelled", by="mei", words="she was in hospital")
    assert (proposed["status"], states(county)[0], kept(county).status) == ("waiting", "waiting", "open")
    with book.refuses(SamePerson):
        book.do(confirm_answer, by="mei", sheet=sheet, objection=1)
    answer = book.do(confirm_answer, by="luo", sheet=sheet, objection=1)
    facts = body_of(book.entry(answer["number"]))["facts"]
    assert (facts["asked_by"], facts["request"], facts["result"]) == ("mei", proposed["request"], "cancelled")
    assert states(county)[0] == "withdrawn"
    with county.store.reading() as session:
        texts = [row["text"] for row in rows(session, "SELECT text FROM note WHERE name = 'answer'")]
    assert texts == ["she was in hospital"]


def test_points_the_rule_does_not_have_are_refused_when_they_are_proposed_not_when_the_town_agrees(book, sheet):
    book.object(sheet, 1)
    with book.refuses(OutsideTheRange) as caught:
        book.answer(sheet, 1, "corrected", points=5000, by="mei")
    assert [at for at, _ in said(caught)] == ["points"]


def test_what_is_proposed_has_moved_nothing_before_the_town_agrees(book, county, sheet):
    book.object(sheet, 1)
    before = book.balances(), book.kinds(), states(county)
    book.answer(sheet, 1, "corrected", points=50, by="mei")
    assert (book.balances(), book.kinds(), states(county)) == before


def test_a_later_answer_takes_the_place_of_a_proposal(book, county, sheet):
    book.object(sheet, 1)
    book.answer(sheet, 1, "cancelled", by="mei")
    book.answer(sheet, 1, "not-upheld", by="luo")
    assert county.ask(waiting_requests, "LY01") == []
    assert states(county)[0] == "passed"


def test_without_a_proposal_there_is_nothing_to_confirm(book, sheet):
    book.object(sheet, 1)
    with book.refuses(NotFound):
        book.do(confirm_answer, by="luo", sheet=sheet, objection=1)


def test_nobody_answers_who_is_of_the_household_or_of_the_objectors_kin(book, sheet):
    book.object(sheet, 2)
    with book.refuses(Concerned):
        book.answer(sheet, 1, "not-upheld", by="lin")
    book.object(sheet, 1, objector="H006")
    with book.refuses(Concerned):
        book.answer(sheet, 2, "not-upheld", by="gao")
    book.answer(sheet, 1, "not-upheld", by="gao")
    book.answer(sheet, 2, "not-upheld", by="lin")


def test_neither_who_scored_the_line_nor_who_put_it_right_credits_it(book, county):
    n = book.on_notice(("H001", "WORK", 80), by="gao")
    book.object(n, 1)
    book.answer(n, 1, "corrected", points=50, by="wei")
    book.hang(2)
    county.move_to("2026-03-14")
    for scorer in ("gao", "wei"):
        with book.refuses(OwnSheet):
            book.credit(2, by=scorer)
    assert book.credit(2, by="luo")["points"] == 50


# Taken back

def test_an_objection_taken_in_by_mistake_falls_and_its_proposed_answer_with_it(book, county, sheet):
    raised = book.object(sheet, 1)
    book.answer(sheet, 1, "cancelled", by="mei")
    book.reverse(raised)
    assert (kept(county).status, states(county)[0]) == ("withdrawn", "passed")
    assert county.ask(waiting_requests, "LY01") == []


def test_an_objection_that_was_answered_is_not_taken_back_before_its_answer(book, sheet):
    raised = book.object(sheet, 1)
    answered = book.answer(sheet, 1, "cancelled")
    with book.refuses(LaterStep):
        book.reverse(raised)
    book.reverse(answered)
    book.reverse(raised)


@pytest.mark.parametrize("result", ["cancelled", "not-upheld"])
def test_a_reversed_answer_lets_the_objection_wait_again(book, county, sheet, result):
    book.object(sheet, 1)
    book.reverse(book.answer(sheet, 1, result))
    assert (kept(county).status, kept(county).result, states(county)[0]) == ("open", "", "waiting")


def test_an_answer_stands_while_the_line_it_put_right_is_on_its_way(book, county, sheet):
    book.object(sheet, 1)
    answered = book.answer(sheet, 1, "corrected", points=50)
    with book.refuses(LaterStep) as refusal:
        book.reverse(answered)
    assert said(refusal)[0][1] == "Sheet 2 has gone a step further; reverse that first."
    book.reverse(sheet_kept(county, 2).drawn_number)
    book.reverse(answered)
    assert (states(county)[0], states(county, 2)) == ("waiting", ["withdrawn"])


def test_an_answer_stands_once_its_line_is_credited(book, county, sheet):
    book.object(sheet, 1)
    answered = book.answer(sheet, 1, "not-upheld")
    county.move_to("2026-03-14")
    book.credit(sheet, by="luo")
    with book.refuses(LaterStep):
        book.reverse(answered)


def test_of_two_answers_that_struck_a_line_both_must_be_reversed(book, county, sheet):
    book.object(sheet, 1)
    book.object(sheet, 1)
    first, second = book.answer(sheet, 1, "cancelled"), book.answer(sheet, 2, "cancelled")
    book.reverse(first)
    assert states(county)[0] == "withdrawn"
    book.reverse(second)
    assert states(county)[0] == "waiting"


def test_a_struck_line_does_not_come_back_where_its_room_under_the_cap_is_taken(book, county, sheet):
    book.object(sheet, 1)
    answered = book.answer(sheet, 1, "cancelled")
    county.edit(Rule, ("WORK", 1), cap_month=100)
    book.draw(("H001", "WORK", 60))
    with book.refuses(RoomTaken) as refusal:
        book.reverse(answered)
    sentence = "The room of line 1 of sheet 1 under the caps has been given to other lines since."
    assert said(refusal) == [(None, sentence)]
