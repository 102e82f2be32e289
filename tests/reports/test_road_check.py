"""What is on the road, worked out again from the entries of all books: it agrees, or the dispatch is named."""

import pytest
from sqlalchemy import text

from ledger.reports.road_check import check_road
from tests.county import road

SITES = ["COUNTY", "LY01", "LY02"]


@pytest.fixture
def season(book, county):
    """Everything that can happen to goods on the road.

    COUNTY-3 to Liuhe arrives in two parts, five short and one over; COUNTY-4 to Liuhe arrives, which is reversed;
    COUNTY-5 to Shimo is taken back as a whole; COUNTY-7 to Shimo waits, but for one of its three, beside which one too
    many was found; LY01 sends two on to Shimo.
    """
    store_room = county.book("COUNTY")
    store_room.give(soap=90)
    store_room.give(rice=50)
    note = store_room.send("LY01", soap=20, rice=10)
    soap, rice = note["lines"]
    book.arrive(note, lines=[{**soap, "quantity": 9}])
    waiting = book.arrive(note, lines=[{**soap, "quantity": 6, "short": 5, "reason": "torn"},
                                       {**rice, "quantity": 9, "over": 1, "reason": "one more"}])["request"]
    undone = book.confirm(waiting)
    book.reverse(undone, by="luo")
    book.reverse(book.arrive(store_room.send("LY01", soap=7)))
    store_room.reverse(store_room.send("LY02", soap=4), by="han")
    (line,) = (note := store_room.send("LY02", soap=3))["lines"]
    shimo = county.book("LY02")
    over = shimo.arrive(note, by="zhao", lines=[{**line, "quantity": 1, "over": 1, "reason": "one more"}])["request"]
    shimo.confirm(over, by="luo")
    book.send("LY02", by="lin", soap=2)
    return county


def spoil(county, statement):
    """Change a row that is kept beside the journal."""
    with county.store.writing() as session:
        session.connection().execute(text(statement))


def wrong(county, senders=SITES):
    """Return which dispatches are wrong, and why."""
    return {(book, one.number): one.what for book, one in county.ask(check_road, senders).items()}


def test_whatever_happened_to_goods_on_the_road_the_rows_agree(season):
    assert road(season) == {"L1": 5 + 7 + 2 + 2, "L2": 1}
    assert wrong(season) == {}
    season.replay()


def test_nothing_was_ever_sent_and_all_agrees(county):
    assert wrong(county) == {}


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("UPDATE on_the_road SET quantity = 4 WHERE number = 3 AND lot = 'L1'", ("COUNTY", 3),
         "5 of 20 SOAP L1 are on the road to LY01, its row says 4 of 20 to LY01"),
        ("UPDATE on_the_road SET sent = 10 WHERE number = 3 AND lot = 'L1'", ("COUNTY", 3),
         "5 of 20 SOAP L1 are on the road to LY01, its row says 5 of 10 to LY01"),
        ("UPDATE on_the_road SET quantity = 1 WHERE number = 5", ("COUNTY", 5),
         "0 of 4 SOAP L1 are on the road to LY02, its row says 1 of 4 to LY02"),
        ("UPDATE on_the_road SET quantity = 1 WHERE book = 'LY01'", ("LY01", 7),
         "2 of 2 SOAP L1 are on the road to LY02, its row says 1 of 2 to LY02"),
        ("UPDATE on_the_road SET destination = 'LY01' WHERE book = 'LY01'", ("LY01", 7),
         "2 of 2 SOAP L1 are on the road to LY02, its row says 2 of 2 to LY01"),
        ("DELETE FROM on_the_road WHERE number = 4", ("COUNTY", 4), "SOAP L1 has no row on the road"),
        ("INSERT INTO on_the_road SELECT book, number, 9, destination, commodity, 'L9', sent, quantity "
         "FROM on_the_road WHERE number = 4", ("COUNTY", 4),
         "0 of 0 SOAP L9 are on the road to nobody, its row says 7 of 7 to LY01"),
    ],
)
def test_a_row_that_says_something_else_is_found_and_its_dispatch_is_named(season, statement, where, what):
    spoil(season, statement)
    assert wrong(season) == {where: what}


def test_the_first_wrong_dispatch_of_each_book_is_named(season):
    spoil(season, "UPDATE on_the_road SET quantity = sent")
    assert list(wrong(season)) == [("COUNTY", 3)]


def test_only_the_books_asked_for_are_looked_at(season):
    spoil(season, "UPDATE on_the_road SET quantity = 4 WHERE number = 3 AND lot = 'L1'")
    assert (wrong(season, ["LY01"]), list(wrong(season, ["COUNTY"]))) == ({}, [("COUNTY", 3)])
