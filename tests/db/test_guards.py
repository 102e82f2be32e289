"""Guards: the database itself refuses to change what was written, whoever asks, with whatever program."""

import re
import threading
import time

import pytest

from ledger.db.guards import CONDITIONS, FROZEN, KEPT, guards_of, insert_condition
from tests.journaltext import book_from
from tests.replay import replay
from tests.sealing import sign
from tests.stores import OWNER, SERVICE, STORES, fresh_store, outside, refused

ROLES = (OWNER, SERVICE)
on_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("store", ["postgresql"], indirect=True)
CHANGES = {
    "county": "UPDATE county SET demo = 0",
    "entry": "UPDATE entry SET body = '{}' WHERE number = 2",
    "posting": "UPDATE posting SET quantity = quantity + 1 WHERE number = 2",
    "submission": "UPDATE submission SET answer = '{}'",
    "logged": "UPDATE logged SET number = 9 WHERE position = 2",
    "log_node": "UPDATE log_node SET place = 9",
    "checkpoint": "UPDATE checkpoint SET note = ''",
}
ENTRY = """INSERT INTO entry (book, number, kind, occurred_on, booked_on, recorded_us, by, key, reverses, late, body,
    previous, digest) SELECT book, {number}, kind, occurred_on, '{booked_on}', {recorded}, by, '{key}', {reverses},
    late, body, {previous}, digest FROM entry WHERE book = 'LY12' AND number = 3"""
SUBMISSION = "{verb} INTO submission (key, who, digest, answer, recorded_us) VALUES ('{key}', 'lin', '', '', 0)"
COUNTY = "{verb} INTO county (id, name, code, timezone, demo, made_us) VALUES ({id}, '', '', '', 0, 0)"
LOGGED = "INSERT INTO logged (position, book, number) VALUES ({position}, 'LY12', {number})"
CHECKPOINT = """INSERT INTO checkpoint (size, key, root, note, made_us)
    SELECT {size}, '{key}', {root}, '', 0 FROM checkpoint WHERE size = 3"""
POSTING = """INSERT INTO posting (book, number, line, source, destination, commodity, lot, quantity, source_after,
    destination_after) VALUES ('LY12', {number}, {line}, 'opening', 'stock', 'SOAP', 'L7', 5, -5, 5)"""


@pytest.fixture(scope="module", params=STORES)
def store(request, tmp_path_factory):
    """One database for all tests here: none of them may leave a trace."""
    yield from fresh_store(request, request.param, tmp_path_factory.mktemp("guards"))


@pytest.fixture(scope="module")
def book(store):
    """Three entries of Liuhe: soap came, two were handed out, and that was reversed; then the log was signed."""
    written = book_from("2026-03-05 donation\n donor:D7 -> stock SOAP/L7 20", store)
    written.post("2026-03-06", "redemption", "stock -> handed-out SOAP/L7 2", notes={"reason": "asked for"})
    written.post("2026-03-06", "reversal", "handed-out -> stock SOAP/L7 2", reverses=2)
    sign(store)
    with outside(store) as connection:
        connection.execute(SUBMISSION.format(verb="INSERT", key="k"))
        node = "x'" + "00" * 32 + "'" if store.is_sqlite else "decode(repeat('00', 32), 'hex')"
        connection.execute(f"INSERT INTO log_node (level, place, digest) VALUES (4, 0, {node})")
    return written


@pytest.fixture(autouse=True)
def nothing_changed(store, book):
    """Whatever a test here tries, every kept table is afterwards as it was before."""
    before = kept_rows(store)
    yield
    assert kept_rows(store) == before
    with store.reading() as session:
        replay(session, "LY12")


def kept_rows(store):
    """Return all rows of the kept tables."""
    with outside(store) as connection:
        return {table: sorted(map(str, connection.execute(f"SELECT * FROM {table}").fetchall())) for table in KEPT}


