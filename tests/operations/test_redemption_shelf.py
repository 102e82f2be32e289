"""Redemption from the shelf: which lot goes first, what has expired, and every short line at once."""

from ledger.errors import Refusals
from ledger.operations.lots import OnlyExpired, ShortOnShelf
from tests.county import said


def test_what_expires_first_goes_first_and_what_keeps_for_ever_goes_last(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   2
      donor:D7   -> stock             RICE/L2   2  best 2026-09-01
    2026-03-02 donation
      donor:D8   -> stock             RICE/L3   2  best 2026-06-01
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  5000
    """
    assert [(line["lot"], line["quantity"]) for line in book.redeem("H001", rice=3)["lines"]] == [("L3", 2), ("L2", 1)]
    assert book.lots("RICE") == {"L1": 2, "L2": 1}


def test_of_two_lots_that_expire_together_the_one_that_came_first_goes_first(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L10   2  best 2026-06-01
    2026-03-02 donation
      donor:D8   -> stock             RICE/L9    2  best 2026-06-01
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   5000
    """
    assert book.redeem("H001", rice=1)["lines"][0]["lot"] == "L10"


def test_a_line_filled_from_several_lots_is_told_lot_by_lot(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   2  best 2026-06-01
      donor:D7   -> stock             RICE/L2   5  best 2026-09-01
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  5000
    """
    answer = book.redeem("H001", rice=4)
    assert answer["lines"] == [
        {"item": "RICE", "lot": "L1", "quantity": 2, "points": 730},
        {"item": "RICE", "lot": "L2", "quantity": 2, "points": 730},
    ]
    assert (answer["points"], book.lots("RICE")) == (1460, {"L2": 3})


def test_the_same_item_twice_in_a_basket_is_taken_one_after_the_other(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   2  best 2026-06-01
      donor:D7   -> stock             RICE/L2   5  best 2026-09-01
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  5000
    """
    answer = book.redeem("H001", basket=[{"item": "RICE", "quantity": 1}, {"item": "RICE", "quantity": 2}])
    assert [(line["lot"], line["quantity"]) for line in answer["lines"]] == [("L1", 1), ("L1", 1), ("L2", 1)]
    assert (answer["points"], book.points("H001")) == (1095, 3905)


def test_the_same_item_twice_does_not_find_the_same_goods_twice(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   5
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  5000
    """
    with book.refuses(ShortOnShelf) as refusal:
        book.redeem("H001", basket=[{"item": "RICE", "quantity": 3}, {"item": "RICE", "quantity": 3}])
    assert said(refusal) == [("basket.1.quantity", "Not enough on the shelf: 大米 5千克, asked 3, there is 2.")]


def test_food_is_handed_out_through_its_last_day(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   5  best 2026-03-06
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  5000
    """
    book.redeem("H001", rice=1)
    assert book.stock("RICE") == 4


def test_an_expired_lot_is_not_handed_out_and_the_sentence_says_so(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   5  best 2026-03-05
      donor:D7   -> stock             RICE/L2   1  best 2026-09-01
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  5000
    """
    with book.refuses(OnlyExpired) as refusal:
        book.redeem("H001", rice=2)
    assert said(refusal) == [
        ("basket.0.quantity", "大米 5千克: asked 2; 1 can be handed out, 5 more are past their best-before.")
    ]
    assert book.redeem("H001", rice=1)["lines"][0]["lot"] == "L2"


def test_what_was_good_on_the_day_of_the_paper_was_handed_out_that_day(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   5  best 2026-03-05
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  5000
    """
    assert book.redeem("H001", rice=1, on="2026-03-05", paper_number="P-1")["lines"][0]["lot"] == "L1"


def test_all_short_lines_are_named_at_once_with_what_was_asked_and_what_there_is(book):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1   2
      donor:D7   -> stock             SOAP/L2   9
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  9000
    """
    with book.refuses(Refusals) as refusal:
        book.redeem("H001", rice=3, soap=9, oil=1)
    assert said(refusal) == [
        ("basket.0.quantity", "Not enough on the shelf: 大米 5千克, asked 3, there is 2."),
        ("basket.2.quantity", "Not enough on the shelf: 菜籽油 5升, asked 1, there is 0."),
    ]


def test_goods_on_another_outlets_shelf_or_on_the_road_are_not_here(book, county):
    """
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT  1000
    """
    county.book("LY02").give(soap=5)
    county.book("COUNTY").give(soap=5)
    county.book("COUNTY").send("LY01", soap=5)
    with book.refuses(ShortOnShelf):
        book.redeem("H001", soap=1)
