"""A mistake found next day: goods back, back but damaged, another household or other goods meant, or not back."""

from datetime import date
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.journal import body_of
from ledger.operations.basket import NotEnoughPoints, PriceChanged
from ledger.operations.correction import confirm_correction, correct
from ledger.operations.item import limit_item
from ledger.operations.limits import OverLimit
from ledger.registers.staff import OwnHousehold
from tests.county import said
from tests.operations.clients import CLIENTS, Clients


def put_right(book, number, goods="back", *, by="gao", reason="keyed wrong", **more):
    """Correct an entry by what became of its goods."""
    return book.do(correct, by=by, number=number, goods=goods, reason=reason, **more)


def agree(book, request, by="luo", **more):
    """Make a correction that was asked for, as a second person."""
    return book.do(confirm_correction, by=by, request=request, **more)


def goods(**wanted):
    """Return lines of goods: `goods(soap=2)`."""
    return [{"item": item.upper(), "quantity": quantity} for item, quantity in wanted.items()]


def facts(book, number):
    """Return what an entry says for ever."""
    return body_of(book.entry(number))["facts"]


@pytest.fixture
def sold(book, county):
    """Return the entry by which Lin, on 6 March, gave the Wangs two soaps and a rice for 60.5 points.

    All 50 of their support points went and 10.5 of merit; the Mas (H004) hold 100 points. It is found on 7 March.
    """
    book.write("""
        2026-03-05 donation
          donor:D7     -> stock               SOAP/L7   20
          donor:D7     -> stock               RICE/L8   10
        2026-03-05 credit
          fund:support -> purse:H001:support  POINT    500
          fund:merit   -> purse:H001:merit    POINT    500
          fund:merit   -> purse:H004:merit    POINT   1000
    """)
    number = book.redeem("H001", soap=2, rice=1)["number"]
    county.move_to("2026-03-07")
    return number


# Who asks hears a refusal at once

def test_a_household_without_points_is_refused_to_the_keeper_and_not_only_to_who_agrees(book, sold):
    with book.refuses(NotEnoughPoints):
        put_right(book, sold, "elsewhere", by="lin", right={"household": "H004", "basket": goods(rice=3)})


def test_what_a_keeper_asks_for_has_moved_nothing_yet(book, sold):
    before = book.balances(), book.kinds()
    put_right(book, sold, "elsewhere", by="lin", right={"household": "H004", "basket": goods(soap=2, rice=1)})
    assert (book.balances(), book.kinds()) == before


# What became of the goods

def test_goods_that_came_back_are_on_the_shelf_again_and_the_points_in_their_purses(book, sold):
    answer = put_right(book, sold)
    assert (book.stock("SOAP"), book.stock("RICE"), book.holds("handed-out", "SOAP")) == (20, 10, 0)
    assert (book.purse("H001", "support"), book.purse("H001", "merit")) == (500, 500)
    entry = book.entry(answer["number"])
    assert (entry.kind, entry.by, entry.reverses, entry.occurred_on) == ("correction", "gao", sold, date(2026, 3, 7))
    assert answer["corrects"] == sold


# The Wangs bought two soaps for 24 points where each merit point lets five support points be spent: 20 and 4.
def test_of_a_part_that_comes_back_each_purse_gets_its_share_where_support_goes_only_beside_merit(book, county):
    county.setting("support_beside_merit", "5")
    book.write("""
        2026-03-05 donation
          donor:D7     -> stock               SOAP/L7   20
        2026-03-05 credit
          fund:support -> purse:H001:support  POINT    500
          fund:merit   -> purse:H001:merit    POINT     40
    """)
    sold = book.redeem("H001", soap=2)["number"]
    assert (book.purse("H001", "support"), book.purse("H001", "merit")) == (300, 0)
    put_right(book, sold, lines=goods(soap=1))
    assert (book.purse("H001", "support"), book.purse("H001", "merit")) == (400, 20)
    put_right(book, sold)
    assert (book.purse("H001", "support"), book.purse("H001", "merit")) == (500, 40)


