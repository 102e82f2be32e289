"""Correction of a redemption: what was wrong is taken back, whole or in part, and the right one booked with it."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, refusals_in
from ledger.journal import Booked, Draft, Entry, Move, act, body_of, county_day, entry_of, moves_of, post
from ledger.journal.paper import written_on
from ledger.journal.posting import refuse_second_reversal
from ledger.operations.answer import answer_of
from ledger.operations.basket import goods_for, spent_of
from ledger.operations.collecting import Visit
from ledger.operations.correction_parts import limits_of_parts, parts_of
from ledger.operations.limits import Counted
from ledger.operations.own_award import check_not_scored
from ledger.operations.redemption import book_basket, hand_out
from ledger.operations.rehearsal import rehearse
from ledger.operations.reversal import OwnEntry
from ledger.operations.serial import serial_facts
from ledger.registers.corrections import note_taken
from ledger.registers.households import served
from ledger.registers.limits import use
from ledger.registers.requests import ask, decide, for_second_hand, waiting_about
from ledger.registers.staff import SECOND_HANDS, Staff, check_not_kin
from ledger.terms import N_, EntryKind, GoodsFate, Purse

DESTINATIONS = {
    GoodsFate.DAMAGED: chart.SET_ASIDE, GoodsFate.GONE: chart.DIFFERENCE, GoodsFate.EXCHANGED: chart.SET_ASIDE,
}
"""Where goods go that do not come back onto the shelf."""


class OnlyRedemptions(LedgerError):
    """What else is wrong is reversed and booked anew."""

    message = N_("Only a redemption is corrected; reverse this entry and book it anew.")


@act
def correct(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, number: int, goods: str, reason: str,
    lines: list[dict[str, Any]] | None = None, right: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Correct a redemption by what became of its goods; a keeper asks for it, and goods that are gone need two people.

    `lines` are {item, lot?, quantity} of the entry, all that is left of it if none; `right` is {household, basket}.
    """
    entry = redemption_of(session, book, number)
    check_hand(session, entry, clerk, right)
    parts = parts_of(session, entry, lines)
    # What is asked or done now takes the place of what was asked about this entry before.
    for waiting in waiting_about(session, book, EntryKind.CORRECTION, number=number):
        decide(waiting, "withdrawn")

    def do_it() -> dict[str, Any]:
        return take_back(session, entry, parts, clerk, now, key, goods=goods, right=right, reason=reason)

    if session.get_one(Staff, clerk).role in SECOND_HANDS:
        check_not_own(entry, clerk)
        if goods != GoodsFate.GONE:
            return do_it()
    rehearse(session, do_it)
    asked = {"number": number, "goods": goods, "lines": lines, "right": right}
    request = ask(session, book=book, kind=EntryKind.CORRECTION, by=clerk, now=now, asked=asked, reason=reason)
    return {"book": book, "n": request.n, "status": request.status}


@act
def confirm_correction(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int
) -> dict[str, Any]:
    """Make a correction as it was asked for, once a second person agrees."""
    asked = for_second_hand(session, book, request, kind=EntryKind.CORRECTION, by=clerk)
    said = asked.lines()
    entry = redemption_of(session, book, said["number"])
    check_hand(session, entry, clerk, said["right"])
    check_not_own(entry, clerk)
    answer = take_back(
        session, entry, parts_of(session, entry, said["lines"]), clerk, now, key, goods=said["goods"],
        right=said["right"], reason=asked.reason, request=request, asked_by=asked.asked_by,
    )
    decide(asked, "confirmed", answer["number"])
    return answer


def redemption_of(session: Session, book: str, number: int) -> Entry:
    """Return a redemption that has not been reversed. Raises NotFound, OnlyRedemptions and ReversedAlready."""
    entry = entry_of(session, book, number)
    if entry.kind != EntryKind.REDEMPTION:
        raise OnlyRedemptions
    refuse_second_reversal(session, book, [Draft(EntryKind.CORRECTION, reverses=number)])
    return entry


def check_hand(session: Session, entry: Entry, clerk: str, right: dict[str, Any] | None) -> None:
    """Refuse to correct what one's own or a relative's household took, or should have taken."""
    check_not_kin(session, clerk, entry.book, body_of(entry)["facts"]["household"])
    if right:
        check_not_kin(session, clerk, entry.book, right["household"], at="right.household")


