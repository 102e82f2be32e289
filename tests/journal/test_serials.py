"""Serials: the number on paper has no gap per book, kind and year."""

import pytest

from ledger.journal import next_serial
from ledger.journal.serials import last_serial
from tests.journaltext import WrittenBook


def serial(book, kind="dispatch", year=2026):
    """Take the next number."""
    with book.store.writing() as session:
        return next_serial(session, book=book.code, kind=kind, year=year)


def test_serials_count_from_one_without_a_gap(book):
    assert [serial(book) for _ in range(3)] == [1, 2, 3]


def test_each_book_kind_and_year_counts_for_itself(book):
    other = WrittenBook(book.store, "LY13")
    assert (serial(book), serial(book, year=2027), serial(book, kind="donation"), serial(other)) == (1, 1, 1, 1)
    assert (serial(book), serial(other)) == (2, 2)


def test_an_act_taken_back_gives_its_number_back(book):
    serial(book)
    with pytest.raises(ZeroDivisionError), book.store.writing() as session:
        next_serial(session, book=book.code, kind="dispatch", year=2026)
        1 / 0  # noqa: B018
    assert serial(book) == 2


def test_the_last_number_given_can_be_asked(book):
    serial(book)
    with book.store.reading() as session:
        assert last_serial(session, book="LY12", kind="dispatch", year=2026) == 1
        assert last_serial(session, book="LY12", kind="sheet", year=2026) == 0
