"""Goods on the road: what left one book and has not come into another."""

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.journal import Move, moves_of
from ledger.journal.road import NotOnTheRoad, lines_on_the_road, put_on_the_road, take_off_the_road
from tests.stores import outside, refused


@pytest.fixture
def dispatch(book):
    """The county sends twenty soaps and four bags of rice to Liuhe."""
    goods = ("opening -> sent:LY12 SOAP/L7 20", "opening -> sent:LY12 RICE/L42 4")
    sent = book.post("2026-03-05", "dispatch", *goods)
    with book.store.writing() as session:
        put_on_the_road(session, book=book.code, number=sent.number, destination="LY12", moves=moves_of(sent))
    return sent


def lines(session, dispatch):
    """Return the lines of the dispatch."""
    return lines_on_the_road(session, book=dispatch.book, number=dispatch.number)


def on_the_road(book, dispatch):
    """Return how much of each line is still on the road."""
    with book.store.writing() as session:
        return [line.quantity for line in lines(session, dispatch)]


def test_a_dispatch_is_on_the_road_line_by_line(book, dispatch):
    with book.store.writing() as session:
        seen = [(line.line, line.destination, line.lot, line.quantity) for line in lines(session, dispatch)]
    assert seen == [(1, "LY12", "L7", 20), (2, "LY12", "L42", 4)]


def test_an_arrival_in_parts_takes_each_part_off_the_road(book, dispatch):
    for part in (15, 5):
        with book.store.writing() as session:
            take_off_the_road(session, lines(session, dispatch)[0], part)
    assert on_the_road(book, dispatch) == [0, 4]


def test_no_more_arrives_than_is_on_the_road(book, dispatch):
    with book.store.writing() as session, pytest.raises(NotOnTheRoad, match="Of RICE L42 only 4 are on the road"):
        take_off_the_road(session, lines(session, dispatch)[1], 5)
    assert on_the_road(book, dispatch) == [20, 4]


def test_one_arrival_cannot_take_the_same_line_twice(book, dispatch):
    with book.store.writing() as session, pytest.raises(NotOnTheRoad, match="only 1 are on the road"):
        (_, rice) = lines(session, dispatch)
        take_off_the_road(session, rice, 3)
        take_off_the_road(session, rice, 3)


def test_a_reversed_arrival_puts_goods_back_on_the_road_but_never_more_than_were_sent(book, dispatch):
    with book.store.writing() as session:
        take_off_the_road(session, lines(session, dispatch)[0], 20)
    with book.store.writing() as session:
        take_off_the_road(session, lines(session, dispatch)[0], -20)
    assert on_the_road(book, dispatch) == [20, 4]
    with book.store.writing() as session, pytest.raises(NotOnTheRoad):
        take_off_the_road(session, lines(session, dispatch)[0], -1)


def test_the_database_too_keeps_less_than_nothing_off_the_road(book, dispatch):
    with outside(book.store) as connection:
        assert "on_the_road_quantity" in refused(connection, "UPDATE on_the_road SET quantity = -1")
        assert "on_the_road_quantity" in refused(connection, "UPDATE on_the_road SET quantity = sent + 1")


def test_what_was_never_dispatched_is_not_on_the_road(book):
    with book.store.writing() as session:
        put_on_the_road(session, book=book.code, number=1, destination="LY12", moves=[])
        assert lines_on_the_road(session, book=book.code, number=1) == []


def test_goods_cannot_be_on_the_road_without_a_dispatch(book):
    with pytest.raises(IntegrityError), book.store.writing() as session:
        moves = [Move("stock", "sent:LY12", "SOAP", 1, "L7")]
        put_on_the_road(session, book=book.code, number=9, destination="LY12", moves=moves)
