"""Migrations: a new database is made whole, an old one is brought up, and the guards stand again afterwards."""

import importlib
import pkgutil
import re
import subprocess
import sys
import threading

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import create_engine, inspect
from sqlmodel import SQLModel

import ledger.registers
from ledger.db import Database, is_migrated, migrate
from ledger.db.guards import guards_of
from ledger.db.migrate import owner_engine, steps

MADE = "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
CONSTRAINTS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
COLUMNS = """SELECT table_name, column_name, data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public'"""


def tables_of(url):
    """Return everything the database knows of its tables: columns, keys, checks, indexes, strictness."""
    engine = owner_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            said = connection.exec_driver_sql(MADE).all()
            # Each column and constraint is a line of its own, or was added behind a comma; only their order differs.
            lines = {(table, line) for table, sql in said for line in re.split(r"\n|, (?![^(]*\))", sql)}
            found = {(table, line.strip(" \t,")) for table, line in lines}
        else:
            queries = (COLUMNS, CONSTRAINTS, INDEXES)
            found = {tuple(row) for query in queries for row in connection.exec_driver_sql(query)}
    engine.dispose()
    return {row for row in found if row[0] != "alembic_version"}


def make_as_the_program_says(url):
    """Make every table the program's models describe."""
    for module in pkgutil.iter_modules(ledger.registers.__path__):
        importlib.import_module(f"ledger.registers.{module.name}")
    engine = owner_engine(url)
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
    engine.dispose()


def guards(url):
    """Return the guards in place."""
    engine = create_engine(url)
    with engine.connect() as connection:
        names = [name for name, _ in guards_of(connection)]
    engine.dispose()
    return names


@pytest.fixture(params=["sqlite", "postgresql"])
def two_urls(request, tmp_path):
    """Two databases with nothing in them, of one kind."""
    if request.param == "sqlite":
        yield [f"sqlite:///{tmp_path / name}" for name in ("one", "two")]
        return
    server = request.getfixturevalue("server")
    for name in ("migrated", "described"):
        server.say(f"CREATE DATABASE {name}")
    yield [server.url("migrated"), server.url("described")]
    for name in ("migrated", "described"):
        server.say(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_migrated_database_is_the_one_the_program_describes(two_urls):
    migrated, described = two_urls
    migrate(migrated)
    make_as_the_program_says(described)
    assert tables_of(migrated) == tables_of(described)
    assert len({table for table, *_ in tables_of(migrated)}) == len(SQLModel.metadata.tables)


def test_a_draft_of_the_next_step_has_nothing_to_do(two_urls):
    migrated, described = two_urls
    migrate(migrated)
    make_as_the_program_says(described)
    engine = owner_engine(migrated)
    with engine.connect() as connection:
        command.check(steps(connection=connection, metadata=SQLModel.metadata))
    engine.dispose()


def test_every_table_of_sqlite_is_strict(tmp_path):
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    migrate(url)
    engine = owner_engine(url)
    with engine.connect() as connection:
        lax = [row.name for row in connection.exec_driver_sql("PRAGMA table_list") if not row.strict]
    engine.dispose()
    assert sorted(lax) == ["alembic_version", "sqlite_schema", "sqlite_temp_schema"]


def test_migrating_again_changes_nothing(empty_url):
    migrate(empty_url)
    before = tables_of(empty_url), guards(empty_url)
    migrate(empty_url)
    assert (tables_of(empty_url), guards(empty_url)) == before


def test_migrating_puts_a_missing_guard_in_place_again(empty_url):
    migrate(empty_url)
    before = guards(empty_url)
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        on = "" if engine.dialect.name == "sqlite" else " ON entry"
        connection.exec_driver_sql(f"DROP TRIGGER guard_entry_update{on}")
    engine.dispose()
    assert len(guards(empty_url)) == len(before) - 1
    migrate(empty_url)
    assert guards(empty_url) == before


def test_a_database_says_whether_it_stands_at_the_last_step(empty_url):
    database = Database(empty_url)
    with database.reading() as session:
        assert not is_migrated(session)
    migrate(empty_url)
    with database.reading() as session:
        assert is_migrated(session)
    database.close()


def test_the_service_itself_can_see_that_its_database_is_migrated(store):
    with store.reading() as session:
        assert is_migrated(session)


def test_two_starts_at_once_migrate_once(empty_url):
    wrong = []

    def start():
        try:
            migrate(empty_url)
        except Exception as error:
            wrong.append(error)

    starts = [threading.Thread(target=start) for _ in range(4)]
    for one in starts:
        one.start()
    for one in starts:
        one.join(60)
    assert wrong == []
    assert len(guards(empty_url)) > 0


def test_a_migration_that_fails_leaves_nothing(empty_url, monkeypatch):
    def fail(connection):
        raise OSError("no more")

    monkeypatch.setattr(importlib.import_module("ledger.db.migrate"), "put_guards", fail)
    with pytest.raises(OSError, match="no more"):
        migrate(empty_url)
    engine = create_engine(empty_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_database_of_a_newer_program_is_refused(empty_url):
    migrate(empty_url)
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(CommandError, match="9999"):
        migrate(empty_url)
    assert len(guards(empty_url)) > 0


@pytest.mark.parametrize("stands", ["0010", "head"])
def test_a_row_that_points_nowhere_stops_a_migration_and_no_start_that_has_no_step_to_take(tmp_path, stands):
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    engine = owner_engine(url)
    with engine.begin() as connection:
        command.upgrade(steps(connection=connection), stands)
        connection.exec_driver_sql("INSERT INTO on_the_road VALUES ('LY12', 1, 1, 'LY13', 'SOAP', 'L7', 1, 1)")
    engine.dispose()
    if stands == "head":
        migrate(url)
        return
    with pytest.raises(RuntimeError, match="A row of on_the_road would point to nothing in entry"):
        migrate(url)


def test_the_steps_form_one_line():
    assert len(ScriptDirectory.from_config(steps()).get_heads()) == 1


def test_migrating_needs_no_floor_above_the_ground(tmp_path):
    said = f"""
import sys
from ledger.db import migrate
migrate("sqlite:///{tmp_path / "ledger.sqlite"}")
print(*{{name.split(".")[1] for name in sys.modules if name.startswith("ledger.")}})
"""
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"db", "errors", "terms"}
