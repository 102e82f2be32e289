"""A household closes while something of it is open: a claw-back, a line on the board, points that come back later.

The Wangs (H001) hold 50 merit points and the Mas (H004) 10; a soap costs 5. Gao decides, Luo of the town too.
"""

import pytest

from ledger.journal import body_of
from ledger.operations.claw_back import NotThisCredit
from ledger.operations.declining import decline
from ledger.operations.life import change_life, confirm_cancel
from ledger.operations.life_states import ClawBackWaits, LineNotCredited, NotInThisState, TooSoonAfterDeath
from ledger.operations.own_award import OwnAward
from ledger.operations.undo_lives import CreditedSince, LaterEvent
from ledger.registers.cover import cover_of
from ledger.registers.households import Household, NotActive
from ledger.registers.sheets import lines_of, sheet_of
from ledger.registers.staff import Kin, OwnHousehold
from ledger.reports.notice import with_states
from ledger.reports.passbook import not_yet_credited
from ledger.reports.sheets import sheet_page
from tests.county import said

HELD = """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   40
    2026-03-05 credit
      fund:merit   -> purse:H001:merit    POINT    500
      fund:merit   -> purse:H004:merit    POINT    100
"""


@pytest.fixture
def liuhe(book, county):
    """Liuhe, with forty soaps of five points."""
    book.write(HELD)
    county.price("SOAP", 50, since="2026-03-01")
    return book


def let(book, event, household="H001", *, by="luo", **more):
    """Book an event of a household by its paper."""
    return book.act(change_life, by=by, household=household, event=event, paper_number="2026-12", **more)


def row(county, number="H001", book="LY01"):
    """Return a household's line in the register."""
    with county.store.reading() as session:
        return session.get_one(Household, (book, number))


def told(county):
    """Return what the sheet's page says of the first line."""
    return county.ask(with_states, county.ask(sheet_page, "LY01", 1), county.day).rows[0]["status"]


def states(county, n=1):
    """Return how far each line of a sheet has come."""
    return [str(line.status) for line in county.ask(lines_of, "LY01", n)]


CLOSE = {"merge": {"to": "H004"}, "move-out": {"outlet": "LY02"}, "cancel": {}, "split": {"name": "王二", "merit": 10}}


# Relatives

def test_who_may_not_act_for_a_household_may_not_for_the_one_it_merged_with(liuhe, county):
    with county.store.writing() as session:
        session.add(Kin(staff="lin", book="LY01", household="H001"))
        session.add(Kin(staff="mei", book="LY01", household="H001", tie="own"))
    let(liuhe, "merge", to="H004")
    with liuhe.refuses(OwnHousehold):
        liuhe.redeem("H004", soap=1, by="lin")
    with county.store.reading() as session:
        assert session.get(Kin, ("mei", "LY01", "H004")).tie == "relative", "what stood there stays"


# A death

def test_a_second_freeze_does_not_shorten_the_days_after_a_death(liuhe, county):
    let(liuhe, "freeze", cause="death")
    let(liuhe, "freeze", cause="check")
    for event in ("merge", "move-out", "inherit"):
        with liuhe.refuses(TooSoonAfterDeath):
            let(liuhe, event, to="H004", outlet="LY02")
    county.wait(30)
    let(liuhe, "inherit", to="H004")
    assert (liuhe.points("H001"), liuhe.points("H004")) == (0, 600)


def test_of_two_deaths_the_later_day_counts_and_a_thaw_ends_both(liuhe, county):
    let(liuhe, "freeze", cause="death")
    let(liuhe, "freeze", cause="death", on="2026-02-01")
    with liuhe.refuses(TooSoonAfterDeath) as caught:
        let(liuhe, "inherit", to="H004")
    assert "from 2026-04-05 on" in said(caught)[0][1]
    let(liuhe, "thaw")
    let(liuhe, "freeze", cause="check")
    with liuhe.refuses(NotInThisState):
        let(liuhe, "inherit", to="H004")
    let(liuhe, "merge", to="H004")


# A claw-back waits

