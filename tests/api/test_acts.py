"""Every act as JSON: it books, it answers where, the same key answers the same, and a page books the very same."""

import json

import pytest

from ledger.journal import entries_of
from ledger.web.api.acts import ACTS
from tests.api.calls import CALLS, REVERSAL
from tests.web.house import House

EACH = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
PLACE = {"book", "number", "digest", "occurred_on", "booked_on", "recorded_at"}


@EACH
def test_an_act_is_answered_with_its_place_in_the_book(house, call):
    answer = call.do(house)
    assert (answer.status_code, answer.mimetype) == (201, "application/json")
    book = call.path.split("/")[2]
    number = house.count(book)
    entry = house.county.book(book).entry(number)
    assert {name: answer.json[name] for name in PLACE} == {
        "book": book, "number": number, "digest": entry.digest.hex(), "occurred_on": "2026-03-06",
        "booked_on": "2026-03-06", "recorded_at": "2026-03-06T02:00:00Z",
    }
    assert {name: value for name, value in answer.json.items() if name not in PLACE} == call.answers
    house.county.replay()


@EACH
def test_the_same_key_with_the_same_content_gives_the_first_answer_again(house, call):
    program = house.program(call.person)
    first = program.post(call.path, call.content, key="the-key-of-a-program")
    house.county.wait(3)
    with house.untouched():
        again = program.post(call.path, call.content, key="the-key-of-a-program")
    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers


@pytest.mark.parametrize("call", [call for call in CALLS if call.other], ids=lambda call: call.name)
def test_the_same_key_with_other_content_is_refused(house, call):
    program = house.program(call.person)
    program.post(call.path, call.content, key="the-key-of-a-program")
    with house.untouched():
        again = program.post(call.path, {**call.content, **call.other}, key="the-key-of-a-program")
    assert (again.status_code, again.mimetype) == (422, "application/problem+json")
    ((at, (said,)),) = again.json["errors"].items()
    assert (at, said.split(".")[0]) == ("key", "This form was sent before with other content")


def test_a_field_left_out_and_a_field_left_empty_are_the_same_content(house):
    program = house.program("gao")
    first = program.post(REVERSAL.path, {**REVERSAL.content}, key="the-key-of-a-program")
    again = program.post(REVERSAL.path, {"reason": f"  {REVERSAL.content['reason']}"}, key="the-key-of-a-program")
    assert again.json == first.json


def test_a_key_is_the_same_for_a_page_and_a_program(house):
    action, inputs = REVERSAL.page.inputs(house)
    house.sit("gao").send(action, inputs)
    with house.untouched():
        again = house.program("gao").post(REVERSAL.path, REVERSAL.content, key=inputs["key"])
    assert again.status_code == 201
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json["number"] == 12


def told(house: House, book: str) -> list[dict]:
    """Return what the entries of a book say, without the name of their submission and the salt of their words."""
    with house.county.store.reading() as session:
        bodies = [json.loads(entry.body) for entry in entries_of(session, book)]
    return [{**body, "submission": "", "notes": sorted(body["notes"])} for body in bodies]


@EACH
def test_a_page_and_a_program_book_the_very_same(house, house_anew, call):
    book = call.path.split("/")[2]
    assert call.do(house).status_code == 201
    by_program = told(house, book), house.county.book(book).balances()
    house_anew()
    assert call.page.do(house).status_code == 303
    assert (told(house, book), house.county.book(book).balances()) == by_program


def test_every_act_of_the_interface_is_tried_here():
    elsewhere = {
        "closings", "closing_confirmation", "deeds",
        "write_offs", "write_off_confirmation", "counts", "count_lines", "count_confirmation", "overrides",
        "override_confirmation", "correction", "correction_confirmation", "life", "cancellation", "moving_in",
        "notice_end", "objections", "objection_answer", "objection_confirmation", "claw_backs",
        "claw_back_confirmation", "claw_back_objections", "claw_back_objection_answer", "donation_receipt",
        "purchases", "allocations", "redirections",
        "delivery_slip", "needs", "paper_days", "paper_line_confirmation", "refusal", "prices",
        "proposals_decision",
    }
    assert {act.name for act in ACTS} == {call.name for call in CALLS} | elsewhere
