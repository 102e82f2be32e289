"""The receipt of a redemption, read back from the journal: what anyone with the book would print again."""

import pytest

from ledger.errors import NotFound
from ledger.reports.receipt import receipt
from tests.county import said_by


def test_a_receipt_says_who_what_and_for_how_many_points(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   20
      donor:D7     -> stock               RICE/L8    5
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT    100
      fund:merit   -> purse:H001:merit    POINT   1000
    """
    sold = book.redeem("H001", soap=2, rice=1)
    told = county.ask(receipt, "LY01", sold["number"])
    assert (told["household"], told["points"], told["digest"]) == ("H001", 605, sold["digest"])
    assert told["facts"]["serial"] == "兑-2026-0001"
    columns = ("item", "name", "unit", "quantity", "price", "points")
    goods = [tuple(row[name] for name in columns) for row in told["goods"].rows]
    assert goods == [("SOAP", "肥皂", "块", 2, 120, 240), ("RICE", "大米", "袋", 1, 365, 365)]


def test_each_purse_stands_with_what_it_held_before_and_after(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   20
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT    100
      fund:merit   -> purse:H001:merit    POINT   1000
    """
    sold = book.redeem("H001", soap=2)
    book.redeem("H001", soap=3)
    assert county.ask(receipt, "LY01", sold["number"])["purses"] == [
        {"purse": "support", "spent": 100, "before": 100, "after": 0},
        {"purse": "merit", "spent": 140, "before": 1000, "after": 860},
    ]


def test_a_purse_that_was_not_used_stands_on_it_with_what_it_held_then(book, county):
    """
    2026-03-05 donation
      donor:D7     -> stock               SOAP/L7   20
    2026-03-05 credit
      fund:support -> purse:H001:support  POINT    900
      fund:merit   -> purse:H001:merit    POINT   1000
    """
    number = book.redeem("H001", soap=2)["number"]
    book.redeem("H001", soap=8)
    told = county.ask(receipt, "LY01", number)
    assert told["purses"][1] == {"purse": "merit", "spent": 0, "before": 1000, "after": 1000}


def test_goods_from_several_lots_and_lines_stand_once_with_every_lot_named_once(book, county):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   2  best 2026-06-01
      donor:D7   -> stock             RICE/L2   5  best 2026-09-01
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  5000
    """
    sold = book.redeem("H001", basket=[{"item": "RICE", "quantity": 1}, {"item": "RICE", "quantity": 2}])
    (line,) = county.ask(receipt, "LY01", sold["number"])["goods"].rows
    assert (line["lots"], line["quantity"], line["points"]) == ("L1 L2", 3, 1095)


def test_a_receipt_says_the_price_of_its_day_for_ever(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   20
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   1000
    """
    sold = book.redeem("H001", soap=1)
    county.price("SOAP", 900, since="2026-03-06")
    (line,) = county.ask(receipt, "LY01", sold["number"])["goods"].rows
    assert (line["price"], line["points"]) == (120, 120)


def test_a_receipt_of_goods_free_of_points_says_nought(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7   20
    """
    told = county.ask(receipt, "LY01", book.redeem("H001", salt=2)["number"])
    (line,) = told["goods"].rows
    assert (told["points"], line["quantity"], line["points"]) == (0, 2, 0)


def test_a_reversed_redemption_says_by_which_entry(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7   20
    """
    sold = book.redeem("H001", salt=2)
    assert county.ask(receipt, "LY01", sold["number"])["reversed_by"] is None
    undone = book.reverse(sold)
    assert county.ask(receipt, "LY01", sold["number"])["reversed_by"] == undone["number"]


def test_who_carried_it_home_stands_on_the_receipt_until_it_is_erased(book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7   20
    """
    number = book.redeem("H001", salt=2, proxy={"name": "李长贵", "relation": "邻居"})["number"]
    assert county.ask(receipt, "LY01", number)["notes"] == {"proxy": "李长贵 · 邻居"}
    with county.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE note SET text = NULL")
    assert county.ask(receipt, "LY01", number)["notes"] == {"proxy": None}


@pytest.mark.parametrize("number", [1, 99])
def test_only_a_redemption_has_a_receipt(book, county, number):
    """
    2026-03-05 donation
      donor:D7   -> stock             SALT/L7   20
    """
    with pytest.raises(NotFound) as refusal:
        county.ask(receipt, "LY01", number)
    assert said_by(refusal.value)[0][1] in ("There is no redemption here.", "There is no entry here.")
