"""Objections: anybody may object to a line on the board; it waits for its answer, and the others go on.

Mei drew sheet 1 up for the Wangs, the Zhangs and the Sus and hung it on 6 March; it hangs through the 13th.
"""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError, NotFound, Unknown
from ledger.journal import body_of
from ledger.operations.days import LateWithoutPaper
from ledger.operations.erasure import erase_words
from ledger.operations.notice import BeforeTheNotice
from ledger.operations.objection import AnonymousNamesNobody, NothingHangs, NotOnTheBoard, PastObjection
from ledger.operations.objection_answer import AnsweredAlready, NoPointsToCorrect, PutRightAlready
from ledger.operations.sheet_lines import OutsideTheRange
from ledger.registers.objections import Objection, open_objections
from ledger.registers.rules import Rule
from ledger.registers.sheets import Sheet, lines_of
from tests.county import TODAY, said
from tests.replay import rows


@pytest.fixture
def sheet(book):
    """The sheet on the board."""
    return book.on_notice(("H001", "WORK", 80), ("H003", "CLEAN"), ("H006", "CLEAN"))


def states(county, n=1):
    """Return how far each line of a sheet has come."""
    return [line.status for line in county.ask(lines_of, "LY01", n)]


def kept(county, n=1):
    """Return an objection as the register keeps it."""
    with county.store.reading() as session:
        return session.get_one(Objection, ("LY01", n))


def sheet_kept(county, n):
    """Return a sheet as the register keeps it."""
    with county.store.reading() as session:
        return session.get_one(Sheet, ("LY01", n))


# Taken in

def test_an_objection_makes_its_line_wait_and_is_to_be_answered_within_ten_days(book, county, sheet):
    answer = book.object(sheet, 1, way="phone", words="Wang Xiulan was away all month")
    assert (answer["n"], answer["status"], answer["due"]) == (1, "open", "2026-03-16")
    assert states(county) == ["waiting", "passed", "passed"]
    entry = book.entry(answer["number"])
    assert body_of(entry)["facts"] == {
        "sheet": 1, "line": 1, "household": "H001", "objection": 1, "way": "phone", "due": "2026-03-16"
    }
    assert (entry.kind, body_of(entry)["postings"], "Wang" in entry.body) == ("objection", [], False)


def test_the_limit_is_a_setting_with_a_day(book, county, sheet):
    county.setting("objection_days", "15")
    assert book.object(sheet, 1)["due"] == "2026-03-21"


@pytest.mark.parametrize("way", ["spoken", "written", "phone", "anonymous"])
def test_it_may_come_in_any_way_and_without_a_name(book, county, sheet, way):
    book.object(sheet, 1, way=way)
    assert kept(county).way == way


def test_who_objects_stands_in_the_register_only_where_it_can_be_erased(book, county, sheet):
    number = book.object(sheet, 1, objector="H002")["number"]
    assert "H002" not in book.entry(number).body
    assert kept(county).objector == "H002"
    book.do(erase_words, by="wei", number=number)
    assert kept(county).objector == ""
    with county.store.reading() as session:
        assert [row["text"] for row in rows(session, "SELECT text FROM note WHERE name = 'objection'")] == [None]


def test_an_anonymous_objection_names_nobody(book, sheet):
    with book.refuses(AnonymousNamesNobody) as refusal:
        book.object(sheet, 1, way="anonymous", objector="H002")
    assert said(refusal) == [("objector", "An anonymous objection names no household.")]


def test_who_objects_is_in_the_register_or_gives_no_number(book, sheet):
    with book.refuses(Unknown) as refusal:
        book.object(sheet, 1, objector="H999")
    assert said(refusal)[0][0] == "objector"


def test_there_is_nothing_to_object_to_before_it_hangs(book, county):
    n = book.draw(("H001", "CLEAN"))["n"]
    with book.refuses(NothingHangs):
        book.object(n, 1)
    county.move_to("2026-03-09")
    book.hang(n)
    with book.refuses(BeforeTheNotice):
        book.object(n, 1, on="2026-03-08", paper_number="O-1")