# Two soaps for 24 points, of which the purse named first held 20: the other paid 4, and gets them back first.
@pytest.mark.parametrize(("first", "last"), [("support", "merit"), ("merit", "support")])
def test_the_purse_that_was_emptied_last_gets_its_points_back_first(book, county, first, last):
    county.setting("spending_order", f"{first} {last}")
    book.write(f"""
        2026-03-05 donation
          donor:D7     -> stock               SOAP/L7   20
        2026-03-05 credit
          fund:{first} -> purse:H001:{first}  POINT    200
          fund:{last}  -> purse:H001:{last}   POINT    500
    """)
    put_right(book, book.redeem("H001", soap=2)["number"], lines=goods(soap=1))
    assert (book.purse("H001", first), book.purse("H001", last)) == (80, 500)


def test_goods_that_came_back_damaged_are_set_aside_and_the_points_given_back(book, sold):
    answer = put_right(book, sold, "damaged")
    assert [book.holds("set-aside", what) for what in ("SOAP/L7", "RICE/L8")] == [2, 1]
    assert (book.stock("SOAP"), book.stock("RICE"), book.points("H001")) == (18, 9, 1000)
    assert book.entry(answer["number"]).reverses is None, "this is no mirror image"


def test_another_household_was_meant_and_both_are_booked_in_one_step(book, sold):
    answer = put_right(book, sold, "elsewhere", right={"household": "H004", "basket": goods(soap=2, rice=1)})
    assert (book.points("H001"), book.points("H004")) == (1000, 1000 - 605)
    assert (book.stock("SOAP"), book.stock("RICE")) == (18, 9)
    assert book.kinds()[-2:] == ["correction", "redemption"]
    assert answer["right"] == answer["number"] + 1
    right = book.entry(answer["right"])
    assert (right.occurred_on, right.late) == (date(2026, 3, 6), 1), "the right one has the true day"
    told = facts(book, answer["right"])
    assert (told["corrects"], told["correction"]) == (sold, answer["number"])


def test_other_goods_were_meant_and_only_that_line_is_put_right(book, sold):
    right = {"household": "H001", "basket": goods(soap=1)}
    answer = put_right(book, sold, "elsewhere", lines=goods(rice=1), right=right)
    assert (book.stock("SOAP"), book.stock("RICE")) == (17, 10)
    assert book.points("H001") == 1000 - 240 - 120
    assert book.entry(answer["number"]).reverses is None, "the two soaps stay as they were"
    assert facts(book, answer["number"])["parts"] == [
        {"line": 1, "quantity": 260}, {"line": 2, "quantity": 105}, {"line": 4, "quantity": 1},
    ], "of the purses the one emptied last is filled first"


def test_goods_that_do_not_come_back_stay_out_and_two_people_give_the_points_back(book, sold, county):
    asked = put_right(book, sold, "gone", reason="taken by mistake, eaten")
    assert (asked["status"], book.points("H001")) == ("waiting", 395)
    answer = agree(book, asked["n"])
    assert (book.points("H001"), book.holds("handed-out", "RICE")) == (1000, 0)
    assert (book.holds("difference", "SOAP/L7"), book.holds("difference", "RICE/L8")) == (2, 1)
    assert (book.stock("SOAP"), book.stock("RICE")) == (18, 9)
    told = facts(book, answer["number"])
    assert (told["goods"], told["asked_by"], told["request"], book.entry(answer["number"]).by) == (
        "gone", "gao", asked["n"], "luo",
    )


def test_faulty_goods_are_exchanged_for_the_same_and_points_stay_as_they_are(book, sold, county):
    before, shelf = book.points("H001"), book.stock("SOAP")
    county.wait(2)
    answer = put_right(book, sold, "exchanged", lines=goods(soap=1), reason="cracked")
    assert (book.points("H001"), book.stock("SOAP"), book.holds("set-aside", "SOAP")) == (before, shelf - 1, 1)
    made = body_of(book.entry(answer["right"]))
    assert (made["facts"]["corrects"], made["occurred_on"]) == (sold, county.day.isoformat())


