"""Checking the county log: nothing that is kept of it is believed, all of it is worked out from the entries again.

Liuhe booked twenty notices, which were signed, and twenty more; Shimo booked ten; all fifty were signed, with a first
key and with another. Then Liuhe booked three more, which have no place yet.
"""

import json

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session

from ledger.db.guards import take_guards_off
from ledger.db.migrate import owner_engine
from ledger.journal.logcheck import check_log
from tests.journal.test_log_checkpoints import notices
from tests.journaltext import WrittenBook
from tests.replay import leaf_by_definition
from tests.sealing import ANOTHER_KEY, sign
from tests.stores import OWNER, STORES, as_role, fresh_store


@pytest.fixture(scope="module", params=STORES)
def store(request, tmp_path_factory):
    """One database for all tests here: whatever one of them spoils is taken back."""
    yield from fresh_store(request, request.param, tmp_path_factory.mktemp("log-check"))


@pytest.fixture(scope="module")
def county(store):
    """The county with its two books and its log."""
    liuhe, shimo = WrittenBook(store), WrittenBook(store, "LY13")
    notices(liuhe, 20)
    sign(store)
    notices(liuhe, 20)
    notices(shimo, 10)
    sign(store)
    sign(store, ANOTHER_KEY)
    notices(liuhe, 3)
    return store


@pytest.fixture
def spoilt(county):
    """A session of who owns the database, every guard taken off; what is done in it is taken back afterwards."""
    engine = owner_engine(county.url) if county.is_sqlite else create_engine(as_role(county.url, OWNER))
    with engine.connect() as connection:
        take_guards_off(connection)
        if not county.is_sqlite:
            connection.execute(text("ALTER TABLE logged DROP CONSTRAINT logged_book_number_fkey"))
        with Session(connection) as session:
            yield session
        connection.rollback()
    engine.dispose()


def difference(session, *statements, to_sign=False):
    """Change something behind the program's back; return what a check finds."""
    for statement in statements:
        assert session.execute(text(statement)).rowcount > 0
    wrong = check_log(session, to_sign=to_sign)
    return wrong and wrong.what


def test_a_log_that_is_right_is_found_right_and_tells_how_far_it_is(spoilt):
    heard = []
    assert check_log(spoilt, heard.append, to_sign=True) is None
    assert heard == list(range(1, 51))


def swapped(one, other):
    """Let two entries change their places."""
    return [f"UPDATE logged SET position = {new} WHERE position = {old}"
            for old, new in ((one, 900), (other, one), (900, other))]


SIGNED = "the note kept of 50 entries is not the one that was signed"
LAST_NOTE = "WHERE size = 50 AND made_us = (SELECT max(made_us) FROM checkpoint)"
A_DIGEST = "(SELECT digest FROM entry WHERE book = 'LY12' AND number = 1)"
SPOILT = {
    "a body": (["UPDATE entry SET body = body || ' ' WHERE book = 'LY12' AND number = 5"],
               "LY12-5: its digest does not fit it"),
    "an entry that is gone": (["DELETE FROM entry WHERE book = 'LY13' AND number = 4"],
                              "LY13-4: it is missing, and has place 43 in the log"),
    "a place that is gone": (["DELETE FROM logged WHERE position = 7"],
                             "in place 7 of the log stands nothing that is in a book"),
    "two places of one book": (swapped(3, 4), "LY12-5: it does not follow entry 3 of the log"),
    "two places of two books": (swapped(39, 40),
                                "from place 32 (LY12-33) to 47: the node kept is not what their entries lead to"),
    "a node": ([f"UPDATE log_node SET digest = {A_DIGEST} WHERE level = 4 AND place = 1"],
               "from place 16 (LY12-17) to 31: the node kept is not what their entries lead to"),
    "a node high up": ([f"UPDATE log_node SET digest = {A_DIGEST} WHERE level = 5"],
                       "from place 0 (LY12-1) to 31: the node kept is not what their entries lead to"),
    "a node that is gone": (["DELETE FROM log_node WHERE level = 4 AND place = 0"],
                            "from place 0 (LY12-1) to 15: the node kept is missing"),
    "a node too many": ([f"INSERT INTO log_node (level, place, digest) VALUES (4, 3, {A_DIGEST})"],
                        "a node is kept at level 4 that no entries lead to"),
    "a node too low": ([f"INSERT INTO log_node (level, place, digest) VALUES (1, 0, {A_DIGEST})"],
                       "a node is kept at level 1 that no entries lead to"),
    "an old root": ([f"UPDATE checkpoint SET root = {A_DIGEST} WHERE size = 20"],
                    "its first 20 entries are not those that were signed; the nodes kept of what comes before place 16 "
                    "(LY12-17) are right"),
    "the end": (["DELETE FROM logged WHERE position = 49"], "50 entries were signed, it has 49"),
    "all of it": (["DELETE FROM logged", "DELETE FROM log_node"], "50 entries were signed, it has 0"),
    "the size in a note": ([f"UPDATE checkpoint SET note = replace(note, '50', '49') {LAST_NOTE}"], SIGNED),
    "the root in a note": (
        ["UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 20) WHERE size = 50"], SIGNED),
    "a signature": (["UPDATE checkpoint SET note = replace(note, '— aixin-ledger/610727 ', "
                     "'— aixin-ledger/610727 AAAA') WHERE size = 50"], SIGNED),
    "the name of who signed": (["UPDATE checkpoint SET note = replace(note, '— aixin-ledger/610727', "
                                "'— aixin-ledger/610728') WHERE size = 50"], SIGNED),
    "a word behind a note": (["UPDATE checkpoint SET note = note || 'so be it' WHERE size = 50"], SIGNED),
    "a key": (["UPDATE checkpoint SET key = replace(key, '+', '-') WHERE size = 50"], SIGNED),
    "the key of another": ([f"UPDATE checkpoint SET key = substr(key, 1, 30) || 'AAAA' {LAST_NOTE}"], SIGNED),
}


