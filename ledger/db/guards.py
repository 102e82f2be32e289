"""Guards: triggers by which the database itself refuses to change what was written, and the rights of the service."""

from sqlalchemy import Connection

FROZEN = ("county", "entry", "posting", "submission", "logged", "log_node", "checkpoint")
"""Rows of these tables are never changed."""

KEPT = (*FROZEN, "book", "note")
"""Rows of these tables are never deleted."""

# Entries are written first, then their postings and notes, then the head of the book is moved to the last of them.
# So an entry takes more only while its number is above the head: nothing can be added to it later. Each condition
# looks rows up by a key, so its cost does not grow with the book.
NEXT_OF_ITS_BOOK = """EXISTS (
    SELECT 1 FROM book WHERE code = NEW.book AND number < NEW.number
    AND recorded_us <= NEW.recorded_us AND open_from <= NEW.booked_on
    AND NEW.previous = CASE WHEN number = NEW.number - 1 THEN digest ELSE
        (SELECT digest FROM entry WHERE book = NEW.book AND number = NEW.number - 1) END)"""
ENTRY_BEING_WRITTEN = """EXISTS (SELECT 1 FROM entry WHERE book = NEW.book AND number = NEW.number)
    AND EXISTS (SELECT 1 FROM book WHERE code = NEW.book AND number < NEW.number)"""
HEAD_MOVES_TO_THE_LAST_ENTRY = """NEW.code = OLD.code
    AND (NEW.open_from = OLD.open_from OR NEW.open_from > OLD.open_from
        AND EXISTS (SELECT 1 FROM entry WHERE book = NEW.code AND number = NEW.number AND kind = 'close')) AND (
    (NEW.number = OLD.number AND NEW.digest = OLD.digest AND NEW.recorded_us = OLD.recorded_us)
    OR (EXISTS (SELECT 1 FROM entry WHERE book = NEW.code AND number = NEW.number
            AND digest = NEW.digest AND recorded_us = NEW.recorded_us)
        AND NOT EXISTS (SELECT 1 FROM entry WHERE book = NEW.code AND number = NEW.number + 1)))"""
ONLY_ERASED = """NEW.text IS NULL AND NEW.book = OLD.book AND NEW.number = OLD.number
    AND NEW.name = OLD.name AND NEW.salt = OLD.salt"""
# Positions of the county log have no gap, and neither have the entries of a book in it; only what stands is logged.
NEXT_OF_THE_LOG = """(NEW.position = 0 OR EXISTS (SELECT 1 FROM logged WHERE position = NEW.position - 1))
    AND (NEW.number = 1 OR EXISTS (SELECT 1 FROM logged WHERE book = NEW.book AND number = NEW.number - 1))
    AND EXISTS (SELECT 1 FROM book WHERE code = NEW.book AND number >= NEW.number)"""
NOT_BEHIND_THE_LAST_CHECKPOINT = """(NEW.size = 0 OR EXISTS (SELECT 1 FROM logged WHERE position = NEW.size - 1))
    AND NOT EXISTS (SELECT 1 FROM checkpoint WHERE size > NEW.size)
    AND NOT EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size AND root <> NEW.root)"""

CONDITIONS = {
    ("entry", "INSERT"): NEXT_OF_ITS_BOOK,
    ("posting", "INSERT"): ENTRY_BEING_WRITTEN,
    ("note", "INSERT"): ENTRY_BEING_WRITTEN,
    ("note", "UPDATE"): ONLY_ERASED,
    ("book", "INSERT"): "NEW.number = 0 AND NEW.recorded_us = 0",
    ("book", "UPDATE"): HEAD_MOVES_TO_THE_LAST_ENTRY,
    ("logged", "INSERT"): NEXT_OF_THE_LOG,
    ("checkpoint", "INSERT"): NOT_BEHIND_THE_LAST_CHECKPOINT,
}
"""What a new row must satisfy; every other INSERT is free, every other UPDATE of a kept row is refused."""

# SQLite only: INSERT OR REPLACE deletes every row that shares a unique value with the new one, and fires no delete
# trigger for it. So whatever is there already refuses the new row first, the hidden row number included.
THERE_ALREADY = {
    "county": "id = NEW.id",
    "book": "code = NEW.code",
    "entry": "book = NEW.book AND number = NEW.number OR key = NEW.key OR book = NEW.book AND reverses = NEW.reverses",
    "posting": "book = NEW.book AND number = NEW.number AND line = NEW.line",
    "note": "book = NEW.book AND number = NEW.number AND name = NEW.name",
    "submission": "key = NEW.key",
    "logged": "position = NEW.position OR book = NEW.book AND number = NEW.number",
    "log_node": "level = NEW.level AND place = NEW.place",
    "checkpoint": "size = NEW.size AND key = NEW.key",
}

EACH = {"INSERT": "ROW", "UPDATE": "ROW", "DELETE": "ROW", "TRUNCATE": "STATEMENT"}
BOOK_WRITTEN = {"entry": "NEW.book", "posting": "NEW.book", "note": "NEW.book", "book": "NEW.code"}

