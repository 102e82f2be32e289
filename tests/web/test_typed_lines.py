"""Cells of a paper as they are typed in a hurry: which goods, how many, and which household they mean."""

import pytest

from ledger.registers.households import Household, take_in
from ledger.registers.items import Item
from ledger.terms import Sentence
from ledger.web.outlet.typed_lines import basket_of, goods_of, household_of

GOODS = [
    Item(code="SOAP", name="肥皂", unit="块"), Item(code="RICE", name="大米", spec="5千克", unit="袋"),
    Item(code="G001", name="食盐", unit="袋"), Item(code="G002", name="5号电池", unit="节"),
    Item(code="CLOTH", name="抹布", unit="块"), Item(code="MITT", name="棉被", unit="床"),
]
"""抹布 and 棉被 have the same initials."""


def basket(text):
    """Return what a cell holds as code and number, or its sentence."""
    found = basket_of(text, GOODS)
    if isinstance(found, Sentence):
        return found.message % found.values
    return " ".join(f"{line['item']}:{line['quantity']}" for line in found)


@pytest.mark.parametrize(("typed", "means"), [
    ("SOAP", "SOAP:1"), ("soap", "SOAP:1"), ("肥皂", "SOAP:1"), ("fz", "SOAP:1"), ("FZ", "SOAP:1"),
    ("肥皂2", "SOAP:2"), ("肥皂 2", "SOAP:2"), ("肥皂x2", "SOAP:2"), ("肥皂X2", "SOAP:2"), ("肥皂 × 2", "SOAP:2"),
    ("肥皂*2", "SOAP:2"), ("肥皂２", "SOAP:2"), ("肥皂 007", "SOAP:7"),
    ("肥皂2 大米1", "SOAP:2 RICE:1"), ("肥皂 2 大米 1", "SOAP:2 RICE:1"), ("肥皂,大米", "SOAP:1 RICE:1"),
    ("肥皂，大米2", "SOAP:1 RICE:2"), ("肥皂、大米；食盐", "SOAP:1 RICE:1 G001:1"), ("肥皂+大米", "SOAP:1 RICE:1"),
    ("肥皂 2块", "SOAP:2"), ("肥皂2块", "SOAP:2"), ("肥皂×2块 大米1袋", "SOAP:2 RICE:1"), ("5号电池 2节", "G002:2"),
    ("大米 5千克 1袋", "RICE:1"), ("大米 5千克 1袋、肥皂 2块", "RICE:1 SOAP:2"),
    ("肥皂 2 块 大米 1 袋", "SOAP:2 RICE:1"), ("大米 5千克 2 袋，食盐1袋", "RICE:2 G001:1"),
    ("肥皂 肥皂", "SOAP:1 SOAP:1"), (" ,肥皂,, ", "SOAP:1"), ("", ""), ("  ", ""),
])
def test_goods_and_their_number_are_read_as_meant(typed, means):
    assert basket(typed) == means


@pytest.mark.parametrize(("typed", "means"), [
    ("G001", "G001:1"), ("g001", "G001:1"), ("G001 3", "G001:3"), ("G001x3", "G001:3"), ("Ｇ００１×３", "G001:3"),
    ("5号电池", "G002:1"), ("5号电池4", "G002:4"), ("5号电池×4", "G002:4"),
])
def test_digits_of_a_code_or_a_name_are_no_number(typed, means):
    assert basket(typed) == means


@pytest.mark.parametrize(("typed", "means"), [
    ("肥皂0", "SOAP:0"), ("肥皂9999", "SOAP:9999"), ("肥皂10000", "SOAP:10000"), ("肥皂99999", "SOAP:10000"),
])
def test_a_number_that_cannot_be_is_left_for_the_form_to_refuse(typed, means):
    assert basket(typed) == means


@pytest.mark.parametrize(("typed", "said"), [
    ("胶鞋", "“胶鞋” is in no register here."), ("肥皂2,胶鞋3", "“胶鞋” is in no register here."),
    ("5", "“5” is in no register here."), ("×2", "“×” is in no register here."),
    ("<b>'\"%", "“<b>'\"%” is in no register here."),
    ("mb", "“mb” may mean several: CLOTH 抹布, MITT 棉被. Write the code."),
])
def test_what_cannot_be_understood_is_said_back_with_what_it_may_mean(typed, said):
    assert basket(typed) == said


def test_only_goods_with_a_price_that_day_are_meant(county):
    assert [item.code for item in county.ask(goods_of, "LY01", county.day)] == ["OIL", "RICE", "SALT", "SOAP"]
    assert county.ask(goods_of, "LY01", county.day.replace(month=1, day=1)) == []


@pytest.mark.parametrize(("typed", "number"), [
    ("H001", "H001"), ("h001", "H001"), ("Ｈ００１", "H001"), (" H001 ", "H001"), ("610001", "H001"),
    ("王秀兰", "H001"), ("wxl", "H001"), ("WXL", "H001"), ("7", "H0007"), ("0007", "H0007"),
])
def test_a_household_is_meant_by_number_card_name_or_initials(county, typed, number):
    with county.store.writing() as session:
        take_in(session, Household(book="LY01", number="H0007", name="郑七", group=3), by="mei", now=county.now)
    assert county.ask(household_of, "LY01", typed) == number


@pytest.mark.parametrize("typed", ["H101", "周大山", "zds", "H999", "%", "_", "'"])
def test_a_neighbours_household_is_as_unknown_as_one_that_never_was(county, typed):
    said = county.ask(household_of, "LY01", typed)
    assert said.message % said.values == f"“{typed}” is in no register here."


def test_a_whole_name_goes_before_the_longer_ones_that_begin_with_it(county):
    with county.store.writing() as session:
        for number, name in [("H21", "王秀"), ("H22", "王秀莲")]:
            take_in(session, Household(book="LY01", number=number, name=name, group=3), by="mei", now=county.now)
    assert county.ask(household_of, "LY01", "王秀") == "H21"
    said = county.ask(household_of, "LY01", "王")
    assert said.message % said.values == "“王” may mean several: H001, H21, H22. Write the code."


@pytest.mark.parametrize("typed", ["\0", " \0\0 ", " ", ""])
def test_a_cell_in_which_nothing_can_be_read_means_nobody_even_where_there_is_one_household(county, typed):
    assert county.ask(household_of, "LY02", "周") == "H101"
    said = county.ask(household_of, "LY02", typed)
    assert said.message == "“%(words)s” is in no register here."
    assert "\0" not in said.values["words"]


@pytest.mark.parametrize("typed", ["肥皂2箱", "肥皂×2箱", "大米5千克"])
def test_another_unit_than_that_of_the_goods_is_no_number_of_them(typed):
    assert "is counted by" in basket(typed)