def entry(number=4, booked_on="2026-03-06", recorded="recorded_us", key="new", reverses="NULL", previous="digest"):
    """Return the statement that adds an entry, which is right unless something is asked otherwise."""
    return ENTRY.format(
        number=number, booked_on=booked_on, recorded=recorded, key=key, reverses=reverses, previous=previous
    )


def refusal(store, role, table, act):
    """Return what the database answers: a service of PostgreSQL has no right to ask, all others meet the guard."""
    without_right = role == SERVICE and not store.is_sqlite
    return f"permission denied for table {table}" if without_right else f"{table}: this {act} is refused"


def test_every_guard_is_in_place(store):
    with store.engine.connect() as connection:
        names = [name for name, _ in guards_of(connection)]
    assert len(names) == (27 if store.is_sqlite else 33)
    for table in KEPT:
        assert {f"guard_{table}_update", f"guard_{table}_delete"} <= set(names)
        assert f"guard_{table}_{'insert' if store.is_sqlite else 'truncate'}" in names
    guarded = ("book", "entry", "posting", "note", "logged", "checkpoint")
    assert {f"guard_{table}_insert" for table in guarded} <= set(names)


@on_postgresql
def test_every_guard_of_postgresql_stands_for_replicas_too(store):
    with outside(store) as connection:
        fires = connection.execute("SELECT DISTINCT tgenabled FROM pg_trigger WHERE tgname LIKE 'guard%'").fetchall()
    assert fires == [("A",)]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", FROZEN)
def test_what_was_written_is_not_changed(store, role, table):
    with outside(store, role) as connection:
        answer = refused(connection, CHANGES[table])
    assert refusal(store, role, table, "UPDATE") in answer


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", KEPT)
def test_what_was_written_is_not_deleted(store, role, table):
    with outside(store, role) as connection:
        answer = refused(connection, f"DELETE FROM {table}")
    assert refusal(store, role, table, "DELETE") in answer


@on_postgresql
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", KEPT)
def test_no_table_of_the_journal_is_emptied(store, role, table):
    with outside(store, role) as connection:
        answer = refused(connection, f"TRUNCATE {table} CASCADE")
    assert ("permission denied for table" if role == SERVICE else "this TRUNCATE is refused") in answer


@on_postgresql
@pytest.mark.parametrize("table", KEPT)
def test_a_replicating_session_walks_past_no_guard(store, table):
    with outside(store) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE", POSTING.format(number=2, line=9)):
            assert "is refused" in refused(connection, statement)


@on_sqlite
@pytest.mark.parametrize("table", KEPT)
def test_no_row_is_replaced_by_itself(store, table):
    with outside(store) as connection:
        replacing = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        assert f"{table}: this INSERT is refused" in refused(connection, replacing)


@on_sqlite
@pytest.mark.parametrize("statement", [entry(number=2), entry(key="k-of-2"), entry(reverses=2)])
def test_no_entry_is_replaced_by_a_new_one_with_any_of_its_unique_values(store, statement):
    with outside(store) as connection:
        (key,) = connection.execute("SELECT key FROM entry WHERE number = 2").fetchone()
        replacing = statement.replace("INSERT", "INSERT OR REPLACE").replace("k-of-2", key)
        assert "entry: this INSERT is refused" in refused(connection, replacing)


@on_sqlite
def test_no_row_is_replaced_by_its_hidden_number(store):
    with outside(store) as connection:
        replacing = entry().replace("INSERT INTO entry (", "INSERT OR REPLACE INTO entry (rowid, ")
        assert "entry: this INSERT is refused" in refused(connection, replacing.replace("SELECT", "SELECT 2,"))
        replacing = SUBMISSION.format(verb="INSERT OR REPLACE", key="new").replace("(key", "(rowid, key")
        assert "submission: this INSERT is refused" in refused(connection, replacing.replace("('new'", "(1, 'new'"))


