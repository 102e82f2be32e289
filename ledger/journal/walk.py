"""A walk through a book, entry by entry: each is worked out again and compared with every row that repeats it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from ledger import chart
from ledger.journal.balances import Place
from ledger.journal.book import FIRST_OPEN
from ledger.journal.clock import instant
from ledger.journal.leaf import NOTHING_BEFORE, canonical, leaf, salted
from ledger.terms import EntryKind

COLUMNS = ("book", "kind", "occurred_on", "booked_on", "by", "reverses", "late")
"""What an entry's row repeats of its body."""

LEG = ("source", "destination", "commodity", "lot", "quantity")
"""What a posting's row repeats of its entry's body."""


class Wrong(Exception):
    """Something in a book is not as it must be; `number` is the entry, None when it is the book as a whole."""

    def __init__(self, what: str, number: int | None = None) -> None:
        super().__init__(what)
        self.what, self.number = what, number

    def at(self, book: str) -> str:
        """Return where in a book and what, for who looks after the service."""
        return f"{book if self.number is None else f'{book}-{self.number}'}: {self.what}"


def must(holds: bool, else_wrong: str) -> None:
    """Go on only if this holds."""
    if not holds:
        raise Wrong(else_wrong)


@dataclass
class Walk:
    """How far a walk has come: the last entry, the first open day behind it, and what every place then holds.

    `line` counts the entries of the submission at hand; None: it began before what is looked at.
    """

    book: str
    zone: ZoneInfo
    number: int = 0
    digest: bytes = NOTHING_BEFORE
    recorded_us: int = 0
    open_from: date = FIRST_OPEN
    held: dict[Place, int] = field(default_factory=dict)
    submission: str = ""
    line: int | None = None

    def take(self, entry: Any, legs: Sequence[Any], words: Sequence[Any]) -> None:
        """Check the next entry with its postings and texts, and carry it out. Raises Wrong naming the entry."""
        try:
            must(entry.number == self.number + 1, "it is missing")
            self.check_link(entry)
            body = json.loads(entry.body)
            must(canonical(body) == entry.body.encode(), "its body is not canonical")
            self.check_columns(entry, body)
            self.check_days(body, instant(entry.recorded_us).astimezone(self.zone).date())
            check_words(body["notes"], words)
            self.carry_out(body["postings"], legs)
        except Exception as fault:  # whatever stands in the row, the entry is named
            why = fault.what if isinstance(fault, Wrong) else f"it cannot be read ({fault!r})"
            raise Wrong(why, self.number + 1) from fault
        self.number, self.digest, self.recorded_us = entry.number, entry.digest, entry.recorded_us

    def check_link(self, entry: Any) -> None:
        """Check that the entry follows the one before it and fits its digest."""
        must(entry.previous == self.digest, "it does not follow the entry before it")
        must(entry.recorded_us >= self.recorded_us, "it was recorded before the entry before it")
        right = leaf(self.book, entry.number, entry.recorded_us, entry.previous, entry.body.encode())
        must(entry.digest == right, "its digest does not fit it")

    def check_columns(self, entry: Any, body: dict[str, Any]) -> None:
        """Check that the row says what the body says, and has the key of its place in the submission."""
        for name in COLUMNS:
            must(getattr(entry, name) == body[name], f"its row says {getattr(entry, name)!r} for {name}")
        began_before = body["submission"] == self.submission and self.line is None
        self.line = None if began_before else (self.line or 0) + 1 if body["submission"] == self.submission else 0
        self.submission = body["submission"]
        right = uuid5(UUID(self.submission), str(self.line))
        must(began_before or entry.key == str(right), "its key is not that of its submission")

    def check_days(self, body: dict[str, Any], today: date) -> None:
        """Check that the entry is booked on an open day and marked late if it is, and close what it closes."""
        occurred_on = date.fromisoformat(body["occurred_on"])
        must(occurred_on <= today and body["late"] == (occurred_on < today), f"it was recorded on {today}")
        right = max(occurred_on, self.open_from).isoformat()
        must(body["booked_on"] == right, f"it belongs on {right}, it is booked on {body['booked_on']}")
        if body["kind"] == EntryKind.CLOSE:
            self.open_from = date.fromisoformat(body["facts"]["through"]) + timedelta(days=1)

    def carry_out(self, postings: list[Any], legs: Sequence[Any]) -> None:
        """Move what the entry moves, and compare with the rows and with what they say both sides held afterwards."""
        said = [{name: getattr(leg, name) for name in LEG} for leg in legs]
        must(said == postings and [leg.line for leg in legs] == [*range(1, len(legs) + 1)], "its postings differ")
        for leg in legs:
            for account, change, after in (
                (leg.source, -leg.quantity, leg.source_after), (leg.destination, leg.quantity, leg.destination_after)
            ):
                place = Place(account, leg.commodity, leg.lot)
                held = self.held[place] = self.held.get(place, 0) + change
                must(held >= 0 or chart.may_go_below_zero(account), f"{account} falls below zero")
                what = f"{leg.commodity} {leg.lot}".strip()
                must(held == after, f"after it {account} holds {held} {what}, its row says {after}")


def check_words(digests: dict[str, str], words: Sequence[Any]) -> None:
    """Check that each text fits its digest; of one that was erased only the name is left to compare."""
    must(sorted(digests) == sorted(word.name for word in words), "its texts are not those it names")
    for word in words:
        fits = word.text is None or salted(word.text, word.salt) == digests[word.name]
        must(fits, f"its text {word.name} does not fit its digest")
