"""Assessment sheet: what the meeting gave to whom. Points on it cannot be spent before they are credited."""

from datetime import date

import pytest

from ledger.errors import Refusals, Unknown
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.basket import NotEnoughPoints
from ledger.operations.days import LateWithoutPaper
from ledger.operations.sheet import FarMonth, MoreThanDue, NoLines, NothingHasLines
from ledger.operations.sheet_lines import OtherPurse, OutsideTheRange
from ledger.registers.deeds import proposed_deeds
from ledger.registers.households import NotActive
from ledger.registers.rules import NotInForce
from ledger.registers.sheets import Sheet, lines_of
from ledger.registers.staff import OwnHousehold
from tests.county import said
from tests.replay import rows


def sheet(county, n=1):
    """Return a sheet as the register keeps it."""
    with county.store.reading() as session:
        return session.get_one(Sheet, ("LY01", n))


def awards(county, n=1):
    """Return the awards of a sheet: household, rule and points."""
    return [(line.household, line.rule, line.points_tenths) for line in county.ask(lines_of, "LY01", n)]


def test_a_sheet_holds_what_the_meeting_gave_line_by_line(book, county):
    answer = book.draw(("H001", "WORK", 80), ("H006", "WORK", 100), ("H001", "CLEAN", 50))
    assert (answer["n"], answer["status"], answer["points"]) == (1, "assessed", 230)
    assert awards(county) == [("H001", "WORK", 80), ("H006", "WORK", 100), ("H001", "CLEAN", 50)]
    assert (sheet(county).drawn_by, sheet(county).drawn_number) == ("mei", answer["number"])


def test_without_points_a_line_gets_the_least_its_rule_gives(book, county):
    book.draw(("H001", "WORK"), ("H006", "CLEAN"))
    assert awards(county) == [("H001", "WORK", 50), ("H006", "CLEAN", 50)]


def test_sheets_of_an_outlet_are_numbered_without_a_gap(book, county):
    assert book.draw(("H001", "CLEAN"))["n"] == 1
    with book.refuses(Unknown):
        book.draw(("H999", "CLEAN"))
    assert book.draw(("H001", "CLEAN"))["n"] == 2
    assert county.book("LY02").draw(("H101", "CLEAN"))["n"] == 1


def test_drawing_up_is_an_entry_that_names_no_household_and_moves_nothing(book):
    entry = book.entry(book.draw(("H001", "WORK", 80), ("H006", "CLEAN"), minutes="议字2026-3号")["number"])
    body = body_of(entry)
    digest = body["facts"].pop("digest")
    assert body["facts"] == {"sheet": 1, "period": "2026-03", "purse": "merit", "lines": 2, "points": 130}
    assert len(digest) == 64
    assert body["postings"] == []
    assert book.points("H001") == 0


