"""Redirect: what is still on the road goes to another outlet than the transfer note says; its keeper checks it in."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, Unknown, refuse_together
from ledger.journal import Move, OnTheRoad, act, body_of, entry_of, post
from ledger.journal.road import lines_on_the_road, put_on_the_road, take_off_the_road
from ledger.operations.answer import answer_of
from ledger.operations.arrival import differences_waiting
from ledger.operations.days import check_day
from ledger.operations.dispatch import check_destination, consent_facts
from ledger.operations.serial import serial_facts
from ledger.operations.wish import against
from ledger.registers.lots import lots_by_code
from ledger.terms import N_, EntryKind

SENDING = (EntryKind.DISPATCH, EntryKind.REDIRECT)
"""The kinds of entry that put goods on the road."""


class NothingOnTheRoad(LedgerError):
    """What has arrived is sent on from where it lies."""

    message = N_("Nothing of this transfer note is on the road any more.")
    field = "to"


class GoesThere(LedgerError):
    """Goods are redirected to another outlet."""

    message = N_("The goods are on their way there already. Choose another outlet.")
    field = "to"


class DifferenceFirst(LedgerError):
    """What was reported short is settled before the rest goes elsewhere."""

    message = N_("%(site)s has reported a difference on this note; confirm or reverse that first.")
    field = "to"


@act
def redirect_goods(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    number: int,
    to: str,
    occurred_on: date,
    consent: str | None = None,
) -> dict[str, Any]:
    """Send all that is still on the road of a dispatch to another outlet; `number` is the dispatch, or a redirect.

    From now on it is on the road by this entry, which the other outlet's arrival names.
    """
    check_day(session, occurred_on, now)
    dispatch = entry_of(session, book, number)
    if dispatch.kind not in SENDING:
        raise Unknown(what=N_("transfer note"), code=number)
    check_destination(session, book, to)
    lines = lines_to_redirect(session, book, number, to)
    if not consent:
        check_wishes(session, lines, to)
    before = body_of(dispatch)["facts"]["to"]
    moves = [Move(chart.sent(before), chart.sent(to), line.commodity, line.quantity, line.lot) for line in lines]
    entry = post(
        session, book=book, kind=EntryKind.REDIRECT, by=clerk, occurred_on=occurred_on, now=now, key=key, moves=moves,
        facts={
            "dispatch": number, "from": book, "to": to, **consent_facts(consent),
            **serial_facts(session, book, "dispatch", occurred_on),
        },
    )
    for line in lines:
        take_off_the_road(session, line, line.quantity)
    put_on_the_road(session, book=book, number=entry.number, destination=to, moves=moves)
    sent = [{"item": move.commodity, "lot": move.lot, "quantity": move.quantity} for move in moves]
    return answer_of(entry, to=to, lines=sent)


def lines_to_redirect(session: Session, book: str, number: int, to: str) -> list[OnTheRoad]:
    """Return what of a note is still on the road. Raises NothingOnTheRoad, GoesThere and DifferenceFirst."""
    lines = [line for line in lines_on_the_road(session, book=book, number=number) if line.quantity]
    if not lines:
        raise NothingOnTheRoad
    outlet = lines[0].destination
    if outlet == to:
        raise GoesThere
    if differences_waiting(session, outlet, book, number):
        raise DifferenceFirst(site=outlet)
    return lines


def check_wishes(session: Session, lines: list[OnTheRoad], to: str) -> None:
    """Refuse lots that were given for other outlets."""
    lots = lots_by_code(session, [line.lot for line in lines])
    elsewhere = [lot for lot in lots.values() if not lot.is_meant_for(to)]
    refuse_together([against(session, lot, at="consent") for lot in elsewhere])
