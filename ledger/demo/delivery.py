"""Delivery mornings of the demo: the county store sends, the outlets count at the door."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ledger.demo.gifts import WISHED_BY_THE_RICE_FIRM, Line, lack
from ledger.demo.scene import Scene, at
from ledger.journal.road import lines_on_the_road
from ledger.operations.allocation import allocate_goods
from ledger.operations.arrival import accept_arrival, confirm_difference
from ledger.operations.dispatch import send_goods
from ledger.terms import COUNTY, Role

Note = dict[str, Any]

SHORT_AT, OVER_AT, ROAD_CLOSED_TO = "LY09", "LY14", "LY21"


def delivery_morning(scene: Scene, now: datetime, *, first: bool = False) -> None:
    """Send each outlet what its shelf lacks; on the first morning one counts short, one over, one road is shut."""
    for place, book in enumerate(scene.outlets):
        lines = [
            {"item": code, "quantity": min(lack(scene, book, code), scene.store[code])}
            for code in scene.goods if lack(scene, book, code) and scene.store[code]
        ]
        if not lines:
            continue
        note = send(scene, book, lines, now + timedelta(minutes=2 * place))
        if first and book == ROAD_CLOSED_TO:
            # Taken in by hand, and keyed from the paper note a day later.
            day = now.date() + timedelta(days=1)
            by_paper = partial(arrive, scene, note, occurred_on=day, paper_number=f"{book}-0001")
            scene.agenda.add(at(day + timedelta(days=1), "09:20"), by_paper)
        else:
            different = first and book in (SHORT_AT, OVER_AT)
            arrives = now + timedelta(hours=2, minutes=3 * place)
            scene.agenda.add(arrives, partial(arrive, scene, note, different=different))


def allocate(scene: Scene, now: datetime) -> None:
    """Give out by one decision what all shelves lack, as far as it is there; each outlet counts at its door."""
    goods = []
    for code in scene.goods:
        shares: dict[str, int] = {}
        for book in scene.outlets:
            shares[book] = min(lack(scene, book, code), scene.store[code] - sum(shares.values()))
        if given := {book: many for book, many in shares.items() if many > 0}:
            goods.append({"item": code, "shares": given})
            scene.store[code] -= sum(given.values())
    if not goods:
        return
    decision = f"略工发〔{now.year}〕演示3号"
    made = scene.do(allocate_goods, COUNTY, "county", now, decision=decision, occurred_on=now.date(), goods=goods)
    for place, number in enumerate(range(made["number"], made["last"] + 1)):
        sent = lines_on_the_road(scene.session, book=COUNTY, number=number)
        lines = [{"item": line.commodity, "lot": line.lot, "quantity": line.sent} for line in sent]
        note = {"number": number, "to": sent[0].destination, "lines": lines}
        scene.agenda.add(now + timedelta(hours=2, minutes=3 * place), partial(arrive, scene, note))


def send(scene: Scene, book: str, lines: list[Line], now: datetime) -> Note:
    """Send goods from the county store to an outlet; return the transfer note."""
    note = scene.do(send_goods, COUNTY, "county", now, to=book, occurred_on=now.date(), lines=lines)
    for line in note["lines"]:
        scene.store[line["item"]] -= line["quantity"]
    return note


def send_the_wished_rice(scene: Scene, now: datetime) -> None:
    """Send the rice firm's gift where it wished, by number of households; the bags packed later wait."""
    lot, _ = scene.wished
    left = lot["quantity"]
    there = {book: len(scene.outlets[book].households) for book in WISHED_BY_THE_RICE_FIRM}
    for place, book in enumerate(list(there)):
        share = left * there[book] // sum(there.values())
        left, _ = left - share, there.pop(book)
        note = send(scene, book, [{**lot, "quantity": share}], now + timedelta(minutes=2 * place))
        scene.agenda.add(now + timedelta(hours=3, minutes=3 * place), partial(arrive, scene, note))


def arrive(
    scene: Scene, note: Note, now: datetime, *, different: bool = False, confirmed: bool = True, **late: Any
) -> None:
    """Count a transfer note at the door; a difference is confirmed by a second person the day after."""
    book, lines = note["to"], [dict(line) for line in note["lines"]]
    if different:
        mark_difference(book, lines[0])
    said = {"sender": COUNTY, "dispatch": note["number"], "lines": lines, "occurred_on": now.date(), **late}
    answer = scene.do(accept_arrival, book, "keeper", now, **said)
    for line in lines:
        scene.outlets[book].shelf[line["item"]] += line["quantity"]
    if different and confirmed:
        second = partial(confirm, scene, book, answer["request"], lines[0])
        scene.agenda.add(at(now.date() + timedelta(days=1), "16:10"), second)


def mark_difference(book: str, line: Line) -> None:
    """Let a line arrive one over, or two short."""
    if book == OVER_AT:
        line.update(over=1, reason="多装一件，司机在场清点")
    else:
        short = min(2, line["quantity"])
        line.update(quantity=line["quantity"] - short, short=short, reason="数量不足，司机已签字")


def confirm(scene: Scene, book: str, request: int, line: Line, now: datetime) -> None:
    """Confirm a difference as the second person: the supervisor, or from far the town's checker."""
    second = Role.CHECKER if book == OVER_AT else Role.SUPERVISOR
    scene.do(confirm_difference, book, second, now, request=request)
    scene.outlets[book].shelf[line["item"]] += line.get("over", 0)
