"""The pack for a day without power: whom the outlet may serve from paper, with what, and for how many points."""

from datetime import date

import pytest

from ledger.operations.item import limit_item
from ledger.registers.households import Household, take_in
from ledger.registers.items import Item
from ledger.reports.power_cut import balance_pages, price_list


def register(county, many, group=9):
    """Take so many more households into Liuhe's register."""
    with county.store.writing() as session:
        for n in range(many):
            row = Household(book="LY01", number=f"H2{n:02}", name=f"郑{n}", group=group)
            take_in(session, row, by="mei", now=county.now)


def test_households_stand_by_group_and_number_with_both_purses_and_the_end_of_their_card(book, county):
    """
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT  100
    2026-03-05 credit
      fund:merit   -> purse:H001:merit    POINT  305
    2026-03-05 credit
      fund:merit   -> purse:H006:merit    POINT   10
    """
    county.edit(Household, ("LY01", "H001"), group=3)
    (page,) = county.ask(balance_pages, "LY01")
    assert [(row["group"], row["number"], row["support"], row["merit"], row["total"]) for row in page] == [
        (2, "H003", 0, 0, 0), (2, "H004", 0, 0, 0), (3, "H001", 100, 305, 405), (3, "H006", 0, 10, 10),
    ]
    assert [row["card"] for row in page if row["number"] in ("H001", "H003")] == ["", "0001"]


def test_who_may_not_be_served_is_not_on_the_list_and_nor_are_a_neighbours(book, county):
    county.edit(Household, ("LY01", "H004"), status="frozen")
    county.edit(Household, ("LY01", "H006"), retired=1)
    (page,) = county.ask(balance_pages, "LY01")
    assert [row["number"] for row in page] == ["H001", "H003"]
    assert [[row["number"] for row in page] for page in county.ask(balance_pages, "LY02")] == [["H101"]]


@pytest.mark.parametrize(("more", "sizes"), [(21, [25]), (22, [26]), (23, [26, 1]), (49, [26, 26, 1])])
def test_a_page_holds_twenty_six_households(book, county, more, sizes):
    register(county, more)
    pages = county.ask(balance_pages, "LY01")
    assert [len(page) for page in pages] == sizes
    assert len({row["number"] for page in pages for row in page}) == sum(sizes)


def test_an_outlet_without_households_has_no_list(county):
    county.edit(Household, ("LY02", "H101"), retired=1)
    assert county.ask(balance_pages, "LY02") == []


def test_goods_stand_with_their_price_and_every_limit_that_holds_that_day(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
      donor:D7 -> stock  SALT/L8   3
      donor:D7 -> stock  RICE/L9   3  best 2026-03-05
    """
    for per, most in [("visit", 1), ("month", 4)]:
        said = {"item": "SOAP", "outlet": "COUNTY", "per": per, "quantity": most}
        book.do(limit_item, by="wei", holds_from=date(2026, 3, 7), **said)
    today, tomorrow = (county.ask(price_list, "LY01", date(2026, 3, day)) for day in (6, 7))
    assert [(row["item"], row["limits"]) for row in today] == [("SALT", []), ("SOAP", [])]
    assert [(row["item"], sorted((one["per"], one["most"]) for one in row["limits"])) for row in tomorrow] == [
        ("SALT", []), ("SOAP", [("month", 4), ("visit", 1)]),
    ]
    assert county.ask(price_list, "LY02", county.day) == []


def test_an_item_that_is_no_longer_bought_is_handed_out_while_it_lies_there(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SOAP/L7  20
    """
    county.edit(Item, "SOAP", retired=1)
    assert [row["item"] for row in county.ask(price_list, "LY01", county.day)] == ["SOAP"]
