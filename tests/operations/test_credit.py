"""Credit: a sheet whose notice has run becomes points in the households' purses.

Mei's sheet went on notice on 6 March and hangs through the 13th; it can be credited on the 14th.
"""

from datetime import date

import pytest

from ledger.errors import NotFound, Refusals
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.credit import (
    CameDownEarly,
    NotAsPosted,
    NoticeStillRuns,
    NotOnNotice,
    OwnSheet,
    UnderObjection,
)
from ledger.operations.days import LateWithoutPaper
from ledger.operations.sheet import digest_of_lines
from ledger.registers.households import Household, NotActive
from ledger.registers.sheets import Sheet, SheetLine, lines_of
from ledger.registers.staff import OwnHousehold
from tests.county import said


@pytest.fixture
def sheet(book, county):
    """A merit sheet for the Wangs and the Zhangs whose notice has run."""
    n = book.on_notice(("H001", "WORK", 80), ("H003", "CLEAN"), ("H001", "CLEAN"))
    county.move_to("2026-03-14")
    return n


def kept(county, n=1):
    """Return a sheet as the register keeps it."""
    with county.store.reading() as session:
        return session.get_one(Sheet, ("LY01", n))


# What is credited

def test_points_come_into_the_purses_of_the_households(book, sheet):
    answer = book.credit(sheet)
    assert (answer["n"], answer["status"], answer["points"]) == (sheet, "credited", 180)
    assert (book.purse("H001", "merit"), book.purse("H003", "merit")) == (130, 50)
    assert book.holds("fund:merit", "POINT") == -180


def test_each_line_is_an_entry_that_can_be_read_and_reversed_alone(book, sheet):
    answer = book.credit(sheet)
    assert (answer["number"], answer["last"]) == (3, 5)
    assert book.kinds() == ["sheet", "notice", "credit", "credit", "credit"]
    assert body_of(book.entry(4))["facts"] == {
        "sheet": 1, "line": 2, "household": "H003", "rule": "CLEAN", "rule_version": 1, "rate_fen": 100,
        "notice": 2,
    }


def test_support_points_have_a_purse_of_their_own(book, county):
    n = book.on_notice(("H001", "BASE", 400), purse="support", by="mei")
    county.move_to("2026-03-14")
    book.credit(n)
    assert (book.purse("H001", "support"), book.purse("H001", "merit")) == (400, 0)
    assert book.holds("fund:support", "POINT") == -400


def test_credited_points_can_be_spent(book, sheet):
    book.give(soap=1)
    book.credit(sheet)
    book.redeem("H001", soap=1)
    assert book.points("H001") == 10


def test_what_a_point_is_worth_that_day_stands_on_each_line(book, county, sheet):
    county.setting("rate_fen", "300", book="LY01", since="2026-03-10")
    book.credit(sheet)
    assert body_of(book.entry(3))["facts"]["rate_fen"] == 300


def test_the_sheet_says_by_which_entry_it_was_credited(book, county, sheet):
    number = book.credit(sheet)["number"]
    assert (kept(county).status, kept(county).credit_number) == ("credited", number)


# When

@pytest.mark.parametrize("day", ["2026-03-06", "2026-03-12", "2026-03-13"])
def test_everyone_has_the_whole_notice_to_object_in(book, county, sheet, day):
    county.move_to(day, hour=23)
    with book.refuses(NoticeStillRuns) as refusal:
        book.credit(sheet)
    assert said(refusal)[0][1] == "The notice hangs through 2026-03-13; the sheet can be credited the day after."


def test_a_credit_keyed_later_was_not_made_while_the_notice_hung(book, sheet):
    with book.refuses(NoticeStillRuns):
        book.credit(sheet, on="2026-03-13", paper_number="C-1")


def test_a_credit_made_earlier_is_entered_from_its_paper(book, county, sheet):
    county.move_to("2026-03-20")
    with book.refuses(LateWithoutPaper):
        book.credit(sheet, on="2026-03-15")
    entry = book.entry(book.credit(sheet, on="2026-03-15", paper_number="C-1")["number"])
    assert (entry.occurred_on, entry.late, body_of(entry)["facts"]["paper_number"]) == (date(2026, 3, 15), 1, "C-1")