def test_an_objection_keyed_later_comes_from_its_paper_and_its_limit_runs_from_its_day(book, county, sheet):
    county.move_to("2026-03-09")
    with book.refuses(LateWithoutPaper):
        book.object(sheet, 1, on="2026-03-07")
    assert book.object(sheet, 1, on="2026-03-07", paper_number="O-1")["due"] == "2026-03-17"


def test_an_objection_of_before_the_rain_is_entered_with_its_day(book, county, sheet):
    # Hung on the 6th; the Lis object on paper on the 8th; hung again after rain on the 10th; entered on the 11th.
    county.move_to("2026-03-10")
    book.hang(sheet, reason="rain")
    county.move_to("2026-03-11")
    book.object(sheet, 1, on="2026-03-08", paper_number="O-1")
    assert (kept(county).received_on, kept(county).due) == (date(2026, 3, 8), date(2026, 3, 18))
    with book.refuses(BeforeTheNotice) as refusal:
        book.object(sheet, 1, on="2026-03-05", paper_number="O-2")
    assert said(refusal) == [("occurred_on", "The notice went up on 2026-03-06; this cannot have been before that.")]


def test_after_the_notice_has_run_an_objection_is_still_taken_while_the_line_is_not_credited(book, county, sheet):
    county.move_to("2026-03-20")
    book.object(sheet, 1)
    assert states(county)[0] == "waiting"


def test_what_is_in_the_purse_is_taken_back_in_another_way(book, county, sheet):
    county.move_to("2026-03-14")
    book.credit(sheet, by="luo")
    with book.refuses(PastObjection) as refusal:
        book.object(sheet, 1)
    assert said(refusal) == [("line", "Line 1 is in the purse already. Propose to take the points back instead.")]


def test_only_lines_of_the_board_are_objected_to(book, county, sheet):
    with book.refuses(Unknown) as refusal:
        book.object(sheet, 4)
    assert said(refusal) == [("line", "There is no line 4.")]
    book.object(sheet, 1)
    book.answer(sheet, 1, "cancelled")
    with book.refuses(NotOnTheBoard):
        book.object(sheet, 1)


# Answered

def test_an_objection_that_does_not_hold_lets_the_line_be_credited(book, county, sheet):
    book.object(sheet, 1)
    answer = book.answer(sheet, 1, "not-upheld", words="the road gang saw her there")
    assert (answer["status"], states(county)) == ("answered", ["passed", "passed", "passed"])
    facts = body_of(book.entry(answer["number"]))["facts"]
    assert facts == {
        "sheet": 1, "line": 1, "household": "H001", "objection": 1, "result": "not-upheld", "decided_by": "committee"
    }
    county.move_to("2026-03-14")
    assert book.credit(sheet, by="luo")["left"] == []


def test_a_struck_line_is_never_credited_and_the_others_make_the_sheet_credited(book, county, sheet):
    book.object(sheet, 1)
    book.answer(sheet, 1, "cancelled")
    county.move_to("2026-03-14")
    answer = book.credit(sheet, by="luo")
    assert (answer["status"], answer["points"], book.points("H001")) == ("credited", 100, 0)
    assert states(county) == ["withdrawn", "credited", "credited"]


def test_a_sheet_is_credited_when_the_last_line_that_waited_is_struck(book, county, sheet):
    book.object(sheet, 1)
    county.move_to("2026-03-14")
    assert book.credit(sheet, by="luo")["status"] == "on-notice"
    book.answer(sheet, 1, "cancelled")
    assert sheet_kept(county, sheet).status == "credited"


def test_a_sheet_whose_only_line_is_struck_is_withdrawn(book, county):
    n = book.on_notice(("H001", "CLEAN"))
    book.object(n, 1)
    book.answer(n, 1, "cancelled")
    assert sheet_kept(county, n).status == "withdrawn"


