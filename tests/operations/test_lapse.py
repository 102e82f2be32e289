"""Year's end: what is held above the carry-over lapses after a notice, by a second hand, and can be taken back whole.

In Liuhe points lapse at the end of each quarter above 60; the quarter ends on 31 March 2026.
"""

from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.journal import Move, body_of, post
from ledger.operations.correction import correct
from ledger.operations.lapse import (
    AnnouncedAlready,
    CannotBeHonoured,
    LaterRun,
    NoExchangeDay,
    NotAnnounced,
    NotAPeriodsEnd,
    NothingEverLapses,
    NothingLapses,
    NoticeStillHangs,
    announce_lapse,
    book_lapse,
    what_lapses,
)
from ledger.operations.reversal import OwnEntry
from ledger.operations.undo import RunBooked
from ledger.registers.households import Household, take_in
from ledger.registers.requests import SamePerson
from ledger.reports.lapses import lapse_page, lapse_runs
from ledger.terms import EntryKind
from tests.county import said

QUARTER = date(2026, 3, 31)
EXAMPLES = count(1)


@pytest.fixture
def quarter(county, book):
    """Liuhe on 2 April: the Wangs held 100 merit and 50 support points at the quarter's end, the Sus 61, the Mas 60."""
    county.setting("lapse_period", "quarter", since="2026-01-01")
    county.setting("carry_over", "600", since="2026-01-01")
    book.write("""
        2026-03-03 donation
          donor:D7 -> stock                 RICE/L1  40
        2026-03-20 credit
          fund:merit -> purse:H001:merit    POINT 1000
          fund:support -> purse:H001:support POINT 500
        2026-03-20 credit
          fund:merit -> purse:H006:merit    POINT 610
        2026-03-20 credit
          fund:merit -> purse:H004:merit    POINT 600
    """)
    county.move_to("2026-04-02")
    return book


def announce(book, through=QUARTER, by="mei", **more):
    """Hang up the notice."""
    return book.act(announce_lapse, by=by, through=through, place="村务公开栏", **more)


def let_lapse(book, run=1, by="gao", **more):
    """Book the run, as a second person."""
    return book.do(book_lapse, by=by, run=run, **more)


def lapsing(book, carry_over=600):
    """Return what would lapse now."""
    return book.county.ask(what_lapses, book.code, QUARTER, carry_over)


def exchange_day(county, book, day="2026-04-10"):
    """Let the Wangs come to the counter for a bag of rice, which their support points pay."""
    county.move_to(day)
    book.redeem("H001", rice=1)
    county.move_to("2026-04-20")


def test_what_is_above_the_carry_over_is_announced_household_by_household(quarter, county):
    answer = announce(quarter)
    assert (answer["n"], answer["households"], answer["points"], answer["until"]) == (1, 2, 410, "2026-04-17")
    run, table = county.ask(lapse_page, "LY01", 1)
    assert [(row["household"], row["points"]) for row in table.rows] == [("H001", 400), ("H006", 10)]
    assert (run.status, quarter.kinds()[-1]) == ("announced", "lapse-notice")
    assert "村务公开栏" not in quarter.entry(answer["number"]).body


def test_the_second_person_books_it_as_one_entry_and_support_points_stay(quarter, county):
    announce(quarter)
    exchange_day(county, quarter)
    answer = let_lapse(quarter)
    entry = quarter.entry(answer["number"])
    assert [(leg["source"], leg["destination"], leg["quantity"]) for leg in body_of(entry)["postings"]] == [
        ("purse:H001:merit", "lapsed", 400), ("purse:H006:merit", "lapsed", 10),
    ]
    assert quarter.holds("purse:H001:support", "POINT") == 135
    assert [row["status"] for row in county.ask(lapse_runs, "LY01").rows] == ["booked"]


def test_what_is_spent_while_the_notice_hangs_does_not_lapse(quarter, county):
    county.setting("spending_order", "merit support", since="2026-04-01")
    announce(quarter)
    exchange_day(county, quarter)
    assert let_lapse(quarter)["points"] == 45
    assert quarter.holds("purse:H001:merit", "POINT") == 600


def test_points_credited_after_the_periods_end_do_not_lapse(quarter, county):
    quarter.write("2026-04-02 credit\n fund:merit -> purse:H004:merit POINT 900")
    assert lapsing(quarter) == {"H001": 400, "H006": 10}


