"""Stock: what lies on a shelf, lot by lot, the first to expire first; and what is on the road."""

from datetime import date

from ledger.reports.stock import on_the_road, road_rows, shelf, stock, stock_rows

DAY = date(2026, 3, 6)


def test_the_shelf_is_told_lot_by_lot_the_first_to_expire_first(book, county):
    """
    2026-03-01 donation
      donor:D7 -> stock  RICE/L1   5
      donor:D7 -> stock  RICE/L2   2  best 2026-09-01
    2026-03-02 donation
      donor:D8 -> stock  RICE/L3   4  best 2026-06-01
      donor:D8 -> stock  OIL/L4    1
    """
    rows = county.ask(stock_rows, "LY01", DAY)
    assert [(row["item"], row["lot"], row["quantity"], row["donor"]) for row in rows] == [
        ("OIL", "L4", 1, "D8"), ("RICE", "L3", 4, "D8"), ("RICE", "L2", 2, "D7"), ("RICE", "L1", 5, "D7")
    ]
    assert county.ask(stock, "LY01", DAY).rows == rows


def test_each_lot_says_what_one_costs_and_whether_it_has_expired(book, county):
    """
    2026-03-01 donation
      donor:D7 -> stock  RICE/L1   5  best 2026-03-05
      donor:D7 -> stock  RICE/L2   5  best 2026-03-06
      donor:D7 -> stock  TOWEL/L3  5
      donor:D7 -> stock  SALT/L4   5
    """
    told = county.ask(stock_rows, "LY01", DAY)
    rows = {row["lot"]: (row["best_before"], row["expired"], row["points"]) for row in told}
    assert rows == {
        "L1": (date(2026, 3, 5), True, 365), "L2": (date(2026, 3, 6), False, 365), "L3": (None, False, None),
        "L4": (None, False, 0),
    }


def test_a_used_up_lot_is_not_told(book, county):
    """
    2026-03-01 donation
      donor:D7 -> stock       SALT/L1   5
      stock    -> handed-out  SALT/L1   5
    """
    assert county.ask(stock_rows, "LY01", DAY) == []


def test_each_site_tells_its_own_shelf_at_its_own_price(book, county):
    county.book("COUNTY").give(soap=50)
    book.arrive(county.book("COUNTY").send("LY01", soap=20))
    county.price("SOAP", 100, book="LY01", since="2026-03-06")
    assert [(row["quantity"], row["points"]) for row in county.ask(stock_rows, "LY01", DAY)] == [(20, 100)]
    assert [(row["quantity"], row["points"]) for row in county.ask(stock_rows, "COUNTY", DAY)] == [(30, 120)]
    assert county.ask(stock_rows, "LY02", DAY) == []


def test_what_can_be_redeemed_is_told_item_by_item_without_what_has_expired_or_has_no_price(book, county):
    """
    2026-03-01 donation
      donor:D7 -> stock  RICE/L1   5  best 2026-03-05
      donor:D7 -> stock  RICE/L2   3  best 2026-09-01
      donor:D7 -> stock  RICE/L3   4
      donor:D7 -> stock  TOWEL/L4  5
      donor:D7 -> stock  SALT/L5   6
    """
    rows = county.ask(shelf, "LY01", DAY)
    assert [(row["item"], row["quantity"], row["points"]) for row in rows] == [("RICE", 7, 365), ("SALT", 6, 0)]


def test_goods_on_the_road_are_told_until_they_have_arrived(book, county):
    store_room = county.book("COUNTY")
    store_room.give(soap=50, rice=9)
    note, other = store_room.send("LY01", soap=20, rice=9), store_room.send("LY02", soap=5)
    book.arrive(note, soap=15, rice=9)

    def told(**asked):
        rows = county.ask(road_rows, **asked)
        return [(row["dispatch"], row["to"], row["lot"], row["sent"], row["quantity"]) for row in rows]

    first, second = (note["number"], "LY01", "L1", 20, 5), (other["number"], "LY02", "L1", 5, 5)
    assert told() == told(sender="COUNTY") == [first, second]
    assert told(to="LY01") == [first]
    assert told(sender="LY01") == []
    assert len(county.ask(on_the_road, to="LY02").rows) == 1