def test_a_line_put_right_hangs_again_on_a_sheet_and_a_notice_of_its_own(book, county, sheet):
    book.object(sheet, 1)
    answer = book.answer(sheet, 1, "corrected", points=50, words="five hours, not eight")
    assert (answer["corrected"], states(county)) == (2, ["withdrawn", "passed", "passed"])
    (right,) = county.ask(lines_of, "LY01", 2)
    assert (right.household, right.rule, right.points_tenths, right.period) == ("H001", "WORK", 50, "2026-03")
    drawn = body_of(book.entry(sheet_kept(county, 2).drawn_number))["facts"]
    assert (drawn["corrects"], drawn["corrects_line"], drawn["points"]) == (1, 1, 50)
    county.move_to("2026-03-10")
    assert book.hang(2)["until"] == "2026-03-17"
    county.move_to("2026-03-14")
    assert book.credit(sheet, by="luo")["points"] == 100
    county.move_to("2026-03-18")
    book.credit(2, by="luo")
    assert book.points("H001") == 50


def test_what_hung_stays_as_it_hung_so_that_the_notice_can_be_checked_for_ever(book, county, sheet):
    book.object(sheet, 1)
    book.answer(sheet, 1, "corrected", points=50)
    county.move_to("2026-03-14")
    assert book.credit(sheet, by="luo")["status"] == "credited"


@pytest.mark.parametrize(
    ("points", "refused", "sentence"),
    [
        (None, NoPointsToCorrect, "Enter the points the line should have; they must differ from the 8.0 on the board."),
        (80, NoPointsToCorrect, "Enter the points the line should have; they must differ from the 8.0 on the board."),
        (110, OutsideTheRange, "WORK gives from 5.0 to 10.0 points."),
    ],
)
def test_who_puts_a_line_right_says_how_within_its_rule(book, sheet, points, refused, sentence):
    book.object(sheet, 1)
    with book.refuses(refused) as refusal:
        book.answer(sheet, 1, "corrected", points=points)
    assert said(refusal) == [("points", sentence)]


def test_a_line_is_put_right_by_the_rule_it_was_given_by(book, county, sheet):
    # The meeting of 6 March gave the Wangs 8 points by WORK of 5 to 10. WORK gives 2 to 3 from the 9th on, and on the
    # 12th the answer is that 5 would have been right.
    county.rule("WORK", since="2026-03-09", points_min=20, points_max=30)
    county.move_to("2026-03-12")
    book.object(sheet, 1)
    with book.refuses(OutsideTheRange):
        book.answer(sheet, 1, "corrected", points=30)
    book.answer(sheet, 1, "corrected", points=50)
    (right,) = county.ask(lines_of, "LY01", 2)
    assert (right.rule_version, right.points_tenths) == (1, 50)


def test_a_line_is_put_right_though_its_rule_has_ended_since(book, county, sheet):
    # WORK ends on 8 March. On the 12th the Wangs' line is put right, on the 16th that sheet's line once more.
    county.edit(Rule, ("WORK", 1), valid_to=date(2026, 3, 8))
    county.setting("cap_all_year", "70", since="2026-03-09")
    county.move_to("2026-03-12")
    book.object(sheet, 1)
    book.answer(sheet, 1, "corrected", points=90)
    book.hang(2)
    county.move_to("2026-03-16")
    book.object(2, 1)
    book.answer(2, 2, "corrected", points=100, by="luo")
    (right,) = county.ask(lines_of, "LY01", 3)
    assert (right.rule_version, right.points_tenths, right.cut_by) == (1, 100, "")


def test_a_line_put_right_keeps_to_the_cap_over_all_rules_of_its_meeting(book, county, sheet):
    county.setting("cap_all_year", "100", since="2026-03-01")
    county.setting("cap_all_year", "60", since="2026-03-09")
    county.move_to("2026-03-12")
    book.object(sheet, 1)
    book.answer(sheet, 1, "corrected", points=90)
    (right,) = county.ask(lines_of, "LY01", 2)
    assert (right.points_tenths, right.cut_by) == (90, "")


