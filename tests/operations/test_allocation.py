"""Allocation: one decision gives goods out to many outlets; each gets a transfer note, all or none of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import Refusals, Unknown
from ledger.journal import body_of
from ledger.operations.allocation import NamedTwice, NothingGivenOut, allocate_goods, share_out
from ledger.operations.dispatch import ToItself
from ledger.operations.lots import OnlyExpired
from ledger.operations.undo import ArrivedAlready
from ledger.operations.wish import AgainstTheWish
from ledger.registers.allocations import Allocation
from ledger.registers.register import Retired
from ledger.registers.sites import Site
from tests.county import road, said
from tests.replay import rows


@pytest.fixture
def store_room(county):
    """The county store with thirty soaps (L1) and rice of two best-befores, the later one (L2) given first."""
    desk = county.book("COUNTY")
    desk.give(lines=[
        {"item": "SOAP", "quantity": 30}, {"item": "RICE", "quantity": 10, "best_before": date(2026, 9, 1)},
        {"item": "RICE", "quantity": 4, "best_before": date(2026, 6, 1)},
    ])
    return desk


def facts(desk, number):
    """Return the facts of an entry."""
    return body_of(desk.entry(number))["facts"]


def on_the_way(county):
    """Return what is on the road to each outlet, by lot."""
    with county.store.reading() as session:
        found = rows(session, "SELECT destination, lot, quantity FROM on_the_road WHERE quantity > 0")
    return {(row["destination"], row["lot"]): row["quantity"] for row in found}


# One decision, many notes

def test_each_outlet_gets_a_transfer_note_of_its_own_with_a_serial_and_the_decision(store_room, county):
    answer = store_room.allocate(soap={"LY01": 3, "LY02": 4}, rice={"LY02": 2})
    assert (answer["number"], answer["last"], answer["n"]) == (2, 3, 1)
    assert facts(store_room, 2) == {
        "to": "LY01", "decision": "略工发〔2026〕3号", "allocation": 1, "serial": "调-2026-0001"
    }
    assert (facts(store_room, 3)["to"], facts(store_room, 3)["serial"]) == ("LY02", "调-2026-0002")
    assert on_the_way(county) == {("LY01", "L1"): 3, ("LY02", "L1"): 4, ("LY02", "L3"): 2}
    with county.store.reading() as session:
        kept = session.get_one(Allocation, ("COUNTY", 1))
    assert (kept.decision, kept.first, kept.last, kept.occurred_on) == ("略工发〔2026〕3号", 2, 3, county.day)


def test_each_note_is_checked_in_where_it_goes(store_room, county):
    store_room.allocate(soap={"LY01": 3, "LY02": 4})
    line = {"item": "SOAP", "lot": "L1"}
    county.book("LY02").arrive({"book": "COUNTY", "number": 3, "lines": [{**line, "quantity": 4}]}, by="zhao")
    county.book("LY01").arrive({"book": "COUNTY", "number": 2, "lines": [{**line, "quantity": 3}]})
    assert (county.book("LY01").stock("SOAP"), county.book("LY02").stock("SOAP"), road(county)) == (3, 4, {})
    county.replay()


def test_what_expires_first_goes_first_and_no_lot_is_given_twice(store_room, county):
    store_room.allocate(rice={"LY01": 3, "LY02": 11})
    assert on_the_way(county) == {("LY01", "L3"): 3, ("LY02", "L3"): 1, ("LY02", "L2"): 10}
    assert store_room.stock("RICE") == 0


def test_an_outlet_that_gets_nothing_gets_no_note(store_room):
    answer = store_room.allocate(soap={"LY01": 0, "LY02": 4})
    assert (answer["number"], answer["last"]) == (2, 2)


def test_one_note_may_be_reversed_and_the_others_stay(store_room, county):
    answer = store_room.allocate(soap={"LY01": 3, "LY02": 4})
    store_room.reverse(answer["number"], by="han")
    assert (store_room.stock("SOAP"), on_the_way(county)) == (26, {("LY02", "L1"): 4})
    county.book("LY02").arrive(
        {"book": "COUNTY", "number": 3, "lines": [{"item": "SOAP", "lot": "L1", "quantity": 4}]}, by="zhao"
    )
    with store_room.refuses(ArrivedAlready):
        store_room.reverse(3, by="han")


def test_the_same_form_sent_twice_is_one_allocation(store_room, county):
    first = store_room.allocate(soap={"LY01": 3}, key="one-morning")
    assert store_room.allocate(soap={"LY01": 3}, key="one-morning") == first
    assert road(county) == {"L1": 3}


# All or nothing

def test_all_goods_that_are_short_are_named_at_once_with_what_there_is(store_room):
    with store_room.refuses(Refusals) as refusal:
        store_room.allocate(soap={"LY01": 16, "LY02": 15}, rice={"LY01": 14, "LY02": 1})
    assert said(refusal) == [
        ("goods.0.item", "Not enough on the shelf: 肥皂, asked 31, there is 30."),
        ("goods.1.item", "Not enough on the shelf: 大米 5千克, asked 15, there is 14."),
    ]


def test_nothing_expired_is_given_out(store_room, county):
    county.move_to("2026-06-02")
    with store_room.refuses(OnlyExpired) as refusal:
        store_room.allocate(rice={"LY01": 11})
    assert said(refusal)[0][0] == "goods.0.item"


def test_outlets_nobody_knows_or_that_are_closed_are_named_at_once(store_room, county):
    county.edit(Site, "LY02", retired=1)
    with store_room.refuses(Refusals) as refusal:
        store_room.allocate(soap={"LY01": 3, "LY02": 4, "LY99": 5}, rice={"COUNTY": 1})
    assert sorted(at for at, _ in said(refusal)) == [
        "goods.0.shares.LY02", "goods.0.shares.LY99", "goods.1.shares.COUNTY"
    ]
    for to, kind in (("LY02", Retired), ("LY99", Unknown), ("COUNTY", ToItself)):
        with store_room.refuses(kind):
            store_room.allocate(soap={to: 1})


def test_goods_nobody_knows_are_refused_at_their_line(store_room):
    with store_room.refuses(Unknown) as refusal:
        store_room.allocate(soap={"LY01": 3}, silk={"LY01": 3})
    assert said(refusal)[0][0] == "goods.1.item"


def test_goods_stand_on_one_line(store_room):
    goods = [{"item": "SOAP", "shares": {"LY01": 3}}, {"item": "SOAP", "shares": {"LY02": 3}}]
    with store_room.refuses(NamedTwice) as refusal:
        store_room.act(allocate_goods, by="wei", decision="3", goods=goods)
    assert said(refusal)[0][0] == "goods.1.item"


def test_an_allocation_of_nothing_is_refused(store_room):
    with store_room.refuses(NothingGivenOut):
        store_room.allocate(soap={"LY01": 0})


# What donors wished

def test_goods_for_named_outlets_go_there_first_and_to_no_other(store_room, county):
    store_room.give(lines=[{"item": "OIL", "quantity": 6}], wish={"kind": "outlets", "outlets": ["LY02"]})
    store_room.give(lines=[{"item": "OIL", "quantity": 5}])
    store_room.allocate(oil={"LY01": 5, "LY02": 6})
    assert on_the_way(county) == {("LY01", "L5"): 5, ("LY02", "L4"): 6}


def test_who_would_get_what_was_meant_for_others_is_told_whose_wish_it_is(store_room):
    store_room.give(lines=[{"item": "OIL", "quantity": 6}], wish={"kind": "outlets", "outlets": ["LY02"]})
    with store_room.refuses(AgainstTheWish) as refusal:
        store_room.allocate(soap={"LY01": 1}, oil={"LY01": 1, "LY02": 5})
    assert said(refusal) == [(
        "goods.1.shares.LY01",
        "菜籽油 5升 L4: the donor (D7) gave it for LY02. If the donor has agreed, send it by a transfer note of its "
        "own, with the number of the consent.",
    )]


# By number of households

def test_shares_follow_the_number_of_households_and_the_largest_remainders_get_one_more():
    assert share_out(100, {"LY01": 50, "LY02": 30, "LY03": 21}) == {"LY01": 49, "LY02": 30, "LY03": 21}
    assert share_out(10, {"LY01": 1, "LY02": 1, "LY03": 1}) == {"LY01": 4, "LY02": 3, "LY03": 3}


def test_where_no_households_are_known_all_outlets_count_the_same():
    assert share_out(5, {"LY01": 0, "LY02": 0}) == {"LY01": 3, "LY02": 2}


@given(st.integers(0, 99_999), st.dictionaries(st.text("LY0123456789", min_size=1), st.integers(0, 500), min_size=1))
def test_shares_always_come_to_the_whole_and_are_off_by_less_than_one(total, weights):
    shares, whole = share_out(total, weights), sum(weights.values())
    assert sum(shares.values()) == total
    if whole:
        assert all(abs(shares[code] - total * weight / whole) < 1 for code, weight in weights.items())
