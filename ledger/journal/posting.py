"""Posting: the one way anything gets into the journal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from ledger.db.prepared import Line, Prepared
from ledger.db.types import table_of
from ledger.errors import LedgerError
from ledger.journal.balances import Move, move_all
from ledger.journal.book import Head, heads, take_book
from ledger.journal.clock import check_clock, county_day, instant, latest
from ledger.journal.draft import Booked, Draft, Stamp, legs_of, next_entry, note_row
from ledger.journal.paper import papers
from ledger.journal.tables import Entry, Note, Posting
from ledger.terms import N_, EntryKind

entries, postings, notes = table_of(Entry), table_of(Posting), table_of(Note)
WRITE = Prepared(insert(entries)), Prepared(insert(postings)), Prepared(insert(notes))
MOVE_HEAD = Prepared(
    update(heads)
    .where(heads.c.code == bindparam("book"))
    .values(number=bindparam("last"), digest=bindparam("leaf"), recorded_us=bindparam("instant"))
)


class FutureDay(LedgerError):
    """Nothing is booked before it has happened."""

    message = N_("%(day)s is still to come; today is %(today)s.")
    field = "occurred_on"


class ReversedAlready(LedgerError):
    """An entry is reversed once."""

    message = N_("Entry %(number)s has been reversed already.")


def post(
    session: Session,
    *,
    book: str,
    kind: EntryKind,
    by: str,
    occurred_on: date,
    now: datetime,
    key: str,
    moves: Sequence[Move] = (),
    facts: Mapping[str, Any] | None = None,
    notes: Mapping[str, str] | None = None,
    reverses: int | None = None,
    line: int = 0,
) -> Booked:
    """Post one entry and return it. See `post_all`."""
    draft = Draft(kind, moves, facts or {}, notes or {}, reverses)
    return post_all(
        session, book=book, drafts=[draft], by=by, occurred_on=occurred_on, now=now, key=key, first_line=line
    )[0]


def post_all(
    session: Session,
    *,
    book: str,
    drafts: Sequence[Draft],
    by: str,
    occurred_on: date,
    now: datetime,
    key: str,
    first_line: int = 0,
) -> list[Booked]:
    """Post entries of one submission in one book, in order, and move the balances they touch.

    `by` is a sign-in name, `key` the submission's. An entry that names no paper bears the act's. Raises NotThere when
    something is short, FutureDay, ForeignClock and ReversedAlready; then nothing of it stands.
    """
    head = take_book(session, book)
    check_clock(session, now, head.recorded_us)
    recorded_us = latest(now, head.recorded_us)
    today = day_not_to_come(session, occurred_on, instant(recorded_us))
    refuse_second_reversal(session, book, drafts)
    with Line.of(session).together():
        after = move_all(session, book, [move for draft in drafts for move in draft.moves])
        stamp = Stamp(
            book=book, by=by, key=key, late=occurred_on < today, occurred_on=occurred_on,
            booked_on=max(occurred_on, head.open_from), recorded_us=recorded_us, papers=papers(session).facts(),
        )
        rows, texts = chained(head, stamp, drafts, first_line)
        write(session, rows, legs_of(book, head.number, drafts, after), texts)
    return rows


def chained(
    head: Head, stamp: Stamp, drafts: Sequence[Draft], first_line: int
) -> tuple[list[Booked], list[dict[str, Any]]]:
    """Return the entries that follow the head of a book, each chained to the last, and the rows of their notes."""
    rows: list[Booked] = []
    texts: list[dict[str, Any]] = []
    for place, draft in enumerate(drafts):
        last = rows[-1] if rows else head
        said = [note_row(stamp.book, last.number + 1, name, text) for name, text in draft.notes.items() if text]
        rows.append(next_entry(last, stamp, draft, first_line + place, said))
        texts += said
    return rows, texts


def day_not_to_come(session: Session, occurred_on: date, now: datetime) -> date:
    """Return what day it is in the county. Raises FutureDay where that which is booked has not happened yet."""
    today = county_day(session, now)
    if occurred_on > today:
        raise FutureDay(day=occurred_on.isoformat(), today=today.isoformat())
    return today


def refuse_second_reversal(session: Session, book: str, drafts: Sequence[Draft]) -> None:
    """Refuse to reverse what has been reversed; the index refuses it too."""
    targets = [draft.reverses for draft in drafts if draft.reverses is not None]
    if targets:
        query = select(entries.c.reverses).where(entries.c.book == book, entries.c.reverses.in_(targets))
        done = session.execute(query).scalars().first()
        if done is not None:
            raise ReversedAlready(number=done)


def write(session: Session, rows: Sequence[Booked], legs: list[dict[str, Any]], texts: list[dict[str, Any]]) -> None:
    """Write the rows of the journal, then move the head of the book: from then on nothing more is added to them."""
    for statement, lines in zip(WRITE, ([row._asdict() for row in rows], legs, texts), strict=True):
        if lines:
            statement.send(session, lines)
    if rows:
        last = rows[-1]
        head = {"book": last.book, "last": last.number, "leaf": last.digest, "instant": last.recorded_us}
        MOVE_HEAD.send(session, [head])
