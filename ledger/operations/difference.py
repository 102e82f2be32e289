"""Arrival difference: a second person confirms what was short or over, so that nothing stays on the road for ever."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.journal import Move, act, county_day, post
from ledger.journal.road import take_off_the_road
from ledger.operations.answer import answer_of
from ledger.operations.arrival import DIFFERENCE, road_to
from ledger.registers.requests import decide, for_second_hand
from ledger.terms import EntryKind


@act
def confirm_difference(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int
) -> dict[str, Any]:
    """Book the differences of an arrival, once a second person confirms them."""
    asked = for_second_hand(session, book, request, kind=DIFFERENCE, by=clerk)
    said = asked.lines()
    road = road_to(session, book, said["from"], said["dispatch"])
    entry = post(
        session, book=book, kind=EntryKind.ARRIVAL_DIFFERENCE, by=clerk, occurred_on=county_day(session, now),
        now=now, key=key, moves=[move for line in said["lines"] for move in moves_of_difference(said["from"], line)],
        facts={"from": said["from"], "dispatch": said["dispatch"], "request": request, "asked_by": asked.asked_by},
        notes={"reason": asked.reason},
    )
    for line in said["lines"]:
        take_off_the_road(session, road[line["item"], line["lot"]], line["short"])
    decide(asked, "confirmed", entry.number)
    return answer_of(entry, request=request)


def moves_of_difference(sender: str, line: dict[str, Any]) -> list[Move]:
    """Return what is booked: short goods go from the sender to the differences, what is over comes from there."""
    item, lot, door = line["item"], line["lot"], chart.received(sender)
    moves = []
    if line["short"]:
        moves.append(Move(door, chart.DIFFERENCE, item, line["short"], lot))
    if line["over"]:
        moves.append(Move(chart.DIFFERENCE, door, item, line["over"], lot))
        moves.append(Move(door, chart.STOCK, item, line["over"], lot))
    return moves
