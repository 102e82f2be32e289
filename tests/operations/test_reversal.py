"""Reversal: a mistake is answered by its mirror image, whole, once, with a reason. History stays."""

from datetime import date

import pytest

from ledger.errors import NotFound, Unknown
from ledger.journal import body_of
from ledger.journal.posting import ReversedAlready
from ledger.operations.reversal import AskSupervisor, GoodsGone, NotReversible, OwnEntry
from ledger.operations.undo import ArrivedAlready
from ledger.registers.households import Household
from ledger.registers.requests import AlreadyDecided
from ledger.registers.sheets import Sheet
from ledger.registers.staff import OwnHousehold
from tests.county import road, said
from tests.replay import rows


def sheet(county):
    """Return the sheet as the register keeps it."""
    with county.store.reading() as session:
        return session.get_one(Sheet, ("LY01", 1))


# A redemption

def test_a_reversal_gives_back_points_and_goods(book):
    """
    2026-03-05 donation
      donor:D7    -> stock              SOAP/L7   20
    2026-03-05 credit
      fund:merit  -> purse:H001:merit   POINT   1000
    """
    sold = book.redeem("H001", soap=2)
    book.reverse(sold, reason="wrong household")
    assert book.points("H001") == 1000
    assert book.stock("SOAP") == 20


def test_a_reversal_keeps_the_number_of_its_paper(book):
    """
    2026-03-05 donation
      donor:D7    -> stock              SOAP/L7   20
    """
    answer = book.reverse(1, by="luo", paper_number="0032")
    assert body_of(book.entry(answer["number"]))["facts"]["paper_number"] == "0032"


def test_every_lot_and_both_purses_are_exactly_as_they_were(book):
    """
    2026-03-05 donation
      donor:D7     -> stock               RICE/L1   2  best 2026-06-01
      donor:D8     -> stock               RICE/L2   2  best 2026-09-01
      donor:D8     -> stock               SOAP/L3   9
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT   700
      fund:merit   -> purse:H001:merit    POINT   900
    """
    before = book.balances()
    sold = book.redeem("H001", basket=[{"item": "RICE", "quantity": 3}, {"item": "SOAP", "quantity": 1}])
    assert sold["spent"] == {"support": 700, "merit": 515}
    book.reverse(sold)
    assert book.balances() == before


def test_the_mirror_is_an_entry_of_its_own_and_the_first_one_stands(book):
    """
    2026-03-05 donation
      donor:D7    -> stock              SOAP/L7   20
    2026-03-05 credit
      fund:merit  -> purse:H001:merit   POINT   1000
    """
    sold = book.redeem("H001", soap=2)
    before = book.entry(sold["number"])
    answer = book.reverse(sold)
    mirror = book.entry(answer["number"])
    assert (mirror.kind, mirror.reverses, answer["reverses"]) == ("reversal", sold["number"], sold["number"])
    assert body_of(mirror)["facts"] == {"of": "redemption", "number": sold["number"]}
    assert [(leg["source"], leg["destination"], leg["quantity"]) for leg in body_of(mirror)["postings"]] == [
        ("handed-out", "stock", 2), ("redeemed", "purse:H001:merit", 240)
    ]
    assert book.entry(sold["number"]) == before


def test_the_reason_is_words_and_stands_beside_the_journal(book, county):
    """
    2026-03-05 donation
      donor:D7    -> stock              SALT/L7   20
    """
    mirror = book.entry(book.reverse(book.redeem("H001", salt=2), reason="Wang sent her son")["number"])
    assert "Wang" not in mirror.body
    with county.store.reading() as session:
        assert [row["text"] for row in rows(session, "SELECT text FROM note")] == ["Wang sent her son"]


def test_an_entry_is_reversed_once(book):
    """
    2026-03-05 donation
      donor:D7    -> stock              SALT/L7   20
    """
    sold = book.redeem("H001", salt=2)
    book.reverse(sold)
    with book.refuses(ReversedAlready) as refusal:
        book.reverse(sold)
    assert said(refusal)[0][1] == "Entry 2 has been reversed already."


def test_a_reversal_is_not_reversed(book):
    """
    2026-03-05 donation
      donor:D7    -> stock              SALT/L7   20
    """
    undone = book.reverse(book.redeem("H001", salt=2))
    with book.refuses(NotReversible):
        book.reverse(undone, by="luo")


def test_what_was_never_booked_is_not_found(book):
    with book.refuses(NotFound):
        book.reverse(1)