@on_sqlite
@pytest.mark.parametrize(
    "conflict", ["UPDATE OR REPLACE entry SET number = 1", "UPDATE OR IGNORE posting SET line = 1"]
)
def test_no_conflict_clause_of_sqlite_walks_past_a_guard(store, conflict):
    with outside(store) as connection:
        assert "this UPDATE is refused" in refused(connection, conflict)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "wrong",
    [
        entry(number=5),
        entry(number=3),
        entry(previous="previous"),
        entry(recorded="recorded_us - 1"),
    ],
    ids=["leaves a gap", "takes a number twice", "is not chained", "runs backwards"],
)
def test_an_entry_that_is_not_the_next_of_its_book_is_refused(store, role, wrong):
    with outside(store, role) as connection:
        assert "entry: this INSERT is refused" in refused(connection, wrong)


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        (entry(number=5, key="newer", booked_on="2026-03-31"), "entry: this INSERT is refused"),
        ("UPDATE book SET open_from = '2026-03-31'", "book: this UPDATE is refused"),
    ],
    ids=["nothing is booked in a closed month", "a closed month is not opened again"],
)
def test_what_is_closed_stays_closed(store, statement, answer):
    with outside(store) as connection:
        connection.execute("BEGIN")
        connection.execute(entry().replace("kind, occurred_on, '", "'close', occurred_on, '"))
        connection.execute("UPDATE book SET number = 4, open_from = '2026-04-01'")
        assert answer in refused(connection, statement)
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("number", [1, 3, 4], ids=["the first", "the last", "one to come"])
def test_nothing_is_added_to_an_entry_later_or_before_it_is_written(store, role, number):
    with outside(store, role) as connection:
        assert "posting: this INSERT is refused" in refused(connection, POSTING.format(number=number, line=9))
        note = f"INSERT INTO note (book, number, name, salt, text) VALUES ('LY12', {number}, 'more', '00', 'x')"
        assert "note: this INSERT is refused" in refused(connection, note)


def test_the_right_next_entry_is_taken_with_its_postings_until_the_head_is_moved(store):
    with outside(store, SERVICE) as connection:
        connection.execute("BEGIN")
        connection.execute(entry())
        connection.execute(POSTING.format(number=4, line=1))
        connection.execute("""UPDATE book SET number = 4, digest = (SELECT digest FROM entry WHERE number = 4),
            recorded_us = (SELECT recorded_us FROM entry WHERE number = 4)""")
        assert "posting: this INSERT is refused" in refused(connection, POSTING.format(number=4, line=2))
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "moved",
    [
        "number = 2, digest = (SELECT digest FROM entry WHERE number = 2)",
        "number = 4",
        "digest = (SELECT digest FROM entry WHERE number = 2)",
        "recorded_us = recorded_us + 1",
        "recorded_us = 0",
        "open_from = '1999-12-31'",
        "open_from = '2026-04-01'",
        "number = 0",
    ],
)
def test_the_head_of_a_book_only_moves_on_to_its_last_entry(store, role, moved):
    with outside(store, role) as connection:
        assert "book: this UPDATE is refused" in refused(connection, f"UPDATE book SET {moved}")


