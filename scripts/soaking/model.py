"""A plain model of a store room and an outlet: a few dictionaries that know the handbook and no program."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

SOURCES = ("donor:", "fund:", "received:", "difference")
"""Accounts that say below zero how much has come out of them."""

PURSES = ("support", "merit")
"""The order in which purses are emptied."""


class Refused(Exception):
    """The model says that this cannot be done."""


class Move(NamedTuple):
    """What one posting moves."""

    source: str
    destination: str
    item: str
    lot: str
    quantity: int


class Model:
    """What must lie where, what must be on the road, and what the books must say."""

    def __init__(self, room: str, outlet: str) -> None:
        self.room, self.outlet = room, outlet
        self.held: Counter[tuple[str, str, str, str]] = Counter()
        self.entries: dict[str, list[dict[str, Any]]] = {room: [], outlet: []}
        self.road: dict[tuple[int, str], int] = {}
        self.first_out: dict[str, tuple[date, int, str]] = {}
        self.requests: dict[int, dict[str, Any]] = {}
        self.open_from = date(2000, 1, 1)

    def moved(self, book: str, moves: list[Move]) -> Counter[tuple[str, str, str, str]]:
        """Return what all places hold after these moves; refuse what falls below zero on the way."""
        held = self.held.copy()
        for source, destination, item, lot, quantity in moves:
            held[book, source, item, lot] -= quantity
            held[book, destination, item, lot] += quantity
            if held[book, source, item, lot] < 0 and not source.startswith(SOURCES):
                raise Refused
        return held

    def book(self, book: str, kind: str, moves: list[Move], today: date, late: int = 0, **facts: Any) -> None:
        """Book an entry."""
        self.held = self.moved(book, moves)
        day = today - timedelta(days=late)
        booked_on = max(day, self.open_from) if book == self.outlet else day
        said = (kind, day.isoformat(), booked_on.isoformat(), int(late > 0))
        self.entries[book].append({"said": said, "kind": kind, "moves": moves, "reversed": False, **facts})

    def from_the_shelf(self, book: str, basket: list[tuple[str, int]], day: date, to: str) -> list[Move]:
        """Return the moves of goods, what expires first going first; refuse what is not there or is past its day."""
        left, moves = self.held.copy(), []
        for item, quantity in basket:
            for lot in sorted(self.first_out, key=self.first_out.__getitem__):
                there = left[book, "stock", item, lot] if self.first_out[lot][0] >= day else 0
                part = min(quantity, there)
                if part:
                    left[book, "stock", item, lot] -= part
                    quantity -= part
                    moves.append(Move("stock", to, item, lot, part))
            if quantity:
                raise Refused
        return moves

    def from_the_purses(self, household: str, price: int) -> list[Move]:
        """Return the moves of points; refuse a price that is more than both purses hold."""
        moves = []
        for purse in (f"purse:{household}:{kind}" for kind in PURSES):
            points = min(price, self.held[self.outlet, purse, "POINT", ""])
            moves += [Move(purse, "redeemed", "POINT", "", points)] if points else []
            price -= points
        if price:
            raise Refused
        return moves

    def may_arrive(self, place: tuple[int, str]) -> int:
        """Return how much of one lot of a dispatch can still be counted in: what waits as short will not arrive."""
        return self.road[place] - sum(asked["short"] for asked in self.requests.values() if asked["place"] == place)

    def difference(self, asked: dict[str, Any]) -> list[Move]:
        """Return what is booked of goods that were short or over."""
        door, what = f"received:{self.room}", (asked["item"], asked["place"][1])
        moves = [Move(door, "difference", *what, asked["short"])] if asked["short"] else []
        if asked["over"]:
            moves += [Move("difference", door, *what, asked["over"]), Move(door, "stock", *what, asked["over"])]
        return moves

    def mirror(self, book: str, number: int) -> list[Move]:
        """Take back what an entry changed beside the balances, and return its mirror image; refuse what cannot be."""
        entry = self.entries[book][number - 1]
        moves = [move._replace(source=move.destination, destination=move.source) for move in reversed(entry["moves"])]
        if entry["reversed"] or entry["kind"] in ("reversal", "close"):
            raise Refused
        self.moved(book, moves)
        self.undo_beside(entry, number)
        entry["reversed"] = True
        return moves

    def undo_beside(self, entry: dict[str, Any], number: int) -> None:
        """Take back what an entry changed beside the balances; refuse what has gone a step further."""
        if entry["kind"] == "dispatch":
            self.bring_back(entry, number)
        elif entry["kind"] == "arrival":
            self.road[entry["place"]] += sum(move.quantity for move in entry["moves"])
            self.requests.pop(entry["request"], None)
        elif entry["kind"] == "arrival-difference":
            self.road[entry["place"]] += entry["short"]
        elif entry["kind"] in ("sheet", "notice", "credit"):
            if entry["sheet"]["step"] != entry["step"]:
                raise Refused
            entry["sheet"]["step"] -= 1

    def bring_back(self, entry: dict[str, Any], number: int) -> None:
        """Take a dispatch off the road, while all of it is there and nobody has counted it."""
        counted = any(asked["place"][0] == number for asked in self.requests.values())
        if counted or any(self.road[number, move.lot] != move.quantity for move in entry["moves"]):
            raise Refused
        self.road |= {(number, move.lot): 0 for move in entry["moves"]}