def test_spending_since_counts_against_what_was_held_then_not_against_what_came_later(quarter, county):
    quarter.write("2026-04-02 credit\n fund:merit -> purse:H001:merit POINT 400")
    quarter.write("2026-04-02 redemption\n purse:H001:merit -> redeemed POINT 300\n stock -> handed-out RICE/L1 1")
    assert lapsing(quarter) == {"H001": 100, "H006": 10}


# Of the 100 points the Wangs held at the quarter's end 60 are gone since; 40 are left of them, and 50 are new.
@pytest.mark.parametrize("there", ["purse:H005:merit", "withdrawn"], ids=["divided off", "taken back"])
def test_what_left_the_purse_in_another_way_counts_like_spending(quarter, county, there):
    quarter.write(f"""
        2026-04-02 notice
          purse:H001:merit -> {there} POINT 600
        2026-04-02 credit
          fund:merit -> purse:H001:merit POINT 500
    """)
    assert lapsing(quarter, 0)["H001"] == 400


# Of the Wangs' 140 points 40 were credited by mistake; the 50 credited since are of the new quarter.
def test_a_credit_from_before_that_is_taken_back_is_not_made_up_for_by_a_new_one(quarter, county):
    wrong = Move("fund:merit", "purse:H001:merit", "POINT", 400)
    by_gao = {"book": "LY01", "kind": EntryKind.CREDIT, "by": "gao", "now": county.now}
    with county.store.writing() as session:
        mistake = post(session, occurred_on=QUARTER, key="mistake", moves=[wrong], **by_gao).number
        post(session, occurred_on=county.day, key="back", moves=[wrong.mirrored()], reverses=mistake, **by_gao)
        right = Move("fund:merit", "purse:H001:merit", "POINT", 500)
        post(session, occurred_on=county.day, key="right", moves=[right], **by_gao)
    assert lapsing(quarter, 0)["H001"] == 1000


def test_a_redemption_from_before_that_is_taken_back_lets_no_more_lapse(quarter, county):
    wrong = quarter.redeem("H006", rice=1, on="2026-03-30", paper_number="0031")
    before = lapsing(quarter)
    quarter.reverse(wrong, by="luo")
    assert lapsing(quarter) == before


# The Sus took two soaps for 24 of their 61 points on 30 March. What is put right about that in April neither adds to
# what they held at the quarter's end nor makes up for the 24 they spend in April.
@pytest.mark.parametrize("what", [
    {"goods": "back", "lines": [{"item": "SOAP", "quantity": 1}]}, {"goods": "damaged"}, {"goods": "exchanged"},
], ids=["one piece back", "all damaged", "exchanged"])
def test_what_is_put_right_of_a_redemption_from_before_does_not_hide_what_was_spent_since(quarter, county, what):
    quarter.write("2026-03-03 donation\n donor:D7 -> stock SOAP/L7 20")
    wrong = quarter.redeem("H006", soap=2, on="2026-03-30", paper_number="0031")["number"]
    quarter.do(correct, by="luo", number=wrong, reason="wrong size", **what)
    assert lapsing(quarter, 0)["H006"] == 370
    quarter.redeem("H006", soap=2)
    assert lapsing(quarter, 0)["H006"] == 130


# By months, and nothing is kept: March's run waits until 2 May, when 70 new points are there already.
def test_a_run_booked_late_takes_nothing_that_was_earned_after_the_next_periods_end(quarter, county):
    quarter.write("""
        2026-04-02 notice
          purse:H001:merit -> lapsed POINT 1000
        2026-04-02 credit
          fund:merit -> purse:H001:merit POINT 700
    """)
    assert "H001" not in lapsing(quarter, 0)


def test_periods_lapse_in_their_order(quarter, county):
    county.setting("lapse_period", "quarter", since="2025-10-01")
    announce(quarter)
    with county.refuses(LaterRun) as refusal:
        announce(quarter, through=date(2025, 12, 31))
    assert said(refusal) == [
        ("through", "There is a run for 2026-03-31, a later period; an earlier one does not lapse after it.")
    ]


def test_a_late_paper_of_a_closed_month_is_booked_in_the_open_one_and_counts_there(quarter, county):
    before = lapsing(quarter)
    county.move_to("2026-04-03")
    quarter.redeem("H001", rice=1, on="2026-03-30", paper_number="0031")
    assert lapsing(quarter) == before


def test_nothing_lapses_from_a_frozen_household_that_cannot_come_to_the_counter(quarter, county):
    county.edit(Household, ("LY01", "H001"), status="frozen")
    assert lapsing(quarter) == {"H006": 10}


# Refused

def test_where_no_period_is_set_points_never_lapse(county, book):
    county.move_to("2026-04-02")
    with county.refuses(NothingEverLapses):
        announce(book)


