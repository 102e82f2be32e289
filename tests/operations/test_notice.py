"""Public notice: a sheet hangs on the village board, so that everyone can object before it is credited."""

from datetime import date

import pytest

from ledger.errors import NotFound
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.basket import NotEnoughPoints
from ledger.operations.days import LateWithoutPaper
from ledger.operations.notice import BeforeTheMeeting, BeforeTheNotice, HangsAlready, NotAssessed, NotHanging
from ledger.operations.undo_points import LaterStep
from ledger.registers.holidays import holidays, last_day, unknown_years
from ledger.registers.objections import Concerned
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
        "sheet": sheet, "digest": body_of(drawn)["facts"]["digest"], "until": "2026-03-13", "notice_days": 7,
        "notice_kind": "calendar", "serial": "示-2026-0001",
    }
    assert body_of(notice)["postings"] == []


@pytest.mark.parametrize(
    "other", [(("H006", "WORK", 80),), (("H001", "CLEAN", 50),), (("H001", "WORK", 90),), (("H001", "WORK", 80),) * 2]
)
def test_sheets_that_differ_in_household_rule_points_or_lines_have_other_digests(book, other):
    def digest(*awards):
        return body_of(book.entry(book.draw(*awards, another=1)["number"]))["facts"]["digest"]

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


def test_a_sheet_goes_on_notice_once_but_for_a_reason(book, sheet):
    book.hang(sheet)
    with book.refuses(HangsAlready) as refusal:
        book.hang(sheet)
    sentence = "Sheet 1 hangs already. To hang it again, so that its days count anew, say why."
    assert said(refusal) == [("reason", sentence)]


def test_a_sheet_that_is_withdrawn_or_credited_hangs_no_more(book, county, sheet):
    book.hang(sheet)
    county.move_to("2026-03-14")
    book.credit(sheet, by="luo")
    with book.refuses(NotAssessed) as refusal:
        book.hang(sheet, reason="rain")
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


# Hung again, and taken down

def test_after_rain_a_sheet_is_hung_again_and_its_days_count_anew(book, county, sheet):
    first = book.hang(sheet)
    county.move_to("2026-03-10")
    again = book.hang(sheet, place="board by the mill", reason="washed off by rain, says Wang Xiulan")
    assert (again["until"], kept(county).notice_place) == ("2026-03-17", "board by the mill")
    facts = body_of(book.entry(again["number"]))["facts"]
    assert (facts["again"], facts["serial"], facts["digest"]) == (
        first["number"], "示-2026-0002", body_of(book.entry(first["number"]))["facts"]["digest"]
    )
    assert "rain" not in book.entry(again["number"]).body, "the reason is words and can be erased"


def hangs(county):
    """Return how the sheet hangs: state, first and last day, place, and the entries that hung it and took it down."""
    it = kept(county)
    return it.status, it.notice_from, it.notice_until, it.notice_place, it.notice_number, it.down_number


def test_hung_again_by_a_slip_and_put_right_it_hangs_as_before(book, county, sheet):
    # Hung on the 6th through the 13th; on the 10th Mei enters another sheet's rain here, twice, and Gao reverses both.
    book.hang(sheet, place="board by the well")
    before = hangs(county)
    county.move_to("2026-03-10")
    slips = [book.hang(sheet, place="board by the mill", reason="rain") for _ in range(2)]
    with book.refuses(LaterStep):
        book.reverse(slips[0])
    for slip in reversed(slips):
        book.reverse(slip)
    assert hangs(county) == before
    book.object(sheet, 1)
    book.answer(sheet, 1, "not-upheld")
    county.move_to("2026-03-14")
    assert book.credit(sheet, by="luo")["status"] == "credited"


def test_hung_again_by_a_slip_after_it_came_down_it_is_down_again(book, county, sheet):
    # Taken down by a slip on the 10th, which is reversed; truly taken down on the 14th; hung again by another slip.
    book.hang(sheet)
    county.move_to("2026-03-10")
    book.reverse(book.take_down(sheet))
    county.move_to("2026-03-14")
    book.take_down(sheet)
    before = hangs(county)
    slip = book.hang(sheet, reason="rain")
    book.take_down(sheet)
    book.reverse(slip)
    assert (hangs(county), before[0]) == (before, "on-notice")
    assert book.credit(sheet, by="luo")["status"] == "credited"


def test_the_first_notice_comes_down_when_it_is_reversed_too(book, county, sheet):
    first = book.hang(sheet)
    book.reverse(book.hang(sheet, reason="rain"))
    book.reverse(first)
    assert hangs(county) == ("assessed", None, None, "", None, None)


