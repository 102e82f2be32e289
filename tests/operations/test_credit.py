"""Credit: a sheet whose notice has run becomes points in the households' purses.

Mei's sheet went on notice on 6 March and hangs through the 13th; it can be credited on the 14th.
"""

from datetime import date

import pytest

from ledger.errors import NotFound, Refusals
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.credit import NotAsPosted, NoticeStillRuns, NotOnNotice, OwnSheet
from ledger.operations.days import LateWithoutPaper
from ledger.registers.households import Household, NotActive
from ledger.registers.sheets import Sheet, SheetLine
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
        "sheet": 1, "line": 2, "household": "H003", "rule": "CLEAN", "rate_fen": 100, "notice": 2
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


def test_nobody_credits_their_own_or_a_relatives_household_the_town_does(book, county):
    n = book.on_notice(("H001", "CLEAN"), ("H006", "CLEAN"))
    county.move_to("2026-03-14")
    with book.refuses(OwnHousehold) as refusal:
        book.credit(n, by="gao")
    assert "Household H006 is your own or a relative's" in said(refusal)[0][1]
    book.credit(n, by="luo")
    assert book.points("H006") == 50


# What hung is what is credited

@pytest.mark.parametrize(
    "change", [{"points_tenths": 100}, {"household": "H006"}, {"rule": "CLEAN"}],
)
def test_a_line_changed_after_it_hung_is_not_credited(book, county, sheet, change):
    county.edit(SheetLine, ("LY01", sheet, 1), **change)
    with book.refuses(NotAsPosted) as refusal:
        book.credit(sheet)
    assert said(refusal)[0][1] == "Sheet 1 differs from the one on notice. It must be posted anew."


def test_a_line_added_after_it_hung_is_not_credited(book, county, sheet):
    with county.store.writing() as session:
        session.add(SheetLine(book="LY01", n=sheet, line=4, household="H006", rule="CLEAN", points_tenths=50))
    with book.refuses(NotAsPosted):
        book.credit(sheet)


def test_the_notice_in_the_journal_decides_whatever_the_sheet_says_of_itself(book, county, sheet):
    twin = book.draw(("H001", "WORK", 100), ("H003", "CLEAN"), ("H001", "CLEAN"))["number"]
    county.edit(SheetLine, ("LY01", sheet, 1), points_tenths=100)
    county.edit(Sheet, ("LY01", sheet), digest=body_of(book.entry(twin))["facts"]["digest"])
    with book.refuses(NotAsPosted):
        book.credit(sheet)


def test_a_sheet_moved_to_the_other_purse_after_it_hung_is_not_credited(book, county, sheet):
    county.edit(Sheet, ("LY01", sheet), purse="support")
    with book.refuses(NotAsPosted):
        book.credit(sheet)


# Households that changed meanwhile

def test_a_household_frozen_since_the_meeting_is_named_and_nothing_is_credited(book, county, sheet):
    county.edit(Household, ("LY01", "H003"), status="frozen")
    with book.refuses(NotActive) as refusal:
        book.credit(sheet)
    assert said(refusal)[0][1] == "Household H003 is frozen or closed; ask the supervisor."
    assert book.points("H001") == 0


def test_all_households_in_the_way_are_named_at_once(book, county, sheet):
    for household, status in (("H001", "frozen"), ("H003", "closed")):
        county.edit(Household, ("LY01", household), status=status)
    with book.refuses(Refusals) as refusal:
        book.credit(sheet)
    assert {words.split()[1] for _, words in said(refusal)} == {"H001", "H003"}


def test_the_whole_sheet_is_credited_once_the_household_is_active_again(book, county, sheet):
    county.edit(Household, ("LY01", "H003"), status="frozen")
    with book.refuses(NotActive):
        book.credit(sheet)
    county.edit(Household, ("LY01", "H003"), status="active")
    book.credit(sheet)
    assert (book.points("H001"), book.points("H003")) == (130, 50)
