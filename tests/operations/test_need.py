"""Asked for in vain: each time is one line without a name, and the list says what to buy next."""

from datetime import date

import pytest

from ledger.errors import NotFound, Unknown
from ledger.operations.need import WhatWasAsked, drop_need, note_need
from ledger.registers.items import Item
from ledger.registers.needs import Need
from ledger.registers.register import Retired
from ledger.reports.needs import needs, needs_noted_on, not_there
from tests.county import said


def note(book, **what):
    """Note that something was asked for."""
    return book.do(note_need, by="lin", **what)


def told(county, book="LY01", since="2026-01-01"):
    """Return the list as goods, times, outlets and last day."""
    table = county.ask(needs, book, date.fromisoformat(since))
    return [(row["name"], row["times"], row["outlets"], row["last"].isoformat()) for row in table.rows]


def test_each_time_counts_and_the_most_wanted_stand_first(book, county):
    note(book, words="胶鞋")
    note(book, item="RICE")
    county.move_to("2026-03-09")
    note(book, item="RICE")
    assert told(county) == [("大米", 2, 1, "2026-03-09"), ("胶鞋", 1, 1, "2026-03-06")]
    assert told(county, since="2026-03-07") == [("大米", 1, 1, "2026-03-09")]
    assert book.kinds() == [], "the journal keeps what happened, not what was wished for"


def test_the_county_sees_all_outlets_together_and_an_outlet_only_its_own(book, county):
    note(book, item="RICE")
    county.book("LY02").do(note_need, by="zhao", item="RICE")
    assert told(county, "COUNTY") == [("大米", 2, 2, "2026-03-06")]
    assert told(county, "LY02") == [("大米", 1, 1, "2026-03-06")]
    columns = {book: [column.name for column in county.ask(needs, book, date(2026, 1, 1)).columns]
               for book in ("COUNTY", "LY01")}
    assert "outlets" in columns["COUNTY"] and "outlets" not in columns["LY01"]


@pytest.mark.parametrize("what", [{}, {"item": "RICE", "words": "rice"}])
def test_goods_are_named_in_one_way(book, what):
    with book.refuses(WhatWasAsked) as refusal:
        note(book, **what)
    assert [at for at, _ in said(refusal)] == ["words"]


def test_only_items_of_the_list_are_named_by_code(book, county):
    with book.refuses(Unknown):
        note(book, item="PLOUGH")
    county.edit(Item, "TOWEL", retired=1)
    with book.refuses(Retired):
        note(book, item="TOWEL")


def test_a_slip_of_the_finger_is_dropped_with_its_words(book, county):
    n = note(book, words="for old Wang")["n"]
    book.do(drop_need, by="lin", n=n)
    assert told(county) == []
    with county.store.reading() as session:
        assert session.get_one(Need, ("LY01", n)).words == ""


def test_what_has_a_price_and_is_not_on_the_shelf_can_be_asked_for_in_vain(book, county):
    assert [item.code for item in county.ask(not_there, "LY01", county.day, {"SOAP", "SALT"})] == ["OIL", "RICE"]


def test_what_has_no_price_here_is_no_longer_bought_or_lies_there_is_not_offered_for_the_tap(book, county):
    county.edit(Item, "RICE", retired=1)
    assert [item.code for item in county.ask(not_there, "LY01", county.day, {"SOAP"})] == ["OIL", "SALT"]
    assert county.ask(not_there, "LY01", date(2026, 1, 1), set()) == [], "nothing had a price before the first day"


def test_goods_asked_for_as_often_stand_by_code_and_words_stand_before_codes(book, county):
    for what in ({"item": "TOWEL"}, {"words": "蜂窝煤"}, {"item": "OIL"}, {"words": "O'Neil \"胶鞋\" 100%"}):
        note(book, **what)
    assert [name for name, *_ in told(county)] == ["O'Neil \"胶鞋\" 100%", "蜂窝煤", "菜籽油", "毛巾"]


def test_the_same_words_typed_in_two_outlets_are_one_line_of_the_county(book, county):
    note(book, words="胶鞋")
    county.move_to("2026-03-10")
    county.book("LY02").do(note_need, by="zhao", words="胶鞋")
    assert told(county, "COUNTY") == [("胶鞋", 2, 2, "2026-03-10")]
    assert told(county, "COUNTY", since="2026-03-10") == [("胶鞋", 1, 1, "2026-03-10")]
    assert told(county, "COUNTY", since="2026-03-11") == []


def test_an_item_that_is_no_longer_bought_keeps_its_name_on_the_list(book, county):
    note(book, item="TOWEL")
    county.edit(Item, "TOWEL", retired=1)
    assert told(county) == [("毛巾", 1, 1, "2026-03-06")]


def test_only_lines_of_today_and_of_here_are_offered_for_dropping_the_latest_first(book, county):
    note(book, words="胶鞋")
    county.move_to("2026-03-07")
    note(book, words="雨伞")
    note(book, item="RICE")
    county.book("LY02").do(note_need, by="zhao", item="OIL")
    noted = county.ask(needs_noted_on, "LY01", county.day)
    assert [(one.n, one.item, one.words) for one in noted] == [(3, "RICE", ""), (2, "", "雨伞")]
    book.do(drop_need, by="mei", n=3)
    assert [one.n for one in county.ask(needs_noted_on, "LY01", county.day)] == [2]


@pytest.mark.parametrize("n", [0, 2, 10**30])
def test_a_line_that_is_none_or_another_outlets_is_not_dropped(book, county, n):
    county.book("LY02").do(note_need, by="zhao", item="OIL")
    county.book("LY02").do(note_need, by="zhao", item="RICE")
    note(book, item="SOAP")
    with book.refuses(NotFound):
        book.do(drop_need, by="lin", n=n)
    assert [times for _, times, _, _ in told(county, "COUNTY")] == [1, 1, 1]


def test_a_line_dropped_twice_is_dropped_and_the_numbers_go_on(book, county):
    note(book, words="for old Wang")
    for _ in range(2):
        assert book.do(drop_need, by="lin", n=1) == {"book": "LY01", "n": 1}
    assert note(book, words="雨伞")["n"] == 2
    assert told(county) == [("雨伞", 1, 1, "2026-03-06")]


def test_a_tap_that_comes_twice_is_one_line(book, county):
    for _ in range(2):
        assert note(book, item="RICE", key="tapped twice")["n"] == 1
    assert told(county) == [("大米", 1, 1, "2026-03-06")]
