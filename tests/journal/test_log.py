"""The county log: every entry of every book gets its place, without a gap, and nothing in the journal is touched."""

import threading

import pytest

from ledger.journal import books, entries_of, extend_log, log, log_size
from ledger.journal.log import CHUNK, EntryMissing, PlaceEmpty, Tree, digests, log_root, logged
from ledger.journal.merkle import consistency_proof, inclusion_proof
from tests.journal.clients import send
from tests.journaltext import WrittenBook, book_from
from tests.sealing import path_by_definition, proof_by_definition, root_by_definition
from tests.stores import as_the_owner, outside

GIFT = "2026-03-05 donation\n donor:D7 -> stock SOAP/L7 1000"


@pytest.fixture
def two_books(store):
    """The book of Liuhe and that of Shimo, with nothing in them."""
    return WrittenBook(store), WrittenBook(store, "LY13")


@pytest.fixture
def by_threes(monkeypatch):
    """A log that gives three places in a turn."""
    monkeypatch.setattr(log, "CHUNK", 3)


def extend(store):
    """Give the next entries their places, in a turn; return how many."""
    with store.writing() as session:
        return extend_log(session)


def places(store):
    """Return which entry stands where, as LY12-1."""
    with store.reading() as session:
        rows = session.execute(logged.select().order_by(logged.c.position)).all()
    assert [row.position for row in rows] == list(range(len(rows)))
    return [f"{row.book}-{row.number}" for row in rows]


def leaves(store):
    """Return the digests of the entries that have a place, found in the journal one by one."""
    with store.reading() as session:
        entries = {f"{entry.book}-{entry.number}": entry.digest
                   for head in books(session) for entry in entries_of(session, head.code)}
    return [entries[place] for place in places(store)]


def everything_but_the_log(store):
    """Return every row of the tables that the log must not touch."""
    with outside(store) as connection:
        return {table: sorted(map(str, connection.execute(f"SELECT * FROM {table}").fetchall()))
                for table in ("entry", "posting", "note", "book", "balance", "submission", "county")}


def notices(book, count):
    """Book entries that move nothing."""
    for _ in range(count):
        book.post("2026-03-06", "notice")


def test_entries_get_places_book_by_book_and_later_ones_behind_them(store, two_books):
    liuhe, shimo = two_books
    notices(shimo, 2)
    notices(liuhe, 3)
    assert extend(store) == 5
    notices(liuhe, 1)
    notices(shimo, 1)
    assert extend(store) == 2
    assert extend(store) == 0
    assert places(store) == ["LY12-1", "LY12-2", "LY12-3", "LY13-1", "LY13-2", "LY12-4", "LY13-3"]


def test_no_row_of_the_journal_is_touched(store, two_books):
    two_books[0].write(GIFT)
    notices(two_books[1], 20)
    before = everything_but_the_log(store)
    extend(store)
    assert everything_but_the_log(store) == before


def test_a_long_book_gets_its_places_turn_by_turn(store, two_books, by_threes):
    notices(two_books[0], 4)
    notices(two_books[1], 3)
    assert [extend(store) for _ in range(4)] == [3, 3, 1, 0]
    assert places(store) == ["LY12-1", "LY12-2", "LY12-3", "LY12-4", "LY13-1", "LY13-2", "LY13-3"]


def test_a_turn_is_short():
    assert CHUNK <= 5_000


def test_what_is_taken_back_has_no_place(store, two_books):
    notices(two_books[0], 2)
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        assert extend_log(session) == 2
        raise ZeroDivisionError
    assert places(store) == []
    assert extend(store) == 2


def test_a_leaf_of_the_log_is_the_digest_of_its_entry(store, two_books):
    two_books[0].write(GIFT)
    notices(two_books[1], 2)
    extend(store)
    with store.reading() as session:
        assert list(digests(session, 0, 3)) == leaves(store)
        assert log_size(session) == 3


