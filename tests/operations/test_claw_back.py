"""Claw-back: after a re-visit points are taken back, told first, confirmed by another, and never below zero.

The Wangs hold 13 merit points of sheet 1 (entries 3 and 4), credited on 14 March, and 40 support points of sheet 2.
"""

import pytest

from ledger.errors import NotFound, Unknown
from ledger.journal import body_of
from ledger.operations.claw_back import MoreThanCredited, NotThisCredit, SupportStays
from ledger.operations.credit import NoticeStillRuns
from ledger.operations.declining import decline
from ledger.operations.undo_points import LaterStep, RoomTaken, TakenBackAlready
from ledger.registers.requests import AlreadyDecided, SamePerson, waiting_requests
from ledger.registers.rules import Rule
from ledger.registers.sheets import lines_of
from ledger.registers.staff import OwnHousehold
from tests.county import said


@pytest.fixture
def credited(book, county):
    """What the Wangs were credited; the desk of Liuhe, some days later."""
    merit = book.on_notice(("H001", "WORK", 80), ("H001", "CLEAN"))
    support = book.on_notice(("H001", "BASE", 400), purse="support")
    county.move_to("2026-03-14")
    first = book.credit(merit)["number"]
    second = book.credit(support)["number"]
    return {"work": first, "clean": first + 1, "base": second}


def run(county):
    """Let the notice of a claw-back run."""
    county.wait(8)


def test_points_are_taken_back_after_a_notice_by_another(book, county, credited):
    proposed = book.claw_back("H001", 80, credit=credited["work"])
    assert (proposed["n"], proposed["status"], proposed["until"]) == (1, "waiting", "2026-03-21")
    assert book.purse("H001", "merit") == 130, "nothing moves before the notice has run"
    run(county)
    answer = book.confirm_claw_back(1)
    assert (answer["points"], answer["rest"], book.purse("H001", "merit")) == (80, 0, 50)
    assert book.holds("withdrawn", "POINT") == 80
    facts = body_of(book.entry(answer["number"]))["facts"]
    assert facts == {
        "household": "H001", "purse": "merit", "points": 80, "credit": credited["work"], "notice": proposed["number"],
        "rest": 0, "request": 1, "asked_by": "lin",
    }
    assert [line.status for line in county.ask(lines_of, "LY01", 1)] == ["clawed-back", "credited"]


def test_the_notice_is_an_entry_with_its_reason_in_words_that_can_be_erased(book, credited):
    entry = book.entry(book.claw_back("H001", 80, reason="Wang was away")["number"])
    assert (entry.kind, body_of(entry)["postings"], "away" in entry.body) == ("claw-back-notice", [], False)
    assert body_of(entry)["facts"] == {
        "household": "H001", "purse": "merit", "points": 80, "until": "2026-03-21", "notice_days": 7,
        "notice_kind": "calendar", "serial": "追-2026-0001",
    }


def test_it_hangs_its_days_as_the_setting_says(book, county, credited):
    county.setting("claw_back_days", "3")
    assert book.claw_back("H001", 80)["until"] == "2026-03-17"
    county.move_to("2026-03-17", hour=23)
    with book.refuses(NoticeStillRuns):
        book.confirm_claw_back(1)
    county.move_to("2026-03-18")
    book.confirm_claw_back(1)


def test_no_purse_goes_below_zero_and_the_rest_is_told_and_not_owed(book, county, credited):
    book.give(soap=9)
    book.claw_back("H001", 80, credit=credited["work"])
    run(county)
    book.redeem("H001", soap=4)
    left = book.purse("H001", "merit")
    assert left == 50
    answer = book.confirm_claw_back(1)
    assert (answer["points"], answer["rest"], book.purse("H001", "merit")) == (50, 30, 0)
    book.write("2026-03-22 credit\nfund:merit -> purse:H001:merit POINT 100")
    assert book.purse("H001", "merit") == 100, "what comes later is not taken for what was missing"


