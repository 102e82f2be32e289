"""Posting: what an entry is, and what it does to what accounts hold."""

import json

import pytest

from ledger.db.prepared import Line
from ledger.errors import NotFound
from ledger.journal import Draft, Move, NotThere, body_of, entry_of, moves_of, on_hand, post_all, take_book
from ledger.journal.posting import ReversedAlready
from ledger.terms import EntryKind
from tests.journaltext import at
from tests.replay import replay


def test_an_entry_moves_goods_and_points_together(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             RICE/L42   10
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT    1000
    """
    book.post("2026-03-06", "redemption", "purse:H001:merit -> redeemed POINT 380", "stock -> handed-out RICE/L42 2")
    assert book.holds("purse:H001:merit", "POINT") == 620
    assert book.holds("redeemed", "POINT") == 380
    assert book.holds("stock", "RICE/L42") == 8
    assert book.holds("handed-out", "RICE/L42") == 2


def test_a_source_shows_below_zero_how_much_has_come_from_it(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  RICE/L42  10
    """
    assert book.holds("donor:D7", "RICE/L42") == -10


def test_what_is_not_there_cannot_be_taken_and_the_sentence_names_it(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  1
    """
    with pytest.raises(NotThere) as refusal:
        book.post("2026-03-06", "redemption", "stock -> handed-out SOAP/L7 2")
    assert str(refusal.value) == "There is not enough in stock: 1 of SOAP L7, 2 asked."
    assert book.holds("stock", "SOAP/L7") == 1
    assert book.head().number == 1


def test_an_entry_whose_second_line_is_short_moves_nothing(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  5
    """
    with pytest.raises(NotThere):
        book.post("2026-03-06", "redemption", "stock -> handed-out SOAP/L7 2", "stock -> handed-out RICE/L42 1")
    assert book.holds("stock", "SOAP/L7") == 5
    assert book.holds("handed-out", "SOAP/L7") == 0


def test_two_lines_of_one_entry_cannot_take_the_same_goods(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  3
    """
    with pytest.raises(NotThere, match="1 of SOAP L7, 2 asked"):
        book.post("2026-03-06", "redemption", "stock -> handed-out SOAP/L7 2", "stock -> handed-out SOAP/L7 2")


def test_lines_of_one_entry_follow_each_other(book):
    """
    2026-03-05 donation
      donor:D7 -> stock      SOAP/L7  3
      stock    -> set-aside  SOAP/L7  3
    """
    assert (book.holds("stock", "SOAP/L7"), book.holds("set-aside", "SOAP/L7")) == (0, 3)


def test_an_entry_without_postings_says_only_that_something_happened(book):
    """
    2026-03-05 notice
    """
    with book.store.reading() as session:
        entry = entry_of(session, "LY12", 1)
    assert (entry.kind, moves_of(entry)) == ("notice", [])


def test_numbers_of_a_book_run_from_one_without_a_gap_even_after_a_refusal(book):
    """
    2026-03-05 notice
    """
    with pytest.raises(NotThere):
        book.post("2026-03-06", "redemption", "stock -> handed-out SOAP/L7 2")
    assert book.post("2026-03-06", "notice").number == 2


def test_each_posting_keeps_what_both_accounts_held_after_it(book):
    """
    2026-03-05 donation
      donor:D7 -> stock       SOAP/L7  10
      stock    -> handed-out  SOAP/L7   3
      stock    -> handed-out  SOAP/L7   2
    """
    with book.store.reading() as session:
        assert replay(session, "LY12")["stock", "SOAP", "L7"] == 5


def test_many_entries_of_one_submission_are_numbered_chained_and_posted_in_order(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  5
    """
    credits = [
        Draft(EntryKind.CREDIT, [Move("fund:merit", f"purse:H{household:03}:merit", "POINT", 360)], {"sheet": 1})
        for household in range(1, 301)
    ]
    day = at("2026-03-06")
    with book.store.writing() as session:
        posted = post_all(session, book="LY12", drafts=credits, by="lin", occurred_on=day.date(), now=day, key="s")
    assert [entry.number for entry in posted] == list(range(2, 302))
    assert len({entry.key for entry in posted}) == 300
    assert book.holds("fund:merit", "POINT") == -108_000
    with book.store.reading() as session:
        replay(session, "LY12")


def test_a_submission_without_entries_posts_nothing(book):
    with book.store.writing() as session:
        day = at("2026-03-06")
        assert post_all(session, book="LY12", drafts=[], by="lin", occurred_on=day.date(), now=day, key="s") == []
    assert book.head().number == 0


def test_the_body_says_everything_that_is_sealed(book):
    entry = book.post(
        "2026-03-06", "redemption", "fund:merit -> purse:H001:merit POINT 5", key="k", facts={"household": "H001"}
    )
    assert json.loads(entry.body) == {
        "v": 1, "book": "LY12", "kind": "redemption", "occurred_on": "2026-03-06", "booked_on": "2026-03-06",
        "by": "lin", "submission": "be11f351-dcfc-5e54-b50d-3fb345a2be6b", "reverses": None, "late": False,
        "facts": {"household": "H001"},
        "postings": [
            {"source": "fund:merit", "destination": "purse:H001:merit", "commodity": "POINT", "lot": "", "quantity": 5}
        ],
        "notes": {},
    }


def test_an_entry_read_back_is_the_entry_that_was_posted(book):
    entry = book.post("2026-03-06", "donation", "donor:D7 -> stock SOAP/L7 20")
    with book.store.reading() as session:
        again = entry_of(session, "LY12", 1)
        assert again.model_dump() == entry._asdict()
        assert body_of(again) == body_of(entry)
        assert moves_of(again) == [Move("donor:D7", "stock", "SOAP", 20, "L7")]


def test_a_number_that_was_never_given_is_not_found(book):
    with book.store.reading() as session, pytest.raises(NotFound):
        entry_of(session, "LY12", 1)


def test_a_book_that_was_never_opened_is_not_found(store, book):
    with store.writing() as session, pytest.raises(NotFound):
        take_book(session, "LY99")


def test_an_entry_is_reversed_once(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    book.post("2026-03-06", "reversal", "stock -> donor:D7 SOAP/L7 20", reverses=1)
    with pytest.raises(ReversedAlready, match="Entry 1 has been reversed already"):
        book.post("2026-03-07", "reversal", "stock -> donor:D7 SOAP/L7 20", reverses=1)
    assert book.holds("stock", "SOAP/L7") == 0


def test_a_reversal_mirrors_every_line_and_leaves_nothing_moved(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    2026-03-06 redemption
      purse:H001:merit -> redeemed    POINT    240
      stock            -> handed-out  SOAP/L7    2
    """
    with book.store.writing() as session:
        sold = entry_of(session, "LY12", 3)
        mirror = [move.mirrored() for move in reversed(moves_of(sold))]
        draft = Draft(EntryKind.REVERSAL, mirror, reverses=3)
        day = at("2026-03-06")
        post_all(session, book="LY12", drafts=[draft], by="lin", occurred_on=day.date(), now=day, key="r")
        assert on_hand(session, "LY12", "purse:H001:merit", "POINT") == 1000
        assert on_hand(session, "LY12", "stock", "SOAP", "L7") == 20


def test_what_writes_an_entry_is_said_in_one_breath_where_the_database_is_another_program(book, store, monkeypatch):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  5
    """
    said = []
    each = Line.say_all

    def heard(line, text, rows):
        said.append((text.split()[0], store.is_sqlite or line.driver.info.pipeline_status.name))
        each(line, text, rows)

    monkeypatch.setattr(Line, "say_all", heard)
    book.post("2026-03-06", "redemption", "stock -> damaged SOAP/L7 2")
    assert said == [(word, store.is_sqlite or "ON") for word in ("INSERT", "UPDATE", "INSERT", "INSERT", "UPDATE")]
