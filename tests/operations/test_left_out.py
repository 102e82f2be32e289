"""Who was left out objects too: not to a line, but to what is not on the sheet. Nothing that hangs there waits for it.

Mei drew sheet 1 up for the Wangs and hung it on 6 March; it hangs through the 13th. The Zhangs' work was refused by the
meeting. The Sus mended the road and are not on it at all.
"""

import pytest

from ledger.errors import Unknown
from ledger.journal import body_of
from ledger.operations.notice import BeforeTheNotice
from ledger.operations.objection import LineOfAnother, NamesNobody, NothingHangs, NotOnTheBoard
from ledger.operations.objection_answer import NotThisResult, PointsWithoutCorrection, confirm_answer
from ledger.operations.undo_points import LaterStep
from ledger.registers.objections import Concerned, Objection, open_objections
from ledger.registers.open_matters import open_matters
from ledger.registers.sheets import Sheet, lines_of
from tests.county import said


@pytest.fixture
def sheet(book):
    """The sheet on the board."""
    drawn = book.draw(lines=[
        {"household": "H001", "rule": "CLEAN"}, {"household": "H003", "rule": "WORK", "status": "refused"},
    ])
    book.hang(drawn["n"])
    return drawn["n"]


def miss(book, sheet, household="H006", *, by="lin", **more):
    """Take in that something of a household is not on the sheet."""
    return book.object(sheet, None, household=household, by=by, words="the road work was not noted", **more)


def kept(county, n=1):
    """Return an objection as the register keeps it."""
    with county.store.reading() as session:
        return session.get_one(Objection, ("LY01", n))


def states(county):
    """Return how far the sheet and its lines have come."""
    with county.store.reading() as session:
        sheet = session.get_one(Sheet, ("LY01", 1))
        return sheet.status, [line.status for line in lines_of(session, "LY01", 1)]


def waiting(county):
    """Return the objections that wait for their answer."""
    return [one.n for one in county.ask(open_objections, "LY01")]


# Taken in

@pytest.mark.parametrize("household", ["H006", "H004", "H002"])
def test_who_is_not_on_the_sheet_objects_with_a_limit_and_no_line_waits(book, county, sheet, household):
    answer = miss(book, sheet, household, way="written")
    assert (answer["n"], answer["status"], answer["due"]) == (1, "open", "2026-03-16")
    assert (states(county), waiting(county)) == (("on-notice", ["passed", "refused"]), [1])
    assert body_of(book.entry(answer["number"]))["facts"] == {
        "sheet": 1, "household": household, "objection": 1, "way": "written", "due": "2026-03-16"
    }


def test_the_next_keeper_is_told_of_the_sheet_and_not_of_the_household(book, county, sheet):
    miss(book, sheet)
    book.object(sheet, 1)
    assert [(one["what"], one["n"]) for one in county.ask(open_matters, "LY01")] == [
        ("objection", "1"), ("objection", "1-1"),
    ]


def test_whose_line_the_meeting_refused_names_the_household_instead(book, county, sheet):
    with book.refuses(NotOnTheBoard):
        book.object(sheet, 2, by="gao")
    miss(book, sheet, "H003", by="gao")
    assert states(county)[1] == ["passed", "refused"]


def test_where_the_meeting_gave_nothing_the_sheet_hangs_on(book, county):
    book.hang(book.draw(nothing=1)["n"])
    miss(book, 1)
    assert states(county) == ("on-notice", [])
    county.move_to("2026-03-14")
    assert book.credit(1, by="luo")["status"] == "credited"
    book.answer(1, 1, "on-another-sheet")
    assert (states(county), waiting(county)) == (("credited", []), [])


def test_an_objection_names_a_line_or_a_household(book, sheet):
    with book.refuses(NamesNobody) as refusal:
        book.object(sheet, None)
    assert said(refusal) == [("household", "Enter the line, or the household that misses something on the sheet.")]
    with book.refuses(LineOfAnother) as refusal:
        book.object(sheet, 1, household="H006")
    assert said(refusal) == [("household", "Line 1 is household H001's. Leave the line or the household empty.")]
    book.object(sheet, 1, household="H001")


def test_the_household_is_of_the_outlet_and_the_sheet_hangs(book, county, sheet):
    with book.refuses(Unknown) as refusal:
        miss(book, sheet, "H101")
    assert said(refusal)[0][0] == "household"
    county.move_to("2026-03-09")
    second = book.draw(("H001", "WORK"))["n"]
    with book.refuses(NothingHangs):
        miss(book, second)
    book.hang(second)
    with book.refuses(BeforeTheNotice):
        miss(book, second, on="2026-03-08", paper_number="O-1")


# Answered

@pytest.mark.parametrize("result", ["not-upheld", "on-another-sheet"])
def test_it_is_answered_in_words_and_the_sheet_stays_as_it_is(book, county, sheet, result):
    miss(book, sheet)
    answer = book.answer(sheet, 1, result, words="noted for April")
    assert (states(county), waiting(county)) == (("on-notice", ["passed", "refused"]), [])
    assert body_of(book.entry(answer["number"]))["facts"] == {
        "sheet": 1, "household": "H006", "objection": 1, "result": result, "decided_by": "committee"
    }
    county.move_to("2026-03-14")
    assert (book.credit(sheet, by="luo")["status"], book.points("H001")) == ("credited", 50)


@pytest.mark.parametrize(("line", "household", "result"), [
    (None, "H006", "cancelled"), (None, "H006", "corrected"), (1, None, "on-another-sheet"),
])
def test_what_is_missing_is_neither_struck_nor_put_right_and_a_line_is_not_noted_elsewhere(
    book, sheet, line, household, result
):
    book.object(sheet, line, household=household)
    with book.refuses(NotThisResult) as refusal:
        book.answer(sheet, 1, result)
    sentence = (
        "What is missing on the sheet stands as it is or is noted on another sheet; a line stands, is struck or is put "
        "right."
    )
    assert said(refusal) == [("result", sentence)]


def test_no_points_are_told_of_what_is_missing(book, sheet):
    miss(book, sheet)
    with book.refuses(PointsWithoutCorrection):
        book.answer(sheet, 1, "on-another-sheet", points=50)


def test_who_drew_the_sheet_only_proposes_the_answer(book, county, sheet):
    miss(book, sheet)
    assert book.answer(sheet, 1, "not-upheld", by="mei")["status"] == "waiting"
    assert waiting(county) == [1]
    book.do(confirm_answer, by="luo", sheet=sheet, objection=1)
    assert (waiting(county), kept(county).result) == ([], "not-upheld")


def test_a_relative_of_the_household_does_not_answer(book, sheet):
    miss(book, sheet)
    with book.refuses(Concerned):
        book.answer(sheet, 1, "not-upheld", by="gao")


# Taken back

def test_taken_in_by_mistake_it_falls_and_an_answer_given_by_mistake_is_given_anew(book, county, sheet):
    raised = miss(book, sheet)
    answer = book.answer(sheet, 1, "not-upheld")
    with book.refuses(LaterStep):
        book.reverse(raised, by="luo")
    book.reverse(answer, by="luo")
    assert (waiting(county), kept(county).result) == ([1], "")
    book.reverse(raised, by="luo")
    assert (waiting(county), kept(county).status) == ([], "withdrawn")
    assert states(county) == ("on-notice", ["passed", "refused"])