def test_it_cannot_have_been_hung_again_before_it_hung(book, county, sheet):
    county.move_to("2026-03-09")
    book.hang(sheet)
    with book.refuses(BeforeTheNotice) as refusal:
        book.hang(sheet, reason="rain", on="2026-03-08", paper_number="N-2")
    assert said(refusal) == [("occurred_on", "The notice went up on 2026-03-09; this cannot have been before that.")]


def test_who_took_a_sheet_down_and_when_is_an_entry(book, county, sheet):
    hung = book.hang(sheet)
    county.move_to("2026-03-14")
    entry = book.entry(book.take_down(sheet, by="lin")["number"])
    assert (entry.kind, entry.by, entry.occurred_on) == ("notice-down", "lin", date(2026, 3, 14))
    assert body_of(entry)["facts"] == {"sheet": sheet, "notice": hung["number"]}
    assert kept(county).down_number == entry.number
    with book.refuses(NotHanging) as refusal:
        book.take_down(sheet)
    assert said(refusal)[0][1] == "Sheet 1 does not hang on the board."


def test_what_never_hung_is_not_taken_down_and_nothing_before_it_hung(book, county, sheet):
    with book.refuses(NotHanging):
        book.take_down(sheet)
    county.move_to("2026-03-09")
    book.hang(sheet)
    with book.refuses(BeforeTheNotice):
        book.take_down(sheet, on="2026-03-08", paper_number="N-2")


def test_taken_down_by_mistake_it_hangs_on(book, county, sheet):
    book.hang(sheet)
    book.reverse(book.take_down(sheet))
    assert (kept(county).status, kept(county).down_number) == ("on-notice", None)


def test_a_notice_that_is_reversed_comes_down_with_its_taking_down(book, county, sheet):
    book.hang(sheet)
    book.take_down(sheet)
    book.reverse(2)
    assert (kept(county).status, kept(county).down_number) == ("assessed", None)


def test_a_relative_of_either_side_of_an_objection_neither_hangs_the_sheet_again_nor_takes_it_down(book, county):
    n = book.on_notice(("H001", "CLEAN"), ("H003", "CLEAN"))
    book.object(n, 1, objector="H004", by="gao")
    for act in (book.take_down, lambda n, by: book.hang(n, reason="rain", by=by)):
        with book.refuses(Concerned) as refusal:
            act(n, by="mei")
        assert "H004" not in said(refusal)[0][1], "the sentence does not tell who objected"
    book.take_down(n, by="lin")
    other = book.on_notice(("H003", "CLEAN"))
    book.object(other, 1, by="gao")
    with book.refuses(Concerned):
        book.take_down(other, by="lin")


# Which days are counted

@pytest.mark.parametrize(
    ("day", "days", "until"),
    [
        ("2026-03-06", 5, "2026-03-13"),  # a Friday: the weekend is not counted
        ("2026-02-12", 3, "2026-02-24"),  # 13 and Saturday 14 February are worked, then nine days of Spring Festival
        ("2026-02-26", 3, "2026-03-02"),  # Saturday 28 February is worked, Sunday is not
        ("2025-09-26", 3, "2025-09-30"),  # Sunday 28 September 2025 was worked
        ("2025-12-31", 1, "2026-01-04"),  # New Year's days to the 3rd; Sunday 4 January is worked
        ("2026-12-31", 2, "2027-01-04"),  # of 2027 no holiday is known: Friday the 1st counts, the weekend does not
    ],
)
def test_working_days_leave_out_weekends_and_holidays_and_count_worked_weekends(day, days, until):
    assert last_day(date.fromisoformat(day), days, "working") == date.fromisoformat(until)


def test_calendar_days_are_all_counted(book, county):
    assert last_day(date(2026, 2, 12), 3, "calendar") == date(2026, 2, 15)


def test_which_days_are_counted_is_a_setting_and_stands_in_the_entry(book, county, sheet):
    county.setting("notice_kind", "working")
    county.setting("notice_days", "5")
    answer = book.hang(sheet)
    facts = body_of(book.entry(answer["number"]))["facts"]
    assert (answer["until"], facts["notice_days"], facts["notice_kind"]) == ("2026-03-13", 5, "working")


def test_years_whose_holidays_are_not_known_are_named(book):
    assert unknown_years(date(2026, 12, 20), date(2027, 1, 5)) == [2027]
    assert unknown_years(date(2025, 1, 1), date(2026, 12, 31)) == []


@pytest.mark.parametrize(("year", "off", "worked"), [(2025, 28, 5), (2026, 33, 6)])
def test_the_holidays_carried_are_those_of_the_yearly_notices(year, off, worked):
    found = {"off": 0, "worked": 0}
    for one in holidays():
        if one.first.year == year:
            found[one.kind] += (one.last - one.first).days + 1
            assert one.kind == "off" or one.first.weekday() >= 5, "only weekend days are worked instead"
    assert found == {"off": off, "worked": worked}
