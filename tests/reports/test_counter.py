"""Who has been at the counter on a day, the groups to tap, and a new outlet's first steps."""

from datetime import date

from ledger.registers.households import Household
from ledger.registers.policy import policies, policy
from ledger.reports.counter import group_of, groups_of, visits_on
from ledger.reports.first_steps import first_steps

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
