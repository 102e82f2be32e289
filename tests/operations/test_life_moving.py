"""A household that moves to another outlet: what goes along, and what is taken back."""

from datetime import date

from ledger.errors import NotFound, Unknown
from ledger.operations.item import limit_item
from ledger.operations.life_events import OtherOutlet
from ledger.operations.moving_in import TakenIn, take_household_in
from ledger.operations.support import grant_right
from ledger.registers.households import Household
from ledger.registers.limits import had
from ledger.registers.moves import came_from, coming_in
from ledger.registers.rules import rules_on
from ledger.registers.sheets import lines_of
from ledger.registers.staff import Kin
from ledger.registers.support import rights_between
from ledger.reports.proof import points_proof
from ledger.reports.support import grant
from tests.county import said
from tests.operations.test_life import facts, let, liuhe, row, take_in

__all__ = ["liuhe"]


# Moved away

def test_a_household_moves_its_points_are_on_the_way_and_one_press_takes_it_in(liuhe, county):
    shimo = county.book("LY02")
    county.setting("rate_fen", "200", book="LY02")
    left = let(liuhe, "move-out", outlet="LY02")
    assert (row(county).status, liuhe.points("H001"), liuhe.holds("moved:LY02", "POINT")) == ("closed", 0, 800)
    arrived = take_in(shimo, left, by="zhao")
    new = arrived["household"]
    assert (shimo.purse(new, "support"), shimo.purse(new, "merit")) == (300, 500)
    assert shimo.holds("moved:LY01", "POINT") == -800
    line = row(county, new, "LY02")
    assert (line.name, line.card, line.status) == ("王秀兰", "610001", "active")
    went, came = facts(liuhe, left), facts(shimo, arrived)
    assert (went["to"], went["rate_fen"], went["rate_there"]) == ("LY02", 100, 200)
    assert (came["from"], came["there"], came["rate_fen"], came["rate_there"]) == ("LY01", "H001", 200, 100)
    assert county.ask(points_proof, "LY01", "LY02")["moved"] == 0


def test_it_is_taken_in_once_and_only_where_it_moved_to(liuhe, county):
    left = let(liuhe, "move-out", outlet="LY02")
    with liuhe.refuses(NotFound):
        take_in(liuhe, left)
    take_in(county.book("LY02"), left, by="zhao", key="one press")
    take_in(county.book("LY02"), left, by="zhao", key="one press")
    with liuhe.refuses(TakenIn):
        take_in(county.book("LY02"), left, by="zhao")
    with liuhe.refuses(NotFound):
        county.book("LY02").do(take_household_in, by="zhao", sender="LY01", number=99)


def test_relatives_and_collectors_move_along_and_a_card_somebody_has_there_does_not(liuhe, county):
    liuhe.redeem("H001", soap=1, proxy={"name": "李长贵", "relation": "邻居", "phone": "4321"})
    county.edit(Household, ("LY02", "H101"), card="610001")
    with county.store.writing() as session:
        session.add(Kin(staff="luo", book="LY01", household="H001"))
    new = take_in(county.book("LY02"), let(liuhe, "move-out", outlet="LY02"), by="zhao")["household"]
    assert row(county, new, "LY02").card == ""
    with county.store.reading() as session:
        assert session.get(Kin, ("luo", "LY02", new))
    (line,) = [line for line in county.state()["proxy"] if "LY02" in line]
    assert "李长贵" in line and "4321" in line


def test_a_household_moves_to_another_outlet_that_is_there(liuhe):
    for outlet, refusal in (("LY01", OtherOutlet), ("COUNTY", OtherOutlet), ("LY99", Unknown)):
        with liuhe.refuses(refusal) as caught:
            let(liuhe, "move-out", outlet=outlet)
        assert said(caught)[0][0] == "outlet"


# What moves along

def right_of(county, book, household):
    """Return the rights to support points of a household: from, through, points, paper."""
    rights = county.ask(rights_between, book, date(2026, 1, 1), None, household=household)
    return [(one.valid_from, one.valid_through, one.points_tenths, one.paper_number) for one in rights]


def give_right(book, since, *, paper="评2026-3", through=None):
    """Record a right of the Wangs to twenty points a month."""
    book.do(grant_right, by="gao", household="H001", valid_from=since, points=200, paper_number=paper,
            valid_through=through)


def test_rights_to_support_points_that_still_hold_go_on_from_the_day_of_arrival(liuhe, county):
    give_right(liuhe, date(2026, 1, 1), paper="1", through=date(2026, 3, 5))
    give_right(liuhe, date(2026, 3, 6), paper="2", through=date(2026, 5, 31))
    give_right(liuhe, date(2026, 7, 1), paper="3")
    left = let(liuhe, "move-out", outlet="LY02")
    county.move_to("2026-03-10")
    arrived = take_in(county.book("LY02"), left, by="zhao")
    assert right_of(county, "LY02", arrived["household"]) == [
        (date(2026, 3, 10), date(2026, 5, 31), 200, "2"), (date(2026, 7, 1), None, 200, "3"),
    ]
    assert facts(county.book("LY02"), arrived)["rights"] == ["2026-03-10", "2026-07-01"]


