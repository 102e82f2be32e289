"""Support points: a right has days and a paper, the grant is a sheet of its own, and some spend them beside merit."""

from datetime import date

import pytest

from ledger.errors import Refusals, Unknown
from ledger.operations.basket import NotEnoughPoints, TooFewBeside
from ledger.operations.grant import AboveTheRight, GrantedAlready, NoRight
from ledger.operations.support import EndsBeforeItBegins, EndsLater, HasARight, end_right, grant_right
from ledger.operations.undo_points import RoomTaken
from ledger.registers.households import Household, NotActive
from ledger.registers.register import changes_of, find
from ledger.registers.rules import Rule, rules_on, set_rule
from ledger.registers.staff import OwnHousehold
from ledger.registers.support import SupportRight
from ledger.reports.support import grant, support_rights, support_rules
from tests.county import said

MARCH = date(2026, 3, 1)


def give_right(book, household="H001", since=MARCH, points=200, by="gao", paper="评2026-3", **more):
    """Record a right from the county's list."""
    return book.do(grant_right, by=by, household=household, valid_from=since, points=points, paper_number=paper, **more)


def due(county, period="2026-03", rule="BASE"):
    """Return whom a grant by a rule is for, with the tenths each gets."""
    by = county.ask(rules_on, county.day)[rule]
    return [(row["household"], row["points"]) for row in county.ask(grant, "LY01", period, by).rows]


def support_rule(county, code, name, least, most):
    """Let another rule give support points."""
    rule = Rule(
        code=code, name=name, category="保障", purse="support", points_min=least, points_max=most, valid_from=MARCH
    )
    with county.store.writing() as session:
        set_rule(session, rule, by="wei", now=county.now)


def test_a_right_is_kept_with_its_days_and_paper_and_books_nothing(book, county):
    give_right(book)
    assert book.kinds() == []
    assert [tuple(row.values())[:5] for row in county.ask(support_rights, "LY01").rows] == [
        ("H001", 200, MARCH, None, "评2026-3"),
    ]


def test_a_right_says_when_and_by_which_paper_and_never_why():
    assert {*SupportRight.model_fields} == {
        "version", "retired", "book", "household", "valid_from", "valid_through", "points_tenths", "paper_number",
    }


@pytest.mark.parametrize(("household", "by", "refusal"), [
    ("H002", "gao", NotActive), ("H999", "gao", Unknown), ("H101", "gao", Unknown), ("H006", "gao", OwnHousehold),
    ("H003", "lin", OwnHousehold),
])
def test_a_right_is_for_an_active_household_of_the_outlet_that_is_nobody_of_ones_own(
    book, county, household, by, refusal
):
    with county.refuses(refusal):
        give_right(book, household, by=by)


def test_a_household_has_one_right_at_a_time(book, county):
    give_right(book, valid_through=date(2026, 6, 30))
    for since in (date(2026, 6, 30), date(2026, 1, 1)):
        with county.refuses(HasARight) as refused:
            give_right(book, since=since)
        assert said(refused)[0][0] == "household"
    give_right(book, since=date(2026, 7, 1))


def test_a_right_ends_by_a_paper_and_both_papers_stay(book, county):
    give_right(book)
    book.do(
        end_right, by="mei", household="H001", valid_from=MARCH, valid_through=date(2026, 4, 30),
        paper_number="评2026-9",
    )
    assert (due(county, "2026-04"), due(county, "2026-05")) == ([("H001", 200)], [])
    right = county.ask(find, SupportRight, "LY01", "H001", MARCH)
    assert [(one.field, one.before, one.after) for one in county.ask(changes_of, right) if one.field] == [
        ("paper_number", "评2026-3", "评2026-3 / 评2026-9"), ("valid_through", None, "2026-04-30"),
    ]


def test_an_end_may_come_earlier_and_never_makes_a_right_longer(book, county):
    give_right(book, valid_through=date(2026, 6, 30))
    give_right(book, since=date(2026, 7, 1))
    said_end = {"by": "mei", "household": "H001", "valid_from": MARCH, "paper_number": "评2026-9"}
    with county.refuses(EndsLater) as refused:
        book.do(end_right, **said_end, valid_through=date(2027, 12, 31))
    sentence = (
        "This right ends on 2026-06-30 already. If it is to hold longer, record a new right from the day after."
    )
    assert said(refused) == [("valid_through", sentence)]
    book.do(end_right, **said_end, valid_through=date(2026, 4, 30))
    assert due(county, "2026-05") == []


