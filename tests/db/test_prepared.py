"""Statements that are sent by the driver itself: they mean what SQLAlchemy means by them, and fail as it fails."""

from datetime import date

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from ledger.db.prepared import Line, Prepared
from ledger.db.types import table_of
from ledger.journal.tables import Book

books = table_of(Book)
OPEN = Prepared(insert(books))
READ = select(books).where(books.c.code == bindparam("book"))
LIUHE = {"code": "LY77", "number": 0, "digest": bytes(32), "recorded_us": 0, "open_from": date(2026, 3, 6)}


def test_what_goes_in_comes_out_as_by_the_long_way(store):
    with store.writing() as session:
        OPEN.send(session, [LIUHE])
        row = Prepared(READ).one(session, {"book": "LY77"})
        assert row == tuple(session.execute(READ, {"book": "LY77"}).one())
        assert dict(zip(books.c.keys(), row, strict=True)) == LIUHE


def test_several_rows_go_in_with_one_word(store):
    with store.writing() as session:
        OPEN.send(session, [{**LIUHE, "code": f"LY7{n}"} for n in range(3)])
        shops = Prepared(select(books.c.code).where(books.c.code >= bindparam("first"))).ask(session, {"first": "LY7"})
    assert sorted(shops) == [("LY70",), ("LY71",), ("LY72",)]


def test_nothing_found_is_none(store):
    with store.reading() as session:
        assert Prepared(READ).one(session, {"book": "LY99"}) is None


def test_a_broken_rule_of_the_database_is_told_without_the_values(store):
    with pytest.raises(IntegrityError) as caught, store.writing() as session:
        OPEN.send(session, [LIUHE, LIUHE])
    assert (caught.value.params, caught.value.hide_parameters) == (None, True)
    assert "INSERT INTO book" in str(caught.value)
    with store.reading() as session:
        assert Prepared(READ).one(session, {"book": "LY77"}) is None


def test_what_is_said_in_one_breath_is_read_in_the_same_and_stands_after_it(store):
    with store.writing() as session:
        with Line.of(session).together():
            OPEN.send(session, [LIUHE])
            assert Prepared(READ).one(session, {"book": "LY77"}) is not None
            OPEN.send(session, [{**LIUHE, "code": "LY78"}])
        assert session.get(Book, "LY78") is not None
    with store.reading() as session:
        assert Prepared(READ).one(session, {"book": "LY77"}) is not None


def test_a_rule_broken_in_one_breath_is_told_as_any_other_and_nothing_of_it_stands(store):
    with pytest.raises(IntegrityError) as caught, store.writing() as session, Line.of(session).together():
        OPEN.send(session, [LIUHE])
        OPEN.send(session, [LIUHE])
        OPEN.send(session, [{**LIUHE, "code": "LY78"}])
    assert (caught.value.params, caught.value.hide_parameters) == (None, True)
    with store.reading() as session:
        assert Prepared(READ).one(session, {"book": "LY77"}) is None
        assert Prepared(READ).one(session, {"book": "LY78"}) is None


def test_a_day_asked_for_goes_in_as_the_database_keeps_it_and_comes_out_as_a_day(store):
    day = books.c.open_from
    asked = Prepared(select(day).where(day == bindparam("day", type_=day.type)))
    with store.writing() as session:
        OPEN.send(session, [LIUHE])
        assert asked.ask(session, {"day": date(2026, 3, 6)}) == [(date(2026, 3, 6),)]
        assert asked.ask(session, {"day": date(2026, 3, 7)}) == []


def test_a_statement_is_worked_out_once(store):
    statement = Prepared(READ)
    with store.reading() as session:
        assert statement.one(session, {"book": "LY99"}) is None
        mine = statement.in_words_of(session.connection().dialect)
        assert statement.in_words_of(session.connection().dialect) is mine
