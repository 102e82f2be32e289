"""Requests: what one person has proposed and another must confirm."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, Text
from sqlmodel import Field, Session

from ledger import chart
from ledger.db.types import Whole
from ledger.errors import LedgerError, NotFound
from ledger.journal import Place, held, microseconds
from ledger.journal.paper import papers, proposed_on
from ledger.journal.serials import next_serial
from ledger.registers.register import STRICT, Numbered, find, listed
from ledger.terms import COUNTY, N_, EntryKind


class Request(Numbered, table=True):
    """A proposal waiting for a second hand. `asked` is JSON of codes; `reason` is words and can be erased.

    `declined_by` and `declined_why` say who of the second hands said no to it, and why ("": erased).
    """

    __table_args__ = (Index("request_by_status", "book", "status"), STRICT)
    word: ClassVar[str] = N_("request")

    kind: str = Field(sa_type=Text)
    status: str = Field(default="waiting", sa_type=Text)
    asked_by: str = Field(sa_type=Text)
    asked_us: int = Field(sa_type=Whole)
    asked: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    number: int | None = Field(default=None, sa_type=Whole)
    declined_by: str | None = Field(default=None, sa_type=Text)
    declined_why: str | None = Field(default=None, sa_type=Text)

    def lines(self) -> Any:
        """Return what was proposed."""
        return json.loads(self.asked)


DECLINED = "declined"
"""The state of what a second person said no to."""
FELL = (DECLINED, "withdrawn")
"""The states of what became no entry; its words stand nowhere else."""
PRICE, RATE = "price", "rate"
"""What the office sets with two hands: an item's price, and a setting that says what points are worth."""


class AlreadyDecided(LedgerError):
    """A proposal is decided once."""

    message = N_("Request %(n)s has been decided already.")


class SamePerson(LedgerError):
    """What needs two people needs two sign-ins."""

    message = N_("You proposed this yourself; another person must confirm it.")


def ask(
    session: Session, *, book: str, kind: str, by: str, now: datetime, asked: dict[str, Any], reason: str = ""
) -> Request:
    """Put a proposal before the second person; it bears the number of the paper it was written on."""
    asked = {**papers(session).facts(), **asked}
    n = next_serial(session, book=book, kind="request")
    request = Request(
        book=book, n=n, kind=kind, asked_by=by, asked_us=microseconds(now),
        asked=json.dumps(asked, ensure_ascii=False, sort_keys=True), reason=reason,
    )
    session.add(request)
    return request


def request_of(session: Session, book: str, n: int, *, kind: str | None) -> Request:
    """Return a proposal of a kind (None: of any), whatever became of it. Raises NotFound."""
    request = find(session, Request, book, n)
    if kind not in (None, request.kind):
        raise NotFound(what=Request.word)
    return request


def waiting_request(session: Session, book: str, n: int, *, kind: str | None) -> Request:
    """Return a proposal that still waits. Raises NotFound and AlreadyDecided."""
    request = request_of(session, book, n, kind=kind)
    if request.status != "waiting":
        raise AlreadyDecided(n=n)
    return request


def for_second_hand(session: Session, book: str, n: int, *, kind: str | None, by: str) -> Request:
    """Return a proposal that waits, to another person than who made it; what is booked now bears the paper of both.
    Raises as `waiting_request`, and SamePerson.
    """
    request = waiting_request(session, book, n, kind=kind)
    if request.asked_by == by:
        raise SamePerson
    proposed_on(session, request.lines().get("paper_number"))
    return request


def decide(asked: Request, status: str, number: int | None = None) -> None:
    """Note what has become of a proposal, and the entry if it became one."""
    asked.status, asked.number = status, number


def waiting_requests(session: Session, book: str, *also: str) -> list[Request]:
    """Return what waits for a second hand in a book, the oldest first; with `also` what is in these states too."""
    states = Request.status.in_(("waiting", *also))
    return listed(session, Request, Request.book == book, states, by=[Request.n])


def fallen_requests(session: Session, book: str) -> list[Request]:
    """Return what became no entry, the newest first."""
    return listed(session, Request, Request.book == book, Request.status.in_(FELL), by=[Request.n.desc()])


def waiting_about(session: Session, book: str, *kinds: str, **about: Any) -> list[Request]:
    """Return what of these kinds waits for a second hand in a book, the oldest first, or what of it is about this."""
    these = [one for one in waiting_requests(session, book) if one.kind in kinds]
    return [one for one in these if about.items() <= one.lines().items()]


def proposals_waiting(session: Session, **about: Any) -> list[Request]:
    """Return the prices and settings that wait for a second hand, the oldest first, or those of them about this."""
    return waiting_about(session, COUNTY, PRICE, RATE, **about)


def spoken_for(session: Session, book: str) -> Counter[tuple[str, str, str]]:
    """Return how much of what is set aside waits for a second person in proposals to write it off, by account, item and
    lot, so that nothing is proposed twice.
    """
    named: Counter[tuple[str, str, str]] = Counter()
    for said in (one.lines() for one in waiting_about(session, book, EntryKind.WRITE_OFF)):
        for line in said["lines"]:
            named[chart.SET_ASIDE, line["item"], line["lot"]] += line["quantity"]
    return named


def missing_of(session: Session, book: str, lines: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return how much of each line {item, lot, quantity} is not set aside any more: a stock-take found less."""
    places = [Place(chart.SET_ASIDE, line["item"], line["lot"]) for line in lines]
    there, missing = held(session, book, places), []
    for place, line in zip(places, lines, strict=True):
        found = min(line["quantity"], there[place])
        there[place] -= found
        missing.append(line["quantity"] - found)
    return missing


def waiting_as_short(session: Session, book: str) -> Counter[tuple[str, int, str, str]]:
    """Return what a book has reported as short and nobody has confirmed, by sender, dispatch, item and lot: it is on
    the road, but will not arrive.
    """
    short: Counter[tuple[str, int, str, str]] = Counter()
    for said in (one.lines() for one in waiting_about(session, book, EntryKind.ARRIVAL_DIFFERENCE)):
        for line in said["lines"]:
            short[said["from"], said["dispatch"], line["item"], line["lot"]] += line["short"]
    return short