def test_an_empty_purse_gives_nothing_and_the_matter_is_closed(book, county, credited):
    book.claw_back("H004", 80)
    run(county)
    answer = book.confirm_claw_back(1)
    assert (answer["points"], answer["rest"], body_of(book.entry(answer["number"]))["postings"]) == (0, 80, [])


def test_who_proposes_never_confirms_and_it_is_confirmed_once(book, county, credited):
    book.claw_back("H001", 80, by="gao")
    run(county)
    with book.refuses(SamePerson):
        book.confirm_claw_back(1, by="gao")
    book.confirm_claw_back(1, by="luo")
    with book.refuses(AlreadyDecided):
        book.confirm_claw_back(1, by="luo")


def test_nobody_takes_points_from_their_own_or_a_relatives_household(book, county, credited):
    with book.refuses(OwnHousehold):
        book.claw_back("H003", 50, by="lin")
    book.claw_back("H006", 50, by="lin")
    run(county)
    with book.refuses(OwnHousehold):
        book.confirm_claw_back(1, by="gao")


def test_the_household_and_the_entry_must_be_of_this_book(book, credited):
    with book.refuses(Unknown) as refusal:
        book.claw_back("H101", 50)
    assert said(refusal)[0][0] == "household"
    with book.refuses(NotThisCredit) as refusal:
        book.claw_back("H001", 50, credit=99)
    assert said(refusal)[0][0] == "credit"


# What may be taken

def test_support_points_are_taken_back_only_for_a_line_credited_by_mistake(book, county, credited):
    with book.refuses(SupportStays) as refusal:
        book.claw_back("H001", 100, purse="support")
    assert said(refusal)[0][0] == "credit"
    book.claw_back("H001", 400, purse="support", credit=credited["base"])
    run(county)
    book.confirm_claw_back(1)
    assert (book.purse("H001", "support"), book.purse("H001", "merit")) == (0, 130)


def test_for_a_line_at_most_its_points_are_taken_back(book, credited):
    with book.refuses(MoreThanCredited) as refusal:
        book.claw_back("H001", 60, credit=credited["clean"])
    sentence = f"Entry {credited['clean']} credited 5.0 points; 5.0 of them are left to be taken back."
    assert said(refusal) == [("points", sentence)]


@pytest.mark.parametrize(
    ("household", "purse", "which"), [("H003", "merit", "work"), ("H001", "support", "work"), ("H001", "merit", "base")]
)
def test_the_credit_named_is_of_this_household_and_purse(book, credited, household, purse, which):
    with book.refuses(NotThisCredit):
        book.claw_back(household, 50, purse=purse, credit=credited[which], by="gao")


def test_an_entry_that_credited_no_line_is_not_one(book, credited):
    with book.refuses(NotThisCredit):
        book.claw_back("H001", 50, credit=1)


def test_nor_is_the_credit_of_a_month_with_nothing(book, county, credited):
    book.write("2026-03-14 credit")
    with book.refuses(NotThisCredit):
        book.claw_back("H001", 50, credit=len(book.kinds()))


def work(county):
    """Return the state of the line of public work, and what was taken of it."""
    line = county.ask(lines_of, "LY01", 1)[0]
    return line.status, line.taken_tenths


def test_a_line_is_taken_back_in_parts_and_is_credited_until_the_last(book, county, credited):
    book.claw_back("H001", 30, credit=credited["work"])
    with book.refuses(MoreThanCredited) as refusal:
        book.claw_back("H001", 60, credit=credited["work"])
    sentence = f"Entry {credited['work']} credited 8.0 points; 5.0 of them are left to be taken back."
    assert said(refusal) == [("points", sentence)], "what another proposal asks for is spoken for"
    book.claw_back("H001", 50, credit=credited["work"])
    run(county)
    book.confirm_claw_back(1)
    assert work(county) == ("credited", 30)
    book.confirm_claw_back(2)
    assert work(county) == ("clawed-back", 80)
    with book.refuses(NotThisCredit):
        book.claw_back("H001", 10, credit=credited["work"])