def test_a_line_two_people_object_to_waits_for_both_answers(book, county, sheet):
    book.object(sheet, 1)
    book.object(sheet, 1, way="anonymous")
    book.answer(sheet, 1, "not-upheld")
    assert states(county)[0] == "waiting"
    book.answer(sheet, 2, "cancelled")
    assert states(county)[0] == "withdrawn"


def test_a_line_is_put_right_once_and_every_objection_is_answered_all_the_same(book, county, sheet):
    book.object(sheet, 1)
    book.object(sheet, 1)
    book.answer(sheet, 1, "corrected", points=50)
    with book.refuses(PutRightAlready):
        book.answer(sheet, 2, "corrected", points=60)
    book.answer(sheet, 2, "cancelled")
    assert states(county)[0] == "withdrawn"
    assert county.ask(open_objections, "LY01") == []


def test_an_objection_is_answered_once(book, sheet):
    book.object(sheet, 1)
    book.answer(sheet, 1, "not-upheld")
    with book.refuses(AnsweredAlready):
        book.answer(sheet, 1, "cancelled")


def test_an_objection_of_another_sheet_or_outlet_is_not_found_here(book, county, sheet):
    book.object(sheet, 1)
    other = book.on_notice(("H001", "CLEAN"))
    with book.refuses(NotFound):
        book.answer(other, 1, "cancelled")
    with book.refuses(NotFound):
        county.book("LY02").answer(sheet, 1, "cancelled", by="zhao")


# What is always so

steps = st.lists(
    st.one_of(
        st.tuples(st.just("object"), st.integers(1, 3), st.just("")),
        st.tuples(st.just("answer"), st.integers(1, 6), st.sampled_from(["cancelled", "not-upheld", "corrected"])),
        st.tuples(st.just("credit"), st.just(0), st.just("")),
        st.tuples(st.just("reverse"), st.integers(3, 20), st.just("")),
    ),
    max_size=14,
)


@settings(max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_in_whatever_order_a_line_is_credited_once_and_only_while_nobody_objects(county, steps):
    book, clock = county.book("LY01"), county.now
    county.now = max(clock, TODAY)
    n = book.on_notice(("H001", "WORK", 80), ("H004", "CLEAN"), ("H003", "CLEAN"), by="gao")
    before = {number: book.points(number) for number in ("H001", "H003", "H004")}
    county.wait(8)
    first = len(book.kinds())
    opened = []
    for kind, which, result in steps:
        try:
            if kind == "object":
                opened.append(book.object(n, which, by="bao")["n"])
            elif kind == "answer" and opened:
                book.answer(n, opened[which % len(opened)], result, by="wei", points=60)
            elif kind == "credit":
                book.credit(n, by="luo")
            elif kind == "reverse":
                book.reverse(first - 1 + which, by="han")
        except LedgerError:
            continue
        lines = county.ask(lines_of, "LY01", n)
        objected = {one.line for one in county.ask(open_objections, "LY01") if one.sheet == n}
        for line in lines:
            held = book.points(line.household) - before[line.household]
            assert held == (line.points_tenths if line.status == "credited" else 0)
            assert (line.status == "waiting") <= (line.line in objected)
            assert (line.line in objected) <= (line.status in ("waiting", "withdrawn"))
        waits = any(line.status in ("passed", "waiting") for line in lines)
        assert (sheet_kept(county, n).status == "on-notice") == waits
    county.replay()


def test_what_is_late_is_the_first_to_be_answered(book, county, sheet):
    book.object(sheet, 1)
    county.move_to("2026-03-08")
    book.object(sheet, 2)
    assert [(one.n, one.due) for one in county.ask(open_objections, "LY01")] == [
        (1, date(2026, 3, 16)), (2, date(2026, 3, 18))
    ]
