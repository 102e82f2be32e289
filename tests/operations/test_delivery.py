"""Home delivery: goods leave in known hands, and the slip the household signed is waited for until it is back."""

from datetime import date

import pytest

from ledger.errors import NotFound
from ledger.journal import body_of
from ledger.operations.correction import correct
from ledger.operations.delivery import SlipBack, SlipDay, WhoDelivers, note_slip
from ledger.registers.staff import OwnHousehold, Staff
from ledger.reports.carried_home import deliveries, slips_waiting
from tests.county import said

NIECE = {"name": "郑果", "relation": "侄女"}


@pytest.fixture
def shop(book):
    """
    2026-03-05 donation
      donor:D7    -> stock              SOAP/L7   20
    2026-03-05 credit
      fund:merit  -> purse:H001:merit   POINT   1000
    """
    book.write(shop.__doc__)
    return book


def bring(shop, by="LIN", household="H001", **more):
    """Deliver two soaps, and return the entry."""
    return shop.redeem(household, soap=2, delivered_by=by, **more)["number"]


def out(shop):
    """Return the deliveries whose slips are out, with their days."""
    county = shop.county
    return [(row["number"], row["by"], row["days"]) for row in county.ask(slips_waiting, "LY01", county.day)]


def note(shop, number, signed_on="2026-03-06", **more):
    """Note a slip back."""
    return shop.do(note_slip, by="mei", number=number, signed_on=date.fromisoformat(signed_on), **more)


def facts(shop, number):
    """Return the facts of an entry."""
    return body_of(shop.entry(number))["facts"]


def test_goods_leave_with_a_member_of_staff_and_the_slip_is_waited_for(shop):
    number = bring(shop)
    assert facts(shop, number)["delivered_by"] == "lin"
    assert (shop.stock("SOAP"), shop.points("H001")) == (18, 760)
    assert out(shop) == [(number, "lin", 0)]
    shop.county.move_to("2026-03-15")
    assert out(shop) == [(number, "lin", 9)]
    told = note(shop, number, "2026-03-07", paper_number="兑-2026-0001")
    entry = shop.entry(told["number"])
    assert (entry.kind, entry.occurred_on) == ("delivery-slip", date(2026, 3, 15))
    said_of_it = {name: facts(shop, told["number"])[name] for name in ("number", "signed_on", "paper_number")}
    assert said_of_it == {"number": number, "signed_on": "2026-03-07", "paper_number": "兑-2026-0001"}
    assert out(shop) == []
    shop.county.replay()


def test_a_collector_may_deliver_and_is_then_asked_about_as_always(shop):
    number = bring(shop, "COLLECTOR", proxy=NIECE)
    assert facts(shop, number)["delivered_by"] == facts(shop, number)["proxy"] == "P1"
    assert out(shop) == [(number, "P1", 0)]


@pytest.mark.parametrize(
    ("who", "more"), [("COLLECTOR", {}), ("ZHAO", {}), ("NOBODY", {}), ("LIN", {"proxy": NIECE})],
    ids=["a collector without a name", "another outlet's keeper", "nobody known", "two at once"],
)
def test_goods_leave_in_known_hands_only(shop, who, more):
    with shop.refuses(WhoDelivers) as refusal:
        bring(shop, who, **more)
    assert [at for at, _ in said(refusal)] == ["delivered_by"]


def test_nobody_delivers_to_a_relative(shop):
    with shop.refuses(OwnHousehold):
        bring(shop, "MEI", household="H004")


def test_a_slip_comes_back_once_on_a_day_that_can_be(shop):
    number = bring(shop)
    shop.county.move_to("2026-03-08")
    for day in ("2026-03-05", "2026-03-09"):
        with shop.refuses(SlipDay) as refusal:
            note(shop, number, day)
        assert said(refusal) == [("signed_on", "The slip is signed on a day from 2026-03-06 through 2026-03-08.")]
    carried_by_themselves = shop.redeem("H001", soap=1)["number"]
    with shop.refuses(NotFound):
        note(shop, carried_by_themselves)
    note(shop, number)
    with shop.refuses(SlipBack):
        note(shop, number)