def test_a_right_does_not_end_before_it_begins(book, county):
    give_right(book)
    with county.refuses(EndsBeforeItBegins):
        book.do(
            end_right, by="mei", household="H001", valid_from=MARCH, valid_through=date(2026, 2, 28), paper_number="9"
        )
    with county.refuses(EndsBeforeItBegins):
        give_right(book, "H004", valid_through=date(2026, 2, 28))


# The grant

def test_a_months_grant_is_for_all_with_a_right_in_it_who_are_on_no_sheet_of_that_month(book, county):
    give_right(book)
    give_right(book, "H004", points=100)
    give_right(book, "H006", since=date(2026, 4, 1), by="lin")
    assert due(county) == [("H001", 200), ("H004", 100)]
    book.draw(("H001", "BASE", 200), purse="support", by="lin")
    assert due(county) == [("H004", 100)]
    assert due(county, "2026-04") == [("H001", 200), ("H004", 100), ("H006", 100 * 2)]


def test_a_hardship_helped_by_another_rule_does_not_take_the_place_of_the_months_grant(book, county):
    support_rule(county, "ONCE", "临时困难救助", 100, 1000)
    give_right(book)
    book.draw(("H001", "ONCE", 500), purse="support", by="lin")
    assert (due(county), due(county, rule="ONCE")) == ([("H001", 200)], [])


def test_the_rule_that_most_lines_are_by_is_offered_first_whatever_it_is_called(book, county):
    support_rule(county, "AFESTIVAL", "节日慰问", 50, 200)
    book.draw(("H001", "BASE", 200), purse="support", by="lin")
    assert [rule.code for rule in county.ask(support_rules, "LY01", county.day)] == ["BASE", "AFESTIVAL"]


def test_a_right_to_more_than_the_rule_gives_is_shown_apart_and_stops_nobody_else(book, county):
    give_right(book)
    give_right(book, "H004", points=2000)
    rule = county.ask(rules_on, county.day)["BASE"]
    rows = county.ask(grant, "LY01", "2026-03", rule).rows
    assert [(row["household"], row["fits"]) for row in rows] == [("H001", True), ("H004", False)]


def test_who_is_frozen_by_then_is_left_out(book, county):
    give_right(book)
    county.edit(Household, ("LY01", "H001"), status="frozen")
    assert due(county) == []


def test_a_withdrawn_sheet_has_granted_nothing(book, county):
    give_right(book)
    drawn = book.draw(("H001", "BASE", 200), purse="support", by="lin")
    book.reverse(drawn, by="gao")
    assert due(county) == [("H001", 200)]


def test_where_support_is_granted_once_a_year_another_month_of_it_grants_nothing_more(book, county):
    county.setting("support_every", "year", since="2026-01-01")
    give_right(book)
    book.draw(("H001", "BASE", 200), purse="support", by="lin")
    assert (due(county, "2026-11"), due(county, "2027-01")) == ([], [("H001", 200)])


# Drawn by hand

@pytest.fixture
def monthly(county, book):
    """Liuhe, where BASE is the grant of every month: it has a cap for the month. The Wangs have a right to 20 points,
    the Mas had one to 10 through February, the Sus one from April on.
    """
    county.rule("BASE", since="2026-01-03", cap_month=1000)
    give_right(book)
    give_right(book, "H004", date(2026, 1, 1), 100, valid_through=date(2026, 2, 28))
    give_right(book, "H006", date(2026, 4, 1), 100, by="lin")
    return book


def support(desk, *awards, by="lin", **more):
    """Draw up a sheet of support points."""
    return desk.draw(*awards, purse="support", by=by, **more)


def test_the_grant_is_drawn_for_nobody_without_a_right_in_that_month_and_not_above_it(monthly, county):
    with county.refuses(Refusals) as refused:
        support(monthly, ("H004", "BASE", 100), ("H001", "BASE", 210), ("H006", "BASE", 100))
    no_right = "Household %s has no right to support points in 2026-03. Record the right from its paper first."
    assert said(refused) == [
        ("lines.0.household", no_right % "H004"),
        ("lines.1.points", "The right of household H001 is to 20.0 points each time, not to 21.0."),
        ("lines.2.household", no_right % "H006"),
    ]
    support(monthly, ("H001", "BASE", 150))
    support(monthly, ("H004", "BASE", 100), period="2026-02")


def test_what_a_rule_gives_at_least_is_not_given_above_a_right_either(monthly, county):
    give_right(monthly, "H004", points=50)
    with county.refuses(AboveTheRight) as refused:
        support(monthly, ("H004", "BASE"))
    assert said(refused)[0][0] == "lines.0.points"


