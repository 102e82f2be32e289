"""Notes: free text that could name a person is kept beside the journal, and can be erased without breaking it."""

from ledger.journal import body_of
from ledger.journal.leaf import salted
from tests.replay import replay, rows
from tests.stores import SERVICE, outside, refused

REASON = "Wang Guilan was ill"


def kept(book):
    """Return the notes as they are kept."""
    with book.store.reading() as session:
        return rows(session, "SELECT * FROM note ORDER BY book, number, name")


def test_the_entry_holds_a_salted_digest_and_the_text_stands_beside_it(book):
    entry = book.post("2026-03-05", "notice", notes={"reason": REASON})
    (note,) = kept(book)
    assert (note["number"], note["name"], note["text"]) == (1, "reason", REASON)
    assert body_of(entry)["notes"] == {"reason": salted(REASON, note["salt"])}
    assert REASON not in entry.body


def test_the_same_text_twice_cannot_be_told_from_the_digests(book):
    first, second = (book.post("2026-03-05", "notice", notes={"reason": REASON}) for _ in range(2))
    assert body_of(first)["notes"] != body_of(second)["notes"]


def test_an_empty_note_is_no_note(book):
    entry = book.post("2026-03-05", "notice", notes={"reason": ""})
    assert body_of(entry)["notes"] == {}
    assert kept(book) == []


def test_a_note_is_erased_and_the_chain_still_holds(book):
    book.post("2026-03-05", "notice", notes={"reason": REASON})
    with outside(book.store, SERVICE) as connection:
        connection.execute("UPDATE note SET text = NULL WHERE name = 'reason'")
    assert kept(book)[0]["text"] is None
    with book.store.reading() as session:
        replay(session, "LY12")


def test_a_note_is_never_rewritten_or_moved(book):
    book.post("2026-03-05", "notice", notes={"reason": REASON})
    book.post("2026-03-05", "notice")
    with outside(book.store) as connection:
        moved = ("number = 2", "name = 'x'", "salt = '00'")
        for change in ("text = 'Li was ill'", *(f"text = NULL, {column}" for column in moved)):
            assert "note: this UPDATE is refused" in refused(connection, f"UPDATE note SET {change}")
        assert "note: this DELETE is refused" in refused(connection, "DELETE FROM note")
        late = "INSERT INTO note (book, number, name, salt, text) VALUES ('LY12', 1, 'more', '00', 'x')"
        assert "note: this INSERT is refused" in refused(connection, late)
        assert "note: this INSERT is refused" in refused(connection, late.replace("more", "reason"))
    assert kept(book)[0]["text"] == REASON