@pytest.mark.parametrize("event", CLOSE)
def test_while_a_claw_back_waits_nothing_is_handed_over_divided_or_ended(liuhe, event):
    notice = liuhe.claw_back("H001", 80)
    with liuhe.refuses(ClawBackWaits) as caught:
        let(liuhe, event, **CLOSE[event])
    sentence = f"A claw-back (notice {notice['number']}) waits for this household; confirm or decline it first."
    assert said(caught) == [("event", sentence)]
    liuhe.do(decline, by="gao", request=notice["n"], reason="it was done")
    let(liuhe, event, **CLOSE[event])


def test_an_inheritance_waits_for_a_claw_back_too_and_a_freeze_does_not(liuhe, county):
    liuhe.claw_back("H001", 80)
    let(liuhe, "freeze", cause="death")
    county.wait(31)
    with liuhe.refuses(ClawBackWaits):
        let(liuhe, "inherit", to="H004")
    liuhe.confirm_claw_back(1, by="luo")
    let(liuhe, "inherit", to="H004")
    assert liuhe.points("H004") == 520


def test_a_claw_back_that_came_after_a_cancellation_was_asked_for_stops_it(liuhe):
    asked = let(liuhe, "cancel", by="mei")["n"]
    liuhe.claw_back("H001", 80)
    with liuhe.refuses(ClawBackWaits):
        liuhe.do(confirm_cancel, by="gao", request=asked)


def test_a_claw_back_of_another_household_stops_nobody(liuhe):
    liuhe.claw_back("H003", 80, by="gao")
    let(liuhe, "merge", to="H004")


# A line is open: who goes for good

@pytest.mark.parametrize("event", ["move-out", "cancel"])
def test_nobody_leaves_for_good_while_a_line_is_assessed_or_hangs(liuhe, county, event):
    liuhe.draw(("H003", "CLEAN"), ("H001", "CLEAN"))
    with liuhe.refuses(LineNotCredited) as caught:
        let(liuhe, event, outlet="LY02")
    sentence = "Line 2 of sheet 1 is not credited yet. Credit it first, or have it struck."
    assert said(caught) == [("event", sentence)]
    liuhe.hang(1)
    objection = liuhe.object(1, 2)["n"]
    with liuhe.refuses(LineNotCredited):
        let(liuhe, event, outlet="LY02")
    liuhe.answer(1, objection, "cancelled", by="gao")
    let(liuhe, event, outlet="LY02")


def test_a_line_drawn_after_a_cancellation_was_asked_for_stops_it_until_it_is_credited(liuhe, county):
    asked = let(liuhe, "cancel", by="mei")["n"]
    liuhe.on_notice(("H001", "CLEAN"))
    with liuhe.refuses(LineNotCredited):
        liuhe.do(confirm_cancel, by="gao", request=asked)
    county.wait(8)
    liuhe.credit(1)
    liuhe.do(confirm_cancel, by="gao", request=asked)
    assert liuhe.holds("withdrawn", "POINT") == 550


def test_a_withdrawn_sheet_a_refused_line_and_one_cut_to_nothing_stop_nobody(liuhe, county):
    county.rule("WORK", since="2026-01-03", cap_month=0)
    liuhe.reverse(liuhe.draw(("H001", "CLEAN")), by="luo")
    liuhe.draw(lines=[{"household": "H001", "rule": "CLEAN", "status": "refused"},
                      {"household": "H001", "rule": "WORK"}])
    let(liuhe, "move-out", outlet="LY02")


def test_who_took_a_household_over_leaves_only_when_its_line_is_credited_too(liuhe, county):
    liuhe.on_notice(("H001", "CLEAN"))
    let(liuhe, "merge", to="H004")
    with liuhe.refuses(LineNotCredited):
        let(liuhe, "move-out", "H004", outlet="LY02")


# A line is open: who is merged or inherited

@pytest.fixture
def merged(liuhe, county):
    """Sheet 1, drawn by Lin, with 5 points of the Wangs hangs; they merge with the Mas, and its notice has run."""
    liuhe.draw(("H001", "CLEAN"), by="lin")
    liuhe.hang(1)
    let(liuhe, "merge", to="H004")
    county.wait(8)
    return liuhe


