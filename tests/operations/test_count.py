"""Stock-take: counted blind while the shop stays open, confirmed by another, booked with its differences."""

from itertools import count as numbers

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from ledger.errors import Unknown
from ledger.journal import body_of
from ledger.operations.count import CountOver, CountRuns, NotCountedYet, begin_count, key_lines
from ledger.operations.count_confirmation import (
    DroppedByAnother,
    confirm_count,
    drop_count,
)
from ledger.registers.counts import CountLine, StockCount
from ledger.registers.households import Household, take_in
from ledger.registers.sites import Site, open_site
from tests.county import said


def begin(book, by="lin", **more):
    """Begin a stock-take; return its number."""
    return book.do(begin_count, by=by, **more)["n"]


def key(book, n, *, by="lin", finished=0, account="stock", why=None, **found):
    """Key what was found, by lot: key(book, 1, L7=18)."""
    lines = [{"lot": lot, "account": account, "quantity": quantity, **(why or {})} for lot, quantity in found.items()]
    return book.do(key_lines, by=by, count=n, lines=lines, finished=finished)


def explain(book, n, lot, reason, words=None, account="stock"):
    """Say why a line differs."""
    line = {"lot": lot, "account": account, "reason": reason, "words": words}
    return book.do(key_lines, by="lin", count=n, lines=[line])


def confirm(book, n, by="gao", **more):
    """Confirm as a second person."""
    return book.do(confirm_count, by=by, count=n, **more)


def line(county, n, lot, account="stock"):
    """Return a line of a stock-take: at the beginning, counted, expected, at which entry."""
    with county.store.reading() as session:
        row = session.get_one(CountLine, ("LY01", n, account, lot))
        return row.frozen, row.counted, row.expected, row.at_number


# Counted

def test_a_count_lists_every_lot_on_the_shelf_and_set_aside_the_expired_too(book, county):
    """
    2026-02-05 donation
      donor:D7  -> stock       OIL/L7   9  best 2026-03-01
      donor:D7  -> stock       SOAP/L8  5
      donor:D7  -> stock       RICE/L9  2
    2026-02-06 set-aside
      stock     -> set-aside   SOAP/L8  3
      stock     -> set-aside   RICE/L9  2
    """
    n = begin(book)
    with county.store.reading() as session:
        count = session.get_one(StockCount, ("LY01", n))
        lines = session.exec(select(CountLine)).all()
    assert (count.status, count.serial, count.frozen, count.begun_by) == ("counting", "盘-2026-0001", 2, "lin")
    assert sorted((one.account, one.lot, one.frozen, one.counted) for one in lines) == [
        ("set-aside", "L8", 3, None), ("set-aside", "L9", 2, None), ("stock", "L7", 9, None), ("stock", "L8", 2, None),
    ]
    assert book.kinds() == ["donation", "set-aside"], "beginning books nothing"


