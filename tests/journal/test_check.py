"""Checking a book: whatever is changed behind the program's back is found, and the first wrong entry is named.

The book of Liuhe: twenty soaps came (1), points were given (2), two soaps went for points with a word about it (3),
which was reversed (4); February was closed (5), a paper of February came in late (6), and three more soaps went (7).
"""

import json
from datetime import date

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ledger.db.guards import take_guards_off
from ledger.db.migrate import owner_engine
from ledger.journal import check, check_book, close_book, glance_at, reading
from tests.journaltext import WrittenBook, at, book_from
from tests.replay import leaf_by_definition
from tests.stores import OWNER, STORES, as_role, fresh_store

FEBRUARY = """
2026-02-10 donation
  donor:D7           -> stock             SOAP/L7   20
2026-02-10 credit
  fund:merit         -> purse:H001:merit  POINT    500
"""
SOLD = ("purse:H001:merit -> redeemed POINT 240", "stock -> handed-out SOAP/L7 2")
BACK = ("handed-out -> stock SOAP/L7 2", "redeemed -> purse:H001:merit POINT 240")


@pytest.fixture(scope="module", params=STORES)
def store(request, tmp_path_factory):
    """One database for all tests here: whatever one of them spoils is taken back."""
    yield from fresh_store(request, request.param, tmp_path_factory.mktemp("check"))


@pytest.fixture(scope="module")
def book(store):
    """The book of Liuhe, and one of Shimo with a gift in it."""
    written = book_from(FEBRUARY, store)
    sold = written.post("2026-02-11", "redemption", *SOLD, notes={"reason": "for the niece", "proxy": "Zheng"})
    written.post("2026-02-12", "reversal", *BACK, reverses=sold.number)
    with store.writing() as session:
        said = {"book": "LY12", "by": "gao", "now": at("2026-03-02"), "key": "close", "facts": {"asked_by": "lin"}}
        close_book(session, through=date(2026, 2, 28), **said)
    written.post("2026-02-27", "redemption", "stock -> handed-out SOAP/L7 1", now=at("2026-03-03"))
    written.post("2026-03-04", "redemption", "stock -> handed-out SOAP/L7 3")
    WrittenBook(store, "LY13").write("2026-03-01 donation\n donor:D7 -> stock SOAP/L9 5")
    return written


@pytest.fixture(scope="module")
def owner(store):
    """The engine of who owns the database and needs no program."""
    url = store.url if store.is_sqlite else as_role(store.url, OWNER)
    engine = owner_engine(url) if store.is_sqlite else create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def spoilt(owner, book):
    """A session of the owner, with every guard taken off; what is done in it is taken back afterwards."""
    with owner.connect() as connection:
        take_guards_off(connection)
        with Session(connection) as session:
            yield session
        connection.rollback()


def spoil(session, statement):
    """Change something behind the program's back."""
    session.execute(text(statement))


TORN = {
    True: ("SELECT CAST(x'ff' AS TEXT)", "a text is not UTF-8"),
    False: ("DO $$ BEGIN RAISE 'invalid page in block 7' USING ERRCODE = 'XX001'; END $$", "invalid page in block 7"),
}
"""By whether it is SQLite how a database is found that is damaged, and what it says of it."""


def test_a_book_that_the_disk_has_spoilt_is_wrong_and_the_next_one_is_looked_at(store, book, monkeypatch):
    statement, said = TORN[store.is_sqlite]

    def torn(session, code):
        return code == "LY13" or session.execute(text(statement)).all()

    monkeypatch.setattr(check, "check_sums", torn)
    with store.reading() as session:
        assert (glance_at(session, "LY12").what, glance_at(session, "LY13")) == (
            f"the database is damaged ({said})", None
        )


def whole(session, code="LY12"):
    """Check the whole book; return which entry is wrong and why."""
    wrong = check_book(session, code)
    return wrong and (wrong.number, wrong.what)


def end(session, code="LY12"):
    """Look at the end of the book; return which entry is wrong and why."""
    wrong = glance_at(session, code)
    return wrong and (wrong.number, wrong.what)


# A book that is right

@pytest.mark.parametrize("looked", [whole, end])
def test_a_book_that_is_right_is_found_right(spoilt, looked):
    assert (looked(spoilt, "LY12"), looked(spoilt, "LY13")) == (None, None)


@pytest.mark.parametrize("looked", [whole, end])
def test_an_empty_book_is_right(spoilt, looked):
    spoil(spoilt, "INSERT INTO book SELECT 'LY14', 0, previous, 0, '2000-01-01' FROM entry WHERE number = 1 LIMIT 1")
    assert looked(spoilt, "LY14") is None