def test_what_came_back_undelivered_is_reversed_or_corrected_and_no_slip_is_waited_for(shop):
    first, second, third = bring(shop), bring(shop), bring(shop)
    shop.reverse(first, reason="nobody was at home")
    lines = [{"item": "SOAP", "quantity": 1}]
    said_of_it = {"number": second, "goods": "back", "reason": "one was too many"}
    shop.do(correct, by="gao", lines=lines, **said_of_it)
    assert [number for number, *_ in out(shop)] == [second, third], "a part of it was delivered"
    shop.do(correct, by="gao", **said_of_it)
    shop.do(correct, by="gao", number=third, goods="damaged", reason="fell into the brook")
    assert out(shop) == []
    for number in (first, second, third):
        with shop.refuses(NotFound):
            note(shop, number)
    assert (shop.stock("SOAP"), shop.holds("set-aside", "SOAP"), shop.points("H001")) == (18, 2, 1000)


def test_a_slip_noted_by_mistake_is_out_again_after_its_reversal(shop):
    number = bring(shop)
    told = note(shop, number)
    shop.reverse(told, reason="that was another slip")
    assert out(shop) == [(number, "lin", 0)]
    note(shop, number)


def test_the_list_shows_those_first_that_are_out(shop):
    first, second = bring(shop), bring(shop)
    note(shop, second)
    rows = shop.county.ask(deliveries, "LY01", shop.county.day).rows
    assert [(row["number"], row["days"], row["slip"] is None) for row in rows] == [
        (first, 0, True), (second, None, False),
    ]


def test_who_left_or_is_of_no_outlet_carries_nothing_home(shop):
    shop.county.edit(Staff, "mei", retired=1)
    for who in ("MEI", "WEI", "LUO", ""):
        with shop.refuses(WhoDelivers):
            bring(shop, who)
    assert facts(shop, bring(shop, "Lin"))["delivered_by"] == "lin"
    assert "delivered_by" not in facts(shop, shop.redeem("H001", soap=1)["number"])


def test_a_slip_is_of_the_outlet_that_delivered(shop):
    number = bring(shop)
    with shop.refuses(NotFound):
        shop.county.book("LY02").do(note_slip, by="zhao", number=number, signed_on=date(2026, 3, 6))
    assert shop.county.ask(slips_waiting, "LY02", shop.county.day) == []
    assert shop.county.ask(deliveries, "LY02", shop.county.day).rows == []


@pytest.mark.parametrize("number", [0, 1, 99, 10**30])
def test_what_was_no_delivery_has_no_slip(shop, number):
    bring(shop)
    with shop.refuses(NotFound):
        note(shop, number)


def test_nobody_notes_the_slip_of_a_relative(shop):
    shop.write("""
        2026-03-05 credit
          fund:merit -> purse:H004:merit  POINT  240
    """)
    number = bring(shop, household="H004")
    with shop.refuses(OwnHousehold):
        note(shop, number)
    shop.do(note_slip, by="gao", number=number, signed_on=date(2026, 3, 6))
    assert out(shop) == []


def test_a_delivery_keyed_late_counts_its_days_from_the_day_the_goods_left(shop):
    number = bring(shop, on="2026-03-05", paper_number="17")
    assert out(shop) == [(number, "lin", 1)]
    note(shop, number, "2026-03-05")
    assert out(shop) == []


def test_a_slip_pressed_twice_is_one_entry_and_moves_nothing(shop):
    number = bring(shop)
    before = shop.balances()
    first, second = (note(shop, number, key="pressed twice") for _ in range(2))
    assert (first, shop.kinds().count("delivery-slip"), shop.balances()) == (second, 1, before)
    assert "paper_number" not in facts(shop, first["number"])


def test_a_slip_that_came_back_stays_noted_when_the_goods_are_reversed_afterwards(shop):
    number = bring(shop)
    slip = note(shop, number)["number"]
    shop.reverse(number, reason="wrong household")
    (row,) = shop.county.ask(deliveries, "LY01", shop.county.day).rows
    assert (row["number"], row["days"], row["slip"]) == (number, None, slip)
    with shop.refuses(SlipBack):
        note(shop, number)
