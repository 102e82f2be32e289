"""A stock-take confirmed by another: its differences are booked with their reasons, once, on the day it was counted."""

from ledger.errors import NotFound
from ledger.journal import body_of
from ledger.operations.count import begin_count
from ledger.operations.count_confirmation import (
    GoneMeanwhile,
    ReasonMissing,
    StillCounting,
)
from ledger.operations.erasure import erase_words
from ledger.registers.requests import SamePerson
from tests.county import said
from tests.operations.test_count import begin, confirm, explain, key


def test_a_second_person_books_the_differences_with_their_reasons(book, county):
    """
    2026-03-04 donation
      donor:D7 -> stock       SALT/L7  20
      donor:D7 -> stock       SOAP/L8   5
      donor:D7 -> stock       RICE/L9   6
    2026-03-05 set-aside
      stock    -> set-aside   RICE/L9   6
    """
    n = begin(book, nature="quarter-end")
    key(book, n, L7=17, L8=6)
    key(book, n, finished=1, account="set-aside", L9=5)
    with book.refuses(ReasonMissing) as caught:
        confirm(book, n)
    assert said(caught) == [("lines", "These differ from the book and have no reason yet: L7, L8, L9.")]
    explain(book, n, "L7", "not-booked", "for the old people's day")
    explain(book, n, "L8", "mixed-up")
    explain(book, n, "L9", "other", account="set-aside")
    with book.refuses(ReasonMissing) as caught:
        confirm(book, n)
    assert said(caught)[0][1].endswith("no reason yet: L9.")
    explain(book, n, "L9", "other", "mice", account="set-aside")
    answer = confirm(book, n, by="luo")
    entry = book.entry(answer["number"])
    assert (answer["n"], answer["status"], entry.kind, entry.by) == (1, "confirmed", "count", "luo")
    body = body_of(entry)
    assert [(leg["source"], leg["destination"], leg["lot"], leg["quantity"]) for leg in body["postings"]] == [
        ("stock", "difference", "L7", 3), ("difference", "stock", "L8", 1), ("set-aside", "difference", "L9", 1),
    ]
    facts = body["facts"]
    assert (facts["frozen"], facts["nature"], facts["asked_by"]) == (2, "quarter-end", "lin")
    assert facts["lines"][0] == {
        "account": "stock", "item": "SALT", "lot": "L7", "counted": 17, "expected": 20, "at": 2, "reason": "not-booked",
    }
    assert "old people" not in entry.body and "mice" not in entry.body
    county.replay()


def test_a_count_without_differences_is_an_entry_too(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, finished=1, L7=20)
    entry = book.entry(confirm(book, n)["number"])
    assert (entry.kind, body_of(entry)["postings"]) == ("count", [])


def test_an_empty_shelf_is_counted_with_nothing_on_it(book):
    n = begin(book)
    key(book, n, finished=1)
    assert book.entry(confirm(book, n)["number"]).kind == "count"


def test_who_began_or_keyed_a_line_does_not_confirm(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book, by="wei")
    key(book, n, by="han", finished=1, L7=20)
    for hand in ("wei", "han"):
        with book.refuses(SamePerson):
            confirm(book, n, by=hand)
    confirm(book, n, by="gao")


def test_the_words_of_a_count_are_erased_with_every_copy_of_them(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, finished=1, L7=19)
    explain(book, n, "L7", "other", "Wang Xiulan took it")
    number = confirm(book, n)["number"]
    book.do(erase_words, by="wei", number=number)
    assert "Wang Xiulan" not in str(county.state())


def test_only_a_finished_count_is_confirmed_and_only_once(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    with book.refuses(StillCounting):
        confirm(book, n)
    key(book, n, finished=1, L7=20)
    confirm(book, n)
    with book.refuses(StillCounting):
        confirm(book, n, by="luo")
    with book.refuses(NotFound):
        confirm(book, 9)


def test_a_count_confirmed_later_is_booked_on_the_day_it_was_counted(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, finished=1, L7=20)
    county.wait(2)
    answer = confirm(book, n)
    assert (answer["occurred_on"], answer["booked_on"]) == ("2026-03-06", "2026-03-06")


def test_goods_missing_that_have_left_the_book_since_are_not_taken_below_nought(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, finished=1, L7=12)
    explain(book, n, "L7", "unknown")
    book.redeem("H001", salt=15)
    with book.refuses(GoneMeanwhile) as caught:
        confirm(book, n)
    assert said(caught)[0][1] == (
        "Of SALT L7 the book holds 5 by now, and the stock-take takes away 8. Drop this stock-take and count again."
    )


def test_a_reversed_count_leaves_the_shelf_as_it_was_and_a_new_one_can_begin(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    before = book.balances()
    n = begin(book)
    key(book, n, finished=1, L7=12)
    explain(book, n, "L7", "unknown")
    book.reverse(confirm(book, n), by="luo")
    assert book.balances() == before
    assert begin(book) == 2


def test_the_same_form_twice_counts_once(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    first = book.do(begin_count, by="lin", key="begun")
    assert book.do(begin_count, by="lin", key="begun") == first
    key(book, 1, finished=1, L7=20)
    booked = confirm(book, 1, key="one tap")
    assert confirm(book, 1, key="one tap") == booked
    assert book.kinds() == ["donation", "count"]
