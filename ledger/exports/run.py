"""Which entries a package holds: a run of numbers of one book."""

import re
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from ledger.db.types import table_of
from ledger.errors import LedgerError, NotFound
from ledger.journal import Book, Entry, entry_of
from ledger.journal.leaf import NOTHING_BEFORE
from ledger.journal.log import check_there
from ledger.terms import N_

entries = table_of(Entry)
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class NoSuchRun(LedgerError):
    """A package holds entries that are in the book."""

    message = N_("Book %(book)s has entries 1 to %(head)s; there is no run from %(first)s to %(last)s.")


class NoMonth(LedgerError):
    """A period is a month."""

    message = N_("Enter a month as year-month, such as 2026-03.")
    field = "period"


class NothingInPeriod(LedgerError):
    """A month in which nothing was booked makes no package."""

    message = N_("Nothing was booked in %(book)s in %(period)s.")


@dataclass(frozen=True)
class Run:
    """Entries `first` to `last` of a book that now goes on to `head`, the leaf before them and the last one's."""

    book: str
    first: int
    last: int
    previous: bytes
    digest: bytes
    head: int
    period: str | None = None

    @property
    def is_head(self) -> bool:
        """Tell whether no entry follows."""
        return self.last == self.head


def run_of(session: Session, book: str, *, first: int = 1, last: int | None = None, period: str | None = None) -> Run:
    """Return the run from one number to another, or, for a month such as 2026-03, the one that holds all booked in it.

    An empty book has the run 1 to 0. Raises NotFound, NoSuchRun, NoMonth, NothingInPeriod and EntryMissing.
    """
    head = session.get(Book, book)
    if head is None:
        raise NotFound(what=N_("book"))
    if period is not None:
        first, last = numbers_of_month(session, book, period)
    last = head.number if last is None else last
    if not (1 <= first <= last <= head.number or (first, last, head.number) == (1, 0, 0)):
        raise NoSuchRun(book=book, head=head.number, first=first, last=last)
    check_there(session, book, first, last)
    before, after = leaf_of(session, book, first - 1), leaf_of(session, book, last)
    return Run(book, first, last, before, after, head.number, period)


def numbers_of_month(session: Session, book: str, period: str) -> tuple[int, int]:
    """Return the first and the last number booked in a month; what was booked late may lie between others."""
    if not MONTH.fullmatch(period):
        raise NoMonth
    query = select(func.min(entries.c.number), func.max(entries.c.number)).where(
        entries.c.book == book, entries.c.booked_on >= f"{period}-01", entries.c.booked_on <= f"{period}-31"
    )
    first, last = session.execute(query).one()
    if first is None:
        raise NothingInPeriod(book=book, period=period)
    return first, last


def leaf_of(session: Session, book: str, number: int) -> bytes:
    """Return the digest of an entry; zeros before entry 1."""
    return entry_of(session, book, number).digest if number else NOTHING_BEFORE
