"""Lots: numbered once in the county, found together, and listed in the order of coming in."""

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.registers.lots import Lot, lots_by_code, lots_of, next_lot_code


def take_in(county, *codes, donor="D7", book="COUNTY", number=1, item="SOAP"):
    """Enter lots of one receipt."""
    with county.store.writing() as session:
        session.add_all(Lot(code=c, item=item, donor=donor, book=book, number=number, quantity=1) for c in codes)


def next_codes(county, count):
    """Return the next lot codes."""
    with county.store.writing() as session:
        return [next_lot_code(session) for _ in range(count)]


def test_lot_codes_are_given_once_in_the_county_without_a_gap(county):
    assert next_codes(county, 3) == ["L1", "L2", "L3"]
    with pytest.raises(ZeroDivisionError), county.store.writing() as session:
        next_lot_code(session)
        1 / 0  # noqa: B018
    assert next_codes(county, 1) == ["L4"]


def test_hundreds_of_lots_are_looked_up_together(county):
    codes = [f"L{place}" for place in range(1, 1002)]
    take_in(county, *codes)
    assert set(county.ask(lots_by_code, codes)) == set(codes)
    assert set(county.ask(lots_by_code, ["L7", "L9999", "L1001", "L7"])) == {"L7", "L1001"}
    assert county.ask(lots_by_code, []) == {}


def test_what_a_donor_gave_is_listed_in_the_order_of_coming_in(county):
    take_in(county, "L9", "L10", number=40)
    take_in(county, "L11", book="LY01", number=1)
    take_in(county, "L12", donor="D8", number=41)
    take_in(county, "L100", number=42)
    assert [lot.code for lot in county.ask(lots_of, "D7")] == ["L9", "L10", "L11", "L100"]
    assert [lot.code for lot in county.ask(lots_of, "D8")] == ["L12"]
    assert county.ask(lots_of, "D9") == []


@pytest.mark.parametrize("wrong", [{"donor": "D9"}, {"item": "GOLD"}], ids=str)
def test_the_database_itself_refuses_a_lot_of_nobody_or_of_nothing_known(county, wrong):
    with pytest.raises(IntegrityError):
        take_in(county, "L1", **wrong)
