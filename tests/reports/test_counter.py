"""Who has been at the counter on a day, the groups to tap, and a new outlet's first steps."""

from datetime import date

import pytest

from ledger.journal import Draft, post_all
from ledger.operations.correction import correct
from ledger.operations.own_award import check_not_scored
from ledger.registers.households import Household, last_taken
from ledger.registers.policy import policies, policy
from ledger.registers.sheets import Award, write_lines
from ledger.reports.carried_home import slips_waiting
from ledger.reports.counter import group_of, groups_of, visits_on
from ledger.reports.signing import filled_day
from ledger.reports.today import first_steps, redemptions_of
from ledger.terms import EntryKind
from tests.journaltext import move

DAY = date(2026, 3, 6)


def test_the_visits_of_a_day_are_the_redemptions_that_stand(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
      donor:D7   -> stock             SALT/L8   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
      fund:merit -> purse:H004:merit  POINT   1000
    """
    first, second = book.redeem("H001", soap=1), book.redeem("H001", salt=2)
    book.reverse(book.redeem("H004", soap=1))
    assert county.ask(visits_on, "LY01", DAY) == {
        "H001": [{"number": first["number"], "points": 120}, {"number": second["number"], "points": 0}],
    }
    assert county.ask(visits_on, "LY02", DAY) == {}
    county.move_to("2026-03-07")
    assert county.ask(visits_on, "LY01", date(2026, 3, 7)) == {}
    assert list(county.ask(visits_on, "LY01", DAY)) == ["H001"]


def test_counter_first_page_and_register_agree_after_a_correction_on_the_same_day(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
      fund:merit -> purse:H004:merit  POINT   1000
    """
    first = book.redeem("H001", soap=3)["number"]
    said = {"goods": "back", "reason": "one too many"}
    book.do(correct, by="luo", number=first, lines=[{"item": "SOAP", "quantity": 1}], **said)
    other = book.redeem("H004", soap=1)["number"]
    book.do(correct, by="luo", number=other, goods="damaged", reason="torn")
    assert county.ask(visits_on, "LY01", DAY) == {"H001": [{"number": first, "points": 240}]}
    assert [row["points"] for row in county.ask(redemptions_of, "LY01", DAY)] == [240]
    (page,), sums = county.ask(filled_day, "LY01", DAY)
    assert (page.points, page.households) == (240, 1)
    assert sums == {"booked": 480, "undone": 240, "listed": 240, "difference": 0}


def test_a_day_keyed_later_from_paper_belongs_to_its_true_day(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L8   20
    """
    book.redeem("H001", salt=1, on="2026-03-05", paper_number="0031")
    assert list(county.ask(visits_on, "LY01", date(2026, 3, 5))) == ["H001"]
    assert county.ask(visits_on, "LY01", DAY) == {}


def test_groups_and_their_households_are_those_of_the_register_in_use(book, county):
    county.edit(Household, ("LY01", "H006"), retired=1)
    county.edit(Household, ("LY01", "H005"), retired=1)
    assert county.ask(groups_of, "LY01") == [1, 2]
    assert [one.number for one in county.ask(group_of, "LY01", 2)] == ["H003", "H004"]
    assert county.ask(groups_of, "COUNTY") == []


def test_several_settings_say_together_what_each_says_alone(book, county):
    county.setting("spending_order", "merit support")
    county.setting("support_beside_merit", "5", since="2026-03-01")
    county.setting("support_beside_merit", "2", book="LY01", since="2026-03-04")
    county.setting("support_beside_merit", "9", book="LY01", since="2026-03-07")
    names = ("spending_order", "support_beside_merit", "rate_fen")
    for place in ("LY01", "LY02"):
        alone = {name: county.ask(policy, place, name, DAY) for name in names}
        assert county.ask(policies, place, names, DAY) == alone
    assert alone == {"spending_order": "merit support", "support_beside_merit": "5", "rate_fen": "100"}


def test_the_first_steps_are_ticked_as_they_are_done(book, county):
    def done(place="LY01"):
        return [step["name"] for step in county.ask(first_steps, place) if step["done"]]

    assert done() == ["staff", "households"]
    book.write("2026-03-05 donation\n donor:D7 -> stock SALT/L8 20")
    assert done() == ["staff", "households", "goods"]
    book.write("2026-03-05 credit\n fund:merit -> purse:H001:merit POINT 80")
    assert done() == ["staff", "households", "goods", "points"]
    book.redeem("H001", salt=1)
    assert county.ask(first_steps, "LY01") == []


@pytest.mark.parametrize(
    "question",
    [
        lambda session: visits_on(session, "LY01", DAY), lambda session: redemptions_of(session, "LY01", DAY),
        lambda session: last_taken(session, "LY01", "H001"), lambda session: slips_waiting(session, "LY01", DAY),
    ],
    ids=["who has been here", "redeemed today", "the household's last", "slips not back"],
)
def test_what_the_counter_and_today_ask_costs_the_same_after_a_thousand_redemptions(book, county, question):
    """
    2026-03-04 donation
      donor:D7   -> stock             SOAP/L7   2000
    2026-03-04 credit
      fund:merit -> purse:H001:merit  POINT     9000
    """
    if not county.store.is_sqlite:
        pytest.skip("the steps of SQLite are counted")
    past = Draft(
        EntryKind.REDEMPTION, facts={"household": "H001", "prices": {"SOAP": 1}},
        moves=[move("purse:H001:merit -> redeemed POINT 1"), move("stock -> handed-out SOAP/L7 1")],
    )
    book.redeem("H001", soap=1, delivered_by="GAO")
    young = steps(county, question)
    with county.store.writing() as session:
        post_all(
            session, book="LY01", drafts=[past] * 1000, by="lin", occurred_on=date(2026, 3, 5), now=county.now,
            key="a-thousand-of-them",
        )
    assert steps(county, question) <= young * 1.5 + 3


def test_whether_an_award_of_ones_own_is_spent_costs_the_same_after_ten_years(book, county):
    """
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   9000
    """
    if not county.store.is_sqlite:
        pytest.skip("the steps of SQLite are counted")
    book.draw(("H001", "WORK", 80))
    question = lambda session: check_not_scored(session, "lin", "LY01", "H001", 9000, DAY)  # noqa: E731
    young = steps(county, question)
    old = [
        Award("LY01", 1, n, "H001", "WORK", 1, f"20{15 + n % 10}-{1 + n % 12:02}", 80, 80, "", "credited", "")
        for n in range(2, 1000)
    ]
    with county.store.writing() as session:
        write_lines(session, old)
    assert steps(county, question) <= young * 1.5 + 3


def steps(county, question):
    """Return how many dozens of steps SQLite takes to answer a question."""
    taken = []
    with county.store.reading() as session:
        file = session.connection().connection.driver_connection
        file.set_progress_handler(lambda: taken.append(1), 12)
        question(session)
        file.set_progress_handler(None, 0)
    return len(taken)