def test_the_grant_of_a_month_is_drawn_once(monthly, county):
    with county.refuses(GrantedAlready):
        support(monthly, ("H001", "BASE", 100), ("H001", "BASE", 100))
    drawn = support(monthly, ("H001", "BASE", 100))
    with county.refuses(GrantedAlready) as refused:
        support(monthly, ("H001", "BASE", 100))
    assert said(refused) == [
        ("lines.0.household", "Household H001 has been given its support points of 2026-03 by rule BASE already."),
    ]
    support(monthly, ("H001", "BASE", 100), period="2026-04")
    monthly.reverse(drawn, by="gao")
    support(monthly, ("H001", "BASE", 200))


def test_where_support_is_granted_once_a_year_another_month_of_it_is_refused(monthly, county):
    county.setting("support_every", "year", since="2026-01-01")
    support(monthly, ("H001", "BASE", 200), period="2026-03")
    with county.refuses(GrantedAlready) as refused:
        support(monthly, ("H001", "BASE", 200), period="2026-04")
    assert said(refused)[0][1] == "Household H001 has been given its support points of 2026 by rule BASE already."


def test_the_base_of_a_year_needs_a_right_too(monthly, county):
    # The Mas' right ended in February. BASE of the year gives 100 points once.
    county.setting("support_every", "year", since="2026-01-01")
    county.rule("BASE", since="2026-01-04", cap_month=None, cap_year=1000)
    with county.refuses(NoRight):
        support(monthly, ("H004", "BASE", 100))


def test_a_hardship_needs_no_standing_right_and_takes_nothing_from_the_months_grant(monthly, county):
    support_rule(county, "ONCE", "临时困难救助", 100, 1000)
    support(monthly, ("H001", "ONCE", 500), ("H004", "ONCE", 500), ("H001", "BASE", 200))
    support(monthly, ("H004", "ONCE", 500))


def test_what_the_meeting_refused_or_put_off_needs_no_right_until_it_passes(monthly, county):
    line = {"household": "H004", "rule": "BASE", "points": 100}
    support(monthly, lines=[{**line, "status": "refused"}, {**line, "status": "deferred"}])
    with county.refuses(NoRight):
        support(monthly, lines=[{**line, "deed": 1}], period="2026-04")
    give_right(monthly, "H004", date(2026, 4, 1), 100)
    support(monthly, lines=[{**line, "deed": 1}], period="2026-04")


def test_a_grant_is_put_right_within_the_right(monthly, county):
    # The Wangs were granted 15 points; they have a right to 20, not to 25.
    monthly.hang(support(monthly, ("H001", "BASE", 150))["n"])
    monthly.object(1, 1)
    with county.refuses(AboveTheRight) as refused:
        monthly.answer(1, 1, "corrected", points=250, by="gao")
    assert said(refused)[0][0] == "points"
    monthly.answer(1, 1, "corrected", points=200, by="gao")
    assert due(county) == []
    with county.refuses(GrantedAlready):
        support(monthly, ("H001", "BASE", 100))


def test_a_struck_grant_that_was_drawn_anew_does_not_come_back_beside_it(monthly, county):
    monthly.hang(support(monthly, ("H001", "BASE", 200))["n"])
    monthly.object(1, 1)
    struck = monthly.answer(1, 1, "cancelled", by="gao")
    support(monthly, ("H001", "BASE", 200))
    with county.refuses(RoomTaken):
        monthly.reverse(struck, by="luo")


# Spent beside merit points

@pytest.fixture
def five_to_one(county, book):
    """Liuhe, where each merit point lets five support points be spent; the Wangs have 100 support and 6 merit."""
    county.setting("support_beside_merit", "5")
    book.write("""
        2026-03-05 donation
          donor:D7 -> stock  RICE/L1  9
          donor:D7 -> stock  SOAP/L2  9
        2026-03-05 credit
          fund:support -> purse:H001:support POINT 1000
          fund:merit   -> purse:H001:merit   POINT 60
    """)
    return book


def test_each_merit_point_lets_so_many_support_points_be_spent(five_to_one):
    assert five_to_one.redeem("H001", soap=3)["spent"] == {"support": 300, "merit": 60}


def test_who_has_too_few_merit_points_beside_is_told_how_many_support_points_may_be_spent(five_to_one, county):
    with county.refuses(TooFewBeside) as refused:
        five_to_one.redeem("H001", rice=1, soap=1)
    assert refused.value.values == {"beside": 5, "price": 48.5, "support": 40.4}
    with county.refuses(NotEnoughPoints):
        five_to_one.redeem("H001", rice=3)


def test_where_merit_is_spent_first_nothing_is_held_back(five_to_one, county):
    county.setting("spending_order", "merit support")
    assert five_to_one.redeem("H001", soap=3)["spent"] == {"support": 300, "merit": 60}