def test_a_day_to_come_does_not_shorten_the_notice(book, county, sheet):
    county.move_to("2026-03-13")
    with book.refuses(NoticeStillRuns, FutureDay):
        book.credit(sheet, on="2026-03-14")
    county.move_to("2026-03-14")
    with book.refuses(FutureDay):
        book.credit(sheet, on="2026-03-15")


def test_a_sheet_that_did_not_hang_is_not_credited(book):
    n = book.draw(("H001", "CLEAN"))["n"]
    with book.refuses(NotOnNotice) as refusal:
        book.credit(n)
    assert said(refusal)[0][1] == "Sheet 1 is not on notice."


def test_a_sheet_is_credited_once(book, sheet):
    book.credit(sheet)
    with book.refuses(NotOnNotice):
        book.credit(sheet)


def test_a_sheet_that_was_never_drawn_or_belongs_to_another_outlet_is_not_found(book, county, sheet):
    with book.refuses(NotFound):
        book.credit(99)
    with book.refuses(NotFound):
        county.book("LY02").credit(sheet, by="luo")


# By whom

def test_who_drew_a_sheet_up_never_credits_it(book, county):
    n = book.on_notice(("H001", "CLEAN"), by="gao")
    county.move_to("2026-03-14")
    with book.refuses(OwnSheet):
        book.credit(n, by="gao")
    book.credit(n, by="luo")


def test_a_line_of_ones_own_or_a_relatives_household_is_left_for_another(book, county):
    n = book.on_notice(("H001", "CLEAN"), ("H006", "CLEAN"))
    county.move_to("2026-03-14")
    answer = book.credit(n, by="gao")
    assert answer["left"] == [{"line": 2, "household": "H006", "why": "own-household"}]
    assert (answer["status"], answer["points"], book.points("H001"), book.points("H006")) == ("on-notice", 50, 50, 0)
    with book.refuses(OwnHousehold) as refusal:
        book.credit(n, by="gao")
    assert "Household H006 is your own or a relative's" in said(refusal)[0][1]
    assert book.credit(n, by="luo")["left"] == []
    assert (book.points("H001"), book.points("H006")) == (50, 50)


# What hung is what is credited

@pytest.mark.parametrize(
    "change", [{"points_tenths": 100, "asked_tenths": 100}, {"household": "H006"}, {"rule": "CLEAN"}],
)
def test_a_line_changed_after_it_hung_is_not_credited(book, county, sheet, change):
    county.edit(SheetLine, ("LY01", sheet, 1), **change)
    with book.refuses(NotAsPosted) as refusal:
        book.credit(sheet)
    assert said(refusal)[0][1] == "Sheet 1 differs from the one on notice. It must be posted anew."


def test_a_line_added_after_it_hung_is_not_credited(book, county, sheet):
    with county.store.writing() as session:
        said = {"household": "H006", "rule": "CLEAN", "period": "2026-03", "points_tenths": 50, "asked_tenths": 50}
        session.add(SheetLine(book="LY01", n=sheet, line=4, **said))
    with book.refuses(NotAsPosted):
        book.credit(sheet)


def test_the_notice_in_the_journal_decides_whatever_the_sheet_says_of_itself(book, county, sheet):
    twin = book.draw(("H001", "WORK", 100), ("H003", "CLEAN"), ("H001", "CLEAN"))["number"]
    county.edit(SheetLine, ("LY01", sheet, 1), points_tenths=100, asked_tenths=100)
    county.edit(Sheet, ("LY01", sheet), digest=body_of(book.entry(twin))["facts"]["digest"])
    with book.refuses(NotAsPosted):
        book.credit(sheet)


def test_a_sheet_moved_to_the_other_purse_after_it_hung_is_not_credited(book, county, sheet):
    county.edit(Sheet, ("LY01", sheet), purse="support")
    with book.refuses(NotAsPosted):
        book.credit(sheet)


# Households that changed meanwhile

def test_a_household_frozen_since_the_meeting_waits_and_the_others_go_on(book, county, sheet):
    county.edit(Household, ("LY01", "H003"), status="frozen")
    answer = book.credit(sheet)
    assert answer["left"] == [{"line": 2, "household": "H003", "why": "not-active"}]
    assert (answer["points"], answer["status"]) == (130, "on-notice")
    assert (book.points("H001"), book.points("H003")) == (130, 0)
    assert [line.status for line in county.ask(lines_of, "LY01", sheet)] == ["credited", "passed", "credited"]


