"""What is always so, whatever acts follow each other: nothing is lost, nothing is made, nothing is below zero.

A store room S and an outlet A, with two households, live through a run of acts; some are refused. After each of them
the sums must close, and a refused act must have changed nothing. What is booked and reversed leaves nothing changed:
points, goods, and what is left of limits.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.operations.correction import confirm_correction, correct
from ledger.operations.count import begin_count, key_lines
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.lapse import announce_lapse, book_lapse
from ledger.operations.life import change_life
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.registers.counts import StockCount, lines_of_count
from ledger.registers.households import Household, take_in
from ledger.registers.limits import ItemLimit, had
from ledger.registers.sites import Site, open_site
from ledger.terms import GoodsFate
from tests.county import PRICES, TODAY, County
from tests.replay import replay, rows

EXAMPLES = count(1)
ITEMS = ("SOAP", "RICE", "SALT")
HOUSEHOLDS = ("H1", "H2")
KEPT = 30
"""What a household keeps at a month's end, in tenths."""

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
        st.tuples(st.just("aside"), item, few, st.sampled_from(("waits", "back", "written off"))),
        st.tuples(st.just("count"), item, st.integers(-2, 2)),
        st.tuples(st.just("correct"), which, st.sampled_from(tuple(GoodsFate)), item, st.integers(1, 3)),
        st.tuples(st.just("claw_back"), household, st.integers(1, 900)),
        st.tuples(st.just("lapse")),
        st.tuples(st.just("freeze"), household),
        st.tuples(st.just("wait"), st.integers(1, 5)),
    ),
    max_size=16,
)
BEGINNING = [
    ("give", "SOAP", 30, None), ("give", "RICE", 9, 25), ("give", "RICE", 9, None), ("give", "SALT", 9, None),
    ("send", "SOAP", 25), ("send", "RICE", 15), ("send", "SALT", 9),
    ("arrive", 0, 24, 1, 0), ("arrive", 1, 9, 0, 2), ("arrive", 2, 9, 0, 0),
    ("credit", "H1", "merit", 50), ("credit", "H1", "support", 10), ("credit", "H2", "support", 50),
    ("credit", "H2", "merit", 50), ("redeem", "H1", [("RICE", 1)]), ("redeem", "H2", [("SOAP", 2), ("SALT", 1)]),
    ("correct", 1, "damaged", "SOAP", 1), ("correct", 1, "gone", "SOAP", 1), ("aside", "SOAP", 2, "written off"),
    ("aside", "SALT", 1, "back"), ("count", "SOAP", -1), ("count", "SALT", 1), ("claw_back", "H1", 90), ("lapse",),
]
"""Every run begins like this, so that there is something to hand out, to confirm and to undo."""

# Shrinking a run this long would take a quarter of an hour: what failed is told as it was found.
often = settings(
    max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],
)