SERVICE_MAY_UPDATE = {
    "balance": "quantity",
    "book": "number, digest, recorded_us, open_from",
    "note": "text",
    "register_change": "before, after",
}
"""The named columns a service that does not own the tables may change; FROZEN tables have none. Of what changed in a
register it may erase the values, as a county office is asked to, and not that, when and by whom.
"""
NEVER_UNSAID = (*KEPT, "balance", "register_change", "kin")
"""Tables of which the service deletes nothing, and changes named columns at most."""


def put_guards(connection: Connection) -> None:
    """Put every guard in place, whatever was there before."""
    take_guards_off(connection)
    if connection.dialect.name == "postgresql":
        # The functions of the guards keep this path: they see the real tables, not temporary ones of the same name.
        connection.exec_driver_sql("SELECT set_config('search_path', current_schema() || ', pg_temp', true)")
    for statement in SPEECH[connection.dialect.name]():
        connection.exec_driver_sql(statement)


def take_guards_off(connection: Connection) -> None:
    """Take the guards away, inside a transaction that puts them in place again."""
    for name, table in guards_of(connection):
        place = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER {name}{place}")


def guards_of(connection: Connection) -> list[tuple[str, str]]:
    """Return the name and table of each guard that is in place."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'"
    else:
        query = r"""
            SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE tgname LIKE 'guard\_%%' AND relnamespace = current_schema()::regnamespace"""
    return sorted((row[0], row[1]) for row in connection.exec_driver_sql(query))


def sqlite_guards() -> list[str]:
    """Return the guards as SQLite says them."""
    said = [sqlite_guard(table, "INSERT", insert_condition(table)) for table in KEPT]
    said += [sqlite_guard(table, "UPDATE", CONDITIONS.get((table, "UPDATE"), "0")) for table in KEPT]
    return said + [sqlite_guard(table, "DELETE", "0") for table in KEPT]


def insert_condition(table: str) -> str:
    """Return what a new row must satisfy on SQLite."""
    new = f"NOT EXISTS (SELECT 1 FROM {table} WHERE {THERE_ALREADY[table]} OR rowid = NEW.rowid)"
    return f"({CONDITIONS.get((table, 'INSERT'), '1')}) AND {new}"


def sqlite_guard(table: str, act: str, condition: str) -> str:
    """Return one trigger of SQLite."""
    return f"""CREATE TRIGGER guard_{table}_{act.lower()} BEFORE {act} ON {table} WHEN NOT ({condition})
        BEGIN SELECT RAISE(ABORT, '{refusal(table, act)}'); END"""


def postgresql_guards() -> list[str]:
    """Return the guards as PostgreSQL says them."""
    acts = [(table, act) for table in KEPT for act in EACH if act != "INSERT" or (table, act) in CONDITIONS]
    return [line for table, act in acts for line in postgresql_guard(table, act, CONDITIONS.get((table, act), "false"))]


def postgresql_guard(table: str, act: str, condition: str) -> list[str]:
    """Return one trigger of PostgreSQL and its function."""
    name = f"guard_{table}_{act.lower()}"
    # Without the book's turn, a row could be added to an entry while another transaction commits it.
    book = BOOK_WRITTEN.get(table) if act == "INSERT" else None
    turn = f"PERFORM 1 FROM book WHERE code = {book} FOR UPDATE;" if book else ""
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            BEGIN {turn} IF ({condition}) THEN RETURN NEW; END IF;
            RAISE EXCEPTION '{refusal(table, act)}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH {EACH[act]} EXECUTE FUNCTION {name}()",
        # Otherwise session_replication_role = replica would walk past it.
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


SPEECH = {"sqlite": sqlite_guards, "postgresql": postgresql_guards}


def refusal(table: str, act: str) -> str:
    """Return the sentence of a refused statement."""
    return f"{table}: this {act} is refused, what was written stands"


def grants_sql(role: str, *, schema: str = "public") -> list[str]:
    """Return the statements that give a service role what it needs and no more; it must not own the tables."""
    who, every = quoted(role), f"ALL TABLES IN SCHEMA {quoted(schema)}"
    said = [
        f"GRANT USAGE ON SCHEMA {quoted(schema)} TO {who}",
        f"REVOKE ALL ON {every} FROM {who}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {every} TO {who}",
        f"REVOKE UPDATE, DELETE ON {', '.join(NEVER_UNSAID)} FROM {who}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {who}",
    ]
    said += [f"GRANT UPDATE ({columns}) ON {table} TO {who}" for table, columns in SERVICE_MAY_UPDATE.items()]
    return [*said, f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {quoted(schema)} TO {who}"]


def grants(connection: Connection, role: str) -> list[str]:
    """Return the statements of `grants_sql` for the schema of this connection."""
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    return grants_sql(role, schema=schema)


def quoted(name: str) -> str:
    """Return an SQL identifier in quotes."""
    return '"' + name.replace('"', '""') + '"'