@pytest.mark.parametrize("price", [100, 200])
def test_an_exchange_goes_by_the_price_that_was_paid_and_from_the_same_purses(book, sold, county, price):
    # Soap cost 12 points when the Wangs took it; by now it costs 10, or 20, and merit points would go first.
    county.price("SOAP", price, since="2026-03-07")
    county.setting("spending_order", "merit support")
    county.wait(2)
    before = book.purse("H001", "support"), book.purse("H001", "merit")
    for _ in range(2):
        answer = put_right(book, sold, "exchanged", lines=goods(soap=1))
    assert (book.purse("H001", "support"), book.purse("H001", "merit")) == before
    assert facts(book, answer["right"])["prices"]["SOAP"] == 120
    put_right(book, answer["right"], by="luo")
    assert book.points("H001") == sum(before) + 120, "given back is what was paid"
    county.replay()


def test_an_exchange_asks_no_limit_and_takes_up_the_room_the_goods_had(book, sold, county):
    # One soap a month from the day after; with a second person's yes, or before the limit, a household has two.
    desk = county.book("COUNTY")
    desk.do(limit_item, by="wei", item="SOAP", outlet="LY01", per="month", holds_from=county.day, quantity=1)
    put_right(book, sold, "exchanged", lines=goods(soap=2), reason="cracked")
    first = book.redeem("H001", soap=1)["number"]
    answer = put_right(book, first, "exchanged", reason="cracked too")
    assert facts(book, answer["right"])["limits"] == facts(book, first)["limits"]
    with book.refuses(OverLimit):
        book.redeem("H001", soap=1)
    put_right(book, answer["right"], by="luo")
    book.redeem("H001", soap=1)


def test_goods_that_stay_out_give_no_room_back(book, sold, county):
    # One soap a month: who has eaten of it comes for no second one, though two people gave the points back.
    desk = county.book("COUNTY")
    desk.do(limit_item, by="wei", item="SOAP", outlet="LY01", per="month", holds_from=county.day, quantity=1)
    first = book.redeem("H001", soap=1)["number"]
    agree(book, put_right(book, first, "gone")["n"])
    with book.refuses(OverLimit):
        book.redeem("H001", soap=1)
    second = book.redeem("H004", soap=1)["number"]
    put_right(book, second, "damaged")
    book.redeem("H004", soap=1)


def test_the_right_one_costs_what_it_cost_on_the_true_day(book, sold, county):
    county.price("RICE", 500, since="2026-03-07")
    put_right(book, sold, "elsewhere", right={"household": "H004", "basket": goods(rice=1)})
    assert book.points("H004") == 1000 - 365


def test_an_entry_says_in_codes_what_was_corrected_and_the_words_stand_beside_it(book, sold, county):
    number = put_right(book, sold, reason="Zheng was meant")["number"]
    told = facts(book, number)
    assert (told["number"], told["household"], told["goods"]) == (sold, "H001", "back")
    assert told["serial"] == "更-2026-0001"
    assert "Zheng" not in book.entry(number).body
    assert any("Zheng was meant" in row for row in county.state()["note"])


# Both or nothing

@pytest.mark.parametrize(
    ("right", "refusal", "sentence"),
    [
        ({"household": "H004", "basket": goods(rice=3)}, NotEnoughPoints,
         ("right.household", "Not enough points: the basket needs 109.5, the household has 100.0.")),
        ({"household": "H004", "basket": [{"item": "SOAP", "quantity": 1, "points": 130}]}, PriceChanged,
         ("right.basket.0.item", "The price of 肥皂 is now 12.0 points; the page showed 13.0.")),
        ({"household": "H002", "basket": goods(soap=1)}, LedgerError,
         ("right.household", "Household H002 is frozen or closed; ask the supervisor.")),
        ({"household": "H006", "basket": goods(soap=1)}, OwnHousehold,
         ("right.household", "Household H006 is your own or a relative's; another person must do this.")),
    ],
    ids=["points", "price", "frozen", "relative"],
)
def test_if_the_right_one_cannot_be_booked_nothing_is_taken_back(book, sold, right, refusal, sentence):
    with book.refuses(refusal) as caught:
        put_right(book, sold, "elsewhere", right=right)
    assert said(caught) == [sentence]