@pytest.mark.parametrize("few", [1, 2, 3, 6])
@pytest.mark.parametrize("looked", [whole, end])
def test_it_is_found_right_from_wherever_one_begins_and_in_any_chunks(spoilt, monkeypatch, looked, few):
    monkeypatch.setattr(reading, "CHUNK", few)
    monkeypatch.setattr(check, "AT_A_GLANCE", few)
    assert looked(spoilt) is None


def test_texts_that_were_erased_leave_the_book_right(spoilt):
    spoil(spoilt, "UPDATE note SET text = NULL WHERE name = 'proxy'")
    assert whole(spoilt) is None


def test_who_waits_hears_of_every_entry(spoilt):
    heard = []
    check_book(spoilt, "LY12", heard.append)
    assert heard == [1, 2, 3, 4, 5, 6, 7]


# What is found

ENTRY = {
    "kind": "kind || 'x'", "occurred_on": "'2026-01-01'", "booked_on": "'2026-12-31'", "recorded_us": "recorded_us + 1",
    "by": "by || 'x'", "key": "key || 'x'", "late": "1 - late", "body": "body || ' '", "previous": "{other}",
    "digest": "{other}", "reverses": "CASE WHEN reverses IS NULL THEN 1 END", "number": "number + 100",
    "book": "'LY13'",
}
POSTING = {
    "source": "source || 'x'", "destination": "destination || 'x'", "commodity": "commodity || 'X'",
    "lot": "lot || 'X'", "quantity": "quantity + 1", "source_after": "source_after + 1",
    "destination_after": "destination_after - 1",
    "line": "line + 7",
}
NOTE = {"name": "name || 'x'", "salt": "'00'", "text": "text || 'x'"}
BALANCE = {
    "account": "account || 'x'", "commodity": "commodity || 'X'", "lot": "lot || 'X'", "quantity": "quantity + 1",
    "free": "1 - free",
}
HEAD = {
    "number": "number - 1", "digest": "{other}", "recorded_us": "recorded_us + 1", "open_from": "'2026-02-01'",
}
CHANGES = [("entry", ENTRY), ("posting", POSTING), ("note", NOTE), ("balance", BALANCE), ("book", HEAD)]
KEYS = {
    "entry": ["number"], "posting": ["number", "line"], "note": ["number", "name"], "book": ["code"],
    "balance": ["account", "commodity", "lot"],
}
SAME = [("entry", "previous", 1), ("entry", "reverses", 1)]
"""What a change leaves as it was: nothing is before the first entry."""


def changes(session, table, column, change):
    """Return for each row of the book the entry it belongs to, if to one, and the statement that changes it."""
    other = "zeroblob(32)" if session.connection().dialect.name == "sqlite" else "decode(repeat('00', 32), 'hex')"
    mine = "code = 'LY12'" if table == "book" else "book = 'LY12'"
    for row in session.execute(text(f"SELECT * FROM {table} WHERE {mine}")).mappings().all():
        number = row["number"] if table in ("entry", "posting", "note") else None
        where = " AND ".join([mine, *(f"{key} = '{row[key]}'" for key in KEYS[table])])
        if (table, column, number) not in SAME:
            yield number, f"UPDATE {table} SET {column} = {change.format(other=other)} WHERE {where}"


@pytest.mark.parametrize(
    ("table", "column", "change"),
    [(table, column, change) for table, columns in CHANGES for column, change in columns.items()],
)
def test_one_changed_value_in_any_row_is_found_and_its_entry_is_named(spoilt, table, column, change):
    found, refused = [], []
    for number, statement in [*changes(spoilt, table, column, change)]:
        point = spoilt.begin_nested()
        try:
            spoil(spoilt, statement)
            found.append((number, statement, whole(spoilt)))
        except IntegrityError:
            refused.append(statement)
        point.rollback()
    assert [(statement, what) for number, statement, what in found if what is None or what[0] != number] == []
    # References of PostgreSQL cannot be left out: there an entry that has postings keeps its number.
    assert found or (table, column) in (("entry", "number"), ("entry", "book"))
    assert whole(spoilt) is None


GONE = {
    "an entry with all that belongs to it": (6, "DELETE FROM entry WHERE book = 'LY12' AND number = 6"),
    "the last entry": (7, "DELETE FROM entry WHERE book = 'LY12' AND number = 7"),
    "a posting": (3, "DELETE FROM posting WHERE book = 'LY12' AND number = 3 AND line = 2"),
    "a text": (3, "DELETE FROM note WHERE name = 'proxy'"),
    "a balance": (None, "DELETE FROM balance WHERE book = 'LY12' AND account = 'stock'"),
    "a balance of nothing": (None, "DELETE FROM balance WHERE book = 'LY12' AND account = 'redeemed'"),
}


