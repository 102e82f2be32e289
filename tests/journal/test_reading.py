"""Reading the journal: heads, entries in order of number, their postings, and every balance."""

from datetime import date

import pytest

from ledger.journal import balances_of, books, entries_of, postings_of, reading
from tests.journaltext import WrittenBook, book_from

SPRING = """
2026-03-05 donation
  donor:D7   -> stock             SOAP/L7   20
  donor:D7   -> stock             RICE/L42   5
2026-03-05 credit
  fund:merit -> purse:H001:merit  POINT   1000
2026-03-06 redemption
  purse:H001:merit -> redeemed    POINT    240
  stock            -> handed-out  SOAP/L7    2
2026-04-01 redemption
  stock            -> handed-out  RICE/L42   5
2026-04-02 notice
"""


@pytest.fixture(params=[2, 1000])
def spring(store, request, monkeypatch):
    """A spring in Liuhe, read in chunks of two and of many entries."""
    monkeypatch.setattr(reading, "CHUNK", request.param)
    return book_from(SPRING, store)


def numbers(book, **wanted):
    """Return the numbers of the entries that were asked for."""
    with book.store.reading() as session:
        return [entry.number for entry in entries_of(session, "LY12", **wanted)]


def test_the_heads_of_all_books_are_read_in_order_of_code(store):
    for code in ("LY13", "COUNTY", "LY12"):
        WrittenBook(store, code).post("2026-03-05", "notice")
    with store.reading() as session:
        assert [(head.code, head.number) for head in books(session)] == [("COUNTY", 1), ("LY12", 1), ("LY13", 1)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"after": 3}, [4, 5]),
        ({"after": 5}, []),
        ({"limit": 2}, [1, 2]),
        ({"limit": 0}, []),
        ({"after": 1, "limit": 3}, [2, 3, 4]),
        ({"through": 3}, [1, 2, 3]),
        ({"kind": "redemption"}, [3, 4]),
        ({"kind": "redemption", "limit": 1}, [3]),
        ({"kind": "sheet"}, []),
        ({"booked_from": date(2026, 4, 1)}, [4, 5]),
        ({"booked_through": date(2026, 3, 31)}, [1, 2, 3]),
        ({"booked_from": date(2026, 3, 6), "booked_through": date(2026, 4, 1), "after": 3}, [4]),
    ],
)
def test_entries_are_read_in_order_of_number(spring, wanted, found):
    assert numbers(spring, **wanted) == found


def test_pages_are_stable_while_others_write(spring):
    first = numbers(spring, limit=3)
    spring.post("2026-04-03", "notice")
    assert first + numbers(spring, after=first[-1]) == [1, 2, 3, 4, 5, 6]


def test_postings_are_read_for_one_entry_or_a_run_of_entries(spring):
    with spring.store.reading() as session:
        one = postings_of(session, "LY12", 3)
        run = postings_of(session, "LY12", 1, 3)
    assert [(leg.source, leg.quantity) for leg in one] == [("purse:H001:merit", 240), ("stock", 2)]
    assert [(leg.number, leg.line) for leg in run] == [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]


def test_every_balance_is_read_those_that_came_to_nothing_too(spring):
    with spring.store.reading() as session:
        seen = [(row.account, row.commodity, row.lot, row.quantity) for row in balances_of(session, "LY12")]
    assert seen == [
        ("donor:D7", "RICE", "L42", -5),
        ("donor:D7", "SOAP", "L7", -20),
        ("fund:merit", "POINT", "", -1000),
        ("handed-out", "RICE", "L42", 5),
        ("handed-out", "SOAP", "L7", 2),
        ("purse:H001:merit", "POINT", "", 760),
        ("redeemed", "POINT", "", 240),
        ("stock", "RICE", "L42", 0),
        ("stock", "SOAP", "L7", 18),
    ]
