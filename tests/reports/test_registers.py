"""The county's registers as tables."""

from datetime import date

import pytest

from ledger.registers.donors import Donor
from ledger.reports.registers import REGISTERS, register

DAY = date(2026, 3, 6)


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_is_a_table_whose_rows_fill_its_columns(county, name):
    county.book("COUNTY").give(soap=1)
    table = county.ask(register, name, DAY)
    rows = list(table.rows)
    assert rows
    for row in rows:
        assert {column.name for column in table.columns} <= row.keys()


def test_items_are_told_with_the_countys_price_of_the_day(county):
    county.price("SOAP", 150, since="2026-03-06")
    county.price("SOAP", 90, book="LY01", since="2026-03-06")

    def price(day):
        return {row["code"]: row["points"] for row in county.ask(register, "items", day).rows}["SOAP"]

    assert (price(date(2026, 3, 5)), price(DAY)) == (120, 150)


def test_an_item_without_a_price_says_so(county):
    prices = {row["code"]: row["points"] for row in county.ask(register, "items", DAY).rows}
    assert (prices["TOWEL"], prices["SALT"]) == (None, 0)


def test_no_register_shows_a_password_or_a_private_link(county):
    for name in REGISTERS:
        shown = {column.name for column in county.ask(register, name, DAY).columns}
        assert not shown & {"password_hash", "link"}


def test_a_retired_line_stays_in_its_register(county):
    county.edit(Donor, "D8", retired=1)
    assert [(row["code"], row["retired"]) for row in county.ask(register, "donors", DAY).rows] == [("D7", 0), ("D8", 1)]
