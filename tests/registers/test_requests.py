"""Requests: what one person proposes waits for another, is decided once, and stands in its own book."""

from ledger.errors import NotFound
from ledger.registers.requests import (
    AlreadyDecided,
    Request,
    SamePerson,
    ask,
    for_second_hand,
    waiting_request,
    waiting_requests,
)
from tests.county import TODAY, said


def propose(county, *, book="LY01", kind="difference", asked=None, by="lin"):
    """Put a proposal before the second person and return its number."""
    with county.store.writing() as session:
        return ask(session, book=book, kind=kind, by=by, now=TODAY, asked=asked or {}, reason="袋子破了").n


def test_each_book_numbers_its_requests_from_one(county):
    assert [propose(county), propose(county), propose(county, book="LY02")] == [1, 2, 1]


def test_what_was_asked_is_read_back_as_it_was(county):
    asked = {"dispatch": 3, "lines": [{"item": "SOAP", "lot": "L7", "short": 2}]}
    propose(county, asked=asked)
    request = county.ask(waiting_request, "LY01", 1, kind="difference")
    assert request.lines() == asked
    assert (request.asked_by, request.reason, request.status, request.number) == ("lin", "袋子破了", "waiting", None)


def test_a_request_is_decided_once(county):
    propose(county)
    county.edit(Request, ("LY01", 1), status="confirmed", number=7)
    with county.refuses(AlreadyDecided) as refusal:
        county.ask(waiting_request, "LY01", 1, kind="difference")
    assert said(refusal) == [(None, "Request 1 has been decided already.")]


def test_another_books_request_or_one_of_another_kind_is_not_there(county):
    propose(county)
    for book, n, kind in (("LY01", 2, "difference"), ("LY02", 1, "difference"), ("LY01", 1, "close")):
        with county.refuses(NotFound) as refusal:
            county.ask(waiting_request, book, n, kind=kind)
        assert str(refusal.value) == "There is no request here."


def test_a_second_hand_is_another_hand(county):
    propose(county)
    assert county.ask(for_second_hand, "LY01", 1, kind="difference", by="gao").asked_by == "lin"
    with county.refuses(SamePerson):
        county.ask(for_second_hand, "LY01", 1, kind="difference", by="lin")


def test_what_waits_in_a_book_is_listed_the_oldest_first(county):
    for _ in range(11):
        propose(county)
    propose(county, book="LY02")
    county.edit(Request, ("LY01", 3), status="confirmed")
    assert [request.n for request in county.ask(waiting_requests, "LY01")] == [1, 2, 4, 5, 6, 7, 8, 9, 10, 11]
    assert county.ask(waiting_requests, "COUNTY") == []