# What is always so, and many at once

RUNS = count(1)
lines = st.lists(st.tuples(st.sampled_from(("SOAP", "RICE", "SALT")), st.integers(0, 4)), min_size=1, max_size=3)
fates = st.sampled_from(("back", "damaged", "elsewhere", "gone"))


@settings(max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(fates, lines | st.none()), max_size=5))
def test_whatever_is_corrected_in_whichever_parts_points_and_goods_agree_and_nothing_is_made(book, county, steps):
    n = next(RUNS)
    book.write(f"""
        2026-03-05 donation
          donor:D7     -> stock               SOAP/L7{n}   20
          donor:D7     -> stock               RICE/L8{n}   20
          donor:D7     -> stock               SALT/L9{n}   20
        2026-03-05 credit
          fund:support -> purse:H001:support  POINT   1000
          fund:merit   -> purse:H001:merit    POINT   1000
    """)
    before, sold = book.balances(), book.redeem("H001", basket=goods(soap=3, rice=2, salt=2))
    after = book.balances()
    for fate, wanted in steps:
        named = None if wanted is None else [{"item": item, "quantity": many} for item, many in wanted]
        right = {"household": "H001", "basket": goods(salt=1)} if fate == "elsewhere" else None
        try:
            answer = put_right(book, sold["number"], fate, lines=named, right=right)
            if fate == "gone":
                agree(book, answer["n"])
        except LedgerError:
            continue
    now = book.balances()
    price = {"SOAP": 120, "RICE": 365, "SALT": 0}
    out = {
        item: sum(now.get(place, 0) - before.get(place, 0) for place in now if place[:2] == ("handed-out", item))
        for item in price
    }
    assert all(0 <= out[item] <= most for item, most in (("SOAP", 3), ("RICE", 2)))
    spent = sum(before[place] - now.get(place, 0) for place in before if place[0].startswith("purse:H001"))
    assert spent == sum(price[item] * many for item, many in out.items()), "points follow the goods"
    assert {place[0] for place, held in now.items() if held != after.get(place, 0)} <= {
        "handed-out", "stock", "set-aside", "difference", "redeemed", "purse:H001:support", "purse:H001:merit",
    }
    county.replay()


@pytest.fixture(scope="module")
def clients():
    """Twenty clients, waiting."""
    ready = Clients()
    yield ready
    ready.go_home()


def test_three_pieces_are_taken_back_by_three_of_twenty_hands(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT    900
    """
    sold = book.redeem("H001", soap=3)["number"]
    form = {"number": sold, "goods": "damaged", "reason": "wet", "lines": goods(soap=1)}
    jobs = [(correct, "LY01", {"clerk": "gao", "key": uuid4().hex, **form}) for _ in range(CLIENTS)]
    booked, refused = clients.race(county, jobs)
    assert len(booked) == 3
    assert refused == [[("lines.0.quantity", "肥皂: of this entry 0 can be taken back, 1 named.")]] * (CLIENTS - 3)
    assert (book.holds("set-aside", "SOAP"), book.holds("handed-out", "SOAP"), book.points("H001")) == (3, 0, 900)
    county.replay()


def test_an_entry_is_reversed_or_corrected_but_not_both(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT    900
    """
    sold = book.redeem("H001", soap=3)["number"]
    form = {"number": sold, "reason": "wrong"}
    jobs = [(correct, "LY01", {"clerk": by, "key": uuid4().hex, "goods": "back", **form}) for by in ("gao", "luo")]
    jobs += [(correct, "LY01", {"clerk": by, "key": uuid4().hex, "goods": "damaged", **form}) for by in ("wei", "han")]
    booked, refused = clients.race(county, jobs)
    assert (len(booked), len(refused)) == (1, 3)
    assert (book.points("H001"), book.stock("SOAP") + book.holds("set-aside", "SOAP")) == (900, 20)
    county.replay()
