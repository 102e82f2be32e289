"""Deeds: the group's reporter says what a household did; the next meeting decides, and a reporter never credits."""

from datetime import date

import pytest

from ledger.errors import NotFound, Refusals, Unknown
from ledger.journal.posting import FutureDay
from ledger.operations.deed import DeedDecided, NotByDeeds, SameDeed, drop_deed, record_deed
from ledger.operations.sheet_lines import DeedAfterTheMonth, DeedToCome, NotThisDeed, OutsideTheRange
from ledger.registers.deeds import Deed, proposed_deeds
from ledger.registers.households import NotActive
from ledger.registers.rules import NotInForce, Rule
from ledger.registers.sheets import lines_of
from ledger.registers.staff import OwnHousehold
from tests.county import said


def record(book, household="H001", rule="WORK", *, by="lin", **more):
    """Record a deed of today, or of another day."""
    return book.act(record_deed, by=by, household=household, rule=rule, **more)


def waiting(county):
    """Return the numbers of the deeds that wait for a meeting."""
    return [deed.n for deed in county.ask(proposed_deeds, "LY01")]


def deed(county, n=1):
    """Return a deed as it is kept."""
    with county.store.reading() as session:
        return session.get_one(Deed, ("LY01", n))


def test_a_deed_waits_for_the_meeting_and_moves_no_points(book, county):
    assert record(book, evidence="cleared the path") == {"book": "LY01", "n": 1, "status": "recorded"}
    assert (deed(county).household, deed(county).rule, deed(county).by) == ("H001", "WORK", "lin")
    assert deed(county).occurred_on == date(2026, 3, 6)
    assert (book.kinds(), book.points("H001"), waiting(county)) == ([], 0, [1])


def test_the_same_deed_twice_is_noticed(book, county):
    record(book)
    with book.refuses(SameDeed) as refusal:
        record(book, by="mei", evidence="in other words")
    assert said(refusal) == [(
        "another",
        "Deed 1 says the same of this household on this day, recorded by lin. If this is another one, say so.",
    )]
    record(book, another=1)
    assert waiting(county) == [1, 2]


@pytest.mark.parametrize("other", [{"household": "H004"}, {"rule": "CLEAN"}, {"on": "2026-03-05"}])
def test_another_household_rule_or_day_is_another_deed(book, county, other):
    record(book)
    record(book, **other)
    assert len(waiting(county)) == 2


def test_a_dropped_deed_is_not_the_same_any_more(book, county):
    record(book)
    book.do(drop_deed, by="lin", deed=1)
    record(book)
    assert waiting(county) == [2]


def test_a_deed_that_stands_on_a_sheet_is_not_dropped(book):
    record(book)
    book.draw(lines=[{"household": "H001", "rule": "WORK", "deed": 1}])
    with book.refuses(DeedDecided) as refusal:
        book.do(drop_deed, by="lin", deed=1)
    assert said(refusal) == [(None, "Deed 1 does not wait any more.")]
    with book.refuses(NotFound):
        book.do(drop_deed, by="lin", deed=7)


def test_a_deed_is_of_a_household_and_a_rule_of_its_day(book, county):
    county.rule("CLEAN", since="2026-03-01", valid_to=date(2026, 3, 3))
    for wrong, values in [
        (Unknown, {"household": "H101"}), (NotActive, {"household": "H002"}), (Unknown, {"rule": "DANCE"}),
        (NotInForce, {"rule": "CLEAN"}), (NotByDeeds, {"rule": "BASE"}), (FutureDay, {"on": "2026-03-07"}),
    ]:
        with book.refuses(wrong):
            record(book, **values)
    record(book, rule="CLEAN", on="2026-03-03")


def test_nobody_records_a_deed_of_their_own_or_a_relatives_household(book):
    with book.refuses(OwnHousehold):
        record(book, "H004", by="mei")


# Into the sheet

def test_a_deed_drawn_into_a_sheet_stands_on_it(book, county):
    record(book, evidence="cleared the path")
    book.draw(lines=[{"household": "H001", "rule": "WORK", "deed": 1}])
    assert (deed(county).status, deed(county).sheet, waiting(county)) == ("drawn", 1, [])
    assert deed(county).evidence == "cleared the path"


def test_a_deed_stands_on_one_sheet_as_what_it_was(book, county):
    record(book)
    line = {"household": "H001", "rule": "WORK", "deed": 1}
    for wrong in ([line, line], [{**line, "rule": "CLEAN"}], [{**line, "household": "H003"}], [{**line, "deed": 9}]):
        with book.refuses(NotThisDeed) as refusal:
            book.draw(lines=wrong)
        assert said(refusal)[0][0] == f"lines.{len(wrong) - 1}.deed"
    book.draw(lines=[line])
    with book.refuses(NotThisDeed):
        book.draw(lines=[line])