def test_a_reversal_reaches_a_frozen_household_an_expired_lot_and_an_old_day(book, county):
    """
    2026-03-05 donation
      donor:D7    -> stock              RICE/L7   20  best 2026-03-10
    2026-03-05 credit
      fund:merit  -> purse:H001:merit   POINT   1000
    """
    sold = book.redeem("H001", rice=1)
    county.edit(Household, ("LY01", "H001"), status="frozen")
    county.move_to("2026-06-20")
    mirror = book.entry(book.reverse(sold)["number"])
    assert (mirror.occurred_on, mirror.late) == (date(2026, 6, 20), 0)
    assert (book.points("H001"), book.stock("RICE")) == (1000, 20)


# Who may

def test_a_keeper_undoes_an_own_redemption_on_the_same_day(book, county):
    """
    2026-03-05 donation
      donor:D7    -> stock              SALT/L7   20
    """
    sold = book.redeem("H001", salt=2, by="lin")
    county.move_to("2026-03-06", hour=23)
    book.reverse(sold, by="lin")
    assert book.stock("SALT") == 20


def test_the_day_of_a_redemption_keyed_late_is_the_day_it_was_keyed(book, county):
    """
    2026-03-01 donation
      donor:D7    -> stock              SALT/L7   20
    """
    sold = book.redeem("H001", salt=2, by="lin", on="2026-03-04", paper_number="P-1")
    book.reverse(sold, by="lin")
    assert book.stock("SALT") == 20


def test_after_midnight_in_the_county_the_keeper_asks_a_second_person(book, county):
    """
    2026-03-05 donation
      donor:D7    -> stock              SALT/L7   20
    """
    county.move_to("2026-03-06", hour=23)
    sold = book.redeem("H001", salt=2, by="lin")
    county.move_to("2026-03-07", hour=0)
    with book.refuses(AskSupervisor):
        book.reverse(sold, by="lin")
    book.reverse(sold, by="gao")


@pytest.mark.parametrize("clerk", ["mei", "zhao", "chen"])
def test_nobody_else_undoes_a_keepers_redemption(book, clerk):
    """
    2026-03-05 donation
      donor:D7    -> stock              SALT/L7   20
    """
    sold = book.redeem("H001", salt=2, by="lin")
    with book.refuses(AskSupervisor):
        book.reverse(sold, by=clerk)


def test_a_keeper_undoes_redemptions_and_nothing_else(book):
    given = book.give(soap=2, by="lin")
    with book.refuses(AskSupervisor):
        book.reverse(given, by="lin")


@pytest.mark.parametrize("second_hand", ["gao", "luo", "wei"])
def test_supervisor_checker_and_county_reverse_what_another_booked(book, second_hand):
    """
    2026-03-05 donation
      donor:D7    -> stock              SALT/L7   20
    """
    book.reverse(book.redeem("H001", salt=1, by="lin"), by=second_hand)
    assert book.stock("SALT") == 20


@pytest.mark.parametrize("clerk", ["gao", "wei"])
def test_nobody_reverses_an_entry_of_their_own(book, clerk):
    given = book.give(soap=2, by=clerk)
    with book.refuses(OwnEntry):
        book.reverse(given, by=clerk)
    book.reverse(given, by="luo")


def test_nobody_reverses_for_their_own_or_a_relatives_household(book):
    """
    2026-03-05 donation
      donor:D7    -> stock              SALT/L7   20
    2026-03-05 credit
      fund:merit  -> purse:H006:merit   POINT   1000
    """
    sold = book.redeem("H006", salt=2)
    for entry in (sold["number"], 2):
        with book.refuses(OwnHousehold):
            book.reverse(entry, by="gao")
    book.reverse(sold, by="luo")


# Goods that came in or went out

def test_a_reversed_donation_takes_the_goods_off_the_shelf(book):
    book.reverse(book.give(soap=20, rice=3))
    assert book.balances() == {}


def test_a_donation_whose_goods_have_gone_cannot_be_taken_back_as_a_whole(book, county):
    given = book.give(salt=20, rice=3)
    book.redeem("H001", salt=2)
    with book.refuses(GoodsGone) as refusal:
        book.reverse(given)
    assert said(refusal)[0][1] == (
        "Of SALT L1, 18 of 20 are still there; this cannot be taken back as a whole."
    )


def test_a_dispatch_is_reversed_while_all_of_it_is_on_the_road(county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20, rice=9)
    before = store_room.balances()
    store_room.reverse(store_room.send("LY01", soap=5, rice=4), by="han")
    assert (store_room.balances(), road(county)) == (before, {})


def test_a_dispatch_of_which_a_part_has_arrived_cannot_be_taken_back(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20, rice=9)
    note = store_room.send("LY01", rice=4, soap=5)
    book.arrive(note, soap=1)
    with county.refuses(ArrivedAlready):
        store_room.reverse(note, by="han")


