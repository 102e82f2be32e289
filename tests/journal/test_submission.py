"""Submissions: the same form sent twice is booked once and answered the same."""

from datetime import date

import pytest

from ledger.journal import Move, NotThere, Replayed, act, entries_of, post
from ledger.journal.submission import KeyUsedForOther
from ledger.terms import EntryKind
from tests.journaltext import WrittenBook, at
from tests.replay import rows


@act
def hand_out(session, *, book, clerk, now, key, occurred_on, lot, quantity, wish=None):
    """Hand out soap of one lot; an act as operations write them."""
    moves = [Move("stock", "handed-out", "SOAP", quantity, lot)]
    entry = post(
        session, book=book, kind=EntryKind.REDEMPTION, by=clerk, occurred_on=occurred_on, now=now, key=key, moves=moves
    )
    lines = [{"lot": lot, "quantity": quantity}]
    return {"book": book, "number": entry.number, "occurred_on": occurred_on, "lines": lines}


def send(book, *, key="form-1", clerk="lin", now="2026-03-06", **content):
    """Send the form once."""
    content = {"occurred_on": date(2026, 3, 6), "lot": "L7", "quantity": 2, **content}
    with book.store.writing() as session:
        return hand_out(session, book=book.code, clerk=clerk, now=at(now), key=key, **content)


def count_of(book):
    """Return how many submissions and entries are kept."""
    with book.store.reading() as session:
        return len(rows(session, "SELECT * FROM submission")), len(list(entries_of(session, book.code)))


def test_a_form_is_answered_in_codes_and_numbers(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    answer = send(book)
    lines = [{"lot": "L7", "quantity": 2}]
    assert answer == {"book": "LY12", "number": 2, "occurred_on": "2026-03-06", "lines": lines}
    assert not isinstance(answer, Replayed)


def test_the_same_form_sent_twice_is_booked_once_and_answered_the_same(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    first = send(book)
    again = send(book, now="2026-03-09")
    assert again == first
    assert isinstance(again, Replayed)
    assert book.holds("stock", "SOAP/L7") == 18


def test_the_first_answer_is_given_even_when_the_shelf_is_empty_by_now(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  2
    """
    assert send(book) == send(book)


@pytest.mark.parametrize(
    "other", [{"quantity": 3}, {"lot": "L8"}, {"occurred_on": date(2026, 3, 5)}, {"clerk": "wang"}]
)
def test_the_same_key_with_other_content_is_refused(book, other):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    send(book)
    with pytest.raises(KeyUsedForOther):
        send(book, **other)
    assert count_of(book) == (1, 2)


def test_the_same_key_in_another_book_is_refused(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    send(book)
    other = WrittenBook(book.store, "LY13")
    with pytest.raises(KeyUsedForOther):
        send(other)


def test_a_field_left_out_and_a_field_left_empty_are_the_same_form(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    assert send(book, wish="") == send(book)


def test_a_refusal_leaves_no_row_so_the_form_can_be_put_right_and_sent_again(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    with pytest.raises(NotThere):
        send(book, quantity=21)
    assert count_of(book) == (0, 1)
    assert send(book, quantity=20)["number"] == 2


def test_two_forms_are_two_acts(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    send(book)
    send(book, key="form-2")
    assert book.holds("stock", "SOAP/L7") == 16
    assert count_of(book) == (2, 3)
