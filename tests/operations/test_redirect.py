"""Redirect: goods were put down in the wrong village; what is still on the road goes to where it lies.

Twenty soaps (L1) and ten bags of rice (L2) are on the road from the county store to Liuhe; the truck went to Shimo.
"""

import pytest

from ledger.errors import Unknown
from ledger.journal import body_of
from ledger.operations.arrival import MoreThanOnTheRoad
from ledger.operations.dispatch import ToItself
from ledger.operations.redirect import DifferenceFirst, GoesThere, NothingOnTheRoad
from ledger.operations.reversal import OwnEntry
from ledger.operations.undo import ArrivedAlready
from ledger.operations.wish import AgainstTheWish
from ledger.reports.road_check import check_road
from tests.county import road, said


@pytest.fixture
def store_room(county):
    """The county store."""
    desk = county.book("COUNTY")
    desk.give(soap=50, rice=30)
    return desk


@pytest.fixture
def note(store_room):
    """The transfer note to Liuhe."""
    return store_room.send("LY01", soap=20, rice=10)


@pytest.fixture
def shimo(county):
    """The outlet where the truck is."""
    return county.book("LY02")


def all_is_well(county):
    """Tell whether every book, and what is on the road, follow from the entries."""
    county.replay()
    return county.ask(check_road, ["COUNTY", "LY01", "LY02"]) == {}


def test_what_is_on_the_road_goes_to_the_other_outlet_whose_keeper_checks_it_in(store_room, note, shimo, county):
    moved = store_room.redirect(note, "LY02")
    assert (moved["to"], moved["number"]) == ("LY02", 3)
    assert (store_room.holds("sent:LY01", "SOAP"), store_room.holds("sent:LY02", "SOAP")) == (0, 20)
    assert road(county) == {"L1": 20, "L2": 10}
    shimo.arrive(moved, by="zhao")
    assert (shimo.stock("SOAP"), shimo.stock("RICE"), road(county)) == (20, 10, {})
    assert all_is_well(county)


def test_the_entry_names_the_note_and_where_the_goods_go_now(store_room, note):
    entry = store_room.entry(store_room.redirect(note, "LY02")["number"])
    assert entry.kind == "redirect"
    assert body_of(entry)["facts"] == {
        "dispatch": note["number"], "from": "COUNTY", "to": "LY02", "serial": "调-2026-0002",
    }


def test_the_first_outlet_can_no_longer_check_them_in(book, store_room, note):
    store_room.redirect(note, "LY02")
    with book.refuses(MoreThanOnTheRoad) as refusal:
        book.arrive(note, lines=[{"item": "SOAP", "lot": "L1", "quantity": 1}])
    assert "0 on the road" in said(refusal)[0][1]


def test_what_has_arrived_stays_and_only_the_rest_goes_on(book, store_room, note, shimo, county):
    book.arrive(note, soap=15)
    moved = store_room.redirect(note, "LY02")
    assert [(line["lot"], line["quantity"]) for line in moved["lines"]] == [("L1", 5), ("L2", 10)]
    shimo.arrive(moved, by="zhao")
    assert (book.stock("SOAP"), shimo.stock("SOAP"), shimo.stock("RICE"), road(county)) == (15, 5, 10, {})
    assert all_is_well(county)


def test_goods_may_go_on_a_second_time(store_room, note, county, book):
    back = store_room.redirect(store_room.redirect(note, "LY02"), "LY01")
    book.arrive(back)
    assert (book.stock("SOAP"), road(county)) == (20, {})
    assert all_is_well(county)


def test_short_at_the_other_outlet_is_a_difference_like_any_other(store_room, note, shimo, county):
    moved = store_room.redirect(note, "LY02")
    soap, rice = moved["lines"]
    answer = shimo.arrive(moved, by="zhao", lines=[{**soap, "quantity": 19, "short": 1, "reason": "one lost"}, rice])
    shimo.confirm(answer["request"], by="luo")
    assert (shimo.holds("difference", "SOAP"), road(county)) == (1, {})
    assert all_is_well(county)


def test_a_redirect_is_taken_back_while_nobody_has_checked_it_in(book, store_room, note, county):
    before = store_room.balances()
    moved = store_room.redirect(note, "LY02")
    with store_room.refuses(OwnEntry):
        store_room.reverse(moved, by="wei")
    store_room.reverse(moved, by="han")
    assert store_room.balances() == before
    book.arrive(note)
    assert (book.stock("SOAP"), road(county)) == (20, {})
    assert all_is_well(county)


def test_a_redirect_that_arrived_is_not_taken_back_nor_is_the_note_behind_it(store_room, note, shimo):
    moved = store_room.redirect(note, "LY02")
    with store_room.refuses(ArrivedAlready):
        store_room.reverse(note, by="han")
    shimo.arrive(moved, by="zhao", soap=1)
    with store_room.refuses(ArrivedAlready):
        store_room.reverse(moved, by="han")


def test_when_all_has_arrived_nothing_is_redirected(book, store_room, note):
    book.arrive(note)
    with store_room.refuses(NothingOnTheRoad):
        store_room.redirect(note, "LY02")


def test_a_difference_that_waits_is_settled_first(book, store_room, note, shimo, county):
    answer = book.arrive(note, lines=[{"item": "SOAP", "lot": "L1", "quantity": 15, "short": 2, "reason": "missing"}])
    with store_room.refuses(DifferenceFirst):
        store_room.redirect(note, "LY02")
    book.confirm(answer["request"])
    shimo.arrive(store_room.redirect(note, "LY02"), by="zhao")
    assert (shimo.stock("SOAP"), road(county)) == (3, {})
    assert all_is_well(county)


@pytest.mark.parametrize(("to", "kind"), [("LY01", GoesThere), ("COUNTY", ToItself), ("LY99", Unknown)])
def test_where_it_goes_already_itself_and_nowhere_are_no_other_outlets(store_room, note, to, kind):
    with store_room.refuses(kind) as refusal:
        store_room.redirect(note, to)
    assert said(refusal)[0][0] == "to"


def test_only_a_transfer_note_is_redirected(store_room, note):
    with store_room.refuses(Unknown):
        store_room.redirect({"number": 1}, "LY02")


def test_goods_for_named_outlets_go_elsewhere_only_with_the_donors_consent(store_room):
    store_room.give(lines=[{"item": "OIL", "quantity": 6}], wish={"kind": "outlets", "outlets": ["LY01"]})
    note = store_room.send("LY01", oil=6)
    with store_room.refuses(AgainstTheWish) as refusal:
        store_room.redirect(note, "LY02")
    assert said(refusal)[0][0] == "consent"
    entry = store_room.entry(store_room.redirect(note, "LY02", consent="2026-5")["number"])
    assert body_of(entry)["facts"]["consent"] == "2026-5"


def test_an_outlet_redirects_what_it_sent_to_another(book, store_room, note, county):
    book.arrive(note)
    moved = book.redirect(book.send("LY02", by="lin", soap=5), "COUNTY", by="lin")
    store_room.arrive(moved, by="wei")
    assert (store_room.stock("SOAP"), road(county)) == (35, {})
    assert all_is_well(county)


def test_goods_are_sent_back_to_the_county_store_in_their_lots(book, store_room, note, county):
    book.arrive(note)
    back = book.send("COUNTY", by="lin", soap=5)
    store_room.arrive(back, by="wei")
    assert (book.stock("SOAP"), store_room.lots("SOAP"), road(county)) == (15, {"L1": 35}, {})
    assert store_room.holds("received:LY01", "SOAP/L1") == -5
    assert all_is_well(county)
