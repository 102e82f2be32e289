"""Redemption: a household exchanges points for goods at the counter.

The price of the day counts, what expires first goes first, and the purses pay in the set order.
"""

from datetime import date

import pytest

from ledger.errors import Unknown
from ledger.journal import body_of
from ledger.journal.posting import FutureDay
from ledger.operations.basket import NoPrice, NotEnoughPoints, PriceChanged
from ledger.operations.days import LateWithoutPaper
from ledger.operations.redemption import ServedMeanwhile
from ledger.registers.households import NotActive, last_taken
from ledger.registers.items import Item
from ledger.registers.staff import OwnHousehold
from tests.county import said
from tests.replay import rows

# Goods for points

def test_goods_leave_the_shelf_and_points_leave_the_purse(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    book.redeem("H001", soap=2)
    assert (book.stock("SOAP"), book.holds("handed-out", "SOAP/L7")) == (18, 2)
    assert (book.points("H001"), book.holds("redeemed", "POINT")) == (760, 240)


def test_the_answer_tells_the_place_in_the_book_the_points_and_the_goods(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
      donor:D7   -> stock             RICE/L8    5
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    answer = book.redeem("H001", soap=2, rice=1)
    assert (answer["book"], answer["number"], answer["occurred_on"]) == ("LY01", 3, "2026-03-06")
    assert (answer["household"], answer["points"]) == ("H001", 605)
    assert (answer["spent"], answer["purses"]) == ({"support": 0, "merit": 605}, {"support": 0, "merit": 395})
    assert answer["lines"] == [
        {"item": "SOAP", "lot": "L7", "quantity": 2, "points": 240},
        {"item": "RICE", "lot": "L8", "quantity": 1, "points": 365},
    ]


def test_the_entry_keeps_the_prices_the_rate_and_the_serial_of_that_day(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    entry = book.entry(book.redeem("H001", soap=2)["number"])
    assert body_of(entry)["facts"] == {
        "household": "H001", "prices": {"SOAP": 120}, "rate_fen": 100, "serial": "兑-2026-0001",
        "register": "1-1-1",
    }


def test_a_household_may_spend_its_last_point(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   1
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   120
    """
    book.redeem("H001", soap=1)
    assert (book.points("H001"), book.stock("SOAP")) == (0, 0)


def test_a_basket_that_costs_more_than_the_household_has_is_refused_with_both(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
      donor:D7   -> stock             RICE/L8   5
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   484
    """
    with book.refuses(NotEnoughPoints) as refusal:
        book.redeem("H001", soap=1, rice=1)
    assert said(refusal) == [("household", "Not enough points: the basket needs 48.5, the household has 48.4.")]


def test_goods_free_of_points_take_nothing_from_the_purse(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    answer = book.redeem("H001", salt=2)
    assert (answer["points"], book.stock("SALT"), book.points("H001")) == (0, 18, 0)


# The price

def test_the_price_shown_on_the_page_is_the_price_that_is_paid(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    book.redeem("H001", basket=[{"item": "SOAP", "quantity": 2, "points": 120}])
    assert book.points("H001") == 760


def test_a_price_that_changed_since_the_page_was_shown_is_refused_and_both_are_named(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
      donor:D7   -> stock             RICE/L8   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    county.price("SOAP", 150, since="2026-03-06")
    basket = [{"item": "RICE", "quantity": 1, "points": 365}, {"item": "SOAP", "quantity": 1, "points": 120}]
    with book.refuses(PriceChanged) as refusal:
        book.redeem("H001", basket=basket)
    assert said(refusal) == [("basket.1.item", "The price of 肥皂 is now 15.0 points; the page showed 12.0.")]
    book.redeem("H001", basket=[{"item": "SOAP", "quantity": 1, "points": 150}])
    assert book.points("H001") == 850


def test_a_price_of_the_form_never_counts_even_if_it_is_lower(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    for typed in (0, 1, 119, 121):
        with book.refuses(PriceChanged):
            book.redeem("H001", basket=[{"item": "SOAP", "quantity": 1, "points": typed}])


def test_an_outlets_own_price_goes_before_the_countys(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    county.price("SOAP", 100, book="LY01", since="2026-03-02")
    county.price("SOAP", 150, since="2026-03-03")
    county.price("SOAP", 200, book="LY02", since="2026-03-04")
    assert book.redeem("H001", soap=1)["points"] == 100


def test_what_is_keyed_later_is_paid_at_the_price_of_its_day(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    county.price("SOAP", 150, since="2026-03-06")
    assert book.redeem("H001", soap=1, on="2026-03-05", paper_number="P-1")["points"] == 120
    assert book.redeem("H001", soap=1)["points"] == 150


def test_what_has_no_price_is_not_redeemed_and_what_nobody_knows_neither(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             TOWEL/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    with book.refuses(NoPrice) as refusal:
        book.redeem("H001", towel=1)
    assert said(refusal) == [("basket.0.item", "毛巾 has no points price.")]
    with book.refuses(Unknown) as refusal:
        book.redeem("H001", silk=1)
    assert said(refusal) == [("basket.0.item", "There is no item SILK.")]


def test_what_is_left_of_a_retired_item_is_still_handed_out(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    county.edit(Item, "SOAP", retired=1)
    book.redeem("H001", soap=1)
    assert book.stock("SOAP") == 19


# The purses

def test_support_points_are_spent_first_as_usual(book):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7  20
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT   200
      fund:merit   -> purse:H001:merit    POINT   300
    """
    answer = book.redeem("H001", soap=3)
    assert answer["spent"] == {"support": 200, "merit": 160}
    assert (book.purse("H001", "support"), book.purse("H001", "merit")) == (0, 140)


def test_the_order_of_the_purses_is_a_setting_with_a_day(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7  20
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT   500
      fund:merit   -> purse:H001:merit    POINT   500
    """
    county.setting("spending_order", "merit support", since="2026-03-06")
    assert book.redeem("H001", soap=1)["spent"] == {"support": 0, "merit": 120}
    assert book.redeem("H001", soap=1, on="2026-03-05", paper_number="P-1")["spent"] == {"support": 120, "merit": 0}
    assert book.redeem("H001", soap=4)["spent"] == {"support": 100, "merit": 380}


def test_a_purse_the_order_leaves_out_is_not_spent(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7  20
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT   500
      fund:merit   -> purse:H001:merit    POINT   130
    """
    county.setting("spending_order", "merit", book="LY01", since="2026-03-06")
    with book.refuses(NotEnoughPoints):
        book.redeem("H001", soap=2)
    assert book.redeem("H001", soap=1)["spent"] == {"support": 0, "merit": 120}


def test_a_household_lives_on_its_own_points_only(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    with book.refuses(NotEnoughPoints):
        book.redeem("H006", soap=1)


# The household

@pytest.mark.parametrize("household", ["H002", "H005"])
def test_a_frozen_or_closed_household_is_not_served(book, household):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
    """
    book.write(f"2026-03-05 credit\nfund:merit -> purse:{household}:merit POINT 500")
    with book.refuses(NotActive) as refusal:
        book.redeem(household, soap=1)
    assert said(refusal) == [("household", f"Household {household} is frozen or closed; ask the supervisor.")]


def test_nobody_serves_their_own_household(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
    2026-03-05 credit
      fund:merit -> purse:H003:merit  POINT   500
    """
    with book.refuses(OwnHousehold) as refusal:
        book.redeem("H003", soap=1, by="lin")
    assert said(refusal)[0][0] == "household"
    book.redeem("H003", soap=1, by="gao")


@pytest.mark.parametrize("household", ["H101", "H999"])
def test_a_household_of_another_outlet_is_not_known_here(book, household):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
    """
    with book.refuses(Unknown) as refusal:
        book.redeem(household, soap=1)
    assert said(refusal) == [("household", f"There is no household {household}.")]


def test_who_carried_it_home_is_written_beside_the_journal(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    answer = book.redeem("H001", soap=1, proxy={"name": "Li Changgui", "relation": "neighbour"})
    assert "Li Changgui" not in book.entry(answer["number"]).body
    with county.store.reading() as session:
        assert [row["text"] for row in rows(session, "SELECT text FROM note")] == ["Li Changgui · neighbour"]


# The day

def test_a_past_day_needs_its_paper_and_is_marked_late(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             SOAP/L7  20
    2026-03-01 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    with book.refuses(LateWithoutPaper) as refusal:
        book.redeem("H001", soap=1, on="2026-03-05")
    assert said(refusal)[0][0] == "paper_number"
    entry = book.entry(book.redeem("H001", soap=1, on="2026-03-05", paper_number="P-1")["number"])
    assert (entry.occurred_on, entry.late, body_of(entry)["facts"]["paper_number"]) == (date(2026, 3, 5), 1, "P-1")


def test_nothing_is_handed_out_on_a_day_to_come(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             SOAP/L7  20
    2026-03-01 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    with book.refuses(FutureDay) as refusal:
        book.redeem("H001", soap=1, on="2026-03-07")
    assert said(refusal) == [("occurred_on", "2026-03-07 is still to come; today is 2026-03-06.")]


# Two screens, two tabs

def test_a_household_served_since_the_page_was_opened_is_pointed_out_once(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    seen = county.ask(last_taken, "LY01", "H001")
    assert seen == 0, "what came into a purse is nothing taken"
    first = book.redeem("H001", soap=1, seen=seen)["number"]
    with book.refuses(ServedMeanwhile) as refusal:
        book.redeem("H001", soap=1, seen=seen)
    assert [at for at, _ in said(refusal)] == ["household"] and f"Entry {first} " in said(refusal)[0][1]
    book.redeem("H001", soap=1, seen=county.ask(last_taken, "LY01", "H001"))
    book.redeem("H001", soap=1)
    assert book.stock("SOAP") == 17, "a program that does not say what it has seen is not asked"


def test_the_same_form_sent_again_gets_its_answer_and_no_question(book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7  20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    first = book.redeem("H001", soap=1, seen=0, key="the-very-same-form")
    assert book.redeem("H001", soap=1, seen=0, key="the-very-same-form") == first
    assert book.stock("SOAP") == 19
