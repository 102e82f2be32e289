"""Money and purchases on pages: a donation brings money, an invoice spends it, the donor reads what it became."""

import pytest

from ledger.registers.donors import Donor
from ledger.registers.money import Supplier
from tests.web.house import HERE
from tests.web.page import Page

NEW = "/books/COUNTY/purchases/new"
INVOICE = {
    "supplier": "S1", "invoice": "24612000", "lines-0-item": "SOAP", "lines-0-quantity": "10",
    "lines-0-unit_value": "5.50",
}


@pytest.fixture
def rich(house):
    """The house, its county store with 100 yuan of the grain firm (M1) and 50 of the union (M2)."""
    store = house.county.book("COUNTY")
    store.give(lines=[{"cash": 10_000}, {"cash": 5_000, "source": "union"}])
    return house


def test_the_county_takes_money_in_on_the_slip_for_gifts_and_an_outlet_cannot(house):
    form = {"donor": "D7", "lines-900-cash": "１００.50", "lines-900-source": "village"}
    done = house.sit("wei").fill("/books/COUNTY/donations/new", form, "/donations")
    assert done.status_code == 303
    assert "Cash (cash) 100.50 yuan" in house.sit("wei").open(done.location).text
    assert "lines-900-cash" not in house.sit("lin").get("/books/LY01/donations/new").text
    with house.untouched():
        refused = house.sit("lin").send("/books/LY01/donations", {**form, "occurred_on": "2026-03-06"})
    assert refused.status_code == 422
    assert "Money: Only the county store takes in money." in Page(refused.text).main.text


def test_an_invoice_is_keyed_and_the_entry_shows_money_and_goods(rich):
    done = rich.sit("wei").fill(NEW, INVOICE, "/purchases")
    assert done.status_code == 303
    page = rich.sit("wei").open(done.location).main.text
    assert "Bought" in page and "购-2026-0001" in page
    assert "白水江粮油店 (S1)" in page and "Invoice no. 24612000" in page
    assert "55.00 yuan M1" in page and "肥皂 10 块 L5" in page


def test_money_that_is_not_enough_is_told_at_its_line_with_what_was_typed(rich):
    with rich.untouched():
        refused = rich.sit("wei").fill(NEW, {**INVOICE, "lines-0-quantity": "20", "lines-3-item": "RICE",
                                            "lines-3-quantity": "2", "lines-3-unit_value": "30",
                                            "lines-3-receipt": "M2"}, "/purchases")
    page = Page(refused.text)
    assert refused.status_code == 422
    assert "No single gift of money has the 110.00 yuan this line costs." in page.main.text
    assert "Of M2 50.00 yuan are left; this line costs 60.00 yuan." in page.main.text
    assert 'id="lines-3-receipt-error"' in refused.text
    _, inputs = page.form("/purchases")
    assert (inputs["lines-3-receipt"], inputs["lines-0-quantity"]) == ("M2", "20")


def test_more_lines_keep_what_was_typed(rich):
    action, inputs = rich.sit("wei").open(NEW).form("/purchases")
    again = rich.sit("wei").client.post(action, data={**inputs, **INVOICE, "more": "12"}, headers=HERE)
    assert again.status_code == 200
    assert 'value="5.50"' in again.text and 'name="lines-12-item"' in again.text


def test_the_money_page_tells_by_source_what_came_what_was_spent_and_what_is_left(rich):
    rich.sit("wei").fill(NEW, INVOICE, "/purchases")
    page = rich.sit("chen").open("/books/COUNTY/purchases").main.text
    assert "M1 6 Donations 汉中粮油公司 (D7) 100.00 55.00 45.00 肥皂 10 块" in page
    assert "M2 6 Union funds 汉中粮油公司 (D7) 50.00 0.00 50.00" in page
    assert "Total 150.00 55.00 95.00" in page
    table = rich.sit("chen").get("/books/COUNTY/purchases?format=csv").data.decode("utf-8-sig").splitlines()
    assert table[1].startswith("M1,6,Donations,") and len(table) == 3


def test_the_donors_statement_shows_what_became_of_money_and_of_what_it_bought(rich):
    rich.sit("wei").fill(NEW, INVOICE, "/purchases")
    page = rich.sit("wei").open("/donors/D7/statement?item=SOAP").main.text
    assert "M1 Donations 100.00 55.00 45.00 肥皂 10 块" in page
    assert "Gift 2026-03-06 购-2026-0001 L5 10" in page


@pytest.mark.parametrize(("language", "words"), [("en", "Buy goods"), ("zh_Hans_CN", "采购物品")])
def test_the_pages_speak_both_languages(rich, language, words):
    for path in (NEW, "/books/COUNTY/purchases"):
        assert words in rich.sit("wei", language).open(path).main.text
    assert ("社会捐赠" in rich.sit("wei", language).get(NEW).text) == (language != "en")


def test_without_a_supplier_the_page_says_where_to_enter_one(house):
    house.county.edit(Supplier, "S1", retired=1)
    assert "No supplier in the register yet." in house.sit("wei").open(NEW).main.text


def test_programs_give_money_and_buy_goods(house):
    program = house.program("wei")
    gift = {"donor": "D7", "occurred_on": "2026-03-06", "lines": [{"cash": "100.00"}]}
    given = program.post("/books/COUNTY/donations", gift)
    assert (given.status_code, given.json["receipts"]) == (201, [{"receipt": "M1", "cash": "100.00"}])
    line = {"item": "SOAP", "quantity": 10, "unit_value": "5.50"}
    order = {"supplier": "S1", "invoice": "24612000", "occurred_on": "2026-03-06", "lines": [line]}
    bought = program.post("/books/COUNTY/purchases", order, key="purchase-1")
    assert (bought.status_code, bought.json["cost"]) == (201, "55.00")
    assert bought.json["lines"] == [{"item": "SOAP", "lot": "L5", "quantity": 10, "receipt": "M1"}]
    assert program.post("/books/COUNTY/purchases", order, key="purchase-1").headers["Idempotency-Replayed"] == "true"
    other = order | {"invoice": "24612001", "lines": [line | {"receipt": "M9"}]}
    refused = program.post("/books/COUNTY/purchases", other)
    assert refused.status_code == 422
    assert refused.json["errors"] == {"lines.0.receipt": ["There is no receipt of money M9."]}
    assert house.program("lin").post("/books/LY01/purchases", order).status_code == 403
    assert house.program("lin").post("/books/LY01/donations", gift).json["errors"] == {
        "lines.0.cash": ["Only the county store takes in money. Send the donor to the county office."]
    }


# Donors who want no name

def test_a_donor_who_wants_no_name_is_named_in_the_countys_register_alone(house):
    house.county.edit(Donor, "D8", name="郑大方")
    given = house.sit("wei").fill(
        "/books/COUNTY/donations/new", {"donor": "D8", "lines-900-cash": "100", "lines-0-item": "SOAP",
                                        "lines-0-quantity": "1"}, "/donations"
    )
    wei, chen, lin = house.sit("wei"), house.sit("chen"), house.sit("lin")
    assert "郑大方" in wei.get("/registers/donors/").text
    for browser, path in [
        (chen, "/registers/donors/"), (chen, "/registers/donors/D8"), (wei, "/registers/donors/?format=csv"),
        (wei, "/books/COUNTY/donations/new"), (lin, "/books/LY01/donations/new"), (wei, given.location),
        (wei, "/books/COUNTY/purchases"), (wei, NEW), (wei, "/donors/D8/statement"), (wei, "/books/COUNTY/stock"),
    ]:
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "郑大方" not in answer.text, path
