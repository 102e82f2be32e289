"""The rights of the service: it owns nothing, changes named columns only, and takes no guard away."""

import pytest

from ledger.db.guards import grants_sql
from tests.db.test_guards import book, nothing_changed, on_postgresql, store
from tests.stores import SERVICE, outside, refused

__all__ = ["book", "nothing_changed", "store"]


@on_postgresql
def test_the_service_owns_nothing_and_cannot_take_a_guard_away(store):
    with outside(store, SERVICE) as connection:
        for said in (
            "ALTER TABLE entry DISABLE TRIGGER guard_entry_update",
            "DROP TRIGGER guard_entry_update ON entry",
            "DROP TABLE posting",
            "CREATE OR REPLACE FUNCTION guard_entry_update() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        ):
            answer = refused(connection, said)
            assert "must be owner" in answer or "permission denied" in answer
        assert "permission denied" in refused(connection, "SET session_replication_role = replica")


@on_postgresql
@pytest.mark.parametrize(
    "said",
    [
        "DELETE FROM balance",
        "UPDATE balance SET free = 1",
        "UPDATE book SET code = 'LY13'",
        "UPDATE note SET salt = '00'",
        "DELETE FROM register_change",
        "UPDATE register_change SET by = 'somebody'",
        "UPDATE register_change SET recorded_us = 0",
        "DELETE FROM kin",
        "UPDATE kin SET household = 'H009'",
        "UPDATE alembic_version SET version_num = '0'",
    ],
)
def test_the_service_changes_named_columns_only(store, said):
    with outside(store, SERVICE) as connection:
        assert "permission denied" in refused(connection, said)


@on_postgresql
def test_the_service_may_do_its_work_beside_the_journal(store):
    with outside(store, SERVICE) as connection:
        connection.execute("INSERT INTO serial (book, kind, year, last) VALUES ('LY12', 'x', 2026, 1)")
        connection.execute("UPDATE serial SET last = 2 WHERE kind = 'x'")
        connection.execute("DELETE FROM serial WHERE kind = 'x'")


def test_the_rights_of_the_service_can_be_printed():
    said = grants_sql("the service")
    assert 'GRANT UPDATE (quantity) ON balance TO "the service"' in said
    assert all('"the service"' in line for line in said)
