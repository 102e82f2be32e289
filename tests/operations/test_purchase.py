"""Purchase: money that was given becomes goods, and every yuan keeps its donor and its source.

Money lies in the county store alone. A receipt M1, M2, … is one gift of money; a purchase spends receipts by lines.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError, Refusals, Unknown
from ledger.journal import body_of
from ledger.operations.acceptance import MoneyOnlyInCounty
from ledger.operations.days import LateWithoutPaper
from ledger.operations.purchase import BoughtTooOld, InvoiceBooked, NoReceiptPays, NotEnoughMoney, OnlyCountyBuys
from ledger.operations.reversal import GoodsGone, MoneySpent
from ledger.registers.lots import Lot
from ledger.registers.money import MoneyReceipt
from ledger.registers.register import Retired
from tests.county import said


@pytest.fixture
def store_room(county):
    """The county store with 1,000 yuan of the grain firm (M1), 300 of its own union (M2) and 200 of D8 (M3)."""
    desk = county.book("COUNTY")
    desk.give(lines=[{"cash": 100_000}])
    desk.give(lines=[{"cash": 30_000, "source": "union"}])
    desk.give(donor="D8", lines=[{"cash": 20_000}])
    return desk


def line(item="SOAP", quantity=10, unit_value=500, **more):
    """Return a line of an invoice: ten soaps at five yuan."""
    return {"item": item, "quantity": quantity, "unit_value": unit_value, **more}


def left(desk):
    """Return what is left of each receipt, in fen."""
    return {lot: held for (account, _, lot), held in desk.balances().items() if account == "cash"}


def receipt(county, code):
    """Return a receipt of money."""
    with county.store.reading() as session:
        return session.get_one(MoneyReceipt, code)


# An invoice

def test_an_invoice_of_a_supplier_is_booked_once_until_its_purchase_is_reversed(store_room):
    first = store_room.buy(line(), invoice="24612000")
    with store_room.refuses(InvoiceBooked) as refusal:
        store_room.buy(line("RICE", 1), invoice="24612000")
    assert said(refusal) == [("invoice", "Invoice 24612000 of this supplier is booked already, by entry 4.")]
    store_room.reverse(first, by="han")
    assert store_room.buy(line(), invoice="24612000")["cost"] == 5_000


# Money comes in

def test_money_is_taken_in_as_a_receipt_that_keeps_its_donor_and_its_source(store_room, county):
    assert left(store_room) == {"M1": 100_000, "M2": 30_000, "M3": 20_000}
    assert store_room.holds("donor:D7", "CNY/M1") == -100_000
    first, second = receipt(county, "M1"), receipt(county, "M2")
    assert (first.donor, first.source, first.amount_fen) == ("D7", "donated", 100_000)
    assert (first.book, first.number) == ("COUNTY", 1)
    assert (second.source, second.number) == ("union", 2)


def test_one_slip_may_bring_goods_and_money(store_room, county):
    answer = store_room.give(lines=[{"item": "SOAP", "quantity": 4}, {"cash": 5_000}])
    assert answer["lines"] == [{"item": "SOAP", "lot": "L1", "quantity": 4}]
    assert answer["receipts"] == [{"receipt": "M4", "cash": 5_000}]
    assert (store_room.stock("SOAP"), left(store_room)["M4"]) == (4, 5_000)


def test_an_outlet_takes_in_no_money_and_says_so_at_the_line(book):
    with book.refuses(MoneyOnlyInCounty) as refusal:
        book.give(lines=[{"item": "SOAP", "quantity": 4}, {"cash": 5_000}])
    assert said(refusal) == [
        ("lines.1.cash", "Only the county store takes in money. Send the donor to the county office.")
    ]


def test_a_gift_of_money_that_has_not_been_spent_is_reversed_like_any_other(store_room):
    store_room.reverse(1, by="han")
    assert left(store_room) == {"M2": 30_000, "M3": 20_000}


# Goods are bought

def test_money_becomes_goods_and_the_donor_of_the_money_is_the_donor_of_the_goods(store_room, county):
    answer = store_room.buy(line(receipt="M1"))
    assert answer["lines"] == [{"item": "SOAP", "lot": "L1", "quantity": 10, "receipt": "M1"}]
    assert answer["cost"] == 5_000
    assert (left(store_room)["M1"], store_room.stock("SOAP")) == (95_000, 10)
    assert (store_room.holds("supplier:S1", "CNY/M1"), store_room.holds("supplier:S1", "SOAP/L1")) == (5_000, -10)
    with county.store.reading() as session:
        lot = session.get_one(Lot, "L1")
    assert (lot.donor, lot.receipt, lot.unit_value_fen, lot.value_basis) == ("D7", "M1", 500, "invoice")
    county.replay()


def test_the_entry_names_supplier_and_invoice_and_which_money_paid_which_lot(store_room):
    entry = store_room.entry(store_room.buy(line(receipt="M2"), line("RICE", 2, 3_000), invoice="24612000")["number"])
    assert entry.kind == "purchase"
    assert body_of(entry)["facts"] == {
        "supplier": "S1", "invoice": "24612000", "receipts": {"L1": "M2", "L2": "M1"}, "serial": "购-2026-0001",
    }


def test_a_line_that_names_no_money_takes_the_oldest_gift_that_can_pay_all_of_it(store_room):
    store_room.buy(line(quantity=9, unit_value=10_000))
    store_room.buy(line(quantity=3, unit_value=5_000))
    assert left(store_room) == {"M1": 10_000, "M2": 30_000, "M3": 5_000}, "90 from M1; M1 cannot pay 150, so M3 does"


def test_union_money_is_not_taken_unless_it_is_named(store_room):
    store_room.buy(line(quantity=1, unit_value=100_000), line(quantity=1, unit_value=20_000))
    with store_room.refuses(NoReceiptPays) as refusal:
        store_room.buy(line(quantity=1, unit_value=10_000))
    assert said(refusal) == [(
        "lines.0.receipt",
        "No single gift of money has the 100.00 yuan this line costs. Choose the money to be spent.",
    )]
    store_room.buy(line(quantity=1, unit_value=10_000, receipt="M2"))
    assert left(store_room) == {"M2": 20_000}


def test_no_more_is_spent_than_is_left_of_a_receipt_over_all_lines(store_room):
    with store_room.refuses(NotEnoughMoney) as refusal:
        store_room.buy(line(quantity=2, unit_value=10_000, receipt="M3"), line(quantity=1, unit_value=1, receipt="M3"))
    assert said(refusal) == [("lines.1.receipt", "Of M3 0.00 yuan are left; this line costs 0.01 yuan.")]


def test_money_that_is_named_is_kept_for_the_line_that_names_it(store_room):
    store_room.buy(line(quantity=1, unit_value=100_000), line(quantity=1, unit_value=20_000, receipt="M3"),
                   line(quantity=1, unit_value=30_000, receipt="M2"))
    assert left(store_room) == {}


def test_every_line_without_money_is_named_at_once(store_room):
    with store_room.refuses(Refusals) as refusal:
        store_room.buy(line(receipt="M9"), line(), line(quantity=400, receipt="M2"))
    assert [at for at, _ in said(refusal)] == ["lines.0.receipt", "lines.2.receipt"]


@pytest.mark.parametrize(
    ("supplier", "item", "kind", "field"),
    [("S9", "SOAP", Unknown, "supplier"), ("S2", "SOAP", Retired, "supplier"), ("S1", "SILK", Unknown, "lines.0.item")],
)
def test_who_or_what_is_in_no_register_or_retired_is_refused_at_its_field(store_room, supplier, item, kind, field):
    with store_room.refuses(kind) as refusal:
        store_room.buy(line(item), supplier=supplier)
    assert [at for at, _ in said(refusal)] == [field]


def test_goods_past_their_best_before_are_not_bought(store_room, county):
    with store_room.refuses(BoughtTooOld) as refusal:
        store_room.buy(line(best_before=county.day), line("RICE", best_before=county.day.replace(day=5)))
    assert said(refusal)[0][0] == "lines.1.best_before"


def test_an_invoice_of_a_past_day_needs_its_paper(store_room):
    with store_room.refuses(LateWithoutPaper):
        store_room.buy(line(), on="2026-03-05")
    assert store_room.entry(store_room.buy(line(), on="2026-03-05", paper_number="购-7")["number"]).late == 1


def test_only_the_county_store_buys(book, store_room):
    with book.refuses(OnlyCountyBuys):
        book.buy(line(), by="lin")


def test_bought_goods_keep_the_wish_of_the_money(store_room, county):
    store_room.give(lines=[{"cash": 9_000}], wish={"kind": "outlets", "outlets": ["LY02"]})
    store_room.buy(line(receipt="M4"))
    with county.store.reading() as session:
        lot = session.get_one(Lot, "L1")
    assert (lot.wish, lot.wish_outlets) == ("outlets", "LY02")


# A purchase is taken back

def test_a_reversed_purchase_gives_the_money_back_to_its_receipt(store_room, county):
    before = store_room.balances()
    store_room.reverse(store_room.buy(line(receipt="M1")), by="han")
    assert store_room.balances() == before
    store_room.buy(line(quantity=1, unit_value=100_000, receipt="M1"))
    county.replay()


def test_a_purchase_whose_goods_have_left_is_not_taken_back(store_room):
    bought = store_room.buy(line())
    store_room.send("LY01", soap=1)
    with store_room.refuses(GoodsGone):
        store_room.reverse(bought, by="han")


def test_a_gift_of_money_that_was_spent_is_not_taken_back(store_room):
    store_room.buy(line(receipt="M1"))
    with store_room.refuses(MoneySpent) as refusal:
        store_room.reverse(1, by="han")
    assert said(refusal) == [
        (None, "Of M1, 950.00 of 1000.00 yuan are left; this cannot be taken back as a whole.")
    ]


# Always

amounts = st.integers(1, 40)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("give"), amounts, st.sampled_from(("donated", "union"))),
        st.tuples(st.just("buy"), st.lists(st.tuples(amounts, st.none() | st.integers(1, 4)), min_size=1, max_size=3)),
        st.tuples(st.just("undo"), st.integers(0, 9)),
    ),
    max_size=10,
)


@given(acts)
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_given_is_always_what_was_spent_and_what_is_left(county, run):
    desk = county.book("COUNTY")
    for act in run:
        try:
            if act[0] == "give":
                desk.give(lines=[{"cash": act[1], "source": act[2]}])
            elif act[0] == "buy":
                named = [(cost, f"M{which}" if which else None) for cost, which in act[1]]
                desk.buy(*(line(quantity=1, unit_value=cost, receipt=code) for cost, code in named))
            elif desk.kinds():
                desk.reverse(len(desk.kinds()) - act[1] % len(desk.kinds()), by="han")
        except LedgerError:
            pass
    held = desk.balances()
    for code in {lot for _, commodity, lot in held if commodity == "CNY"}:
        given_in, spent = -held.get(("donor:D7", "CNY", code), 0), held.get(("supplier:S1", "CNY", code), 0)
        assert 0 <= held.get(("cash", "CNY", code), 0) == given_in - spent
    assert all(lot.startswith("L") for (account, _, lot) in held if account == "stock")
    county.replay()