def test_the_line_of_a_merged_household_is_credited_to_the_one_that_took_it_over(merged, county):
    assert [county.ask(not_yet_credited, "LY01", number) for number in ("H001", "H004")] == [50, 50]
    answer = merged.credit(1)
    assert (merged.points("H001"), merged.points("H004"), answer["left"]) == (0, 650, [])
    facts = body_of(merged.entry(answer["number"]))["facts"]
    assert (facts["household"], facts["for"], facts["line"]) == ("H004", "H001", 1)
    assert (county.ask(sheet_of, "LY01", 1).status, states(county)) == ("credited", ["credited"])
    assert county.ask(not_yet_credited, "LY01", "H004") == 0


def test_the_line_of_who_died_is_credited_to_the_heirs_and_to_who_took_those_over(liuhe, county):
    liuhe.on_notice(("H001", "CLEAN"))
    let(liuhe, "freeze", cause="death")
    county.wait(31)
    assert told(county) == "left-not-active"
    let(liuhe, "inherit", to="H004")
    let(liuhe, "merge", "H004", to="H006")
    assert told(county) == "notice-over"
    liuhe.credit(1, by="luo")
    assert (liuhe.points("H006"), states(county)) == (650, ["credited"])


def test_it_waits_while_who_took_over_is_frozen_or_is_the_own_household_of_who_credits(merged, county):
    let(merged, "freeze", "H004", cause="check")
    with merged.refuses(NotActive) as caught:
        merged.credit(1)
    assert said(caught) == [("household", "Household H004 is frozen or closed; ask the supervisor.")]
    let(merged, "merge", "H004", to="H006")
    with merged.refuses(OwnHousehold):
        merged.credit(1, by="gao")
    merged.credit(1, by="luo")


def test_such_a_credit_is_reversed_and_credited_anew(merged, county):
    before = merged.balances()
    merged.reverse(merged.credit(1), by="luo")
    assert (merged.balances(), states(county), county.ask(sheet_of, "LY01", 1).status) == (
        before, ["passed"], "on-notice")
    merged.credit(1)
    assert merged.points("H004") == 650


def test_the_merger_is_taken_back_only_after_such_a_credit(merged, county):
    first = row(county).life_number
    second = let(merged, "merge", "H004", to="H003")["number"]
    credit = merged.credit(1)["number"]
    for number in (second, first):
        with merged.refuses(CreditedSince) as caught:
            merged.reverse(number, by="han")
        sentence = f"Entry {credit} credited a line of household H001 to the household that took it over; "
        assert said(caught) == [(None, sentence + "reverse that first.")]
    for number in (credit, second, first):
        merged.reverse(number, by="han")
    merged.credit(1)
    assert (merged.points("H001"), merged.points("H004"), merged.points("H003")) == (550, 100, 0)


def test_such_a_credit_is_taken_back_from_who_got_it(merged, county):
    number = merged.credit(1)["number"]
    with merged.refuses(NotThisCredit):
        merged.claw_back("H001", 50, credit=number)
    merged.claw_back("H004", 50, credit=number)
    county.wait(8)
    merged.confirm_claw_back(1)
    assert (merged.points("H004"), states(county)) == (600, ["clawed-back"])


def test_who_scored_a_line_of_the_merged_household_hands_out_nothing_for_it(merged, county):
    merged.credit(1)
    with merged.refuses(OwnAward):
        merged.redeem("H004", soap=13, by="lin")
    assert merged.redeem("H004", soap=12, by="lin")["points"] == 600, "the oldest points go first"
    assert merged.redeem("H004", soap=1, by="zhao")


def test_what_was_credited_before_the_merger_may_be_what_is_spent_after_it(liuhe, county):
    liuhe.on_notice(("H001", "CLEAN"), by="lin")
    liuhe.on_notice(("H004", "WORK", 100), by="gao")
    county.wait(8)
    liuhe.credit(1)
    liuhe.credit(2, by="luo")
    liuhe.redeem("H001", soap=10, by="lin")
    let(liuhe, "merge", to="H004")
    with liuhe.refuses(OwnAward):
        liuhe.redeem("H004", soap=4, by="lin")


