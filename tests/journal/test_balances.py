"""Balances: what accounts hold now, never below zero where an account may not go there."""

import pytest

from ledger import chart
from ledger.journal import Move, Place, held, on_hand
from ledger.journal.balances import reading
from tests.stores import outside, refused

BELOW_ZERO = "UPDATE balance SET quantity = quantity - 21 WHERE account = '{account}'"


def test_a_place_nothing_was_ever_put_in_holds_nothing(book):
    with book.store.reading() as session:
        assert on_hand(session, "LY12", "stock", "SOAP", "L7") == 0


def test_many_places_are_asked_at_once_each_with_its_own_answer(book):
    book.post("2026-03-05", "credit", *[f"fund:merit -> purse:H{n:04}:merit POINT {n}" for n in range(1, 1001)])
    asked = [Place(f"purse:H{n:04}:merit", "POINT", "") for n in range(1002)]
    with book.store.reading() as session:
        answer = held(session, "LY12", asked)
    assert answer == {place: n if 1 <= n <= 1000 else 0 for n, place in enumerate(asked)}


def test_lots_of_one_item_are_told_apart(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7   20
      donor:D8 -> stock  SOAP/L12   3
    """
    assert (book.holds("stock", "SOAP/L7"), book.holds("stock", "SOAP/L12")) == (20, 3)


def test_books_do_not_see_each_other(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    with book.store.reading() as session:
        assert on_hand(session, "LY13", "stock", "SOAP", "L7") == 0


@pytest.mark.parametrize(
    ("account", "may"),
    [
        ("donor:D7", True), ("supplier:S3", True), ("opening", True), ("over-issued", True), ("difference", True),
        ("received:COUNTY", True), ("fund:merit", True), ("moved:H002", True),
        ("stock", False), ("set-aside", False), ("handed-out", False), ("written-off", False), ("cash", False),
        ("sent:LY12", False), ("purse:H001:merit", False), ("redeemed", False), ("lapsed", False), ("withdrawn", False),
    ],
)
def test_only_a_source_goes_below_zero(account, may):
    assert chart.may_go_below_zero(account) is may


@pytest.mark.parametrize("account", ["stock", "handed-out", "purse:H001:merit"])
def test_the_database_too_refuses_less_than_nothing(book, account):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
      stock      -> handed-out        SOAP/L7  10
      fund:merit -> purse:H001:merit  POINT    20
    """
    with outside(book.store) as connection:
        assert "balance_not_below_zero" in refused(connection, BELOW_ZERO.format(account=account))
        connection.execute(BELOW_ZERO.format(account="donor:D7"))


def test_a_sum_too_big_for_a_whole_number_is_refused_and_not_rounded(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    with outside(book.store) as connection:
        refused(connection, "UPDATE balance SET quantity = quantity + 9223372036854775807 WHERE account = 'stock'")
    assert book.holds("stock", "SOAP/L7") == 20


def test_a_move_and_its_mirror_leave_everything_where_it_was():
    move = Move("stock", "handed-out", "SOAP", 2, "L7")
    assert move.mirrored() == Move("handed-out", "stock", "SOAP", 2, "L7")
    assert move.mirrored().mirrored() == move


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_asking_what_places_hold_looks_each_up_and_never_reads_the_table_through(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    with book.store.reading() as session:
        connection = session.connection()
        spoken = reading(2).in_words_of(connection.dialect)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {spoken.text}", ("LY12",) * 7).all()
    assert any("SEARCH balance USING" in row.detail and "lot=?" in row.detail for row in plan), plan
    assert not any(row.detail.startswith("SCAN balance") for row in plan), plan