def test_goods_handed_out_before_a_line_is_counted_are_no_difference_and_those_after_neither(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
      donor:D7 -> stock  SALT/L8  20
    """
    n = begin(book)
    book.redeem("H001", salt=3)
    key(book, n, L7=17)
    book.redeem("H001", salt=4)
    key(book, n, L8=19)
    book.redeem("H001", salt=1)
    assert (line(county, n, "L7"), line(county, n, "L8")) == ((20, 17, 17, 2), (20, 19, 20, 3))
    key(book, n, finished=1)
    explain(book, n, "L8", "unknown")
    entry = book.entry(confirm(book, n)["number"])
    assert [leg["quantity"] for leg in body_of(entry)["postings"]] == [1]
    assert (book.lots("SALT"), book.holds("difference", "SALT/L8")) == ({"L7": 12, "L8": 19}, 1)
    county.replay()


def test_a_line_keyed_again_counts_from_then(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, L7=19)
    book.redeem("H001", salt=2)
    key(book, n, L7=18)
    assert line(county, n, "L7") == (20, 18, 18, 2)


def test_what_lies_in_two_corners_is_keyed_in_two_lines_and_added_up(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock       SALT/L7  25
    2026-03-05 set-aside
      stock    -> set-aside   SALT/L7   5
    """
    n = begin(book)
    # Lin finds twelve bags at the door and, at the end, eight more behind the rice.
    corners = [{"lot": "L7", "quantity": 12}, {"lot": "L7", "quantity": 8},
               {"lot": "L7", "account": "set-aside", "quantity": 5}]
    book.do(key_lines, by="lin", count=n, lines=corners)
    assert line(county, n, "L7") == (20, 20, 20, 2)
    assert line(county, n, "L7", "set-aside") == (5, 5, 5, 2)
    key(book, n, L7=19)
    assert line(county, n, "L7") == (20, 19, 20, 2), "keyed again later it counts from then"


def test_goods_that_arrive_meanwhile_may_be_counted_or_left_out(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    county.book("COUNTY").give(soap=8)
    n = begin(book)
    book.arrive(county.book("COUNTY").send("LY01", soap=8))
    key(book, n, L7=20, L1=7)
    assert line(county, n, "L1") == (0, 7, 8, 2)


def test_a_lot_the_book_has_none_left_of_may_be_found_and_one_nobody_knows_not(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock       SALT/L7  20
    2026-03-05 redemption
      stock    -> handed-out  SALT/L7  20
    """
    n = begin(book)
    key(book, n, finished=1, L7=2)
    assert line(county, n, "L7") == (0, 2, 0, 2)
    book.do(drop_count, by="gao", count=n)
    n = begin(book)
    with book.refuses(Unknown) as caught:
        key(book, n, L7=1, L99=1)
    assert said(caught) == [("lines.1.lot", "There is no lot L99.")]


def test_a_count_is_finished_when_every_lot_has_a_quantity_nought_included(book, county):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
      donor:D7 -> stock  SOAP/L8   5
    """
    n = begin(book)
    with book.refuses(NotCountedYet) as caught:
        key(book, n, finished=1, L7=20)
    assert said(caught) == [("lines", "Lots not counted yet: 1; the first is SOAP L8. Enter 0 where nothing is left.")]
    assert key(book, n, L7=20)["status"] == "counting"
    assert key(book, n, finished=1, L8=0)["status"] == "waiting"


def test_what_was_counted_stays_as_it_was_keyed_once_all_is_counted(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, finished=1, L7=19)
    with book.refuses(CountOver):
        key(book, n, L7=20)
    with book.refuses(CountOver):
        key(book, n, finished=1)
    explain(book, n, "L7", "lost")
    confirm(book, n)
    with book.refuses(CountOver):
        explain(book, n, "L7", "unknown")


def test_a_shelf_is_counted_once_at_a_time_and_a_dropped_count_keeps_its_number(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    with book.refuses(CountRuns) as caught:
        begin(book)
    assert said(caught)[0][1] == "Stock-take 盘-2026-0001 is still under way. Finish it or drop it first."
    book.do(drop_count, by="lin", count=n)
    with book.refuses(CountOver):
        book.do(drop_count, by="lin", count=n)
    with book.refuses(CountOver):
        key(book, n, L7=20)
    second = begin(book)
    key(book, second, finished=1, L7=20)
    assert body_of(book.entry(confirm(book, second)["number"]))["facts"]["serial"] == "盘-2026-0002"


def test_who_has_seen_the_comparison_does_not_drop_it_to_count_again_as_if_blind(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, by="wei", finished=1, L7=12)
    for hand in ("lin", "wei", "mei"):
        with book.refuses(DroppedByAnother) as caught:
            book.do(drop_count, by=hand, count=n)
    assert said(caught)[0][1].startswith("All is counted and compared: only a second person can drop")
    assert book.do(drop_count, by="gao", count=n)["status"] == "dropped"
    book.do(drop_count, by="lin", count=begin(book))


def test_a_program_may_count_a_whole_shelf_in_one_step(book):
    """
    2026-03-05 donation
      donor:D7 -> stock  SALT/L7  20
    """
    answer = book.do(begin_count, by="lin", nature="surprise", lines=[{"lot": "L7", "quantity": 20}], finished=1)
    assert answer == {"book": "LY01", "n": 1, "status": "waiting"}
    confirm(book, 1)


# Always

EXAMPLES = numbers(1)
steps = st.lists(st.tuples(st.sampled_from(("give", "hand out", "count")), st.integers(1, 6)), max_size=12)


@settings(max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, off=st.integers(-3, 3))
def test_whatever_is_given_and_handed_out_meanwhile_the_book_agrees_with_the_shelf_afterwards(county, steps, off):
    """The shelf is a plain number here; what is found above or below the book at the count stays so to the end."""
    desk = county.book(f"N{next(EXAMPLES)}")
    with county.store.writing() as session:
        open_site(session, Site(code=desk.code, name=desk.code), by="wei", now=county.now)
        take_in(session, Household(book=desk.code, number="H1", name="王"), by="wei", now=county.now)
    lot = desk.give(salt=20)["lines"][0]["lot"]
    n, shelf = begin(desk), 20 + off
    for what, many in [*steps, ("count", 0)]:
        if what == "give":
            desk.give(salt=many)
        elif what == "count":
            key(desk, n, **{lot: shelf})
        else:
            shelf -= hand_out(desk, lot, many, shelf)
    key(desk, n, finished=1)
    if off:
        explain(desk, n, lot, "unknown")
    shelf -= hand_out(desk, lot, 2, shelf)
    before = desk.balances()
    answer = confirm(desk, n)
    assert desk.holds("stock", f"SALT/{lot}") == shelf
    desk.reverse(answer, by="han")
    assert desk.balances() == before


def hand_out(desk, lot, many, shelf):
    """Hand salt out, the oldest lot first, unless the shelf is short; return how much of the lot went."""
    before = desk.holds("stock", f"SALT/{lot}")
    if min(many, before) > shelf or many > desk.stock("SALT"):
        return 0
    desk.redeem("H1", salt=many)
    return before - desk.holds("stock", f"SALT/{lot}")