def test_a_deed_the_meeting_put_off_comes_back_one_it_refused_does_not(book, county):
    record(book)
    record(book, rule="CLEAN")
    book.draw(lines=[
        {"household": "H001", "rule": "WORK", "deed": 1, "status": "deferred"},
        {"household": "H001", "rule": "CLEAN", "deed": 2, "status": "refused"},
    ])
    assert (waiting(county), deed(county).status) == ([1], "deferred")


def test_deeds_of_a_withdrawn_sheet_wait_again(book, county):
    record(book)
    book.reverse(book.draw(lines=[{"household": "H001", "rule": "WORK", "deed": 1}]))
    assert (waiting(county), deed(county).sheet) == ([1], None)
    book.draw(lines=[{"household": "H001", "rule": "WORK", "deed": 1}])
    assert [line.household for line in county.ask(lines_of, "LY01", 2)] == ["H001"]


def test_a_deed_goes_by_the_rule_of_its_day_though_the_rule_has_ended_or_changed_since(book, county):
    # The Wangs work and clean on 10 March. CLEAN ends on the 20th; WORK gives 2 to 3 points instead of 5 to 10 from the
    # 21st on. The meeting of the month is on the 30th.
    county.rule("CLEAN", since="2026-03-07", valid_to=date(2026, 3, 20))
    county.rule("WORK", since="2026-03-21", points_min=20, points_max=30)
    county.move_to("2026-03-10")
    record(book)
    record(book, rule="CLEAN")
    county.move_to("2026-03-30")
    with book.refuses(NotInForce):
        book.draw(("H003", "CLEAN"))
    with book.refuses(OutsideTheRange):
        book.draw(lines=[{"household": "H001", "rule": "WORK", "deed": 1, "points": 30}])
    book.draw(lines=[
        {"household": "H001", "rule": "WORK", "deed": 1, "points": 80},
        {"household": "H001", "rule": "CLEAN", "deed": 2},
        {"household": "H003", "rule": "WORK", "points": 30},
    ])
    drawn = [(line.rule, line.rule_version, line.points_tenths) for line in county.ask(lines_of, "LY01", 1)]
    assert drawn == [("WORK", 1, 80), ("CLEAN", 2, 50), ("WORK", 2, 30)]


def test_what_a_meeting_put_off_goes_by_the_rules_of_the_month_it_was_about(book, county):
    # The meeting of 6 March puts a line of February off; CLEAN ended with February.
    county.edit(Rule, ("CLEAN", 1), valid_to=date(2026, 2, 28))
    line = {"household": "H001", "rule": "CLEAN"}
    book.draw(lines=[{**line, "status": "deferred"}], period="2026-02")
    county.move_to("2026-04-03")
    book.draw(lines=[{**line, "deed": 1}], period="2026-03")
    assert [line.points_tenths for line in county.ask(lines_of, "LY01", 2)] == [50]


def test_a_meeting_awards_no_deed_that_was_still_to_come(book, county):
    # The meeting is on 2 April; on the 21st its sheet is keyed from paper, and the Wangs did something on the 20th.
    county.move_to("2026-04-21")
    record(book, on="2026-04-20")
    record(book, "H006", on="2026-04-02")
    with book.refuses(DeedToCome) as refusal:
        book.draw(
            lines=[{"household": "H006", "rule": "WORK", "deed": 2}, {"household": "H001", "rule": "WORK", "deed": 1}],
            period="2026-04", on="2026-04-02", paper_number="M-4",
        )
    assert said(refusal) == [("lines.1.deed", "Deed 1 is of 2026-04-20, after the meeting.")]


def test_a_deed_never_stands_on_the_sheet_of_a_month_before_it(book, county):
    # CLEAN gives at most 10 points a month. The Wangs clean on four days of March; on the 30th two stand on the sheet
    # of March, and the other two on that of February would have been four.
    county.rule("CLEAN", since="2026-03-01", cap_month=100)
    for day in ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"):
        record(book, rule="CLEAN", on=day)
    county.move_to("2026-03-30")
    line = {"household": "H001", "rule": "CLEAN"}
    book.draw(lines=[{**line, "deed": 3}, {**line, "deed": 4}])
    with book.refuses(Refusals) as refusal:
        book.draw(lines=[{**line, "deed": 1}, {**line, "deed": 2}], period="2026-02")
    sentence = "Deed %s is of %s, after the month of this sheet. Leave it for the sheet of its own month."
    assert said(refusal) == [
        ("lines.0.deed", sentence % (1, "2026-03-01")), ("lines.1.deed", sentence % (2, "2026-03-02")),
    ]
    with book.refuses(DeedAfterTheMonth):
        book.draw(lines=[{**line, "deed": 1, "status": "deferred"}], period="2026-02")