@pytest.mark.parametrize("what", SPOILT)
def test_whatever_is_spoilt_is_found_and_the_first_place_is_named(spoilt, what):
    statements, named = SPOILT[what]
    assert difference(spoilt, *statements) == named


def rewrite(session, book, first):
    """Write an entry anew, chain all that follow to it and move the head: a book that fits itself."""
    rows = session.execute(text(f"SELECT number, recorded_us, previous, body FROM entry WHERE book = '{book}' "
                                f"AND number >= {first} ORDER BY number")).all()
    previous = bytes(rows[0].previous)
    for row in rows:
        body = json.loads(row.body)
        body["by"] = "gao" if row.number == first else body["by"]
        written = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = leaf_by_definition(book, row.number, row.recorded_us, previous, written.encode())
        said = {"body": written, "previous": previous, "digest": digest}
        session.execute(text("UPDATE entry SET body = :body, previous = :previous, digest = :digest "
                             f"WHERE book = '{book}' AND number = {row.number}"), said)
        previous = digest
    session.execute(text(f"UPDATE book SET digest = :digest WHERE code = '{book}'"), {"digest": previous})


def test_a_book_that_was_written_anew_and_fits_itself_is_found_by_the_tree(spoilt):
    rewrite(spoilt, "LY12", 24)
    assert difference(spoilt) == "from place 16 (LY12-17) to 31: the node kept is not what their entries lead to"


def test_an_end_that_was_written_anew_is_found_by_what_was_signed(spoilt):
    rewrite(spoilt, "LY13", 10)
    assert difference(spoilt) == (
        "its first 50 entries are not those that were signed; the nodes kept of what comes before place 48 (LY13-9) "
        "are right"
    )


WAITING = {
    "a body": ("UPDATE entry SET body = body || ' ' WHERE book = 'LY12' AND number = 42",
               "LY12-42: its digest does not fit it"),
    "an entry": ("DELETE FROM entry WHERE book = 'LY12' AND number = 42", "LY12-43: it does not follow entry 41"),
    "the last entry": ("DELETE FROM entry WHERE book = 'LY12' AND number = 43",
                       "LY12 ends at number 43, its entries at 42"),
    "the head": ("UPDATE book SET number = 42 WHERE code = 'LY12'", "LY12 ends at number 42, its entries at 43"),
}


@pytest.mark.parametrize("what", WAITING)
def test_before_it_is_signed_what_has_no_place_yet_is_looked_at_too(spoilt, what):
    statement, named = WAITING[what]
    assert difference(spoilt, statement) is None
    assert difference(spoilt, to_sign=True).startswith(named)
