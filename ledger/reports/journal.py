"""The journal read back: a page of entries, and one entry with its legs and words."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlmodel import Session

from ledger import chart
from ledger.errors import NotFound
from ledger.journal import Entry, Note, Posting, body_of, entry_of, instant
from ledger.reports.table import BY, DAY, ENTRY, HOUSEHOLD, KIND, PIECES, POINTS, REVERSED_BY, Column, Table
from ledger.terms import N_, EntryKind

COLUMNS = (
    ENTRY, DAY, KIND, HOUSEHOLD, POINTS, PIECES, BY,
    Column("paper_number", N_("Paper no.")),
    Column("late", N_("Entered later"), "yes"),
    Column("reverses", N_("Reverses"), "number"),
    REVERSED_BY,
    Column("recorded_at", N_("Recorded"), "instant"),
    Column("digest", N_("Digest"), "code"),
)
FILE_COLUMNS = (*COLUMNS, Column("booked_on", N_("Booked on"), "day"))
"""In a file each day is a column: sums of a month go by the day of booking, as those of its statement."""


@dataclass(frozen=True)
class Filter:
    """What part of a journal is asked for; the days are those of booking."""

    kind: str | None = None
    since: date | None = None
    until: date | None = None
    household: str | None = None


def journal_rows(
    session: Session, book: str, asked: Filter = Filter(), *, after: int = 0, before: int | None = None, limit: int = 50
) -> list[dict[str, Any]]:
    """Return entries in order of number after one; with `before`, the last ones before it, the newest first."""
    wanted = [Entry.book == book, Entry.number > after]
    wanted += [Entry.kind == asked.kind] if asked.kind else []
    wanted += [Entry.booked_on >= asked.since] if asked.since else []
    wanted += [Entry.booked_on <= asked.until] if asked.until else []
    wanted += [concerns(book, asked.household)] if asked.household else []
    wanted += [Entry.number < before] if before is not None else []
    order = Entry.number if before is None else Entry.number.desc()
    entries = list(session.scalars(select(Entry).where(*wanted).order_by(order).limit(limit)))
    return rows_of(session, book, entries)


def rows_of(session: Session, book: str, entries: list[Entry]) -> list[dict[str, Any]]:
    """Return entries as lines of the journal. A reversal says of its household what the entry says that it undoes."""
    undone = reversed_by(session, book, [entry.number for entry in entries])
    undoes = [entry.reverses for entry in entries if entry.reverses]
    query = select(Entry.number, Entry.body).where(Entry.book == book, Entry.number.in_(undoes))
    about = {number: json.loads(body)["facts"].get("household") for number, body in session.execute(query)}
    rows = [row_of(entry, undone.get(entry.number)) for entry in entries]
    return [{**row, "household": row["household"] or about.get(row["reverses"])} for row in rows]


def concerns(book: str, household: str) -> Any:
    """Return the condition that an entry touched a household's purses, or handed it goods free of points."""
    purses = [chart.purse(household, purse) for purse in ("support", "merit")]
    legs = select(Posting.number).where(Posting.book == book)
    touched = legs.where(Posting.source.in_(purses)).union(legs.where(Posting.destination.in_(purses)))
    named = Entry.body.contains(f'"household":"{household}"', autoescape=True)
    return or_(Entry.number.in_(touched), and_(Entry.kind == EntryKind.REDEMPTION, named))


def reversed_by(session: Session, book: str, numbers: list[int]) -> dict[int, int]:
    """Return for each reversed entry among these the number of its reversal."""
    query = select(Entry.reverses, Entry.number).where(Entry.book == book, Entry.reverses.in_(numbers))
    return {target: number for target, number in session.execute(query)} if numbers else {}


