"""Arrival: goods from the road are counted at the door and come onto the shelf; differences wait for a second hand,
so that nothing stays on the road for ever.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, Unknown, refuse_together
from ledger.journal import Booked, Move, OnTheRoad, act, county_day, entry_of, post, reversal_of
from ledger.journal.road import lines_on_the_road, take_off_the_road
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.registers.items import Item
from ledger.registers.register import find
from ledger.registers.requests import Request, ask, decide, for_second_hand, waiting_about, waiting_as_short
from ledger.terms import N_, EntryKind

Road = dict[tuple[str, str], OnTheRoad]


class NotOnThisDispatch(LedgerError):
    """An arrival names what its dispatch sent."""

    message = N_("%(item)s %(lot)s is not on this transfer note.")


class MoreThanOnTheRoad(LedgerError):
    """Arrived and short together are at most what is on the road; what is more is named as over."""

    message = N_("%(item)s %(lot)s: %(held)s on the road, %(asked)s named. Enter what is more under “over”.")


class WaitsAsShort(LedgerError):
    """What was reported as short is not counted a second time."""

    message = N_(
        "%(item)s %(lot)s: %(waits)s are reported short and wait for a second person; "
        "%(held)s are still to come, %(asked)s named."
    )


class BeforeItWasSent(LedgerError):
    """Goods arrive after they were sent."""

    message = N_("These goods were sent on %(day)s; they cannot have arrived before.")
    field = "occurred_on"


class DifferenceWithoutReason(LedgerError):
    """A difference says why."""

    message = N_("Say in words why goods are short or over.")


class NothingArrived(LedgerError):
    """An arrival names at least one quantity."""

    message = N_("Enter what arrived, or what is short.")
    field = "lines"


@act
def accept_arrival(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    sender: str,
    dispatch: int,
    occurred_on: date,
    lines: list[dict[str, Any]],
) -> dict[str, Any]:
    """Take arrived goods onto the shelf, in parts if need be; what is short or over is proposed to a second person.

    `lines` are {item, lot, quantity, short?, over?, reason?}; `dispatch` is the number of the sender's entry.
    """
    check_day(session, occurred_on, now)
    road = road_to(session, book, sender, dispatch)
    sent = entry_of(session, sender, dispatch).occurred_on
    if occurred_on < sent:
        raise BeforeItWasSent(day=sent.isoformat())
    waits = waiting_as_short(session, book)
    check_lines(road, Counter({goods: waits[sender, dispatch, *goods] for goods in road}), lines)
    door, arrived = chart.received(sender), [line for line in lines if line.get("quantity")]
    entry = post(
        session, book=book, kind=EntryKind.ARRIVAL, by=clerk, occurred_on=occurred_on, now=now, key=key,
        moves=[Move(door, chart.STOCK, line["item"], line["quantity"], line["lot"]) for line in arrived],
        facts={"from": sender, "dispatch": dispatch},
    )
    for line in arrived:
        take_off_the_road(session, road[line["item"], line["lot"]], line["quantity"])
    request = propose_differences(session, entry, sender, dispatch, lines, now)
    return answer_of(entry, **({"request": request} if request else {}))


def road_to(session: Session, book: str, sender: str, dispatch: int) -> Road:
    """Return the lines of a dispatch by item and lot. Raises Unknown if it was not sent here, or was reversed."""
    lines = [line for line in lines_on_the_road(session, book=sender, number=dispatch) if line.destination == book]
    if not lines or reversal_of(session, sender, dispatch) is not None:
        raise Unknown(what=N_("transfer note"), code=dispatch, at="dispatch")
    return {(line.commodity, line.lot): line for line in lines}


def differences_waiting(session: Session, book: str, sender: str, dispatch: int) -> list[Request]:
    """Return the differences of one dispatch that wait for a second person where it was sent to."""
    return waiting_about(session, book, EntryKind.ARRIVAL_DIFFERENCE, **{"from": sender, "dispatch": dispatch})


def check_lines(road: Road, spoken_for: Counter[tuple[str, str]], lines: list[dict[str, Any]]) -> None:
    """Refuse what was not sent, more than is on the road, and differences without a reason, all lines at once."""
    if not any(line.get("quantity") or line.get("short") or line.get("over") for line in lines):
        raise NothingArrived
    refusals: list[LedgerError] = []
    waits = Counter(spoken_for)
    for place, line in enumerate(lines):
        goods = (line["item"], line["lot"])
        names = {"item": line["item"], "lot": line["lot"], "at": f"lines.{place}.quantity"}
        asked = (line.get("quantity") or 0) + (line.get("short") or 0)
        if goods not in road:
            refusals.append(NotOnThisDispatch(**names))
        elif asked > (left := road[goods].quantity - spoken_for[goods]):
            said = {**names, "held": left, "asked": asked}
            refusals.append(WaitsAsShort(**said, waits=waits[goods]) if waits[goods] else MoreThanOnTheRoad(**said))
        spoken_for[goods] += asked
        if (line.get("short") or line.get("over")) and not line.get("reason"):
            refusals.append(DifferenceWithoutReason(at=f"lines.{place}.reason"))
    refuse_together(refusals)


def propose_differences(
    session: Session, arrival: Booked, sender: str, dispatch: int, lines: list[dict[str, Any]], now: datetime
) -> int | None:
    """Put short and over goods before a second person; return the number of the request, if there is a difference."""
    different = [
        {"item": line["item"], "lot": line["lot"], "short": line.get("short") or 0, "over": line.get("over") or 0}
        for line in lines if line.get("short") or line.get("over")
    ]
    if not different:
        return None
    reason = "\n".join(
        f"{find(session, Item, line['item']).called} {line['lot']}: {line['reason']}"
        for line in lines if line.get("reason")
    )
    asked = {"from": sender, "dispatch": dispatch, "arrival": arrival.number, "lines": different}
    return ask(
        session, book=arrival.book, kind=EntryKind.ARRIVAL_DIFFERENCE, by=arrival.by, now=now, asked=asked,
        reason=reason,
    ).n


@act
def confirm_difference(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int
) -> dict[str, Any]:
    """Book the differences of an arrival, once a second person confirms them."""
    asked = for_second_hand(session, book, request, kind=EntryKind.ARRIVAL_DIFFERENCE, by=clerk)
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