def test_a_dispatch_that_was_counted_short_cannot_be_taken_back(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    note = store_room.send("LY01", soap=5)
    book.arrive(note, lines=[{"item": "SOAP", "lot": "L1", "short": 5, "reason": "never loaded"}])
    with county.refuses(ArrivedAlready):
        store_room.reverse(note, by="han")


def test_a_reversed_dispatch_no_longer_arrives(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    note = store_room.send("LY01", soap=5)
    store_room.reverse(note, by="han")
    with book.refuses(Unknown):
        book.arrive(note)


def test_a_reversed_arrival_puts_the_goods_back_on_the_road(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20, rice=9)
    note = store_room.send("LY01", rice=4, soap=5)
    before, on_the_road = book.balances(), road(county)
    arrived = book.arrive(note, soap=3)
    book.reverse(arrived)
    assert (book.balances(), road(county)) == (before, on_the_road)
    book.arrive(note)
    assert (book.stock("SOAP"), road(county)) == (5, {})


def test_once_its_arrival_is_reversed_a_dispatch_can_be_taken_back(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    note = store_room.send("LY01", soap=5)
    book.reverse(book.arrive(note))
    store_room.reverse(note, by="han")
    assert (store_room.stock("SOAP"), road(county)) == (20, {})


def test_an_arrival_whose_goods_were_handed_out_cannot_be_taken_back(book, county):
    store_room = county.book("COUNTY")
    store_room.give(salt=20)
    arrived = book.arrive(store_room.send("LY01", salt=5))
    book.redeem("H001", salt=1)
    with book.refuses(GoodsGone):
        book.reverse(arrived)


def test_a_difference_that_waits_falls_with_the_arrival_that_counted_it(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    note = store_room.send("LY01", soap=5)
    short = [{"item": "SOAP", "lot": "L1", "quantity": 2, "short": 3, "reason": "miscounted"}]
    arrived = book.arrive(note, lines=short)
    book.reverse(arrived)
    with book.refuses(AlreadyDecided):
        book.confirm(arrived["request"])
    book.arrive(note)
    assert (book.stock("SOAP"), road(county)) == (5, {})


def test_a_confirmed_difference_stands_when_its_arrival_is_reversed(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    note = store_room.send("LY01", soap=5)
    short = [{"item": "SOAP", "lot": "L1", "quantity": 2, "short": 3, "reason": "box torn open"}]
    arrived = book.arrive(note, lines=short)
    book.confirm(arrived["request"])
    book.reverse(arrived)
    assert (road(county), book.holds("difference", "SOAP/L1")) == ({"L1": 2}, 3)


def test_a_shortage_that_was_none_is_reversed_and_the_goods_can_still_arrive(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    note = store_room.send("LY01", soap=5)
    short = [{"item": "SOAP", "lot": "L1", "quantity": 2, "short": 3, "reason": "box not found"}]
    confirmed = book.confirm(book.arrive(note, lines=short)["request"], by="gao")
    book.reverse(confirmed, by="luo", reason="the box stood behind the door")
    assert (road(county), book.holds("difference", "SOAP/L1")) == ({"L1": 3}, 0)
    book.arrive(note, soap=3)
    assert book.stock("SOAP") == 5


def test_an_overage_that_was_none_is_reversed(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=20)
    over = [{"item": "SOAP", "lot": "L1", "quantity": 5, "over": 3, "reason": "miscounted"}]
    confirmed = book.confirm(book.arrive(store_room.send("LY01", soap=5), lines=over)["request"], by="gao")
    book.reverse(confirmed, by="luo")
    assert (book.stock("SOAP"), book.holds("difference", "SOAP/L1")) == (5, 0)


# Once, whatever it was

@pytest.mark.parametrize("kind", ["donation", "dispatch", "arrival", "difference", "sheet", "notice", "credit"])
def test_whatever_it_was_the_second_reversal_is_told_that_there_is_one(book, county, kind):
    store_room = county.book("COUNTY")

    def short():
        line = {"item": "SOAP", "lot": "L1", "quantity": 2, "short": 3, "reason": "box torn open"}
        return book.confirm(book.arrive(store_room.send("LY01", soap=5), lines=[line])["request"], by="luo")

    store_room.give(soap=20)
    book.write("2026-03-05 credit\nfund:merit -> purse:H001:merit POINT 50")
    desk, entry = {
        "donation": lambda: (book, book.give(rice=1)),
        "dispatch": lambda: (store_room, store_room.send("LY01", soap=5)),
        "arrival": lambda: (book, book.arrive(store_room.send("LY01", soap=5))),
        "difference": lambda: (book, short()),
        "sheet": lambda: (book, book.draw(("H001", "CLEAN"))),
        "notice": lambda: (book, book.hang(book.draw(("H001", "CLEAN"))["n"])),
        "credit": lambda: (book, 1),
    }[kind]()
    desk.reverse(entry, by="han")
    with desk.refuses(ReversedAlready):
        desk.reverse(entry, by="han")
