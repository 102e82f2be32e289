"""Caps: a rule gives a household so much a month and a year, and all rules together so much a year, and no more."""

from collections import Counter
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger.journal import body_of
from ledger.operations.claw_back import MoreThanCredited, NotThisCredit
from ledger.operations.objection import NotOnTheBoard
from ledger.operations.objection_answer import NoPointsToCorrect
from ledger.operations.sheet_lines import NotTheOneNumber
from ledger.operations.undo_points import LaterStep, RoomTaken
from ledger.registers.households import Household, take_in
from ledger.registers.sheets import lines_of
from ledger.registers.sites import Site, open_site
from tests.replay import rows

JANUARY, FEBRUARY, MARCH = "2026-01", "2026-02", "2026-03"


@pytest.fixture
def capped(book, county):
    """The book of Liuhe since 1 March: public work gives at most 15 points a month and 25 a year."""
    county.rule("WORK", since="2026-01-03", cap_month=150, cap_year=250)
    return book


def awards(county, n=1):
    """Return what became of each line of a sheet: asked, given, cut by."""
    return [(line.asked_tenths, line.points_tenths, line.cut_by) for line in county.ask(lines_of, "LY01", n)]


def test_a_line_is_cut_by_what_the_month_has_left_and_says_so(capped, county):
    capped.draw(("H001", "WORK", 100), ("H001", "WORK", 100), ("H003", "WORK", 100), another=1)
    assert awards(county) == [(100, 100, ""), (100, 50, "cap-month"), (100, 100, "")]


def test_a_line_for_which_nothing_is_left_stands_with_no_points_and_is_not_credited(capped, county):
    n = capped.on_notice(*[("H001", "WORK", 100)] * 3, another=1)
    assert awards(county)[2] == (100, 0, "cap-month")
    county.wait(8)
    capped.credit(n)
    assert (capped.points("H001"), capped.kinds()) == (150, ["sheet", "notice", "credit", "credit"])


def test_the_entry_and_the_answer_tell_how_much_was_cut(capped):
    answer = capped.draw(*[("H001", "WORK", 100)] * 3, another=1)
    assert (answer["points"], answer["cut"]) == (150, 150)
    assert body_of(capped.entry(answer["number"]))["facts"]["cut"] == 150


def test_sheets_that_wait_hang_or_are_credited_all_count(capped, county):
    credited = capped.on_notice(("H001", "WORK", 50))
    county.wait(8)
    capped.credit(credited)
    capped.on_notice(("H001", "WORK", 50))
    capped.draw(("H001", "WORK", 80))
    assert awards(county, 3) == [(80, 50, "cap-month")]


def test_the_year_has_a_cap_of_its_own(capped, county):
    for n, month in enumerate((JANUARY, FEBRUARY, MARCH), start=1):
        capped.draw(("H001", "WORK", 100), period=month)
        assert awards(county, n) == [(100, 100, "") if n < 3 else (100, 50, "cap-year")]


def test_another_year_begins_anew(capped, county):
    for _ in range(3):
        capped.draw(("H001", "CLEAN"), period=JANUARY)
    county.rule("CLEAN", since="2026-03-05", cap_year=150)
    capped.draw(("H001", "CLEAN"), period="2026-03")
    assert awards(county, 4) == [(50, 0, "cap-year")]
    county.move_to("2027-01-04")
    capped.draw(("H001", "CLEAN"), period="2027-01")
    assert awards(county, 5) == [(50, 50, "")]


def test_all_rules_together_have_a_cap_where_the_county_sets_one(capped, county):
    county.setting("cap_all_year", "120")
    capped.draw(("H001", "WORK", 80), ("H001", "CLEAN", 50), ("H003", "CLEAN", 50))
    assert awards(county) == [(80, 80, ""), (50, 40, "cap-all-year"), (50, 50, "")]


def test_an_outlet_may_have_its_own_cap_over_all_rules(capped, county):
    county.setting("cap_all_year", "120")
    county.setting("cap_all_year", "60", book="LY01")
    capped.draw(("H001", "WORK", 80))
    assert awards(county) == [(80, 60, "cap-all-year")]


def test_support_points_know_no_cap_over_all_rules_and_use_up_none(capped, county):
    county.setting("cap_all_year", "120")
    capped.draw(("H001", "BASE", 1000), purse="support")
    capped.draw(("H001", "WORK", 100))
    assert (awards(county, 1), awards(county, 2)) == ([(1000, 1000, "")], [(100, 100, "")])