def test_a_proposal_that_fell_leaves_its_part_to_others(book, county, credited):
    book.reverse(book.claw_back("H001", 80, credit=credited["work"]))
    asked = book.claw_back("H001", 80, credit=credited["work"])["n"]
    book.do(decline, by="gao", request=asked, reason="it was swept")
    assert book.claw_back("H001", 80, credit=credited["work"])["n"] == 3


def test_a_part_taken_back_frees_its_part_of_the_cap_alone(book, county, credited):
    # Public work gives at most 8 points a month; of the Wangs' 8 of March one is taken back.
    county.edit(Rule, ("WORK", 1), cap_month=80)
    book.claw_back("H001", 10, credit=credited["work"])
    run(county)
    book.confirm_claw_back(1)
    assert book.draw(("H001", "WORK", 80))["points"] == 10


def test_what_could_not_be_taken_gives_no_room(book, county, credited):
    county.edit(Rule, ("WORK", 1), cap_month=80)
    # Of the Wangs' 13 points they spent 10.
    book.write("2026-03-14 redemption\npurse:H001:merit -> redeemed POINT 100")
    book.claw_back("H001", 80, credit=credited["work"])
    run(county)
    assert (book.confirm_claw_back(1)["points"], work(county)) == (30, ("credited", 30))
    assert book.draw(("H001", "WORK", 80))["points"] == 30


def test_a_credit_is_reversed_only_after_what_was_taken_of_it(book, county, credited):
    book.claw_back("H001", 10, credit=credited["work"])
    run(county)
    taken = book.confirm_claw_back(1)
    with book.refuses(LaterStep):
        book.reverse(credited["work"], by="luo")
    book.reverse(taken, by="luo")
    assert work(county) == ("credited", None)
    book.reverse(credited["work"], by="luo")


def test_each_part_is_given_back_alone(book, county, credited):
    for points in (30, 50):
        book.claw_back("H001", points, credit=credited["work"])
    run(county)
    first, _ = book.confirm_claw_back(1), book.confirm_claw_back(2)
    book.reverse(first, by="luo")
    assert (work(county), book.purse("H001", "merit")) == (("credited", 50), 80)


def test_what_was_reversed_meanwhile_is_not_taken_back_too(book, county, credited):
    book.claw_back("H001", 80, credit=credited["work"])
    run(county)
    book.reverse(credited["work"], by="luo")
    with book.refuses(NotThisCredit):
        book.confirm_claw_back(1)


# Taken back itself

def test_a_proposal_is_dropped_by_reversing_its_notice(book, county, credited):
    notice = book.claw_back("H001", 80)
    book.reverse(notice)
    assert county.ask(waiting_requests, "LY01") == []
    run(county)
    with book.refuses(AlreadyDecided):
        book.confirm_claw_back(1)


def test_a_notice_stands_once_the_points_were_taken(book, county, credited):
    notice = book.claw_back("H001", 80)
    run(county)
    book.confirm_claw_back(1)
    with book.refuses(TakenBackAlready):
        book.reverse(notice, by="luo")


def test_a_reversed_claw_back_leaves_nothing_changed(book, county, credited):
    book.claw_back("H001", 80, credit=credited["work"])
    run(county)
    before = book.balances(), [line.status for line in county.ask(lines_of, "LY01", 1)]
    taken = book.confirm_claw_back(1)
    with book.refuses(LaterStep):
        book.reverse(credited["work"], by="luo")
    book.reverse(taken, by="luo")
    assert (book.balances(), [line.status for line in county.ask(lines_of, "LY01", 1)]) == before
    book.reverse(credited["work"], by="luo")


def test_it_is_not_reversed_into_a_cap_that_others_have_filled_since(book, county, credited):
    county.edit(Rule, ("WORK", 1), cap_month=100)
    book.claw_back("H001", 80, credit=credited["work"])
    run(county)
    taken = book.confirm_claw_back(1)
    book.draw(("H001", "WORK", 60))
    with book.refuses(RoomTaken):
        book.reverse(taken, by="luo")


def test_a_proposal_of_another_outlet_is_not_found_here(county, credited):
    county.book("LY01").claw_back("H001", 80)
    run(county)
    with county.refuses(NotFound):
        county.book("LY02").confirm_claw_back(1, by="luo")