def test_a_moving_in_taken_back_takes_the_rights_back_and_the_next_brings_them_again(liuhe, county):
    give_right(liuhe, date(2026, 3, 1))
    left, shimo = let(liuhe, "move-out", outlet="LY02"), county.book("LY02")
    first = take_in(shimo, left, by="zhao")
    shimo.reverse(first, by="luo")
    assert right_of(county, "LY02", first["household"]) == []
    second = take_in(shimo, left, by="zhao")
    assert len(right_of(county, "LY02", second["household"])) == 1
    assert len(right_of(county, "LY01", "H001")) == 1, "if it moves back before it came, it holds"


def test_the_grant_of_a_month_it_has_had_where_it_was_is_not_given_again(liuhe, county):
    give_right(liuhe, date(2026, 3, 1))
    liuhe.on_notice(("H001", "BASE", 200), purse="support")
    county.wait(8)
    liuhe.credit(1)
    take_in(county.book("LY02"), let(liuhe, "move-out", outlet="LY02"), by="zhao")
    base = county.ask(rules_on, county.day)["BASE"]
    assert county.ask(grant, "LY02", "2026-03", base).rows == []
    assert [row["points"] for row in county.ask(grant, "LY02", "2026-04", base).rows] == [200]


def test_a_move_does_not_give_a_years_caps_anew(liuhe, county):
    county.rule("WORK", since="2026-01-03", cap_month=150, cap_year=250)
    shimo = county.book("LY02")
    liuhe.on_notice(("H001", "WORK", 100))
    county.wait(8)
    liuhe.credit(1)
    arrived = take_in(shimo, let(liuhe, "move-out", outlet="LY02"), by="zhao")
    shimo.draw((arrived["household"], "WORK", 100), ("H101", "WORK", 100), by="zhao")
    assert [(line.points_tenths, line.cut_by) for line in county.ask(lines_of, "LY02", 1)] == [
        (50, "cap-month"), (100, ""),
    ]
    shimo.hang(1, by="zhao")
    county.wait(8)
    shimo.credit(1, by="luo")
    left = let(shimo, "move-out", arrived["household"], by="luo", outlet="LY01")
    home = take_in(liuhe, left)["household"]
    liuhe.draw((home, "WORK", 100), ("H003", "WORK", 100), period="2026-04")
    assert [(line.points_tenths, line.cut_by) for line in county.ask(lines_of, "LY01", 2)] == [
        (100, ""), (100, ""),
    ], "in another month the month's cap is new"
    liuhe.draw((home, "WORK", 100), ("H003", "WORK", 50), period="2026-02")
    assert [(line.points_tenths, line.cut_by) for line in county.ask(lines_of, "LY01", 3)] == [
        (0, "cap-year"), (50, ""),
    ], "in the year it has had 25 points in three places"


def test_a_moving_in_taken_back_counts_no_more_and_another_year_begins_anew(liuhe, county):
    county.rule("WORK", since="2026-01-03", cap_year=100)
    shimo = county.book("LY02")
    liuhe.on_notice(("H001", "WORK", 100))
    county.wait(8)
    liuhe.credit(1)
    first = take_in(shimo, let(liuhe, "move-out", outlet="LY02"), by="zhao")
    shimo.reverse(first, by="luo")
    assert county.ask(came_from, "LY02", 2026) == {}
    left = next(one for one in county.ask(coming_in, "LY02"))
    second = shimo.do(take_household_in, by="zhao", sender="LY01", number=left.number)["household"]
    assert county.ask(came_from, "LY02", 2026) == {"LY01": {"H001": second}}
    assert county.ask(came_from, "LY02", 2027) == {}
    county.move_to("2027-01-04")
    shimo.draw((second, "WORK", 100), period="2027-01", by="zhao")
    assert county.ask(lines_of, "LY02", 1)[0].points_tenths == 100


def test_what_a_household_has_had_of_scarce_goods_this_month_counts_where_it_arrives(liuhe, county):
    county.book("COUNTY").do(
        limit_item, by="wei", item="SOAP", outlet="COUNTY", per="month", holds_from=date(2026, 3, 6), quantity=2
    )
    liuhe.redeem("H001", soap=1)
    new = take_in(county.book("LY02"), let(liuhe, "move-out", outlet="LY02"), by="zhao")["household"]
    assert county.ask(had, "LY02", new, county.day, [("SOAP", "month")]) == {("SOAP", "month"): 1}
    assert county.ask(had, "LY02", new, date(2026, 4, 1), [("SOAP", "month")]) == {("SOAP", "month"): 0}