def test_an_own_award_lies_not_deeper_for_what_the_other_household_was_given_and_spent(liuhe, county):
    liuhe.on_notice(("H004", "WORK", 100), by="lin")
    liuhe.on_notice(("H001", "WORK", 100), by="gao")
    county.wait(8)
    liuhe.credit(1)
    liuhe.credit(2, by="luo")
    liuhe.redeem("H001", soap=12, by="zhao")
    liuhe.redeem("H004", soap=2, by="zhao")
    let(liuhe, "merge", to="H004")
    with liuhe.refuses(OwnAward):
        liuhe.redeem("H004", soap=1, by="lin")


# Points that come back to a closed household

@pytest.fixture
def left_over(liuhe, county):
    """The Wangs took a soap and merged with the Mas; the soap was a mistake and is reversed, so H001 holds 5 points."""
    sold = liuhe.redeem("H001", soap=1)
    let(liuhe, "merge", to="H004")
    liuhe.reverse(sold)
    return liuhe


def test_what_came_back_to_a_closed_household_is_handed_over_and_it_stays_closed(left_over, county):
    assert (left_over.points("H001"), county.ask(cover_of, "LY01", county.day).held) == (50, 600)
    let(left_over, "merge", to="H003")
    assert (left_over.points("H001"), left_over.points("H003"), row(county).status) == (0, 50, "closed")
    with left_over.refuses(NotInThisState):
        let(left_over, "merge", to="H003")


def test_or_it_is_withdrawn_by_two(left_over, county):
    asked = let(left_over, "cancel", by="mei")["n"]
    left_over.do(confirm_cancel, by="gao", request=asked)
    assert (left_over.points("H001"), left_over.holds("withdrawn", "POINT"), row(county).status) == (0, 50, "closed")
    assert county.ask(cover_of, "LY01", county.day).held == 550


def test_nothing_else_is_done_with_a_closed_household_that_holds_points(left_over):
    for event in ("freeze", "thaw", "split", "move-out", "card", "inherit"):
        with left_over.refuses(NotInThisState):
            let(left_over, event, cause="check", name="王二", outlet="LY02", card="610099", to="H003")


def test_what_came_back_to_who_died_is_inherited(liuhe, county):
    sold = liuhe.redeem("H001", soap=1)
    let(liuhe, "freeze", cause="death")
    county.wait(31)
    let(liuhe, "inherit", to="H004")
    liuhe.reverse(sold)
    let(liuhe, "inherit", to="H003")
    assert (liuhe.points("H001"), liuhe.points("H003")) == (0, 50)


def test_a_second_hand_over_is_taken_back_before_the_first(left_over, county):
    first, before = row(county).life_number, left_over.balances()
    second = let(left_over, "merge", to="H003")
    with left_over.refuses(LaterEvent):
        left_over.reverse(first, by="han")
    left_over.reverse(second, by="han")
    assert (left_over.balances(), row(county).status, row(county).life_number) == (before, "closed", first)
    left_over.reverse(first, by="han")
    assert (left_over.points("H001"), row(county).status) == (500, "active")


def test_what_a_new_household_was_credited_before_its_split_was_taken_back_is_handed_over(liuhe, county):
    split = let(liuhe, "split", name="王小明", merit=100)
    liuhe.on_notice((split["to"], "CLEAN"), (split["to"], "WORK"))
    county.wait(8)
    liuhe.credit(1)
    liuhe.draw((split["to"], "CLEAN"))
    liuhe.reverse(split, by="han")
    assert (row(county, split["to"]).status, liuhe.points(split["to"])) == ("closed", 100)
    let(liuhe, "merge", split["to"], to="H001")
    assert (liuhe.points(split["to"]), liuhe.points("H001")) == (0, 600)
    assert county.ask(not_yet_credited, "LY01", "H001") == 50, "its open line goes there too"