def test_what_the_meeting_did_not_pass_uses_up_no_cap(capped, county):
    line = {"household": "H001", "rule": "WORK", "points": 100}
    capped.draw(lines=[{**line, "status": "refused"}, {**line, "status": "deferred"}, line])
    assert awards(county) == [(100, 0, ""), (100, 0, ""), (100, 100, "")]


def test_a_withdrawn_sheet_gives_its_room_back(capped, county):
    capped.reverse(capped.draw(("H001", "WORK", 100)))
    capped.draw(("H001", "WORK", 100))
    assert awards(county, 2) == [(100, 100, "")]


def test_a_line_whose_credit_is_reversed_counts_while_it_may_be_credited_again(capped, county):
    n = capped.on_notice(("H001", "WORK", 100), ("H001", "WORK", 50), another=1)
    county.wait(8)
    capped.reverse(capped.credit(n)["number"], by="luo")
    capped.draw(("H001", "WORK", 100))
    assert awards(county, 2) == [(100, 0, "cap-month")]


def test_a_line_struck_after_its_credit_was_reversed_gives_its_room_back(capped, county):
    n = capped.on_notice(("H001", "WORK", 100), ("H001", "WORK", 50), another=1)
    county.wait(8)
    capped.reverse(capped.credit(n)["number"], by="luo")
    capped.answer(n, capped.object(n, 1)["n"], "cancelled")
    capped.draw(("H001", "WORK", 100), ("H001", "WORK", 50), another=1)
    assert awards(county, 2) == [(100, 100, ""), (50, 0, "cap-month")]


def test_a_cap_set_lower_than_what_was_given_takes_nothing_back(capped, county):
    capped.draw(("H001", "WORK", 100))
    county.rule("WORK", since="2026-03-05", cap_month=80)
    capped.draw(("H001", "WORK", 50))
    assert (awards(county, 1), awards(county, 2)) == ([(100, 100, "")], [(50, 0, "cap-month")])


# Whatever order they come in

EXAMPLES, HOUSEHOLDS = count(1), ("H1", "H2")
RULES = {"CLEAN": (50, 50), "WORK": (50, 100)}
line = st.tuples(
    st.sampled_from(HOUSEHOLDS), st.sampled_from(sorted(RULES)), st.integers(0, 50),
    st.sampled_from(("passed", "passed", "passed", "refused", "deferred")),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("draw"), st.sampled_from((JANUARY, FEBRUARY)), st.lists(line, min_size=1, max_size=5)),
        st.tuples(st.just("credit"), st.integers(0, 9)),
        st.tuples(st.just("withdraw"), st.integers(0, 9)),
        st.tuples(st.just("uncredit"), st.integers(0, 99)),
        st.tuples(st.just("object"), st.integers(0, 9), st.none() | st.just(0) | st.integers(50, 100)),
        st.tuples(st.just("reopen"), st.integers(0, 9)),
        st.tuples(st.just("take_back"), st.integers(0, 99), st.integers(1, 100)),
        st.tuples(st.just("give_back"), st.integers(0, 9)),
    ),
    max_size=10,
)
FULL = ("draw", JANUARY, [("H1", "WORK", 50, "passed")] * 2)
THEIRS = ("draw", FEBRUARY, [("H2", "WORK", 50, "passed")] * 2)
BEGINNING = [
    THEIRS, ("credit", 0), ("take_back", 0, 10), THEIRS, ("give_back", 0), ("withdraw", 0),
    FULL, ("object", 0, None), FULL, ("reopen", 0), ("object", 0, 0), FULL,
]
"""Every year begins so: what was taken or struck would come back when others have its room, and another line waits."""
CAPS = {"CLEAN": (100, 150), "WORK": (130, 220)}
ALL_YEAR = 300
OVER_THE_COUNTER = ("passed", "waiting", "credited", "clawed-back")


