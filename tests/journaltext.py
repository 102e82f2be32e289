"""Journal text: a day's acts as they stand in the docstring of a test, written into a book."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from uuid import uuid4

from ledger.db import Database
from ledger.journal import Book, Entry, Move, on_hand, open_book, post, take_book
from ledger.journal.tables import County
from ledger.terms import EntryKind

COUNTY_TIME = timezone(timedelta(hours=8))


def at(day: str, hour: int = 10) -> datetime:
    """Return an hour of a day in county time."""
    return datetime.combine(date.fromisoformat(day), time(hour), COUNTY_TIME)


def move(line: str) -> Move:
    """Read one posting: `donor:D7 -> stock SOAP/L7 20`."""
    source, _, destination, what, quantity = line.split()
    commodity, _, lot = what.partition("/")
    return Move(source, destination, commodity, int(quantity), lot)


class WrittenBook:
    """One book of a demo county, as a test writes and reads it."""

    def __init__(self, store: Database, code: str = "LY12") -> None:
        self.store, self.code = store, code
        with store.writing() as session:
            if session.get(County, 1) is None:
                session.add(County(name="略阳", code="610727", timezone="Asia/Shanghai", demo=1, made_us=0))
                session.flush()
            open_book(session, code)

    def write(self, text: str) -> list[Entry]:
        """Post every act of a journal text: a line with day and kind, then a line for each posting."""
        acts: list[tuple[str, str, list[str]]] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            if " -> " in line:
                acts[-1][2].append(line)
            else:
                acts.append((*line.split(), []))  # type: ignore[arg-type]
        return [self.post(day, kind, *lines) for day, kind, lines in acts]

    def post(self, day: str, kind: str, *lines: str, **said: object) -> Entry:
        """Post one act, at ten in the morning of its day unless `now` says otherwise."""
        moves: Sequence[Move] = [move(line) for line in lines]
        said = {"by": "lin", "now": at(day), "key": uuid4().hex, "occurred_on": date.fromisoformat(day), **said}
        with self.store.writing() as session:
            return post(session, book=self.code, kind=EntryKind(kind), moves=moves, **said)  # type: ignore[arg-type]

    def holds(self, account: str, what: str) -> int:
        """Return what an account holds of `SOAP/L7` now."""
        commodity, _, lot = what.partition("/")
        with self.store.reading() as session:
            return on_hand(session, self.code, account, commodity, lot)

    def head(self) -> Book:
        """Return the head of the book."""
        with self.store.writing() as session:
            return take_book(session, self.code)


def book_from(text: str | None, store: Database) -> WrittenBook:
    """Return a book in which the acts of a journal text have been written."""
    book = WrittenBook(store)
    book.write(text or "")
    return book