def test_however_it_grew_root_and_proofs_are_those_of_the_definition(store, two_books):
    """The log grows to 75 entries in steps of 1, 2, 3 … 12, so that blocks of sixteen are cut everywhere."""
    for step in range(1, 13):
        notices(two_books[step % 2], step)
        if step != 12:  # the last steps come in one
            extend(store)
    extend(store)
    right = leaves(store)
    assert len(right) == 78
    with store.reading() as session:
        tree = Tree(session)
        for size in range(len(right) + 1):
            assert log_root(session, size) == root_by_definition(right[:size])
        for size in (1, 2, 15, 16, 17, 31, 32, 33, 64, 65, 77, 78):
            for place in (0, size // 2, size - 1):
                assert inclusion_proof(tree, place, 0, size) == path_by_definition(place, right[:size])
            assert consistency_proof(tree, size, 78) == proof_by_definition(size, right)


def test_only_complete_subtrees_of_sixteen_leaves_and_more_are_kept(store, two_books):
    notices(two_books[0], 75)
    extend(store)
    with outside(store) as connection:
        kept = connection.execute("SELECT level, place FROM log_node ORDER BY level, place").fetchall()
    assert [tuple(row) for row in kept] == [(4, 0), (4, 1), (4, 2), (4, 3), (5, 0), (5, 1), (6, 0)]


def test_two_who_extend_it_at_once_while_the_shop_goes_on_leave_no_gap(store, monkeypatch):
    monkeypatch.setattr(log, "CHUNK", 7)
    book_from(GIFT, store)
    wrong = []

    def extend_until(enough):
        try:
            while True:
                with store.writing() as session:
                    extend_log(session)
                    if log_size(session) >= enough:
                        return
        except Exception as error:
            wrong.append(error)

    def sell():
        wrong.extend(answer for key in range(60) if isinstance(answer := send(store, f"k-{key}"), str))

    together = [threading.Thread(target=extend_until, args=(61,)) for _ in range(2)]
    together.append(threading.Thread(target=sell))
    for one in together:
        one.start()
    for one in together:
        one.join(60)
    assert wrong == []
    assert places(store) == [f"LY12-{number}" for number in range(1, 62)]
    with store.reading() as session:
        assert log_root(session, 61) == root_by_definition(leaves(store))


# Over a gap nothing is worked out

def take_away(store, book, number):
    """Take an entry out of a book as who owns the database can, and return how it is put back."""
    foreign = [] if store.is_sqlite else ["ALTER TABLE logged DROP CONSTRAINT logged_book_number_fkey"]
    here = f"FROM entry WHERE book = '{book}' AND number = {number}"
    as_the_owner(store, *foreign, f"CREATE TABLE taken_away AS SELECT * {here}", f"DELETE {here}")
    return lambda: as_the_owner(store, "INSERT INTO entry SELECT * FROM taken_away")


def tree_kept(store):
    """Return how many places are given and how many nodes are kept."""
    with outside(store) as connection:
        return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("logged", "log_node")]


def test_over_an_entry_that_is_gone_nothing_is_kept_and_the_log_is_right_when_it_is_back(store, two_books):
    """
    Of Shimo's twenty entries in the log the eighteenth is lost. Liuhe books thirteen more, which would complete the
    block of sixteen that it lay in.
    """
    liuhe, shimo = two_books
    notices(shimo, 20)
    extend(store)
    put_back = take_away(store, "LY13", 18)
    notices(liuhe, 13)
    with pytest.raises(EntryMissing, match="Entry 18 of book LY13 is missing"):
        extend(store)
    assert tree_kept(store) == [20, 1]
    with store.reading() as session, pytest.raises(EntryMissing, match="Entry 18 of book LY13"):
        log_root(session, 20)
    put_back()
    assert extend(store) == 13
    with store.reading() as session:
        assert log_root(session, 33) == root_by_definition(leaves(store))


@pytest.mark.parametrize(("booked", "gone"), [(5, 3), (5, 1), (5, 5), (9, 9)])
def test_an_entry_that_is_gone_before_it_had_a_place_is_named_and_nothing_is_given_one(store, two_books, booked, gone):
    notices(two_books[0], booked)
    take_away(store, "LY12", gone)
    with pytest.raises(EntryMissing, match=f"Entry {gone} of book LY12 is missing"):
        extend(store)
    assert tree_kept(store) == [0, 0]


@pytest.mark.parametrize(
    ("spoil", "place"),
    [("DELETE FROM logged WHERE position = 17", 17), ("DELETE FROM logged WHERE position > 16", 16),
     ("DELETE FROM log_node", 0)],
    ids=["a place", "the last places", "a node"],
)
def test_over_a_place_of_which_nothing_is_kept_nothing_is_worked_out(store, two_books, spoil, place):
    notices(two_books[0], 20)
    extend(store)
    as_the_owner(store, spoil)
    with store.reading() as session, pytest.raises(PlaceEmpty, match=f"Place {place} of the county log is empty"):
        log_root(session, 20)
    with store.reading() as session, pytest.raises(PlaceEmpty):
        inclusion_proof(Tree(session), 17, 0, 20)