class Run:
    """One run of acts in a store room and an outlet of their own."""

    def __init__(self, county: County) -> None:
        county.now, n = TODAY, next(EXAMPLES)
        self.county, self.room, self.outlet = county, county.book(f"S{n}"), county.book(f"A{n}")
        self.notes, self.best, self.waiting, self.sold = [], {}, [], []
        with county.store.writing() as session:
            for desk in (self.room, self.outlet):
                open_site(session, Site(code=desk.code, name=desk.code), by="wei", now=county.now)
            for number in HOUSEHOLDS:
                take_in(session, Household(book=self.outlet.code, number=number, name="王"), by="wei", now=county.now)
            session.merge(ItemLimit(
                item="SALT", book=self.outlet.code, per="month", valid_from=county.day, quantity=2, by="wei",
                recorded_us=0,
            ))
        county.setting("lapse_period", "month", book=self.outlet.code)
        county.setting("carry_over", str(KEPT), book=self.outlet.code)

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
        before, price = self.standing(), sum(PRICES[item] * quantity for item, quantity in basket)
        if not self.can_be_served(household, basket, price):
            with pytest.raises(LedgerError):
                self.outlet.redeem(household, basket=lines)
            return
        self.outlet.reverse(self.outlet.redeem(household, basket=lines))
        self.nothing_changed_since(before, "a redemption and its reversal")
        sold = self.outlet.redeem(household, basket=lines)
        assert sum(sold["spent"].values()) == price
        self.sold.append(sold["number"])

    def can_be_served(self, household, basket, price):
        """Tell whether points and goods that have not expired are enough for a basket, and the limit for its salt."""
        wanted, good = Counter(), Counter()
        for item, quantity in basket:
            wanted[item] += quantity
        for item in wanted:
            good[item] = sum(
                held for lot, held in self.outlet.lots(item).items() if self.best[lot] >= self.county.day
            )
        served = household not in self.frozen() and self.salt_left(household) >= wanted["SALT"]
        return served and self.outlet.points(household) >= price and good >= wanted

    def frozen(self):
        """Return which households are neither credited nor served."""
        with self.county.store.reading() as session:
            rows = [session.get_one(Household, (self.outlet.code, number)) for number in HOUSEHOLDS]
        return {row.number for row in rows if row.status != "active"}

    def salt_left(self, household):
        """Return how much salt a household may still have this month."""
        limit, day = ("SALT", "month"), self.county.day
        return 2 - self.county.ask(had, self.outlet.code, household, day, [limit])[limit]

    def aside(self, item, quantity, fate):
        lot = next(iter(self.outlet.lots(item)), None)
        if lot is None:
            return
        lines = [{"item": item, "lot": lot, "quantity": quantity}]
        asked = self.outlet.act(propose_write_off, by="lin", lines=lines, reason="damaged")
        said = {"written off": {"disposal": "buried"}, "back": {"back": 1}}.get(fate)
        if said:
            self.outlet.do(decide_write_off, by="gao", request=asked["n"], **said)

    def count(self, item, off):
        n = self.outlet.do(begin_count, by="lin")["n"]
        with self.county.store.reading() as session:
            found = lines_of_count(session, session.get_one(StockCount, (self.outlet.code, n)))
        lines = [{"lot": one.lot, "account": one.account, "quantity": one.frozen} for one in found]
        for one in lines:
            if one["lot"] in self.outlet.lots(item) and one["account"] == "stock":
                one.update(quantity=max(0, one["quantity"] + off), reason="unknown")
                break
        self.outlet.do(key_lines, by="lin", count=n, lines=lines, finished=1)
        before = self.standing()
        self.outlet.reverse(self.outlet.do(confirm_count, by="gao", count=n), by="luo")
        self.nothing_changed_since(before, "a count and its reversal")

    def correct(self, which, goods, item, quantity):
        if not self.sold:
            return
        number, lines = self.sold[which % len(self.sold)], [{"item": item, "quantity": quantity}]
        said = {"number": number, "goods": goods, "reason": "keyed wrong", "lines": lines}
        right = {"household": "H1", "basket": [{"item": "SOAP", "quantity": 1}]} if goods == "elsewhere" else None
        asked = self.outlet.do(correct, by="gao", **said, right=right)
        if goods == "gone":
            self.outlet.do(confirm_correction, by="luo", request=asked["n"])

    def claw_back(self, household, points):
        asked = self.outlet.claw_back(household, points)
        self.county.wait(8)
        held, before = self.outlet.purse(household, "merit"), self.standing()
        taken = self.outlet.confirm_claw_back(asked["n"])
        assert taken["points"] == min(points, held), "what the purse holds is taken, and no more"
        self.outlet.reverse(taken, by="luo")
        self.nothing_changed_since(before, "points taken back and given back")

    def lapse(self):
        last = self.county.day.replace(day=1) - timedelta(days=1)
        run = self.outlet.act(announce_lapse, by="mei", through=last, place="board")["n"]
        self.county.wait(16)
        try:
            # An exchange day since the notice; without one, or without goods for the points, a run is stopped.
            self.sold.append(self.outlet.redeem("H2", salt=1)["number"])
            before = self.standing()
            booked = self.outlet.do(book_lapse, by="gao", run=run)
        except LedgerError:
            return
        for who in HOUSEHOLDS:
            assert self.outlet.purse(who, "merit") >= min(KEPT, self.held(before, who)), "what is carried over stays"
        self.outlet.reverse(booked, by="luo")
        self.nothing_changed_since(before, "a run and its reversal")
        assert self.outlet.do(book_lapse, by="gao", run=run)["points"] == booked["points"]

    def held(self, standing, household):
        """Return what a household's merit purse held."""
        return standing[1].get((f"purse:{household}:merit", "POINT", ""), 0)

    def freeze(self, household):
        said = {"household": household, "paper_number": "7"}
        event = "thaw" if household in self.frozen() else "freeze"
        self.outlet.act(change_life, by="gao", event=event, cause="check", **said)

    def nothing_changed_since(self, before, what):
        """See that points, goods, the road and what is left of limits are as they were."""
        room, outlet, road, _, limits = self.standing()
        assert [room, outlet, road, limits] == [before[0], before[1], before[2], before[4]], what

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
            limits = rows(session, "SELECT * FROM limit_use WHERE book = :b AND quantity > 0", b=self.outlet.code)
        found = ([dict(row) for row in every] for every in (road, heads, limits))
        return self.room.balances(), self.outlet.balances(), *found

    def check(self):
        """See that the sums of points and of every lot close, and that nothing is below zero."""
        room, outlet, road, *_ = self.standing()
        on_the_road = Counter()
        for line in road:
            on_the_road[line["lot"]] += line["quantity"]
        points = sums(outlet, "POINT")
        spread = ("purse", "redeemed", "lapsed", "withdrawn")
        assert -points["fund"] == sum(points[family] for family in spread)
        for lot in self.best:
            here, there = sums(room, lot), sums(outlet, lot)
            lies = ("stock", "set-aside", "handed-out", "written-off", "difference")
            assert -here["donor"] == here["stock"] + on_the_road[lot] + sum(there[family] for family in lies)
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