def test_what_waited_is_taken_by_a_later_credit_and_then_the_sheet_is_credited(book, county, sheet):
    county.edit(Household, ("LY01", "H003"), status="frozen")
    first = book.credit(sheet)["number"]
    with book.refuses(NotActive) as refusal:
        book.credit(sheet)
    assert said(refusal)[0][1] == "Household H003 is frozen or closed; ask the supervisor."
    county.edit(Household, ("LY01", "H003"), status="active")
    answer = book.credit(sheet, by="luo")
    assert (answer["points"], answer["status"], answer["left"]) == (50, "credited", [])
    assert (book.points("H001"), book.points("H003")) == (130, 50)
    assert kept(county).credit_number == first, "the first of its credits stands on the sheet"


def test_where_nothing_can_be_credited_all_households_in_the_way_are_named_at_once(book, county, sheet):
    for household, status in (("H001", "frozen"), ("H003", "closed")):
        county.edit(Household, ("LY01", household), status=status)
    with book.refuses(Refusals) as refusal:
        book.credit(sheet)
    assert {words.split()[1] for _, words in said(refusal)} == {"H001", "H003"}


def test_a_line_somebody_objects_to_waits_and_the_others_are_credited(book, county, sheet):
    book.object(sheet, 1)
    answer = book.credit(sheet)
    assert answer["left"] == [{"line": 1, "household": "H001", "why": "objection"}]
    assert (book.points("H001"), book.points("H003"), answer["status"]) == (50, 50, "on-notice")
    with book.refuses(UnderObjection) as refusal:
        book.credit(sheet)
    assert said(refusal)[0][1] == "Line 1 waits for the answer to an objection."
    book.answer(sheet, 1, "not-upheld")
    assert (book.credit(sheet)["status"], book.points("H001")) == ("credited", 130)


def test_a_line_that_a_cap_cut_to_nothing_makes_no_entry_and_holds_nothing_up(book, county, sheet):
    n = book.on_notice(("H001", "WORK", 80), ("H003", "CLEAN"))
    county.wait(8)
    county.edit(SheetLine, ("LY01", n, 2), points_tenths=0, cut_by="year")
    digest = digest_of_lines(county.ask(lines_of, "LY01", n))
    with book.refuses(NotAsPosted):
        book.credit(n)
    again = book.hang(n, reason="cut by the year's cap")
    assert body_of(book.entry(again["number"]))["facts"]["digest"] == digest
    county.wait(8)
    answer = book.credit(n)
    assert (answer["number"], answer["last"], answer["status"], answer["left"]) == (6, 6, "credited", [])


# A notice that came down, and a credit that is taken back

def test_a_notice_that_came_down_before_its_last_day_must_hang_again(book, county):
    n = book.on_notice(("H001", "CLEAN"))
    county.move_to("2026-03-10")
    book.take_down(n)
    county.move_to("2026-03-14")
    with book.refuses(CameDownEarly) as refusal:
        book.credit(n)
    sentence = "The notice came down on 2026-03-10, before its last day 2026-03-13. Hang the sheet again first."
    assert said(refusal) == [(None, sentence)]
    assert book.hang(n, reason="rain")["until"] == "2026-03-21"
    county.move_to("2026-03-22")
    assert book.credit(n)["status"] == "credited"


def test_a_reversed_credit_gives_the_line_its_state_back_and_it_can_be_credited_again(book, county, sheet):
    answer = book.credit(sheet)
    book.reverse(answer["number"] + 1, by="luo")
    assert [line.status for line in county.ask(lines_of, "LY01", sheet)] == ["credited", "passed", "credited"]
    assert (kept(county).status, kept(county).credit_number) == ("on-notice", answer["number"])
    assert book.credit(sheet)["points"] == 50
    assert (book.points("H003"), kept(county).status) == (50, "credited")


def test_a_sheet_of_which_every_credit_is_reversed_is_on_notice_as_before(book, county):
    n = book.on_notice(("H001", "CLEAN"))
    county.move_to("2026-03-14")
    book.reverse(book.credit(n), by="luo")
    assert (kept(county, n).status, kept(county, n).credit_number) == ("on-notice", None)
