"""The journal read back: a page of entries, the ones asked for, and one entry with its legs and words."""

from datetime import date

import pytest

from ledger.errors import NotFound
from ledger.journal import instant, microseconds
from ledger.reports.journal import Filter, entry_page, journal, journal_rows, whole_journal
from tests.county import TODAY
from tests.operations.test_count import begin, confirm, key


@pytest.fixture
def days(book, county):
    """A few days at Liuhe: a gift, a sheet to its credit, two visits, one of them undone."""
    county.move_to("2026-02-20")
    book.give(soap=20, rice=5, by="lin")
    sheet = book.on_notice(("H001", "WORK", 100), ("H003", "WORK", 60))
    county.move_to("2026-03-01")
    book.credit(sheet)
    county.move_to("2026-03-05")
    book.give(salt=9, by="lin")
    county.move_to("2026-03-06")
    book.redeem("H001", salt=2, on="2026-03-05", paper_number="P-1")
    book.reverse(book.redeem("H003", salt=1, by="gao"), by="luo")
    return book


def told(county, *columns, **asked):
    """Return columns of the rows that are asked for."""
    page = {name: asked.pop(name) for name in ("after", "before", "limit") if name in asked}
    return [tuple(row[name] for name in columns) for row in county.ask(journal_rows, "LY01", Filter(**asked), **page)]


def test_entries_are_told_in_order_of_number(days, county):
    assert told(county, "number", "kind") == [
        (1, "donation"), (2, "sheet"), (3, "notice"), (4, "credit"), (5, "credit"), (6, "donation"), (7, "redemption"),
        (8, "redemption"), (9, "reversal"),
    ]


def test_an_entry_tells_its_household_points_and_pieces(days, county):
    assert told(county, "number", "household", "points", "pieces") == [
        (1, None, None, 25), (2, None, 160, None), (3, None, None, None), (4, "H001", 100, None), (5, "H003", 60, None),
        (6, None, None, 9), (7, "H001", 0, 2), (8, "H003", 0, 1), (9, "H003", None, 1),
    ]


def test_an_entry_tells_its_days_its_paper_and_whether_it_came_late(days, county):
    (row,) = county.ask(journal_rows, "LY01", after=6, limit=1)
    assert (row["occurred_on"], row["booked_on"], row["late"]) == (date(2026, 3, 5), date(2026, 3, 5), True)
    assert (row["paper_number"], row["serial"], row["by"]) == ("P-1", "兑-2026-0001", "lin")
    assert row["recorded_at"] == instant(microseconds(TODAY))


def test_a_stock_take_confirmed_the_day_after_did_not_come_late(book, county):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, finished=1, L7=20)
    county.wait(1)
    confirm(book, n)
    assert told(county, "kind", "late", after=1) == [("count", False)]
    assert book.entry(2).late == 1, "in the book it has its mark: it was recorded on another day than its own"


def test_an_entry_and_its_reversal_name_each_other(days, county):
    assert told(county, "number", "reverses", "reversed_by", after=7) == [(8, None, 9), (9, 8, None)]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"kind": "redemption"}, [7, 8]),
        ({"since": date(2026, 3, 5)}, [6, 7, 8, 9]),
        ({"until": date(2026, 2, 28)}, [1, 2, 3]),
        ({"since": date(2026, 3, 1), "until": date(2026, 3, 5)}, [4, 5, 6, 7]),
        ({"household": "H001"}, [4, 7]),
        ({"household": "H003", "kind": "redemption"}, [8]),
        ({"household": "H006"}, []),
        ({"kind": "dispatch"}, []),
    ],
)
def test_only_what_is_asked_for_is_told(days, county, asked, numbers):
    assert [number for (number,) in told(county, "number", **asked)] == numbers


def test_the_reversal_of_a_households_points_is_among_its_entries(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    book.reverse(book.redeem("H001", soap=1))
    assert told(county, "number", household="H001") == [(2,), (3,), (4,)]


def test_pages_follow_each_other_forwards_and_backwards(days, county):
    assert told(county, "number", limit=4) == [(1,), (2,), (3,), (4,)]
    assert told(county, "number", after=4, limit=4) == [(5,), (6,), (7,), (8,)]
    assert told(county, "number", before=10, limit=4) == [(9,), (8,), (7,), (6,)]
    assert told(county, "number", before=6, limit=9) == [(5,), (4,), (3,), (2,), (1,)]


def test_a_page_stays_the_same_while_others_write(days, county):
    page = told(county, "number", "digest", after=4, limit=4)
    days.give(rice=1)
    assert told(county, "number", "digest", after=4, limit=4) == page


def test_the_whole_journal_is_read_piece_by_piece_and_is_the_same(days, county):
    with county.store.reading() as session:
        whole = list(whole_journal(session, "LY01").rows)
        assert whole == list(journal(session, "LY01", limit=500).rows)
        assert [row["number"] for row in whole_journal(session, "LY01", Filter(kind="credit")).rows] == [4, 5]


def test_what_is_over_counts_once_though_it_passes_the_door(book, county):
    county.book("COUNTY").give(soap=50)
    line = {"item": "SOAP", "lot": "L1", "quantity": 20, "over": 3, "reason": "three more"}
    book.confirm(book.arrive(county.book("COUNTY").send("LY01", soap=20), lines=[line])["request"])
    assert told(county, "kind", "pieces") == [("arrival", 20), ("arrival-difference", 3)]


def test_one_entry_tells_its_legs_with_what_both_sides_held_afterwards(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    page = county.ask(entry_page, "LY01", book.redeem("H001", soap=2)["number"])
    assert page["book"] == "LY01" and page["facts"]["household"] == "H001"
    assert page["postings"] == [
        {"line": 1, "source": "purse:H001:merit", "destination": "redeemed", "commodity": "POINT", "lot": "",
         "quantity": 240, "source_after": 760, "destination_after": 240},
        {"line": 2, "source": "stock", "destination": "handed-out", "commodity": "SOAP", "lot": "L7",
         "quantity": 2, "source_after": 18, "destination_after": 2},
    ]


def test_one_entry_tells_its_words_until_they_are_erased(book, county):
    number = book.reverse(book.give(soap=1), reason="counted twice")["number"]
    assert county.ask(entry_page, "LY01", number)["notes"] == {"reason": "counted twice"}


def test_an_entry_that_was_never_written_is_not_found(book, county):
    with pytest.raises(NotFound):
        county.ask(entry_page, "LY01", 1)