def row_of(entry: Entry, undone: int | None) -> dict[str, Any]:
    """Return an entry as a line of the journal."""
    body = body_of(entry)
    facts, legs = body["facts"], body["postings"]
    return {
        "number": entry.number, "occurred_on": entry.occurred_on, "booked_on": entry.booked_on, "kind": entry.kind,
        "household": facts.get("household"), "by": entry.by, "late": keyed_late(entry),
        "points": points_of(entry, legs, facts), "pieces": pieces_of(legs) or None,
        "paper_number": facts.get("paper_number"), "serial": facts.get("serial"),
        "reverses": entry.reverses, "reversed_by": undone, "recorded_at": instant(entry.recorded_us),
        "digest": entry.digest.hex(),
    }


def keyed_late(entry: Entry) -> bool:
    """Tell whether an entry was keyed on another day than its own: a stock-take that its second person confirms later
    was not, though it is marked in the book.
    """
    return bool(entry.late) and entry.kind != EntryKind.COUNT


def points_of(entry: Entry, legs: list[dict[str, Any]], facts: dict[str, Any]) -> int | None:
    """Return the points an entry moved, or that its sheet gives; nought for goods free of points."""
    moved = sum(leg["quantity"] for leg in legs if leg["commodity"] == chart.POINT)
    return moved if moved or entry.kind == EntryKind.REDEMPTION else facts.get("points")


def pieces_of(legs: list[dict[str, Any]]) -> int:
    """Return how many pieces came to rest somewhere: what only passes an account on its way counts once."""
    change: Counter[tuple[str, str]] = Counter()
    for leg in legs:
        if leg["commodity"] not in (chart.POINT, chart.CNY):
            change[leg["source"], leg["lot"]] -= leg["quantity"]
            change[leg["destination"], leg["lot"]] += leg["quantity"]
    return sum(quantity for quantity in change.values() if quantity > 0)


def journal(session: Session, book: str, asked: Filter = Filter(), **page: Any) -> Table:
    """Return a page of a journal as a table."""
    empty = N_("No entry is found. Each thing that is done at this site makes one.")
    return Table("journal", N_("Journal"), COLUMNS, journal_rows(session, book, asked, **page), empty)


def whole_journal(session: Session, book: str, asked: Filter = Filter()) -> Table:
    """Return all entries asked for as a table; its rows are read piece by piece, so a file may be of any length."""
    return Table("journal", N_("Journal"), FILE_COLUMNS, pieces(session, book, asked))


def pieces(session: Session, book: str, asked: Filter, size: int = 500) -> Iterator[dict[str, Any]]:
    """Give rows in order of number, some hundred at a time."""
    after = 0
    while rows := journal_rows(session, book, asked, after=after, limit=size):
        yield from rows
        after = rows[-1]["number"]


def entry_page(session: Session, book: str, number: int) -> dict[str, Any]:
    """Return one entry with its legs, facts and words. Raises NotFound."""
    entry = entry_of(session, book, number)
    return {**rows_of(session, book, [entry])[0], "book": book, **insides_of(session, entry)}


def page_of(session: Session, book: str, number: int, *kinds: EntryKind, what: str) -> dict[str, Any]:
    """Return one entry of these kinds as `entry_page` does. Raises NotFound, in the word for what is looked for."""
    page = entry_page(session, book, number)
    if page["kind"] not in kinds:
        raise NotFound(what=what)
    return page


def entries_about(session: Session, book: str, number: int, kind: EntryKind) -> list[int]:
    """Return the entries of a kind that are about another one: its corrections, or what notes its official receipt."""
    mine = (Entry.book == book, Entry.kind == kind, Entry.number > number)
    named = Entry.body.contains(f'"number":{number},', autoescape=True)
    return list(session.scalars(select(Entry.number).where(*mine, named).order_by(Entry.number)))


def insides_of(session: Session, entry: Entry) -> dict[str, Any]:
    """Return the legs with what both sides held afterwards, the facts, and the words that have not been erased."""
    legs = select(Posting).where(Posting.book == entry.book, Posting.number == entry.number).order_by(Posting.line)
    words = select(Note.name, Note.text).where(Note.book == entry.book, Note.number == entry.number)
    return {
        "facts": body_of(entry)["facts"],
        "postings": [leg.model_dump(exclude={"book", "number"}) for leg in session.scalars(legs)],
        "notes": {name: text for name, text in session.execute(words)},
    }
