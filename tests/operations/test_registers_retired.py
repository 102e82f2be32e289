"""A line that is retired: its past stays, and what still counts in the book is not retired."""

import pytest

from ledger.operations.register import (
    OwnSignIn,
    StillHolds,
    put_away,
)
from ledger.operations.staff import (
    LastOfOffice,
    reset_password,
)
from ledger.registers.donors import Donor
from ledger.registers.items import Item
from ledger.registers.register import Retired, Stale
from ledger.registers.staff import Staff
from tests.county import said
from tests.operations.test_registers_kept import change, changes, line, office

__all__ = ["office"]


def test_a_retired_line_is_noted_and_its_past_stays(office, county):
    office.give(donor="D7", soap=2)
    office.do(put_away, by="han", register="donors", of=["D7"], version=1)
    assert line(county, Donor, "D7").retired == 1
    assert changes(county, Donor, "D7") == [("retired", "0", "1", "han")]
    assert office.stock("SOAP") == 2


def test_an_older_version_is_not_retired(office, county):
    change(office, Donor, ("D7",), phone="13900000000")
    with office.refuses(Stale):
        office.do(put_away, by="wei", register="donors", of=["D7"], version=1)


def test_retired_staff_are_signed_out_at_once(office, county):
    office.do(put_away, by="wei", register="staff", of=["lin"], version=1)
    assert (line(county, Staff, "lin").retired, line(county, Staff, "lin").sessions) == (1, 2)


def test_what_still_counts_in_the_book_is_not_retired(office, book):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT    240
    """
    wangs = ["LY01", "H001"]
    for desk, register, key in ((book, "households", wangs), (office, "lots", ["L7"]), (office, "sites", ["LY01"])):
        with desk.refuses(StillHolds) as refusal:
            desk.do(put_away, by="wei", register=register, of=key, version=1)
        named = "六河村爱心超市 (LY01)" if register == "sites" else key[-1]
        assert said(refusal)[0][1] == f"{named} still holds something in the book; that must be settled first."
    book.redeem("H001", soap=2)
    book.do(put_away, by="wei", register="households", of=wangs, version=1)


@pytest.mark.parametrize(("register", "key"), [("items", "RICE"), ("lots", "L1"), ("sites", "LY02")])
def test_goods_that_lie_or_travel_somewhere_keep_their_item_lot_and_site_in_use(office, register, key):
    office.give(rice=5)
    office.send("LY02", rice=5)
    with office.refuses(StillHolds) as refusal:
        office.do(put_away, by="wei", register=register, of=[key], version=1)
    named = {"RICE": "大米 5千克", "LY02": "石磨村爱心超市 (LY02)"}.get(key, key)
    assert said(refusal)[0][1] == f"{named} still holds something in the book; that must be settled first."


def test_an_item_of_which_nothing_is_left_is_retired_and_used_again(office, county):
    office.do(put_away, by="wei", register="items", of=["TOWEL"], version=1)
    with office.refuses(Retired) as refusal:
        office.give(towel=1)
    assert said(refusal) == [("lines.0.item", "毛巾 is retired and not used any more.")]
    office.do(put_away, by="han", register="items", of=["TOWEL"], version=2, back=1)
    assert changes(county, Item, "TOWEL") == [("retired", "0", "1", "wei"), ("retired", "1", "0", "han")]
    office.give(towel=1)


def test_nobody_retires_their_own_sign_in(office):
    with office.refuses(OwnSignIn):
        office.do(put_away, by="wei", register="staff", of=["wei"], version=1)


def test_the_county_office_keeps_a_sign_in(office):
    office.do(put_away, by="han", register="staff", of=["wei"], version=1)
    with office.refuses(LastOfOffice):
        change(office, Staff, ("han",), by="han", role="auditor")
    with office.refuses(LastOfOffice):
        office.do(put_away, by="aixin", register="staff", of=["han"], version=1)
    office.do(put_away, by="han", register="staff", of=["wei"], version=2, back=1)
    change(office, Staff, ("han",), by="wei", role="auditor")


def test_who_is_retired_is_told_so_and_given_no_password(office, county):
    office.do(put_away, by="wei", register="staff", of=["lin"], version=1)
    with office.refuses(Retired) as refusal:
        office.do(reset_password, by="wei", name="lin", password_hash="$argon2id$one")
    assert said(refusal) == [(None, "lin is retired and not used any more.")]
    office.do(put_away, by="wei", register="staff", of=["lin"], version=2, back=1)
    office.do(reset_password, by="wei", name="lin", password_hash="$argon2id$one")
