"""Any acts in any order, beside a plain model that says what each of them does: both must always hold the same.

A store room S gives, sends and takes back; an outlet A takes in, credits, serves, is late with papers and closes.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ledger.db import Database
from ledger.errors import LedgerError
from ledger.journal import Replayed
from ledger.operations.closing import confirm_close, propose_close
from ledger.registers.households import Household, take_in
from ledger.registers.sites import Site, open_site
from scripts.soaking.model import PURSES, Model, Move, Refused
from scripts.soaking.places import place_on
from tests.county import PRICES, TODAY, County, Desk, found_in
from tests.replay import replay, rows

NUMBERS = count(1)
HOUSEHOLDS = ("H1", "H2")
BEGINNING = (("SOAP", 30, None), ("RICE", 9, 60), ("RICE", 9, 28), ("SALT", 9, None))
items, households, purses = map(st.sampled_from, (("SOAP", "RICE", "SALT"), HOUSEHOLDS, PURSES))
few, which = st.integers(1, 9), st.integers(0, 30)


def acts(store: str, examples: int) -> dict[str, Any]:
    """Live through so many runs of acts; any difference between book and model ends it."""
    with place_on(store) as place:
        found_in(place.url)
        county = County(Database(place.url))
        done = lived_through(county, examples)
        county.store.close()
    return {"runs": examples, **done}


def lived_through(county: County, examples: int) -> dict[str, int]:
    """Live through runs of acts in a county that is open; return how many were booked, refused and sent again."""
    done = Counter(booked=0, refused=0, sent_again=0)
    patience = settings(
        max_examples=examples, stateful_step_count=30, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Acts(county, done), settings=patience)
    return dict(done)


class Acts(RuleBasedStateMachine):
    """One run of acts, in a store room and an outlet of their own."""

    def __init__(self, county: County, done: Counter[str]) -> None:
        super().__init__()
        self.county, self.done, n = county, done, next(NUMBERS)
        self.room, self.outlet, county.now = county.book(f"S{n}"), county.book(f"A{n}"), TODAY
        self.model = Model(self.room.code, self.outlet.code)
        self.notes: list[dict[str, Any]] = []
        self.sent: list[tuple[Any, tuple[Any, ...], dict[str, Any], Any]] = []
        with county.store.writing() as session:
            for desk in (self.room, self.outlet):
                open_site(session, Site(code=desk.code, name=desk.code), by="wei", now=county.now)
            for number in HOUSEHOLDS:
                take_in(session, Household(book=self.outlet.code, number=number, name="王"), by="wei", now=county.now)

    @property
    def on(self) -> str:
        """What day it is, as a form says it."""
        return self.county.day.isoformat()

    def book(self, desk: Desk, kind: str, moves: list[Move], late: int = 0, **facts: Any) -> None:
        """Book an entry in the model."""
        self.model.book(desk.code, kind, moves, self.county.day, late, **facts)

    def send_form(self, act: Any, *about: Any, **more: Any) -> Any:
        """Do an act under a key of its own, and remember the form."""
        more["key"] = f"{self.outlet.code}-{len(self.sent)}"
        answer = act(*about, **more)
        self.sent.append((act, about, more, answer))
        self.done["booked"] += 1
        return answer

    def is_refused(self, act: Any, *about: Any, **more: Any) -> None:
        """See that the program refuses what the model has refused."""
        try:
            answer = act(*about, **more)
        except LedgerError:
            self.done["refused"] += 1
        else:
            raise AssertionError(f"the model refuses this, the program has booked it: {answer}")

    # Acts

    @initialize()
    def begin(self) -> None:
        """Begin with goods and points, so that there is something to do."""
        for item, quantity, days in BEGINNING:
            self.give(item, quantity, days)
        for n, (item, quantity) in enumerate([("SOAP", 25), ("SALT", 6), ("RICE", 9)]):
            self.send(item, quantity)
            self.arrive(n, quantity - 1, n % 2, 1 - n % 2)
        for household, purse in (("H1", "support"), ("H1", "merit"), ("H2", "support")):
            self.award(household, purse, 50, True)
        self.redeem("H1", [("SOAP", 3), ("SALT", 1)], 0)
        self.redeem("H2", [("RICE", 1)], 1)
        self.reverse(True, 1)

    @rule(item=items, quantity=few, days=st.none() | st.integers(0, 20))
    def give(self, item: str, quantity: int, days: int | None) -> None:
        """A gift comes into the store room."""
        best = None if days is None else self.county.day + timedelta(days=days)
        lines = [{"item": item, "quantity": quantity, "best_before": best}]
        lot = self.send_form(self.room.give, lines=lines, on=self.on)["lines"][0]["lot"]
        self.model.first_out[lot] = (best or date.max, len(self.model.entries[self.room.code]), lot)
        self.book(self.room, "donation", [Move("donor:D7", "stock", item, lot, quantity)])

    @rule(item=items, quantity=few)
    def send(self, item: str, quantity: int) -> None:
        """The store room sends goods to the outlet."""
        to, lines = self.outlet.code, [{"item": item, "quantity": quantity}]
        try:
            moves = self.model.from_the_shelf(self.room.code, [(item, quantity)], self.county.day, f"sent:{to}")
        except Refused:
            return self.is_refused(self.room.send, to, lines=lines, on=self.on)
        answer = self.send_form(self.room.send, to, lines=lines, on=self.on)
        self.model.road |= {(answer["number"], move.lot): move.quantity for move in moves}
        self.notes += [{**answer, "lines": [line]} for line in answer["lines"]]
        self.book(self.room, "dispatch", moves)

    @precondition(lambda self: self.notes)
    @rule(n=which, quantity=st.integers(0, 20), short=st.integers(0, 3), over=st.integers(0, 3))
    def arrive(self, n: int, quantity: int, short: int, over: int) -> None:
        """One lot of a dispatch is counted in at the outlet."""
        note = self.notes[n % len(self.notes)]
        (line,) = note["lines"]
        place, item = (note["number"], line["lot"]), line["item"]
        lines = [{**line, "quantity": quantity, "short": short, "over": over, "reason": "counted"}]
        if quantity + short > self.model.may_arrive(place) or not quantity + short + over:
            return self.is_refused(self.outlet.arrive, note, lines=lines, on=self.on)
        request = self.send_form(self.outlet.arrive, note, lines=lines, on=self.on).get("request")
        moves = [Move(f"received:{self.room.code}", "stock", item, line["lot"], quantity)] if quantity else []
        self.model.road[place] -= quantity
        self.book(self.outlet, "arrival", moves, place=place, request=request)
        if short or over:
            self.model.requests[request] = {"place": place, "item": item, "short": short, "over": over}

    @precondition(lambda self: self.model.requests)
    @rule(n=which)
    def confirm(self, n: int) -> None:
        """A second person confirms a difference."""
        request = sorted(self.model.requests)[n % len(self.model.requests)]
        self.send_form(self.outlet.confirm, request)
        asked = self.model.requests.pop(request)
        self.model.road[asked["place"]] -= asked["short"]
        beside = {"place": asked["place"], "short": asked["short"]}
        self.book(self.outlet, "arrival-difference", self.model.difference(asked), **beside)

    @rule(household=households, purse=purses, points=st.integers(0, 50), hangs=st.booleans())
    def award(self, household: str, purse: str, points: int, hangs: bool) -> None:
        """A sheet is drawn up and hangs on the board; if it hangs long enough it is credited."""
        award = (household, "WORK", 50 + points) if purse == "merit" else (household, "BASE", 100 + 18 * points)
        n, sheet = self.send_form(self.outlet.draw, award, purse=purse, on=self.on)["n"], {"step": 2}
        self.book(self.outlet, "sheet", [], sheet=sheet, step=1)
        self.send_form(self.outlet.hang, n, on=self.on)
        self.book(self.outlet, "notice", [], sheet=sheet, step=2)
        if not hangs:
            return self.is_refused(self.outlet.credit, n)
        self.county.wait(8)
        self.send_form(self.outlet.credit, n, on=self.on)
        sheet["step"] = 3
        moves = [Move(f"fund:{purse}", f"purse:{household}:{purse}", "POINT", "", award[2])]
        self.book(self.outlet, "credit", moves, sheet=sheet, step=3)

    @rule(
        household=households, basket=st.lists(st.tuples(items, st.integers(1, 3)), min_size=1, max_size=2),
        late=st.sampled_from((0, 0, 0, 1, 9)),
    )
    def redeem(self, household: str, basket: list[tuple[str, int]], late: int) -> None:
        """A household is served at the counter, or was some days ago and the paper comes in now."""
        day, price = self.county.day - timedelta(days=late), sum(PRICES[item] * quantity for item, quantity in basket)
        said: dict[str, Any] = {"basket": [{"item": item, "quantity": quantity} for item, quantity in basket]}
        said |= {"on": day.isoformat()} | ({"paper_number": "0007"} if late else {})
        try:
            moves = self.model.from_the_purses(household, price)
            moves += self.model.from_the_shelf(self.outlet.code, basket, day, "handed-out")
        except Refused:
            return self.is_refused(self.outlet.redeem, household, **said)
        self.send_form(self.outlet.redeem, household, **said)
        self.book(self.outlet, "redemption", moves, late)

    @rule(there=st.booleans(), n=which)
    def reverse(self, there: bool, n: int) -> None:
        """The second hand of the county reverses one of the last entries."""
        desk = self.outlet if there else self.room
        number = len(self.model.entries[desk.code]) - n % len(self.model.entries[desk.code])
        try:
            moves = self.model.mirror(desk.code, number)
        except Refused:
            return self.is_refused(desk.reverse, number, by="han")
        self.send_form(desk.reverse, number, by="han")
        self.book(desk, "reversal", moves)

    @rule(days=st.integers(0, 12))
    def close(self, days: int) -> None:
        """The outlet closes its book through the end of a month that is over; a day within one is refused."""
        through = self.county.day.replace(day=1) - timedelta(days=1) if days else self.county.day
        if not days or through < self.model.open_from:
            return self.is_refused(self.outlet.do, propose_close, by="lin", through=through)
        asked = self.send_form(self.outlet.do, propose_close, by="lin", through=through)
        self.send_form(self.outlet.do, confirm_close, by="gao", request=asked["n"])
        self.book(self.outlet, "close", [])
        self.model.open_from = through + timedelta(days=1)

    @rule(days=st.integers(1, 5))
    def wait(self, days: int) -> None:
        """Days pass."""
        self.county.wait(days)

    @precondition(lambda self: self.sent)
    @rule(n=which)
    def send_again(self, n: int) -> None:
        """A form that was booked is sent once more: it is answered the same, and the model stays as it is."""
        act, about, more, answer = self.sent[-1 - n % len(self.sent)]
        again = act(*about, **more)
        assert (type(again), again) == (Replayed, answer)
        self.done["sent_again"] += 1

    # What must always be so

    @invariant()
    def book_and_model_hold_the_same(self) -> None:
        """Compare every balance, what is on the road, and kind and days of every entry."""
        held: dict[Any, int] = {}
        with self.county.store.reading() as session:
            for code, entries in self.model.entries.items():
                held |= {(code, *place): quantity for place, quantity in replay(session, code).items() if quantity}
                found = rows(session, "SELECT * FROM entry WHERE book = :b ORDER BY number", b=code)
                said = [(row["kind"], row["occurred_on"], row["booked_on"], row["late"]) for row in found]
                assert said == [entry["said"] for entry in entries]
            kept = rows(session, "SELECT * FROM on_the_road WHERE book = :b", b=self.room.code)
        assert held == {place: quantity for place, quantity in self.model.held.items() if quantity}
        assert {(row["number"], row["lot"]): row["quantity"] for row in kept} == self.model.road
