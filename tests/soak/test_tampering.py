"""Whoever owns the database, or holds a package, changes something at random: it is found, and its entry is named."""

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session

from ledger.db.guards import take_guards_off
from ledger.db.migrate import owner_engine
from scripts.soaking.packages import bytes_changed
from scripts.soaking.parts import wrong_in
from scripts.soaking.story import story_on
from scripts.soaking.tampering import found, is_right, rows
from tests.stores import STORES


@pytest.mark.slow
@pytest.mark.parametrize(("store", "times"), [("sqlite", 200), ("postgresql", 80)])
def test_whatever_is_changed_in_the_rows_is_found_and_the_right_entry_is_named(store, times):
    figures = rows(store, times, seed=610727)
    assert figures["spoilt"] == times
    assert wrong_in(figures) == {}, figures


@pytest.mark.slow
def test_whatever_is_changed_in_the_bytes_of_a_package_is_found_and_its_entry_or_file_is_named():
    figures = bytes_changed(600, seed=610727)
    assert figures["spoilt"] == 600
    assert wrong_in(figures) == {}, figures


# What the dice have found


@pytest.fixture(scope="module", params=STORES)
def owner(request):
    """A session of who owns the county of the story, with the guards taken off and, on PostgreSQL, references too."""
    with story_on(request.param) as (_, place):
        engine = owner_engine(place.owner_url) if request.param == "sqlite" else create_engine(place.owner_url)
        with engine.connect() as connection, Session(connection) as session:
            take_guards_off(connection)
            if request.param == "postgresql":
                session.execute(text("SET session_replication_role = replica"))
            yield session
            connection.rollback()
        engine.dispose()


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (["DELETE FROM book WHERE code = 'COUNTY'"], {("COUNTY", None)}),
        (["INSERT INTO balance VALUES ('LY99', 'stock', 'SOAP', 'L1', 5, 0)"], {("LY99", None)}),
        (["UPDATE book SET open_from = '2026-04-31' WHERE code = 'LY01'"], {("LY01", None)}),
        (["INSERT INTO note SELECT book, 16, name, salt, text FROM note WHERE book = 'LY01' LIMIT 1"],
         {("LY01", None)}),
        (["DELETE FROM posting WHERE book = 'LY01' AND number = 11",
          "DELETE FROM note WHERE book = 'LY01' AND number = 11",
          "DELETE FROM entry WHERE book = 'LY01' AND number = 11"], {("LY01", 11)}),
        (["UPDATE entry SET body = 'null' WHERE book = 'LY01' AND number = 1"], {("LY01", 1)}),
    ],
    ids=[
        "a book without a head", "a row of a book there is not", "a head whose day is no day", "a text of no entry",
        "an entry that another reverses", "a body that says nothing",
    ],
)
def test_what_stopped_the_check_or_was_passed_by_is_found_now(owner, statements, named):
    point = owner.begin_nested()
    for statement in statements:
        owner.connection().execute(text(statement))
    places = found(owner)
    point.rollback()
    assert named <= places
    # The county's store is looked at with the goods it sent on the road, which an arrival tells of.
    assert {book for book, _ in places} <= {book for book, _ in named} | {"COUNTY"}


@pytest.mark.parametrize(
    ("named", "right"),
    [
        ({("LY01", 3)}, True),
        ({("LY01", 3), ("COUNTY", 2)}, True),
        ({("LY01", 4)}, False),
        ({("LY01", None)}, False),
        ({("COUNTY", 3)}, False),
        ({("LY01", 3), ("LY01", 4)}, False),
        (set(), False),
    ],
)
def test_naming_another_entry_than_the_first_that_was_spoilt_is_not_right(named, right):
    spoilt = [{"book": "LY01", "number": 5}, {"book": "LY01", "number": 3}]
    assert is_right("entry", spoilt, {"LY01": 9, "COUNTY": 4}, named) is right