@pytest.mark.parametrize("day", ["2026-02-28", "2026-03-30", "2026-06-30"])
def test_a_run_is_for_a_period_of_this_outlet_that_is_over(quarter, county, day):
    with county.refuses(NotAPeriodsEnd):
        announce(quarter, date.fromisoformat(day))


def test_a_period_lapses_once(quarter, county):
    announce(quarter)
    with county.refuses(AnnouncedAlready):
        announce(quarter)


def test_a_run_that_would_take_nothing_is_not_announced(quarter, county):
    county.setting("carry_over", "1000", since="2026-03-02")
    with county.refuses(NothingLapses):
        announce(quarter)


def test_who_announced_does_not_book(quarter, county):
    announce(quarter, by="gao")
    exchange_day(county, quarter)
    with county.refuses(SamePerson):
        let_lapse(quarter, by="gao")
    let_lapse(quarter, by="luo")


def test_the_notice_hangs_to_its_last_day(quarter, county):
    announce(quarter)
    exchange_day(county, quarter)
    county.move_to("2026-04-17")
    with county.refuses(NoticeStillHangs):
        let_lapse(quarter)


def test_a_promise_the_shop_could_not_honour_is_not_taken_away(quarter, county):
    announce(quarter)
    exchange_day(county, quarter)
    quarter.send("LY02", by="lin", rice=35)
    with county.refuses(CannotBeHonoured) as refused:
        let_lapse(quarter)
    assert refused.value.values == {"goods": 146.0, "held": 234.5}


def test_where_nobody_could_redeem_since_the_notice_nothing_lapses(quarter, county):
    announce(quarter)
    county.move_to("2026-04-20")
    with county.refuses(NoExchangeDay):
        let_lapse(quarter)


def test_a_run_is_booked_once(quarter, county):
    announce(quarter)
    exchange_day(county, quarter)
    let_lapse(quarter)
    with county.refuses(NotAnnounced):
        let_lapse(quarter, by="luo")


# Taken back

def test_a_run_taken_back_as_a_whole_leaves_every_purse_as_it_was_and_can_be_booked_again(quarter, county):
    announce(quarter)
    exchange_day(county, quarter)
    before = quarter.balances()
    booked = let_lapse(quarter)
    with county.refuses(OwnEntry):
        quarter.reverse(booked, by="gao")
    quarter.reverse(booked, by="luo", reason="wrong limit")
    assert {place: held for place, held in quarter.balances().items() if held} == {
        place: held for place, held in before.items() if held
    }
    again = let_lapse(quarter)
    assert again["points"] == booked["points"]


def test_a_notice_taken_back_makes_room_for_the_right_one(quarter, county):
    wrong = announce(quarter)
    quarter.reverse(wrong, by="gao", reason="wrong limit")
    county.setting("carry_over", "800", since="2026-03-03")
    assert announce(quarter)["points"] == 200


def test_the_notice_of_a_booked_run_is_not_taken_back_under_it(quarter, county):
    hung = announce(quarter)
    exchange_day(county, quarter)
    let_lapse(quarter, by="luo")
    with county.refuses(RunBooked):
        quarter.reverse(hung, by="gao")


@settings(
    max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.integers(0, 900), spent=st.integers(0, 900), after=st.integers(0, 900), later=st.integers(0, 900),
    carry_over=st.integers(0, 500),
)
def test_never_more_lapses_than_the_rule_says_and_a_household_keeps_what_is_carried_over(
    county, book, before, spent, after, later, carry_over
):
    spent = min(spent, before)
    later = min(later, before - spent + after)
    held_then, held_now = before - spent, before - spent + after - later
    number = f"P{next(EXAMPLES)}"
    with county.store.writing() as session:
        take_in(session, Household(book="LY01", number=number, name="谢小兰"), by="mei", now=county.now)
    county.move_to("2026-04-02")
    for day, source, destination, points in (
        ("2026-03-10", "fund:merit", f"purse:{number}:merit", before),
        ("2026-03-20", f"purse:{number}:merit", "redeemed", spent),
        ("2026-04-01", "fund:merit", f"purse:{number}:merit", after),
        ("2026-04-02", f"purse:{number}:merit", "redeemed", later),
    ):
        if points:
            book.write(f"{day} notice\n {source} -> {destination} POINT {points}")
    due = lapsing(book, carry_over).get(number, 0)
    assert due == max(0, min(held_now, held_then - later) - carry_over)
    assert held_now - due >= min(held_now, carry_over)