def test_a_deed_told_of_late_stands_on_the_sheet_of_a_later_month(book, county):
    record(book, on="2026-02-28")
    book.draw(lines=[{"household": "H001", "rule": "WORK", "deed": 1}], period="2026-03")
    assert waiting(county) == []


# The same deed once

PERHAPS = ("another", "Some lines look like deeds that are known already. If they are others, say so.")


def test_a_line_that_looks_like_a_deed_that_waits_is_pointed_out(book, county):
    # Lin records the Wangs' fire watch of 4 March; on the 6th Mei writes it on the sheet without naming the deed.
    record(book, on="2026-03-04", evidence="fire watch")
    with book.refuses(Refusals) as refusal:
        book.draw(("H003", "WORK"), ("H001", "WORK", 100))
    assert said(refusal) == [
        ("lines.1.deed",
         "Deed 1 of 2026-03-04 waits for this household and rule. Bring it in instead of this line."),
        PERHAPS,
    ]
    book.draw(("H003", "WORK"), ("H001", "WORK", 100), another=1)
    assert waiting(county) == [1]


def test_beside_its_deed_a_line_is_another_and_so_is_one_of_another_household_or_rule(book, county):
    record(book, evidence="fire watch")
    book.draw(lines=[
        {"household": "H001", "rule": "WORK", "deed": 1, "evidence": "fire watch"},
        {"household": "H001", "rule": "WORK", "evidence": "the path"},
        {"household": "H001", "rule": "CLEAN"}, {"household": "H003", "rule": "WORK"},
    ])
    assert waiting(county) == []


def test_a_deed_of_after_the_month_or_one_put_off_does_not_stop_a_line(book, county):
    # A deed of 5 March is not of February; what the meeting put off stands on the next sheet's page by itself.
    record(book, on="2026-03-05")
    book.draw(lines=[{"household": "H003", "rule": "WORK", "status": "deferred"}])
    book.draw(("H001", "WORK"), ("H003", "WORK"), period="2026-02")


WATCH = {"household": "H001", "rule": "WORK", "evidence": "Fire watch, 4 March"}


@pytest.mark.parametrize("line", [WATCH, {**WATCH, "evidence": "fire watch  ４ march。"}, {**WATCH, "points": 80}])
def test_a_row_written_twice_is_pointed_out(book, line):
    with book.refuses(Refusals) as refusal:
        book.draw(lines=[WATCH, {"household": "H003", "rule": "WORK"}, line])
    sentence = "Household, rule and evidence are the same as in an earlier line of this sheet."
    assert said(refusal) == [("lines.2.evidence", sentence), PERHAPS]
    book.draw(lines=[WATCH, line], another=1)


def test_a_row_that_stands_on_another_sheet_of_the_month_is_pointed_out(book, county):
    book.draw(lines=[{"household": "H003", "rule": "WORK"}, WATCH])
    with book.refuses(Refusals) as refusal:
        book.draw(lines=[WATCH])
    sentence = "Household, rule and evidence are the same as in line 2 of sheet 1 of this month."
    assert said(refusal) == [("lines.0.evidence", sentence), PERHAPS]
    book.draw(lines=[WATCH], period="2026-02")
    book.draw(lines=[{**WATCH, "evidence": "fire watch, 5 March"}])
    book.draw(lines=[WATCH], another=1)


def test_points_of_every_month_without_evidence_stop_only_within_one_sheet(book):
    book.draw(("H001", "WORK"))
    book.draw(("H001", "WORK"))
    with book.refuses(Refusals) as refusal:
        book.draw(("H001", "WORK"), ("H001", "WORK"))
    assert [field for field, _ in said(refusal)] == ["lines.1.evidence", "another"]


def test_what_was_withdrawn_refused_or_put_off_is_not_a_second_one(book):
    book.reverse(book.draw(lines=[WATCH]))
    book.draw(lines=[{**WATCH, "status": "refused"}, {**WATCH, "status": "deferred"}, WATCH])


def test_two_deeds_are_two_though_the_words_are_the_same(book, county):
    # The Wangs kept the fire watch on the 4th and on the 5th; the words are copied.
    record(book, on="2026-03-04", evidence="fire watch")
    record(book, on="2026-03-05", evidence="fire watch")
    record(book, evidence="fire watch")
    line = {"household": "H001", "rule": "WORK", "evidence": "fire watch"}
    book.draw(lines=[{**line, "deed": 1}, {**line, "deed": 2}])
    with book.refuses(Refusals):
        book.draw(lines=[{**line, "deed": 3}, line])
    book.draw(lines=[{**line, "deed": 3}])
    with book.refuses(Refusals):
        book.draw(lines=[line])
