"""The database of a county: writing is whole or not at all, reading sees one moment and writes nothing."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ledger.db import Database, close_database, database, open_database, postgresql
from ledger.db.sqlite import fixed, sqlite_module, writer_engine
from ledger.errors import Busy, Damaged
from ledger.journal import next_serial
from tests.stores import outside

on_postgresql = pytest.mark.parametrize("store", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

TORN = "DO $$ BEGIN RAISE 'could not read block 7' USING ERRCODE = '%s'; END $$"
"""How PostgreSQL says that a page is spoilt (XX001), an index (XX002), that the disk does not give it or it is gone."""


def number(session, kind="slip"):
    """A small act: the next number of a serial."""
    return next_serial(session, book="LY12", kind=kind)


def last(session):
    """Return the last number that stands."""
    return session.execute(text("SELECT coalesce(max(last), 0) FROM serial")).scalar_one()


def test_what_was_written_stands_when_the_block_has_ended(store):
    with store.writing() as session:
        number(session)
    with outside(store) as connection:
        assert connection.execute("SELECT last FROM serial").fetchone() == (1,)


def test_an_act_that_fails_writes_nothing(store):
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        number(session)
        raise ZeroDivisionError
    with store.reading() as session:
        assert last(session) == 0


def test_reading_sees_one_moment_of_the_book(store):
    with store.writing() as session:
        number(session)
    with store.reading() as session:
        assert last(session) == 1
        with store.writing() as other:
            number(other)
        assert last(session) == 1
    with store.reading() as session:
        assert last(session) == 2


def test_reading_writes_nothing(store):
    with store.reading() as session, pytest.raises(DBAPIError):
        session.execute(text("INSERT INTO serial VALUES ('LY12', 'slip', 0, 1)"))


def test_readers_do_not_wait_for_a_writer(store):
    with store.writing() as session:
        number(session)
        with store.reading() as other:
            assert last(other) == 0


def test_a_process_serves_one_database_and_says_so_when_it_has_none(store):
    assert database() is store
    close_database()
    with pytest.raises(RuntimeError, match="No database has been opened"):
        database()
    assert open_database(store.url).url == store.url


def test_nothing_is_connected_before_the_first_use(tmp_path):
    Database(f"sqlite:///{tmp_path / 'ledger.sqlite'}").close()
    assert list(tmp_path.iterdir()) == []


@on_sqlite
def test_an_sqlite_file_is_opened_to_keep_what_it_acknowledges(store):
    with store.writing() as session:
        set_to = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in (
            "journal_mode", "synchronous", "foreign_keys", "recursive_triggers")}
    assert set_to == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 0), True),
    ],
)
def test_an_sqlite_that_may_corrupt_a_file_of_many_writers_is_known(version, sound):
    assert fixed(version) is sound


def test_first_starts_at_once_find_no_locked_file(tmp_path):
    """SQLite has no queue where a new file is made ready for several connections: one start in some eighty failed."""
    for number in range(60):
        url, together, found = f"sqlite:///{tmp_path}/{number}.db", threading.Barrier(6), []

        def start(url=url, together=together, found=found):
            engine = writer_engine(url)
            together.wait()
            with engine.connect() as connection:
                found.append(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())

        starts = [threading.Thread(target=start) for _ in range(6)]
        for one in starts:
            one.start()
        for one in starts:
            one.join(60)
        assert found == ["wal"] * 6


def test_the_soundest_sqlite_there_is_is_used():
    module = sqlite_module()
    assert fixed(module.sqlite_version_info) or module.__name__ == "sqlite3"


@on_postgresql
def test_two_acts_that_wait_for_each_other_do_not_wait_for_ever(store):
    with store.writing() as session:
        number(session, "one")
        number(session, "two")
    meet, answers = threading.Barrier(2), []

    def clerk(first, second):
        try:
            with store.writing() as session:
                number(session, first)
                meet.wait(60)
                answers.append(number(session, second))
        except Busy as refusal:
            answers.append(refusal)

    clerks = [threading.Thread(target=clerk, args=kinds) for kinds in (("one", "two"), ("two", "one"))]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join(60)
    assert sorted(map(type, answers), key=str) == [int, Busy]


@on_postgresql
def test_a_connection_that_was_cut_is_busy_and_the_next_act_finds_a_new_one(store):
    with pytest.raises(Busy), store.writing() as session:
        number(session)
        process = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with outside(store) as connection:
            connection.execute(f"SELECT pg_terminate_backend({process})")
        number(session)
    with store.writing() as session:
        assert number(session) == 1


@on_postgresql
def test_a_connection_that_died_while_nobody_spoke_is_seen_before_it_is_used(store, monkeypatch):
    with store.writing() as session:
        process = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with outside(store) as connection:
        connection.execute(f"SELECT pg_terminate_backend({process})")
    monkeypatch.setattr(postgresql, "IDLE_SECONDS", 0)
    with store.writing() as session:
        assert number(session) == 1


def test_a_database_that_is_not_there_is_busy(tmp_path):
    for url in (f"sqlite:///{tmp_path / 'nowhere' / 'ledger.sqlite'}", f"postgresql+psycopg://x@/x?host={tmp_path}"):
        absent = Database(url)
        for use in (absent.writing, absent.reading):
            with pytest.raises(Busy), use() as session:
                number(session)
        absent.close()


@pytest.mark.parametrize("code", ["XX001", "XX002", "58030", "58P01"])
@pytest.mark.parametrize("use", ["reading", "writing"])
def test_a_damaged_database_is_told_from_a_busy_one(store, use, code):
    statement = "SELECT CAST(x'ff' AS TEXT)" if store.is_sqlite else TORN % code
    with pytest.raises(Damaged), getattr(store, use)() as session:
        session.execute(text(statement)).all()
    with store.writing() as session:
        assert number(session) == 1


def test_a_fault_in_the_log_shows_the_statement_and_nobody(store):
    with pytest.raises(DBAPIError) as caught, store.reading() as session:
        session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "王秀兰"})
    assert "FROM nowhere" in str(caught.value)
    assert "王秀兰" not in str(caught.value)
