"""Goods are scanned onto the slip of a gift and onto an invoice; a scanner types the barcode and presses Enter."""

import json

import pytest

from ledger.registers.items import ItemEan
from ledger.web.words import LANGUAGES
from tests.web.faults import faults
from tests.web.house import HERE
from tests.web.page import Page

SOAP, SMALL_SOAP, OLD = "6901234567892", "4006381333931", "6900000000001"
SLIP, INVOICE = "/books/LY01/donations/new", "/books/COUNTY/purchases/new"
KEEPER_AND_BUYER = pytest.mark.parametrize(("person", "paper"), [("lin", SLIP), ("wei", INVOICE)])


@pytest.fixture
def shop(house):
    """The house, where two makers' soaps carry barcodes, and the towel that is not used any more."""
    with house.county.store.writing() as session:
        for ean, item in ((SOAP, "SOAP"), (SMALL_SOAP, "SOAP"), (OLD, "TOWEL")):
            session.add(ItemEan(ean=ean, item=item))
    house.sit("wei").fill("/registers/items/TOWEL/edit", {}, "/TOWEL/retirement")
    return house


def scan(shop, person, paper, ean, *, language="en", **typed):
    """Scan into a paper on which something may be typed already, as without script."""
    action, inputs = shop.sit(person, language).open(paper).form()
    assert "scan" in inputs
    return shop.sit(person, language).client.post(action, data={**inputs, **typed, "scan": ean}, headers=HERE)


def chosen(answer):
    """Return what stands in the lines of the page, and what is left in the box for scanning."""
    _, inputs = Page(answer.text).form()
    lines = {name[6:]: value for name, value in inputs.items() if name.endswith(("-item", "-quantity")) and value}
    return lines, inputs["scan"]


@KEEPER_AND_BUYER
def test_what_is_scanned_is_chosen_in_the_next_free_line_and_nothing_is_booked(shop, person, paper):
    before = shop.count()
    typed = {"lines-0-item": "RICE", "lines-0-quantity": "4", "lines-2-item": "SALT", "paper_number": "0031"}
    answer = scan(shop, person, paper, SMALL_SOAP, **typed)
    assert answer.status_code == 200
    assert chosen(answer) == ({"0-item": "RICE", "0-quantity": "4", "1-item": "SOAP", "2-item": "SALT"}, "")
    page = Page(answer.text)
    told = page.main.text.count("Line 2: 肥皂. Nothing has been booked yet.")
    assert told == 2, "at the head, and at the box that has the focus"
    assert [one["name"] for one in page.main.all("input") if "autofocus" in one.attributes] == ["scan"]
    assert page.form()[1]["paper_number"] == "0031" and page.errors() == {}
    assert shop.count() == before


def test_a_slip_that_is_full_gets_a_line_more_and_the_lines_for_money_stay_theirs(shop):
    typed = {f"lines-{n}-item": "RICE" for n in range(8)} | {"lines-900-cash": "50"}
    answer = scan(shop, "wei", "/books/COUNTY/donations/new", "６９０１２３４５６７８９２", **typed)
    lines, _ = chosen(answer)
    assert lines["8-item"] == "SOAP" and Page(answer.text).form()[1]["lines-900-cash"] == "50"


@KEEPER_AND_BUYER
@pytest.mark.parametrize("ean", ["6909999999999", OLD, "690", "肥皂", "0" * 5000])
def test_a_barcode_of_no_goods_in_use_is_said_at_the_box_and_what_was_typed_stays(shop, person, paper, ean):
    with shop.untouched():
        answer = scan(shop, person, paper, ean, **{"lines-0-item": "RICE"})
    assert answer.status_code == 422
    said = f"Barcode {ean[:40]} stands for no goods in use. Choose them in a line; the county office notes barcodes."
    assert Page(answer.text).errors() == {"scan": [said]}
    assert Page(answer.text).summary() == [f"Scan goods: {said}"]
    assert chosen(answer) == ({"0-item": "RICE"}, ean)


def test_with_the_box_empty_enter_takes_the_goods_in(shop):
    form = {"donor": "D7", "lines-0-item": "SOAP", "lines-0-quantity": "12", "scan": " "}
    assert shop.sit("lin").fill(SLIP, form).status_code == 303


@KEEPER_AND_BUYER
def test_more_lines_keep_what_stands_in_the_box(shop, person, paper):
    answer = scan(shop, person, paper, SOAP, more="12")
    assert answer.status_code == 200 and chosen(answer) == ({}, SOAP)


def test_the_script_finds_every_barcode_on_the_page(shop):
    (said,) = [one for one in shop.sit("lin").open(SLIP).all("p") if one["id"] == "scanned"]
    assert json.loads(said["data-eans"]) == {"SOAP": f"{SMALL_SOAP} {SOAP}", "TOWEL": OLD}


@pytest.mark.parametrize("language", LANGUAGES)
@KEEPER_AND_BUYER
def test_these_pages_read_well(shop, person, paper, language):
    for ean in (SOAP, "690"):
        assert faults(scan(shop, person, paper, ean, language=language).text, language) == []
