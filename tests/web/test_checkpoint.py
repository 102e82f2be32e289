"""The last checkpoint is anybody's: a villager, a donor or an auditor keeps it and can hold the county to it later."""

import pytest

from ledger.exports import verify
from tests.sealing import KEY, public, sign
from tests.stores import as_the_owner

LATEST = "/api/v1/checkpoints/latest"


def test_anybody_gets_the_last_checkpoint_as_it_was_signed(house):
    made = sign(house.county.store)
    said = house.nobody().get(LATEST)
    assert (said.status_code, said.text) == (200, made.note)
    assert said.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert verify.is_signed(verify.read_note(said.text), public(KEY))


def test_the_latest_is_the_last_that_was_signed_and_not_what_came_since(house):
    first = sign(house.county.store)
    house.county.book("LY01").reverse(9)
    assert house.nobody().get(LATEST).text == first.note
    assert house.nobody().get(LATEST).text != sign(house.county.store).note == house.nobody().get(LATEST).text


def test_before_the_first_checkpoint_it_says_that_there_is_none(house):
    said = house.nobody().get(LATEST)
    assert (said.status_code, said.content_type) == (404, "application/problem+json")
    assert "checkpoint" in said.json["detail"]


def test_programs_are_told_of_it_and_that_it_asks_for_no_token(house):
    said = house.nobody().get("/api/v1/openapi.json").json["paths"]
    assert said["/checkpoints/latest"]["get"]["security"] == []
    assert "security" not in said["/books"]["get"]


@pytest.mark.parametrize("page", [
    "/", "/closings", "/months/2026-02/statement", "/signing-register/filled?day=2026-03-06",
])
def test_size_and_root_stand_on_what_is_looked_at_daily_and_on_papers_that_leave_the_house(house, page):
    browser = house.sit("gao")
    assert "County log" not in browser.open(f"/books/LY01{page}").text
    made = sign(house.county.store)
    root = made.note.splitlines()[2]
    assert f"County log: {made.size} entries signed · root {root}" in browser.open(f"/books/LY01{page}").text


def test_a_note_that_is_not_the_one_that_was_signed_is_not_given_to_anybody(house):
    root = sign(house.county.store).note.splitlines()[2]
    as_the_owner(house.county.store, "UPDATE checkpoint SET note = replace(note, '610727', '610728')")
    said = house.nobody().get(LATEST)
    assert (said.status_code, root in said.text) == (500, False)
    assert "is not the one that was signed" in said.json["detail"]