def test_the_head_is_not_moved_past_an_entry_and_not_before_the_last(store):
    with outside(store) as connection:
        connection.execute("BEGIN")
        connection.execute(entry())
        connection.execute(entry(number=5, key="newer"))
        said = "UPDATE book SET number = 4, digest = (SELECT digest FROM entry WHERE number = 4)"
        assert "book: this UPDATE is refused" in refused(connection, said)
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("position", "number", "head", "right"),
    [(3, 4, 5, True), (4, 4, 5, False), (3, 5, 5, False), (3, 4, 3, False), (3, 6, 5, False), (3, 2, 5, False),
     (2, 4, 5, False), (-1, 4, 5, False)],
    ids=["the next of the log and of its book", "a gap in the log", "a gap in the book", "an entry being written",
         "no entry", "an entry twice", "a place twice", "before all"],
)
def test_the_log_has_no_gap_and_holds_only_what_stands(store, role, position, number, head, right):
    """Entries 4 and 5 are written; the log has the first three in the places 0, 1 and 2."""
    with outside(store, role) as connection:
        connection.execute("BEGIN")
        connection.execute(entry())
        connection.execute(entry(number=5, key="newer"))
        if head == 5:
            connection.execute("UPDATE book SET number = 5, digest = (SELECT digest FROM entry WHERE number = 5)")
        said = LOGGED.format(position=position, number=number)
        assert connection.execute(said) if right else "logged" in refused(connection, said)
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "wrong",
    [{"size": 2}, {"size": 4}, {"key": "another", "root": "(SELECT digest FROM entry WHERE number = 1)"}],
    ids=["of less than was signed", "of more than there is", "with another root"],
)
def test_no_checkpoint_contradicts_the_one_before(store, role, wrong):
    said = CHECKPOINT.format(**{"size": 3, "key": "another", "root": "root", **wrong})
    with outside(store, role) as connection:
        assert "checkpoint: this INSERT is refused" in refused(connection, said)


def test_the_same_log_can_be_signed_with_another_key(store):
    with outside(store, SERVICE) as connection:
        connection.execute("BEGIN")
        connection.execute(CHECKPOINT.format(size=3, key="another", root="root"))
        connection.execute("ROLLBACK")


def test_a_book_begins_with_nothing_in_it(store):
    said = "INSERT INTO book SELECT 'LY13', 1, digest, 0, open_from FROM book"
    with outside(store) as connection:
        assert "book: this INSERT is refused" in refused(connection, said)


def test_a_demo_stays_a_demo_and_a_real_county_a_real_one(store):
    with outside(store) as connection:
        assert "county: this UPDATE is refused" in refused(connection, "UPDATE county SET demo = 1 - demo")
        for verb in ("INSERT", "INSERT OR REPLACE") if store.is_sqlite else ("INSERT",):
            refused(connection, COUNTY.format(verb=verb, id=1))
            refused(connection, COUNTY.format(verb=verb, id=2))


@on_postgresql
def test_a_table_of_the_same_name_deceives_no_guard(store):
    with outside(store, SERVICE) as connection:
        connection.execute("CREATE TEMPORARY TABLE book AS SELECT * FROM public.book")
        connection.execute("UPDATE pg_temp.book SET number = 1")
        assert "posting: this INSERT is refused" in refused(connection, POSTING.format(number=3, line=9))


@on_postgresql
def test_nothing_slips_into_an_entry_while_it_is_being_committed(store):
    answers = []

    def slip_in():
        with outside(store, SERVICE) as other:
            answers.append(refused(other, POSTING.format(number=4, line=9)))

    with outside(store) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM book WHERE code = 'LY12' FOR UPDATE")
        connection.execute(entry())
        other = threading.Thread(target=slip_in)
        other.start()
        wait_until_somebody_waits(connection)
        connection.execute("ROLLBACK")
    other.join(60)
    assert "posting: this INSERT is refused" in answers[0]


def wait_until_somebody_waits(connection):
    """Wait until another session waits for a lock this one holds."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            return
        time.sleep(0.01)
    raise AssertionError("nobody came")


@on_sqlite
@pytest.mark.parametrize("table", KEPT)
def test_a_guard_looks_rows_up_and_never_reads_a_table_through(store, table):
    conditions = [insert_condition(table), CONDITIONS.get((table, "UPDATE"), "0")]
    with outside(store) as connection:
        for condition in conditions:
            plain = re.sub(r"(NEW|OLD)[.]\w+", "?1", condition)
            plan = connection.execute(f"EXPLAIN QUERY PLAN SELECT {plain}", ("x",)).fetchall() if "?1" in plain else []
            assert not [line for *_, line in plan if line.startswith("SCAN") and line != "SCAN CONSTANT ROW"]
