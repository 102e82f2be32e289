"""The journal: entries chained per book, balances moved by them, and nothing ever changed."""

from ledger.journal.balances import Move, NotThere, Place, held, on_hand
from ledger.journal.book import open_book, take_book
from ledger.journal.clock import county_day, county_of, instant, microseconds
from ledger.journal.draft import Draft
from ledger.journal.posting import post, post_all
from ledger.journal.reading import balances_of, body_of, books, entries_of, entry_of, moves_of, postings_of
from ledger.journal.serials import next_serial
from ledger.journal.submission import Replayed, act
from ledger.journal.tables import Balance, Book, County, Entry, Note, OnTheRoad, Posting

__all__ = [
    "Balance", "Book", "County", "Draft", "Entry", "Move", "Note", "NotThere", "OnTheRoad", "Place", "Posting",
    "Replayed", "act", "balances_of", "body_of", "books", "county_day", "county_of", "entries_of", "entry_of", "held",
    "instant", "microseconds", "moves_of", "next_serial", "on_hand", "open_book", "post", "post_all", "postings_of",
    "take_book",
]
