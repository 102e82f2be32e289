"""Public notice: a sheet hangs on the village board, so that everyone can object before it is credited."""

from datetime import date

import pytest

from ledger.errors import NotFound
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.days import LateWithoutPaper
from ledger.operations.notice import BeforeTheMeeting, NotAssessed
from ledger.operations.redemption import NotEnoughPoints
from ledger.registers.sheets import Sheet
from tests.county import said
from tests.replay import rows


@pytest.fixture
def sheet(book):
    """The sheet of the meeting of 6 March."""
    return book.draw(("H001", "WORK", 80), ("H006", "CLEAN"))["n"]


def kept(county):
    """Return the sheet as the register keeps it."""
    with county.store.reading() as session:
        return session.get_one(Sheet, ("LY01", 1))


def test_a_sheet_on_notice_says_where_and_through_which_day_it_hangs(book, county, sheet):
    answer = book.hang(sheet, place="board by the well")
    assert (answer["n"], answer["status"], answer["until"]) == (sheet, "on-notice", "2026-03-13")
    posted = kept(county)
    assert (posted.notice_from, posted.notice_until) == (date(2026, 3, 6), date(2026, 3, 13))
    assert (posted.notice_place, posted.notice_number) == ("board by the well", answer["number"])


def test_the_day_it_goes_up_is_not_counted_and_seven_whole_days_follow(book, county, sheet):
    county.move_to("2026-03-06", hour=23)
    assert book.hang(sheet)["until"] == "2026-03-13"


def test_how_long_a_notice_hangs_is_a_setting_with_a_day_and_an_outlet(book, county):
    county.setting("notice_days", "5", since="2026-03-01")
    county.setting("notice_days", "3", since="2026-03-10")
    county.setting("notice_days", "10", book="LY02", since="2026-03-01")
    assert book.hang(book.draw(("H001", "CLEAN"))["n"])["until"] == "2026-03-11"
    shimo = county.book("LY02")
    assert shimo.hang(shimo.draw(("H101", "CLEAN"))["n"])["until"] == "2026-03-16"
    county.move_to("2026-03-10")
    assert book.hang(book.draw(("H001", "CLEAN"))["n"])["until"] == "2026-03-13"


def test_the_entry_carries_the_digest_of_the_lines_that_can_be_read_on_the_board(book, sheet):
    drawn, notice = book.entry(1), book.entry(book.hang(sheet)["number"])
    facts = body_of(notice)["facts"]
    assert facts == {
        "sheet": sheet, "digest": body_of(drawn)["facts"]["digest"], "until": "2026-03-13", "serial": "示-2026-0001"
    }
    assert body_of(notice)["postings"] == []


@pytest.mark.parametrize(
    "other", [(("H006", "WORK", 80),), (("H001", "CLEAN", 50),), (("H001", "WORK", 90),), (("H001", "WORK", 80),) * 2]
)
def test_sheets_that_differ_in_household_rule_points_or_lines_have_other_digests(book, other):
    def digest(*awards):
        return body_of(book.entry(book.draw(*awards)["number"]))["facts"]["digest"]

    assert digest(("H001", "WORK", 80)) == digest(("H001", "WORK", 80)) != digest(*other)


def test_points_on_notice_cannot_be_spent(book, sheet):
    book.give(soap=1)
    book.hang(sheet)
    with book.refuses(NotEnoughPoints):
        book.redeem("H001", soap=1)


def test_the_place_is_words_and_stands_beside_the_journal(book, county, sheet):
    entry = book.entry(book.hang(sheet, place="Wang's gate")["number"])
    assert "Wang" not in entry.body
    with county.store.reading() as session:
        assert [row["text"] for row in rows(session, "SELECT text FROM note")] == ["Wang's gate"]


def test_a_sheet_goes_on_notice_once(book, sheet):
    book.hang(sheet)
    with book.refuses(NotAssessed) as refusal:
        book.hang(sheet)
    assert said(refusal)[0][1] == "Sheet 1 is not waiting for a notice."


def test_a_sheet_that_was_never_drawn_is_not_found(book):
    with book.refuses(NotFound):
        book.hang(1)


def test_a_sheet_of_another_outlet_is_not_found_here(county, sheet):
    with county.refuses(NotFound):
        county.book("LY02").hang(sheet, by="zhao")


def test_a_notice_that_went_up_earlier_is_entered_from_its_paper(book, county, sheet):
    county.move_to("2026-03-09")
    with book.refuses(LateWithoutPaper):
        book.hang(sheet, on="2026-03-07")
    assert book.hang(sheet, on="2026-03-07", paper_number="N-1")["until"] == "2026-03-14"


def test_no_sheet_hung_before_its_meeting(book, sheet):
    with book.refuses(BeforeTheMeeting) as refusal:
        book.hang(sheet, on="2026-03-05", paper_number="N-1")
    assert said(refusal) == [("occurred_on", "The meeting was on 2026-03-06; its sheet cannot hang before that.")]


def test_nothing_hangs_on_a_day_to_come(book, sheet):
    with book.refuses(FutureDay):
        book.hang(sheet, on="2026-03-07")