class Year:
    """The first months of 2026 in an outlet of their own."""

    def __init__(self, county):
        self.county, self.book = county, county.book(f"A{next(EXAMPLES)}")
        self.drawn, self.credited, self.answered, self.taken = [], [], [], []
        county.move_to("2026-03-06")
        with county.store.writing() as session:
            open_site(session, Site(code=self.book.code, name="一村"), by="wei", now=county.now)
            for number in HOUSEHOLDS:
                take_in(session, Household(book=self.book.code, number=number, name="王"), by="wei", now=county.now)

    def draw(self, period, lines):
        said = [
            {"household": household, "rule": rule, "status": status,
             "points": min(RULES[rule][0] + more, RULES[rule][1])}
            for household, rule, more, status in lines
        ]
        self.drawn.append(self.book.draw(lines=said, period=period, another=1))

    def credit(self, which):
        if self.drawn:
            sheet = self.drawn.pop(which % len(self.drawn))
            self.book.hang(sheet["n"])
            self.county.wait(8)
            if sheet["points"]:
                answer = self.book.credit(sheet["n"], by="luo")
                self.credited += range(answer["number"], answer["last"] + 1)

    def withdraw(self, which):
        if self.drawn:
            self.book.reverse(self.drawn.pop(which % len(self.drawn)), by="han")

    def uncredit(self, which):
        if self.credited:
            with suppress(LaterStep):
                self.book.reverse(self.credited[which % len(self.credited)], by="han")
                self.credited.pop(which % len(self.credited))

    def object(self, which, points):
        """The first line of a sheet waits for an answer (0), is struck (None), or put right on a sheet of its own."""
        if not self.drawn:
            return
        sheet = self.drawn.pop(which % len(self.drawn))
        self.book.hang(sheet["n"])
        said = ("cancelled", {}) if points is None else ("corrected", {"points": points})
        with suppress(NotOnTheBoard, NoPointsToCorrect, NotTheOneNumber):
            asked = self.book.object(sheet["n"], 1)["n"]
            if points == 0:
                return
            answer = self.book.answer(sheet["n"], asked, said[0], by="gao", **said[1])
            if "number" in answer:
                self.answered.append(answer)
            if right := answer.get("corrected"):
                points = sum(line.points_tenths for line in self.county.ask(lines_of, self.book.code, right))
                self.drawn.append({"n": right, "number": answer["number"] - 1, "points": points})

    def reopen(self, which):
        """An answer was given too soon: the line stands again as it was, if there is still room for it."""
        if self.answered:
            answer = self.answered.pop(which % len(self.answered))
            right = [sheet for sheet in self.drawn if sheet["n"] == answer.get("corrected")]
            for sheet in right:
                self.drawn.remove(sheet)
                self.book.reverse(sheet, by="han")
            with suppress(RoomTaken, LaterStep):
                self.book.reverse(answer, by="han")

    def take_back(self, which, points):
        """After a re-visit at most so much is taken back of what a line was credited."""
        if not self.credited:
            return
        number = self.credited[which % len(self.credited)]
        credit = body_of(self.book.entry(number))
        with suppress(MoreThanCredited, NotThisCredit):
            asked = self.book.claw_back(credit["facts"]["household"], points, credit=number, by="mei")["n"]
            self.county.wait(8)
            self.taken.append(self.book.confirm_claw_back(asked, by="luo"))

    def give_back(self, which):
        """It was not right: the points come back, if there is still room for them."""
        if self.taken:
            with suppress(RoomTaken):
                self.book.reverse(self.taken[which % len(self.taken)], by="han")
                self.taken.pop(which % len(self.taken))

    def given(self):
        """Return what counts, by household, rule and month."""
        with self.county.store.reading() as session:
            found = rows(session, "SELECT * FROM sheet_line WHERE book = :b", b=self.book.code)
        given = Counter()
        for row in found:
            if row["status"] in OVER_THE_COUNTER:
                left = row["points_tenths"] - (row["taken_tenths"] or 0)
                given[row["household"], row["rule"], row["period"]] += left
        return given


@pytest.fixture
def strict(county):
    """The county with caps on both rules and on all together."""
    for rule, (month, year) in CAPS.items():
        county.rule(rule, since="2026-01-03", cap_month=month, cap_year=year)
    county.setting("cap_all_year", str(ALL_YEAR), since="2026-01-02")
    return county


# Shrinking steps this slow would take minutes: what failed is told as it was found.
@settings(
    max_examples=20, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],
)
@given(steps=steps)
def test_no_cap_is_ever_passed_in_whatever_order_awards_come(strict, steps):
    life = Year(strict)
    for step in [*BEGINNING, *steps]:
        getattr(life, step[0])(*step[1:])
        given = life.given()
        for household in HOUSEHOLDS:
            of = {key: points for key, points in given.items() if key[0] == household}
            assert sum(of.values()) <= ALL_YEAR
            for rule, (month, year) in CAPS.items():
                assert max((points for key, points in of.items() if key[1] == rule), default=0) <= month
                assert sum(points for key, points in of.items() if key[1] == rule) <= year
            assert life.book.points(household) <= sum(of.values())
