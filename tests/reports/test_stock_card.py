"""The stock card: every line that moved an item's goods, the newest first, with what lay on the shelf afterwards."""

import pytest

from ledger.journal import Draft, post_all
from ledger.operations.write_off import decide_write_off, propose_write_off
from ledger.reports.stock_card import stock_card, used_up
from ledger.terms import EntryKind
from tests.journaltext import move
from tests.reports.test_counter import steps

YEAR = """
2026-03-01 donation
  donor:D7 -> stock       SOAP/L1   5
  donor:D7 -> stock       SOAP/L2   9
  donor:D7 -> stock       RICE/L3   7
2026-03-02 redemption
  stock    -> handed-out  SOAP/L1   2
2026-03-03 redemption
  stock    -> handed-out  RICE/L3   7
2026-03-03 redemption
  stock    -> handed-out  SOAP/L1   3
  stock    -> handed-out  SOAP/L2   1
"""


def lines(county, item="SOAP", where="LY01", **more):
    """Return the lines of a card: entry, kind, lot, in, out, on the shelf and set aside afterwards."""
    names = ("number", "kind", "lot", "in", "out", "shelf", "aside")
    return [tuple(row[name] for name in names) for row in county.ask(stock_card, where, item, **more).rows]


def test_what_lies_on_the_shelf_afterwards_is_the_sum_over_all_lots(book, county):
    book.write(YEAR)
    assert lines(county) == [
        (4, "redemption", "L2", None, 1, 8, None), (4, "redemption", "L1", None, 3, 9, None),
        (2, "redemption", "L1", None, 2, 12, None),
        (1, "donation", "L2", 9, None, 14, None), (1, "donation", "L1", 5, None, 5, None),
    ]
    assert lines(county, "RICE") == [(3, "redemption", "L3", None, 7, 0, None), (1, "donation", "L3", 7, None, 7, None)]
    assert (book.stock("SOAP"), book.stock("RICE")) == (8, 0)


def test_goods_set_aside_are_off_the_shelf_until_they_are_thrown_away_or_put_back(book, county):
    book.write(YEAR)
    for many, how in ((2, {"disposal": "burned"}), (1, {"back": 1})):
        line = {"item": "SOAP", "lot": "L2", "quantity": many}
        asked = book.do(propose_write_off, by="lin", lines=[line], reason="damaged")["n"]
        book.do(decide_write_off, by="gao", request=asked, **how)
    assert lines(county)[:4] == [
        (8, "put-back", "L2", 1, None, 6, 0), (7, "set-aside", "L2", None, 1, 5, 1),
        (6, "write-off", "L2", None, None, 6, 0), (5, "set-aside", "L2", None, 2, 6, 2),
    ]


def test_a_reversal_puts_the_goods_on_the_shelf_again(book, county):
    book.write(YEAR)
    book.write("2026-03-05 credit\n fund:merit -> purse:H001:merit POINT 1000")
    book.reverse(book.redeem("H001", soap=1))
    assert lines(county)[:2] == [(7, "reversal", "L2", 1, None, 8, None), (6, "redemption", "L2", None, 1, 7, None)]


def test_each_site_has_a_card_of_its_own_and_goods_on_the_road_are_on_none(book, county):
    store = county.book("COUNTY")
    store.give(soap=50)
    note = store.send("LY01", soap=20)
    assert lines(county) == []
    book.arrive(note, soap=15)
    assert lines(county) == [(1, "arrival", "L1", 15, None, 15, None)]
    assert lines(county, where="COUNTY")[0] == (2, "dispatch", "L1", None, 20, 30, None)


def test_a_card_is_read_page_by_page_and_every_line_says_the_same(book, county):
    book.write(YEAR)
    whole = lines(county)
    first = county.ask(stock_card, "LY01", "SOAP", limit=1).rows
    assert [row["nth"] for row in first] == [5]
    assert lines(county, limit=1) + lines(county, before=5, limit=2) + lines(county, before=3) == whole


def test_what_is_used_up_keeps_its_card(book, county):
    book.write(YEAR)
    assert [item.code for item in county.ask(used_up, "LY01")] == ["RICE"]
    assert county.ask(used_up, "LY02") == []


def test_a_card_costs_the_same_after_a_thousand_redemptions_of_other_goods(book, county):
    book.write(f"{YEAR}\n2026-03-05 donation\n donor:D7 -> stock SALT/L4 2000")
    if not county.store.is_sqlite:
        pytest.skip("the steps of SQLite are counted")
    question = lambda session: stock_card(session, "LY01", "SOAP")  # noqa: E731
    young = steps(county, question)
    others = [Draft(EntryKind.REDEMPTION, moves=[move("stock -> handed-out SALT/L4 1")])] * 1000
    with county.store.writing() as session:
        post_all(
            session, book="LY01", drafts=others, by="lin", occurred_on=county.day, now=county.now, key="a-thousand"
        )
    assert steps(county, question) <= young * 1.5 + 3