@pytest.mark.parametrize("gone", GONE)
def test_what_is_gone_is_missed(spoilt, gone):
    number, statement = GONE[gone]
    if "FROM entry" in statement:
        spoil(spoilt, f"DELETE FROM posting WHERE book = 'LY12' AND number = {number}")
    spoil(spoilt, statement)
    assert whole(spoilt)[0] == number


MORE = {
    "a posting": (
        5, "INSERT INTO posting SELECT book, 5, 1, source, destination, commodity, lot, quantity, 0, 0 FROM posting "
        "WHERE book = 'LY12' AND number = 7"
    ),
    "a text": (7, "INSERT INTO note SELECT book, 7, name, salt, text FROM note WHERE name = 'proxy'"),
    "a balance": (None, "INSERT INTO balance VALUES ('LY12', 'stock', 'GOLD', 'L1', 5, 0)"),
    "a balance of nothing": (None, "INSERT INTO balance VALUES ('LY12', 'stock', 'GOLD', 'L1', 0, 0)"),
}


@pytest.mark.parametrize("more", MORE)
def test_what_was_added_is_found(spoilt, more):
    number, statement = MORE[more]
    spoil(spoilt, statement)
    assert whole(spoilt)[0] == number


def test_an_entry_cut_off_with_everything_that_tells_of_it_leaves_balances_that_do_not_agree(spoilt):
    for table in ("posting", "entry"):
        spoil(spoilt, f"DELETE FROM {table} WHERE book = 'LY12' AND number = 7")
    spoil(spoilt, """UPDATE book SET number = 6, (digest, recorded_us) = (SELECT digest, recorded_us FROM entry
        WHERE book = 'LY12' AND number = 6) WHERE code = 'LY12'""")
    assert whole(spoilt) == (None, "handed-out SOAP L7 holds 1, its balance says 4")


def test_the_rows_of_another_book_do_not_matter(spoilt):
    spoil(spoilt, "UPDATE balance SET quantity = 6 WHERE book = 'LY13' AND account = 'stock'")
    assert whole(spoilt) is None
    assert whole(spoilt, "LY13") == (None, "stock SOAP L9 holds 5, its balance says 6")


@pytest.mark.parametrize(
    ("statement", "number", "what"),
    [
        ("UPDATE entry SET body = replace(body, 'L7', 'L8') WHERE number = 7", 7, "its digest does not fit it"),
        ("UPDATE entry SET kind = 'donation' WHERE number = 6", 6, "its row says 'donation' for kind"),
        ("UPDATE posting SET quantity = 4 WHERE number = 7", 7, "its postings differ"),
        ("UPDATE note SET text = 'Sun' WHERE name = 'proxy'", 3, "its text proxy does not fit its digest"),
        ("UPDATE balance SET quantity = 3 WHERE account = 'stock' AND book = 'LY12'", None,
         "stock SOAP L7 holds 16, its balance says 3"),
        (MORE["a balance of nothing"][1], None, "stock GOLD L1 has a balance, and no entry moved it"),
        ("UPDATE book SET open_from = '2026-04-01' WHERE code = 'LY12'", None,
         "by its last close it is open from 2026-03-01, its head says 2026-04-01"),
    ],
)
def test_what_is_wrong_is_said_in_words(spoilt, statement, number, what):
    spoil(spoilt, statement)
    assert whole(spoilt) == (number, what)


# A history written anew, with digests that fit

def forge(session, number, change):
    """Change an entry, give it and all behind it digests that fit, and the head of the book too.

    `change` is told the entry's row and body; what it changes in the body is written into columns and postings too.
    """
    previous = None
    for row in session.execute(text("SELECT * FROM entry WHERE book = 'LY12' ORDER BY number")).mappings().all():
        entry, body = dict(row), json.loads(row["body"])
        entry["previous"] = entry["previous"] if previous is None else previous
        if row["number"] == number:
            change(entry, body)
            entry = {**entry, **{name: body[name] for name in ("occurred_on", "booked_on")}, "late": int(body["late"])}
            entry["body"] = json.dumps(body, sort_keys=True, separators=(",", ":")) + entry.pop("more", "")
        previous = leaf_by_definition(
            "LY12", row["number"], entry["recorded_us"], entry["previous"], entry["body"].encode()
        )
        names = ("occurred_on", "booked_on", "late", "recorded_us", "previous", "body")
        said = ", ".join(f"{name} = :{name}" for name in names)
        values = {name: entry[name] for name in names}
        update = text(f"UPDATE entry SET {said}, digest = :digest WHERE book = 'LY12' AND number = {row['number']}")
        session.execute(update, {**values, "digest": previous})
    session.execute(text("UPDATE book SET digest = :digest WHERE code = 'LY12'"), {"digest": previous})


