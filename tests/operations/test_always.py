"""What is always so, whatever acts follow each other: nothing is lost, nothing is made, nothing is below zero.

A store room S and an outlet A, with two households, live through a run of acts; some are refused. After each of them
the sums must close, and a refused act must have changed nothing.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.registers.households import Household, take_in
from ledger.registers.sites import Site, open_site
from tests.county import PRICES, TODAY, County
from tests.replay import replay, rows

EXAMPLES = count(1)
ITEMS = ("SOAP", "RICE", "SALT")
HOUSEHOLDS = ("H1", "H2")

item, household, few = st.sampled_from(ITEMS), st.sampled_from(HOUSEHOLDS), st.integers(1, 9)
which = st.integers(0, 9)
visits = st.tuples(
    st.just("redeem"), household, st.lists(st.tuples(item, st.integers(1, 3)), min_size=1, max_size=2)
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("give"), item, few, st.none() | st.integers(0, 20)),
        st.tuples(st.just("send"), item, few),
        st.tuples(st.just("arrive"), which, st.integers(0, 9), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("confirm"), which),
        st.tuples(st.just("credit"), household, st.sampled_from(("support", "merit")), st.integers(0, 50)),
        visits, visits,
        st.tuples(st.just("undo"), st.sampled_from("SA"), which),
        st.tuples(st.just("wait"), st.integers(1, 5)),
    ),
    max_size=16,
)
BEGINNING = [
    ("give", "SOAP", 30, None), ("give", "RICE", 9, 25), ("give", "RICE", 9, None), ("give", "SALT", 9, None),
    ("send", "SOAP", 25), ("send", "RICE", 15), ("send", "SALT", 9),
    ("arrive", 0, 24, 1, 0), ("arrive", 1, 9, 0, 2), ("arrive", 2, 9, 0, 0),
    ("credit", "H1", "merit", 50), ("credit", "H1", "support", 10), ("credit", "H2", "support", 50),
    ("redeem", "H1", [("RICE", 1)]),
]
"""Every run begins like this, so that there is something to hand out, to confirm and to undo."""

often = settings(
    max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Run:
    """One run of acts in a store room and an outlet of their own."""

    def __init__(self, county: County) -> None:
        county.now, n = TODAY, next(EXAMPLES)
        self.county, self.room, self.outlet = county, county.book(f"S{n}"), county.book(f"A{n}")
        self.notes, self.best, self.waiting = [], {}, []
        with county.store.writing() as session:
            for desk in (self.room, self.outlet):
                open_site(session, Site(code=desk.code, name=desk.code), by="wei", now=county.now)
            for number in HOUSEHOLDS:
                take_in(session, Household(book=self.outlet.code, number=number, name="王"), by="wei", now=county.now)

    def do(self, act):
        """Do an act; if it is refused, see that nothing has changed."""
        before = self.standing()
        try:
            getattr(self, act[0])(*act[1:])
        except LedgerError:
            assert self.standing() == before
        self.check()

    def give(self, item, quantity, days):
        best = None if days is None else self.county.day + timedelta(days=days)
        gift = self.room.give(lines=[{"item": item, "quantity": quantity, "best_before": best}])
        self.best[gift["lines"][0]["lot"]] = best or date.max

    def send(self, item, quantity):
        self.notes.append(self.room.send(self.outlet.code, lines=[{"item": item, "quantity": quantity}]))

    def arrive(self, which, quantity, short, over):
        note = self.notes[which % len(self.notes)]
        line = {**note["lines"][0], "quantity": quantity, "short": short, "over": over, "reason": "counted"}
        answer = self.outlet.arrive(note, lines=[line])
        self.waiting += [answer["request"]] if "request" in answer else []

    def confirm(self, which):
        if self.waiting:
            self.outlet.confirm(self.waiting[which % len(self.waiting)])

    def credit(self, household, purse, points):
        award = (household, "WORK", 50 + points) if purse == "merit" else (household, "BASE", 100 + 18 * points)
        sheet = self.outlet.on_notice(award, purse=purse)
        self.county.wait(8)
        self.outlet.credit(sheet)

    def redeem(self, household, basket):
        lines = [{"item": item, "quantity": quantity} for item, quantity in basket]
        before, price = self.outlet.balances(), sum(PRICES[item] * quantity for item, quantity in basket)
        if not self.can_be_served(household, basket, price):
            with pytest.raises(LedgerError):
                self.outlet.redeem(household, basket=lines)
            return
        self.outlet.reverse(self.outlet.redeem(household, basket=lines))
        assert self.outlet.balances() == before, "a redemption and its reversal leave nothing changed"
        assert sum(self.outlet.redeem(household, basket=lines)["spent"].values()) == price

    def can_be_served(self, household, basket, price):
        """Tell whether points and goods that have not expired are enough for a basket."""
        wanted, good = Counter(), Counter()
        for item, quantity in basket:
            wanted[item] += quantity
        for item in wanted:
            good[item] = sum(
                held for lot, held in self.outlet.lots(item).items() if self.best[lot] >= self.county.day
            )
        return self.outlet.points(household) >= price and good >= wanted

    def undo(self, where, which):
        desk = {"S": self.room, "A": self.outlet}[where]
        entries = len(desk.kinds())
        if entries:
            desk.reverse(entries - which % entries, by="han")

    def wait(self, days):
        self.county.wait(days)

    def standing(self):
        """Return all that lies anywhere, and how far both books have come."""
        with self.county.store.reading() as session:
            road = rows(session, "SELECT * FROM on_the_road WHERE book = :b AND quantity > 0", b=self.room.code)
            heads = rows(session, "SELECT code, number FROM book")
        return self.room.balances(), self.outlet.balances(), [dict(row) for row in road], [dict(row) for row in heads]

    def check(self):
        """See that the sums of points and of every lot close, and that nothing is below zero."""
        room, outlet, road, _ = self.standing()
        on_the_road = Counter()
        for line in road:
            on_the_road[line["lot"]] += line["quantity"]
        points = sums(outlet, "POINT")
        assert -points["fund"] == points["purse"] + points["redeemed"]
        for lot in self.best:
            here, there = sums(room, lot), sums(outlet, lot)
            given = here["stock"] + on_the_road[lot] + there["stock"] + there["handed-out"] + there["difference"]
            assert -here["donor"] == given
            assert here["sent"] + there["received"] == on_the_road[lot]
        for (account, *_), quantity in [*room.items(), *outlet.items()]:
            assert quantity > 0 or account.startswith(("donor:", "fund:", "received:", "difference"))


def sums(balances, what):
    """Return what each family of accounts holds of points, or of a lot."""
    found = Counter()
    for (account, commodity, lot), quantity in balances.items():
        if what in (commodity, lot):
            found[account.partition(":")[0]] += quantity
    return found


@often
@given(acts=acts)
def test_whatever_acts_follow_each_other_the_sums_close(county, acts):
    run = Run(county)
    for act in [*BEGINNING, *acts]:
        run.do(act)
    with county.store.reading() as session:
        replay(session, run.room.code)
        replay(session, run.outlet.code)
