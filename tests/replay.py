"""A second pair of eyes: what a book must be, worked out again from its entries without the program's own functions."""

import hashlib
import json
import struct
from collections import Counter
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

SAID = ("source", "destination", "commodity", "lot", "quantity")


def leaf_by_definition(book: str, number: int, recorded_us: int, previous: bytes, body: bytes) -> bytes:
    """Return the digest of an entry, its bytes laid out as the definition says.

    0x00, "pl1" and a zero, length of the book's code (one byte), the code, number and microseconds (eight bytes each,
    big end first), the digest before (32 bytes), SHA-256 of the body; of all of it SHA-256.
    """
    code = book.encode("ascii")
    laid = struct.pack(f">x4sB{len(code)}sQQ32s32s", b"pl1", len(code), code, number, recorded_us, previous, sha(body))
    return sha(laid)


def sha(data: bytes) -> bytes:
    """Return SHA-256."""
    return hashlib.sha256(data).digest()


def rows(session: Session, query: str, **values: Any) -> list[Any]:
    """Return the rows of a plain query."""
    return list(session.execute(text(query), values).mappings())


def replay(session: Session, book: str) -> Counter[tuple[str, str, str]]:
    """Walk a book from its first entry to its head and return the balances; fail at the first thing that is wrong."""
    held: Counter[tuple[str, str, str]] = Counter()
    previous, recorded, number = bytes(32), 0, 0
    for number, entry in enumerate(entries_of(session, book), start=1):
        body = entry["body"].encode()
        assert entry["number"] == number, "numbers without a gap"
        assert entry["previous"] == previous and entry["recorded_us"] >= recorded
        assert entry["digest"] == leaf_by_definition(book, number, entry["recorded_us"], previous, body)
        previous, recorded = entry["digest"], entry["recorded_us"]
        legs = postings_of(session, book, number)
        assert json.loads(body)["postings"] == [{name: leg[name] for name in SAID} for leg in legs]
        for leg in legs:
            carry(held, leg)
    (head,) = rows(session, "SELECT * FROM book WHERE code = :b", b=book)
    assert (head["number"], head["digest"], head["recorded_us"]) == (number, previous, recorded)
    kept = {(row["account"], row["commodity"], row["lot"]): row["quantity"] for row in balances(session, book)}
    assert kept == held
    return held


def entries_of(session: Session, book: str) -> list[Any]:
    """Return the entries of a book."""
    return rows(session, "SELECT * FROM entry WHERE book = :b ORDER BY number", b=book)


def postings_of(session: Session, book: str, number: int) -> list[Any]:
    """Return the postings of one entry."""
    return rows(session, "SELECT * FROM posting WHERE book = :b AND number = :n ORDER BY line", b=book, n=number)


def balances(session: Session, book: str) -> list[Any]:
    """Return the balances of a book as they are kept."""
    return rows(session, "SELECT * FROM balance WHERE book = :b", b=book)


def carry(held: Counter[tuple[str, str, str]], leg: Any) -> None:
    """Carry one posting out; compare what both accounts hold afterwards with what it says."""
    source, destination = ((leg[end], leg["commodity"], leg["lot"]) for end in ("source", "destination"))
    held[source] -= leg["quantity"]
    held[destination] += leg["quantity"]
    assert (held[source], held[destination]) == (leg["source_after"], leg["destination_after"])
    free = ("donor:", "supplier:", "fund:", "received:", "moved:", "opening", "difference", "over-issued")
    assert held[source] >= 0 or leg["source"].startswith(free)
