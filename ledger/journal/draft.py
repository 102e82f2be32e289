"""Drafts: what an act says, made into entries, each chained to the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from ledger.journal.balances import Move
from ledger.journal.book import Head
from ledger.journal.leaf import canonical, leaf, new_salt, salted
from ledger.terms import EntryKind

SUBMISSIONS = uuid5(NAMESPACE_URL, "aixin-ledger:submission")


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry about to be posted. `facts` hold codes and numbers only; `notes` hold free text, kept erasable."""

    kind: EntryKind
    moves: Sequence[Move] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What all entries of one submission have in common."""

    book: str
    by: str
    key: str
    occurred_on: date
    booked_on: date
    recorded_us: int
    late: bool
    papers: Mapping[str, str]


class Booked(NamedTuple):
    """An entry as it is written, its columns in the table's order."""

    book: str
    number: int
    kind: str
    occurred_on: date
    booked_on: date
    recorded_us: int
    by: str
    key: str
    reverses: int | None
    late: int
    body: str
    previous: bytes
    digest: bytes


@lru_cache(maxsize=1)
def submission_id(key: str) -> UUID:
    """Return the name under which a submission stands in its entries."""
    return uuid5(SUBMISSIONS, key)


def entry_key(key: str, line: int) -> str:
    """Return the key of one entry of a submission, so that no line is ever booked twice."""
    return str(uuid5(submission_id(key), str(line)))


def note_row(book: str, number: int, name: str, text: str) -> dict[str, Any]:
    """Return a free text as it is kept beside the journal, with its own salt."""
    return {"book": book, "number": number, "name": name, "salt": new_salt(), "text": text}


def next_entry(last: Head | Booked, stamp: Stamp, draft: Draft, line: int, said: Sequence[dict[str, Any]]) -> Booked:
    """Return the entry that follows the last one, chained to it."""
    body = canonical(
        {
            "v": 1,
            "book": stamp.book,
            "kind": str(draft.kind),
            "occurred_on": stamp.occurred_on.isoformat(),
            "booked_on": stamp.booked_on.isoformat(),
            "by": stamp.by,
            "submission": str(submission_id(stamp.key)),
            "reverses": draft.reverses,
            "late": stamp.late,
            "postings": [leg(move) for move in draft.moves],
            "facts": {**stamp.papers, **draft.facts},
            "notes": {row["name"]: salted(row["text"], row["salt"]) for row in said},
        }
    )
    number = last.number + 1
    return Booked(
        book=stamp.book, number=number, kind=str(draft.kind), occurred_on=stamp.occurred_on, booked_on=stamp.booked_on,
        recorded_us=stamp.recorded_us, by=stamp.by, key=entry_key(stamp.key, line), reverses=draft.reverses,
        late=int(stamp.late), body=body.decode(), previous=last.digest,
        digest=leaf(stamp.book, number, stamp.recorded_us, last.digest, body),
    )


def leg(move: Move) -> dict[str, Any]:
    """Return a posting as it stands in the hashed body."""
    return {
        "source": move.source, "destination": move.destination,
        "commodity": move.commodity, "lot": move.lot, "quantity": move.quantity,
    }


def legs_of(book: str, number: int, drafts: Sequence[Draft], after: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return the rows of all postings, numbered like their entries, with what both sides held afterwards."""
    held = iter(after)
    rows = []
    for place, draft in enumerate(drafts, start=1):
        for line, move in enumerate(draft.moves, start=1):
            source_after, destination_after = next(held)
            rows.append(
                {
                    "book": book, "number": number + place, "line": line, **leg(move),
                    "source_after": source_after, "destination_after": destination_after,
                }
            )
    return rows
