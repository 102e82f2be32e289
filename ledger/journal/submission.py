"""Submissions: the same form sent twice is booked once and answered the same."""

import functools
import hashlib
import inspect
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ledger.db.prepared import Prepared
from ledger.db.types import table_of
from ledger.errors import LedgerError
from ledger.journal.book import take_book
from ledger.journal.clock import instant, latest, microseconds
from ledger.journal.paper import written_on
from ledger.journal.tables import Submission
from ledger.terms import N_

submissions = table_of(Submission)
STORED = Prepared(
    select(submissions.c.who, submissions.c.digest, submissions.c.answer).where(
        submissions.c.key == bindparam("key")
    )
)
KEEP = Prepared(insert(submissions))
Answer = dict[str, Any]
KEYS = ("submission_pkey", "entry_key_key")


class KeyUsedForOther(LedgerError):
    """A key names one form only."""

    message = N_("This form was sent before with other content. Open the page again and fill it in anew.")
    field = "key"


class BookedAsEntry(KeyUsedForOther):
    """Who sends a form that was booked, with something else in it, is told what was booked."""

    message = N_(
        "This form was sent before with other content. It was booked as entry %(number)s: look at that first, and for "
        "anything more open the page again."
    )


class Replayed(dict[str, Any]):
    """The stored answer of a form that had been booked before."""


def act(operation: Callable[..., Answer]) -> Callable[..., Answer]:
    """Make an operation book each submission once.

    The operation takes `session` and keywords, among them `book`, `clerk`, `now` and `key`. Its book's turn is taken
    first; a key seen before returns the stored answer as `Replayed`, before prices, limits or lots are looked at.
    Answers hold codes and numbers only. A refusal leaves no row. What the operation changed in rows it read is written
    when it ends. Raises KeyUsedForOther.
    The operation is told the instant it is in its book: no rule sees a clock that was stepped back.
    Every act can be told the `paper_number` it was written on: the operation hears it only if it asks for it, what it
    books and proposes bears it, and it stands in the answer.
    """
    asks_for_paper = "paper_number" in inspect.signature(operation).parameters

    @functools.wraps(operation)
    def once(session: Session, *, book: str, clerk: str, now: datetime, key: str, **content: Any) -> Answer:
        now = instant(latest(now, take_book(session, book).recorded_us))
        said = digest_of(operation.__name__, book, content)
        stored = STORED.one(session, {"key": key})
        if stored is not None:
            who, digest, answered = stored
            if digest != said or who != clerk:
                raise used_for_other(json.loads(answered), book, mine=who == clerk)
            return Replayed(json.loads(answered))
        paper = content.get("paper_number")
        if not asks_for_paper:
            content.pop("paper_number", None)
        try:
            with written_on(session, paper):
                answer = operation(session, book=book, clerk=clerk, now=now, key=key, **content)
            session.flush()
            answer = {**answer, "paper_number": paper} if paper else answer
            text = json.dumps(answer, ensure_ascii=False, default=plain)
            row = {"key": key, "who": clerk, "digest": said, "answer": text, "recorded_us": microseconds(now)}
            KEEP.send(session, [row])
        except IntegrityError as error:
            refuse_key_of_another_book(error)
            raise
        kept: Answer = json.loads(text)
        return kept

    return once


def used_for_other(answer: Answer, book: str, *, mine: bool) -> KeyUsedForOther:
    """Return the refusal of a key known with other content; it names the entry to whoever made it, in its own book."""
    if mine and answer.get("book") == book and "number" in answer:
        return BookedAsEntry(number=answer["number"], book=book)
    return KeyUsedForOther()


def refuse_key_of_another_book(error: IntegrityError) -> None:
    """Raise KeyUsedForOther when the same key came in for two books at one moment.

    Only PostgreSQL lets two books be written at once; the key is unique there, and the second to write meets the first.
    """
    broken = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if broken in KEYS:
        raise KeyUsedForOther from error


def digest_of(operation: str, book: str, content: dict[str, Any]) -> str:
    """Return the digest of what a form said; fields left out and fields left empty are the same."""
    said = {name: value for name, value in content.items() if value not in (None, "", [], {})}
    text = json.dumps([operation, book, said], sort_keys=True, ensure_ascii=False, default=plain)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return a day as text; anything else unknown is a fault of ours."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in a submission")
