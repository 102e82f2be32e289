"""The journal: entries chained per book, balances moved by them, and nothing ever changed."""

from ledger.journal.balances import Move, NotThere, Place, held, on_hand
from ledger.journal.book import open_book, take_book
from ledger.journal.check import check_book, glance_at
from ledger.journal.clock import county_day, county_of, instant, microseconds
from ledger.journal.closing import check_close, close_book, closed_through
from ledger.journal.draft import Booked, Draft
from ledger.journal.log import extend_log, log_size
from ledger.journal.logtables import Checkpoint, Logged, LogNode
from ledger.journal.posting import post, post_all
from ledger.journal.reading import balances_of, body_of, books, entries_of, entry_of, moves_of, postings_of, reversal_of
from ledger.journal.serials import next_serial
from ledger.journal.submission import Replayed, act
from ledger.journal.tables import Balance, Book, County, Entry, Note, OnTheRoad, Posting
from ledger.journal.walk import Wrong

__all__ = [
    "Balance", "Book", "Booked", "Checkpoint", "County", "Draft", "Entry", "LogNode", "Logged", "Move", "Note",
    "NotThere", "OnTheRoad", "Place", "Posting", "Replayed", "Wrong", "act", "balances_of", "body_of", "books",
    "check_book", "check_close", "close_book", "closed_through", "county_day", "county_of", "entries_of", "entry_of",
    "extend_log", "glance_at", "held", "instant", "log_size", "microseconds", "moves_of", "next_serial", "on_hand",
    "open_book", "post", "post_all", "postings_of", "reversal_of", "take_book",
]