def check_not_own(entry: Entry, clerk: str) -> None:
    """Refuse the hand that booked the mistake."""
    if entry.by == clerk:
        raise OwnEntry


def take_back(
    session: Session, entry: Entry, parts: Counter[int], clerk: str, now: datetime, key: str, *, goods: str,
    right: dict[str, Any] | None, reason: str, **asked: Any,
) -> dict[str, Any]:
    """Book the mirror of the parts, and in the same transaction the right redemption, if another was meant."""
    moves, today = moves_of(entry), county_day(session, now)
    mirrored = [taken(moves[line - 1], parts[line], goods) for line in sorted(parts, reverse=True)]
    exact = mirrored == [move.mirrored() for move in reversed(moves)]
    facts = body_of(entry)["facts"]
    correction = post(
        session, book=entry.book, kind=EntryKind.CORRECTION, by=clerk, occurred_on=today, now=now, key=key,
        moves=mirrored, reverses=entry.number if exact else None, notes={"reason": reason},
        facts={
            "goods": goods, "household": facts["household"], "number": entry.number,
            "parts": [{"line": line, "quantity": parts[line]} for line in sorted(parts)],
            **asked, **serial_facts(session, entry.book, "correction", today),
        },
    )
    note_taken(session, entry.book, entry.number, parts)
    # Room is given back with the goods alone; what is exchanged takes up the room it had.
    if goods != GoodsFate.GONE:
        use(session, entry.book, facts["household"], limits_of_parts(entry, parts), sign=-1)
    who = {"book": entry.book, "clerk": clerk, "now": now, "key": key}
    # The slip's number is the correction's: a redemption that names a paper has its line there.
    with written_on(session, None):
        made = book_right(session, entry, correction, parts, goods, right, **who)
    return answer_of(correction, corrects=entry.number, right=made.get("number"))


def taken(move: Move, quantity: int, goods: str) -> Move:
    """Return how a part of a posting is taken back: points to their purse, goods to where they are now."""
    there = DESTINATIONS.get(GoodsFate(goods), move.source) if move.commodity != chart.POINT else move.source
    return Move(move.destination, there, move.commodity, quantity, move.lot)


def book_right(
    session: Session, entry: Entry, correction: Booked, parts: Counter[int], goods: str, right: dict[str, Any] | None,
    **who: Any,
) -> dict[str, Any]:
    """Book the redemption that was meant, if another was: an exchange today, else what is right, on its true day and at
    the prices of that day. Refusals name their field.
    """
    facts = {"corrects": entry.number, "correction": correction.number}
    try:
        if goods == GoodsFate.EXCHANGED:
            return same_again(session, entry, parts, correction.occurred_on, facts, **who)
        return hand_out(session, **who, **right, occurred_on=entry.occurred_on, facts=facts, line=1) if right else {}
    except LedgerError as refusal:
        for one in refusals_in(refusal):
            one.at = f"right.{one.at}" if one.at else None
        raise


def same_again(
    session: Session, entry: Entry, parts: Counter[int], day: date, facts: dict[str, Any], *, clerk: str, **who: Any
) -> dict[str, Any]:
    """Book the same goods for the same household, at the points they cost and from the purses that paid: an exchange
    changes none, whatever the price is by now, and asks no limit again.
    """
    said, moves = body_of(entry)["facts"], moves_of(entry)
    household, goods = said["household"], Counter[str]()
    served(session, entry.book, household)
    for line, quantity in parts.items():
        goods[moves[line - 1].commodity] += quantity
    goods.pop(chart.POINT, None)
    priced = [(item, many, said["prices"][item]) for item, many in goods.items()]
    again = [replace(moves[line - 1], quantity=parts[line]) for line in sorted(parts)]
    paid = [move for move in again if move.commodity == chart.POINT]
    lots = goods_for(session, entry.book, priced, day)
    check_not_scored(session, clerk, entry.book, household, spent_of(household, paid)[Purse.MERIT], day)
    return book_basket(
        session, priced, lots, paid, Visit(), Counted(limits_of_parts(entry, parts)), clerk=clerk, household=household,
        occurred_on=day, facts={**facts, "rate_fen": said["rate_fen"]}, line=1, **who,
    )