FORGED = {
    "blanks in its body": (6, lambda entry, body: entry.update(more=" "), "its body is not canonical"),
    "another beginning": (6, lambda entry, body: entry.update(previous=bytes(32)),
                          "it does not follow the entry before it"),
    "an earlier instant": (6, lambda entry, body: entry.update(recorded_us=5),
                           "it was recorded before the entry before it"),
    "not late": (6, lambda entry, body: body.update(late=False), "it was recorded on 2026-03-03"),
    "a day to come": (7, lambda entry, body: body.update(occurred_on="2026-03-05", booked_on="2026-03-05"),
                      "it was recorded on 2026-03-04"),
    "a closed month": (6, lambda entry, body: body.update(booked_on="2026-02-27"),
                       "it belongs on 2026-03-01, it is booked on 2026-02-27"),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_history_written_anew_must_still_be_one_that_can_be(spoilt, forged):
    number, change, what = FORGED[forged]
    forge(spoilt, number, change)
    assert whole(spoilt) == (number, what)


def test_a_history_written_anew_without_a_fault_is_found_by_copies_outside_alone(spoilt):
    before = spoilt.scalar(text("SELECT digest FROM book WHERE code = 'LY12'"))
    forge(spoilt, 6, lambda entry, body: body["facts"].update(paper_number="31"))
    assert whole(spoilt) is None
    assert spoilt.scalar(text("SELECT digest FROM book WHERE code = 'LY12'")) != before


def test_an_entry_taken_out_of_the_middle_leaves_a_gap_whatever_the_digests_say(spoilt):
    for table in ("posting", "entry"):
        spoil(spoilt, f"DELETE FROM {table} WHERE book = 'LY12' AND number = 6")
    forge(spoilt, 7, lambda entry, body: None)
    assert whole(spoilt) == (6, "it is missing")


def test_more_goods_than_there_were_cannot_have_gone_out_whatever_the_rows_say(spoilt):
    forge(spoilt, 7, lambda entry, body: body["postings"][0].update(quantity=30))
    spoil(spoilt, "UPDATE posting SET quantity = 30, source_after = source_after - 27, "
          "destination_after = destination_after + 27 WHERE book = 'LY12' AND number = 7")
    assert whole(spoilt) == (7, "stock falls below zero")


def test_a_posting_of_no_entry_is_found_where_the_database_lets_it_in(spoilt):
    more = "INSERT INTO posting VALUES ('LY12', 99, 1, 'donor:D7', 'stock', 'SOAP', 'L7', 1, 0, 0)"
    if spoilt.connection().dialect.name == "postgresql":
        with pytest.raises(IntegrityError):
            spoil(spoilt, more)
    else:
        spoil(spoilt, more)
        assert whole(spoilt) == (None, "there are postings of no entry")


# At a glance

@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = body || ' ' WHERE number = 7",
        "UPDATE entry SET kind = 'donation' WHERE number = 6",
        "UPDATE posting SET quantity = 4 WHERE number = 7",
        "UPDATE balance SET quantity = quantity + 1 WHERE account = 'stock'",
        "UPDATE balance SET quantity = quantity + 1 WHERE account = 'purse:H001:merit'",
        "UPDATE book SET number = 6",
        "UPDATE book SET number = 8",
        "UPDATE book SET recorded_us = recorded_us + 1",
        "UPDATE book SET open_from = '2026-02-01'",
    ],
)
def test_a_glance_finds_what_is_wrong_at_the_end_of_a_book_or_in_its_sums(spoilt, monkeypatch, statement):
    monkeypatch.setattr(check, "AT_A_GLANCE", 2)
    mine = "code = 'LY12'" if "book" in statement else "book = 'LY12'"
    spoil(spoilt, f"{statement} {'AND' if 'WHERE' in statement else 'WHERE'} {mine}")
    assert end(spoilt) is not None


def test_a_glance_names_the_entry_that_is_gone_and_not_one_before_it(spoilt, monkeypatch):
    monkeypatch.setattr(check, "AT_A_GLANCE", 4)
    for table in ("posting", "note", "entry"):
        spoil(spoilt, f"DELETE FROM {table} WHERE number = 6 AND book = 'LY12'")
    assert end(spoilt) == (6, "it is missing")


def test_a_glance_does_not_look_at_what_is_long_past(spoilt, monkeypatch):
    monkeypatch.setattr(check, "AT_A_GLANCE", 2)
    spoil(spoilt, "UPDATE entry SET body = body || ' ' WHERE number = 1")
    assert (end(spoilt), whole(spoilt)[0]) == (None, 1)