def test_points_on_a_sheet_cannot_be_spent(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    book.draw(("H001", "WORK", 100), ("H001", "CLEAN"))
    with book.refuses(NotEnoughPoints):
        book.redeem("H001", soap=1)


def test_the_number_of_the_minutes_and_the_evidence_are_words_and_stand_beside_the_journal(book, county):
    line = {"household": "H001", "rule": "CLEAN", "evidence": "seen by Li Changgui"}
    entry = book.entry(book.draw(lines=[line], minutes="held at Wang's")["number"])
    assert "Li Changgui" not in entry.body and "Wang" not in entry.body
    with county.store.reading() as session:
        assert [row["text"] for row in rows(session, "SELECT text FROM note")] == ["held at Wang's"]
        assert lines_of(session, "LY01", 1)[0].evidence == "seen by Li Changgui"


def test_support_points_stand_on_a_sheet_of_their_own(book):
    book.draw(("H001", "BASE", 400), purse="support")
    for purse, rule in (("merit", "BASE"), ("support", "CLEAN")):
        with book.refuses(OtherPurse) as refusal:
            book.draw(("H001", rule), purse=purse)
    assert said(refusal) == [
        ("lines.0.rule", "CLEAN gives points of the other purse; draw a sheet of its own for them.")
    ]


@pytest.mark.parametrize("points", [49, 101])
def test_a_rule_gives_points_within_its_range(book, points):
    with book.refuses(OutsideTheRange) as refusal:
        book.draw(("H001", "CLEAN"), ("H001", "WORK", points))
    assert said(refusal) == [("lines.1.points", "WORK gives from 5.0 to 10.0 points.")]


@pytest.mark.parametrize("points", [50, 100])
def test_both_ends_of_the_range_are_within_it(book, points):
    assert book.draw(("H001", "WORK", points))["points"] == points


def test_nobody_draws_up_points_for_their_own_or_a_relatives_household(book):
    with book.refuses(OwnHousehold) as refusal:
        book.draw(("H001", "CLEAN"), ("H004", "CLEAN"), by="mei")
    assert said(refusal) == [
        ("lines.1.household", "Household H004 is your own or a relative's; another person must do this.")
    ]
    book.draw(("H001", "CLEAN"), ("H004", "CLEAN"), by="lin")


@pytest.mark.parametrize("household", ["H002", "H005"])
def test_a_frozen_or_closed_household_is_given_nothing(book, household):
    with book.refuses(NotActive) as refusal:
        book.draw((household, "CLEAN"))
    assert said(refusal)[0][0] == "lines.0.household"


def test_a_household_of_another_outlet_is_not_known_here(book):
    with book.refuses(Unknown) as refusal:
        book.draw(("H101", "CLEAN"))
    assert said(refusal) == [("lines.0.household", "There is no household H101.")]


def test_a_rule_that_has_ended_gives_nothing_any_more(book, county):
    county.rule("CLEAN", since="2026-03-01", valid_to=date(2026, 3, 5))
    with book.refuses(NotInForce) as refusal:
        book.draw(("H001", "CLEAN"))
    assert said(refusal) == [("lines.0.rule", "Rule CLEAN is not in force on 2026-03-06.")]


def test_a_line_keeps_the_version_of_the_rule_it_was_given_by(book, county):
    county.rule("WORK", since="2026-03-06", points_min=20, points_max=30)
    book.draw(("H001", "WORK", 30))
    assert [(line.rule_version, line.points_tenths) for line in county.ask(lines_of, "LY01", 1)] == [(2, 30)]
    with book.refuses(OutsideTheRange):
        book.draw(("H001", "WORK", 80))
    book.draw(("H001", "WORK", 80), on="2026-03-05", paper_number="M-3")
    assert [(line.rule_version, line.points_tenths) for line in county.ask(lines_of, "LY01", 2)] == [(1, 80)]


def test_a_month_goes_by_its_own_rules_even_if_the_meeting_is_later(book, county):
    county.rule("WORK", since="2026-03-01", points_min=20, points_max=30)
    book.draw(("H001", "WORK", 80), period="2026-02")
    with book.refuses(OutsideTheRange):
        book.draw(("H001", "WORK", 80), period="2026-03")


def test_the_credit_names_the_version_of_the_rule(book, county):
    county.rule("WORK", since="2026-03-06", points_min=20, points_max=30)
    n = book.on_notice(("H001", "WORK", 30))
    county.wait(8)
    assert body_of(book.entry(book.credit(n)["number"]))["facts"]["rule_version"] == 2


# What the meeting decides of a line

def decided(**lines):
    """Return a line for each household: passed, refused or deferred."""
    return [{"household": household, "rule": "CLEAN", "status": status} for household, status in lines.items()]


def test_only_what_passed_hangs_and_is_credited(book, county):
    answer = book.draw(lines=decided(H001="passed", H003="refused", H006="deferred"))
    facts = body_of(book.entry(answer["number"]))["facts"]
    assert (facts["lines"], facts["refused"], facts["deferred"], facts["points"], answer["points"]) == (1, 1, 1, 50, 50)
    book.hang(answer["n"])
    county.wait(8)
    book.credit(answer["n"], by="luo")
    assert [book.points(household) for household in ("H001", "H003", "H006")] == [50, 0, 0]


def test_a_line_that_did_not_pass_gives_no_points_and_says_what_was_asked(book, county):
    put_off = {"household": "H003", "rule": "WORK", "points": 80, "status": "deferred"}
    book.draw(lines=[*decided(H001="refused"), put_off])
    lines = county.ask(lines_of, "LY01", 1)
    assert [(line.points_tenths, line.asked_tenths) for line in lines] == [(0, 50), (0, 80)]


def test_the_digest_is_of_the_lines_that_passed(book, county):
    line = {"household": "H003", "rule": "CLEAN", "status": "refused"}
    book.draw(lines=[{"household": "H001", "rule": "CLEAN"}])
    book.draw(lines=[{"household": "H001", "rule": "CLEAN"}, line])
    assert sheet(county, 1).digest == sheet(county, 2).digest


def test_what_was_put_off_comes_back_by_itself_with_the_points_asked(book, county):
    book.draw(lines=[{"household": "H003", "rule": "WORK", "points": 80, "status": "deferred", "evidence": "road"}])
    [deed] = county.ask(proposed_deeds, "LY01")
    assert (deed.status, deed.household, deed.rule, deed.points_tenths, deed.evidence) == (
        "deferred", "H003", "WORK", 80, "road"
    )
    county.move_to("2026-04-06")
    book.draw(lines=[{"household": "H003", "rule": "WORK", "points": 80, "deed": deed.n}], period="2026-04")
    assert county.ask(proposed_deeds, "LY01") == []


def test_what_is_put_off_twice_comes_back_twice(book, county):
    book.draw(lines=decided(H001="deferred"))
    book.draw(lines=[{**decided(H001="deferred")[0], "deed": 1}], period="2026-04")
    assert [(deed.n, deed.status) for deed in county.ask(proposed_deeds, "LY01")] == [(1, "deferred")]


def test_a_withdrawn_sheet_puts_nothing_off(book, county):
    book.reverse(book.draw(lines=decided(H001="deferred", H003="passed")))
    assert county.ask(proposed_deeds, "LY01") == []
    assert [line.status for line in county.ask(lines_of, "LY01", 1)] == ["deferred", "withdrawn"]


# A month without awards, and who was there

def test_nothing_this_month_is_a_sheet_that_is_posted_too(book, county):
    drawn = book.draw(nothing=1)
    assert body_of(book.entry(drawn["number"]))["facts"]["lines"] == 0
    assert book.hang(drawn["n"])["status"] == "on-notice"


def test_a_month_without_awards_is_said_and_not_left_empty(book):
    with book.refuses(NoLines) as refusal:
        book.draw()
    assert said(refusal) == [("lines", "Enter at least one line, or tick that there is nothing this month.")]
    with book.refuses(NothingHasLines) as refusal:
        book.draw(("H001", "CLEAN"), nothing=1)
    assert said(refusal)[0][0] == "nothing"


def test_a_sheet_says_how_many_members_were_due_and_how_many_present(book, county):
    facts = body_of(book.entry(book.draw(("H001", "CLEAN"), due=9, present=7)["number"]))["facts"]
    assert (facts["due"], facts["present"], sheet(county).due, sheet(county).present) == (9, 7, 9, 7)
    with book.refuses(MoreThanDue) as refusal:
        book.draw(("H001", "CLEAN"), due=7, present=9)
    assert said(refusal) == [("present", "More members were present (9) than were due (7).")]


def test_all_wrong_lines_are_named_at_once(book):
    with book.refuses(Refusals) as refusal:
        book.draw(("H999", "CLEAN"), ("H001", "CLEAN"), ("H001", "DANCE"), ("H006", "WORK", 101), ("H002", "CLEAN"))
    assert [field for field, _ in said(refusal)] == [
        "lines.0.household", "lines.2.rule", "lines.3.points", "lines.4.household"
    ]


def test_a_meeting_is_entered_on_its_day_or_later_from_its_paper(book):
    with book.refuses(FutureDay):
        book.draw(("H001", "CLEAN"), on="2026-03-07")
    with book.refuses(LateWithoutPaper):
        book.draw(("H001", "CLEAN"), on="2026-03-01")
    entry = book.entry(book.draw(("H001", "CLEAN"), on="2026-03-01", paper_number="M-3")["number"])
    assert (entry.occurred_on, entry.late, body_of(entry)["facts"]["paper_number"]) == (date(2026, 3, 1), 1, "M-3")


@pytest.mark.parametrize(("month", "fits"), [
    ("2025-02", False), ("2026-02", True), ("2026-03", True), ("2026-04", True), ("2026-05", False), ("1999-01", False),
])
def test_a_month_far_from_the_meeting_is_a_slip_of_the_finger(book, county, month, fits):
    if fits:
        book.draw(("H001", "WORK"), period=month)
    else:
        with county.refuses(FarMonth) as refused:
            book.draw(("H001", "WORK"), period=month)
        assert said(refused)[0][0] == "period"
