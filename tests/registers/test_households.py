"""Households: how they are numbered, whose a card is, and who may be credited and served."""

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.errors import Unknown
from ledger.registers.households import (
    CardTaken,
    Household,
    NotActive,
    households_by_number,
    search,
    served,
    take_in,
    take_in_all,
)
from ledger.registers.register import TakenAlready, changes_of
from tests.county import TODAY, said


def enter(county, name="孙大力", *, book="LY01", number="", **more):
    """Take a household in, and return it."""
    with county.store.writing() as session:
        household = Household(book=book, number=number, name=name, **more)
        return take_in(session, household, by="wei", now=TODAY)


def test_each_outlet_numbers_its_households_from_one_without_a_gap(county):
    assert [enter(county).number for _ in range(3)] == ["H0001", "H0002", "H0003"]
    assert enter(county, book="LY02").number == "H0001"
    assert enter(county).number == "H0004"


def test_a_number_a_household_brings_along_is_kept_and_later_passed_over(county):
    assert enter(county, number="H0002").number == "H0002"
    assert [enter(county).number for _ in range(2)] == ["H0001", "H0003"]


def test_a_refused_household_leaves_no_gap(county):
    with county.refuses(CardTaken):
        enter(county, card="610001")
    assert enter(county).number == "H0001"


def test_a_number_names_one_household_of_an_outlet_for_ever(county):
    with county.refuses(TakenAlready) as refusal:
        enter(county, number="H001")
    assert said(refusal) == [("number", "H001 is in the register already.")]
    county.edit(Household, ("LY01", "H001"), retired=1)
    with county.refuses(TakenAlready):
        enter(county, number="H001")
    assert enter(county, number="H001", book="LY02").number == "H001"


def test_a_card_belongs_to_one_household_of_its_outlet(county):
    with county.refuses(CardTaken) as refusal:
        enter(county, card="610001")
    assert said(refusal) == [("card", "This card belongs to household H001.")]
    assert enter(county, card="610001", book="LY02").card == "610001"


def test_many_households_are_without_a_card(county):
    assert [enter(county).card, enter(county).card] == ["", ""]


def test_the_database_itself_refuses_a_card_given_twice(county):
    with pytest.raises(IntegrityError):
        county.edit(Household, ("LY01", "H002"), card="610001")


@pytest.mark.parametrize("values", [{"id_tail": "12345"}, {"status": "gone"}], ids=str)
def test_the_database_itself_refuses_what_no_household_may_be(county, values):
    with pytest.raises(IntegrityError):
        county.edit(Household, ("LY01", "H002"), **values)


def test_a_household_is_taken_in_with_its_initials_and_who_took_it_in(county):
    household = enter(county, "曾国藩")
    assert household.initials == "zgf"
    (noted,) = county.ask(changes_of, household)
    assert (noted.key, noted.field, noted.after, noted.by) == ("LY01/H0001", "", "+", "wei")


def test_a_whole_village_is_taken_in_at_once(county):
    village = [Household(book="LY01", number=number, name="王秀兰") for number in ("", "H0009", "")]
    with county.store.writing() as session:
        take_in_all(session, village, by="wei", now=TODAY)
    known = county.ask(households_by_number, "LY01", ["H0001", "H0002", "H0009", "H0003"])
    assert sorted(known) == ["H0001", "H0002", "H0009"]
    assert {household.initials for household in known.values()} == {"wxl"}
    assert [len(county.ask(changes_of, household)) for household in known.values()] == [1, 1, 1]


def test_a_village_with_a_number_taken_is_not_taken_in_at_all(county):
    village = [Household(book="LY01", number=number, name="王秀兰") for number in ("H0001", "H001")]
    before = county.state()
    with pytest.raises(IntegrityError), county.store.writing() as session:
        take_in_all(session, village, by="wei", now=TODAY)
    assert county.state() == before


def test_hundreds_of_households_are_looked_up_together(county):
    numbers = [f"H{place:04d}" for place in range(1, 1201)]
    with county.store.writing() as session:
        take_in_all(session, [Household(book="LY01", number=n, name="王") for n in numbers], by="wei", now=TODAY)
    assert sorted(county.ask(households_by_number, "LY01", numbers)) == numbers
    assert county.ask(households_by_number, "LY02", numbers) == {}
    assert county.ask(households_by_number, "LY01", []) == {}


def test_an_active_household_is_served(county):
    assert county.ask(served, "LY01", "H001").name == "王秀兰"


@pytest.mark.parametrize("number", ["H002", "H005"])
def test_a_frozen_or_closed_household_is_not_served(county, number):
    with county.refuses(NotActive) as refusal:
        county.ask(served, "LY01", number)
    assert said(refusal) == [("household", f"Household {number} is frozen or closed; ask the supervisor.")]


def test_a_retired_household_is_not_served(county):
    county.edit(Household, ("LY01", "H001"), retired=1)
    with county.refuses(NotActive):
        county.ask(served, "LY01", "H001")


@pytest.mark.parametrize("number", ["H999", "H101", "", "h001"])
def test_a_household_of_another_outlet_is_as_unknown_as_one_that_never_was(county, number):
    with county.refuses(Unknown) as refusal:
        county.ask(served, "LY01", number, at="lines.2.household")
    assert said(refusal) == [("lines.2.household", f"There is no household {number}.")]


@pytest.mark.parametrize(("name", "typed", "never"), [
    ("单秀英", ("sxy", "dxy", "s", "D"), "zxy"), ("仇秀英", ("qxy", "cxy", "c"), "zxy"),
    ("解秀英", ("xxy", "jxy"), "qxy"),
    ("区秀英", ("oxy", "qxy", "O"), "cxy"), ("曾秀英", ("zxy", "cxy", "Z"), "sxy"),
])
def test_a_household_is_found_by_either_reading_of_its_surname(county, name, typed, never):
    number = enter(county, name=name).number
    for letters in typed:
        assert number in [one.number for one in county.ask(search, "LY01", letters)], letters
    assert number not in [one.number for one in county.ask(search, "LY01", never)]
