"""A paper day: what was written by hand while the power was out is keyed line by line; what went home stays gone."""

from datetime import date

import pytest

from ledger.errors import NotFound, Refusals, Unknown
from ledger.journal import body_of
from ledger.operations.correction import correct
from ledger.operations.days import LateWithoutPaper
from ledger.operations.declining import decline
from ledger.operations.delivery import WhoDelivers
from ledger.operations.over_issue import confirm_paper_line
from ledger.operations.paper_day import KeyedAlready, SameAgain, key_paper_day
from ledger.registers.requests import AlreadyDecided
from ledger.reports.carried_home import slips_waiting
from ledger.reports.journal import entry_page
from tests.county import said

STOCKED = """
    2026-03-01 donation
      donor:D7   -> stock               SOAP/L7  20
      donor:D7   -> stock               RICE/L8   3  best 2026-03-03
      donor:D7   -> stock               RICE/L9   2  best 2026-09-01
    2026-03-01 credit
      fund:support -> purse:H001:support  POINT  100
    2026-03-01 credit
      fund:merit   -> purse:H001:merit    POINT  300
    2026-03-01 credit
      fund:merit   -> purse:H004:merit    POINT  1000
    2026-03-01 credit
      fund:merit   -> purse:H003:merit    POINT  1000
"""


@pytest.fixture
def shop(book):
    """Liuhe with soap and rice; the Wangs have 40 points, the Mas and the Zhangs 100. The power was out on 5 March."""
    book.write(STOCKED)
    return book


def line(n, household, *, reason=None, proxy=None, **goods):
    """Return one line as it is written: line(3, "H001", soap=2)."""
    basket = [{"item": name.upper(), "quantity": many} for name, many in goods.items()]
    return {"line": n, "household": household, "basket": basket, "reason": reason, "proxy": proxy}


def void(n):
    """Return a line that was spoilt."""
    return {"line": n, "void": 1}


def key(book, *lines, by="lin", on="2026-03-05", sheet="1-1"):
    """Key lines of a paper."""
    return book.act(key_paper_day, by=by, on=on, sheet=sheet, lines=list(lines))


def confirm(book, request, by="gao"):
    """Say yes as a second person."""
    return book.do(confirm_paper_line, by=by, request=request)


def facts(book, number):
    """Return the facts of an entry."""
    return body_of(book.entry(number))["facts"]


# Keyed line by line

def test_each_line_of_the_paper_becomes_an_entry_of_its_own_on_its_true_day(shop, county):
    answer = key(shop, line(1, "H001", soap=1), line(2, "H004", soap=2, rice=1))
    assert answer == {"book": "LY01", "entries": [6, 7], "requests": []}
    first, second = shop.entry(6), shop.entry(7)
    assert (first.kind, first.occurred_on, first.late, first.by) == ("redemption", date(2026, 3, 5), 1, "lin")
    assert [facts(shop, n)["paper_number"] for n in (6, 7)] == ["1-1-1", "1-1-2"]
    assert [facts(shop, n)["serial"] for n in (6, 7)] == ["兑-2026-0001", "兑-2026-0002"]
    assert (first.key != second.key, body_of(first)["submission"] == body_of(second)["submission"]) == (True, True)
    assert (shop.points("H001"), shop.points("H004"), shop.stock("SOAP")) == (280, 395, 17)
    county.replay()


def test_a_void_line_is_kept_so_that_the_numbers_have_no_gap(shop, county):
    answer = key(shop, line(1, "H001", soap=1), void(2), line(3, "H004", soap=1))
    assert answer["entries"] == [6, 7, 8]
    assert (shop.entry(7).kind, body_of(shop.entry(7))["postings"]) == ("void", [])
    assert facts(shop, 7) == {"serial": "兑-2026-0002", "paper_number": "1-1-2"}
    assert facts(shop, 8)["serial"] == "兑-2026-0003"
    county.replay()


def test_a_past_day_needs_the_number_of_its_paper(shop):
    with shop.refuses(LateWithoutPaper):
        key(shop, line(1, "H001", soap=1), sheet="")


def test_every_refused_line_is_told_at_its_place_and_nothing_is_written(shop):
    with shop.refuses(Refusals) as caught:
        key(shop, line(1, "H001", soap=1), line(2, "H099", soap=1), line(3, "H004", towel=1), line(1, "H004", soap=1))
    assert said(caught) == [
        ("lines.1.household", "There is no household H099."),
        ("lines.2.basket.0.item", "毛巾 has no points price."),
        ("lines.3.line", "Line 1 of the paper stands on this form twice."),
    ]


@pytest.mark.parametrize("first", ["booked", "void", "waiting"])
def test_a_line_of_a_paper_is_keyed_once(shop, first):
    lines = {"booked": line(1, "H001", soap=1), "void": void(1), "waiting": line(1, "H001", soap=9, reason="gone")}
    key(shop, lines[first])
    with shop.refuses(KeyedAlready) as caught:
        key(shop, line(1, "H004", soap=1), on="2026-03-04")
    assert said(caught) == [("lines.0.line", "Line 1 of paper 1-1 has been keyed already, for 2026-03-05.")]
    key(shop, line(1, "H004", soap=1), sheet="1-2")


@pytest.mark.parametrize("written", ["260305-1", "260305-01", "260305/1", "260305/001"])
def test_a_paper_is_the_same_however_its_number_is_written(shop, written):
    key(shop, line(1, "H001", soap=1), sheet="260305-1")
    with shop.refuses(KeyedAlready):
        key(shop, line(1, "H004", soap=1), sheet=written)
    with shop.refuses(KeyedAlready):
        shop.redeem("H004", soap=1, on="2026-03-05", paper_number=f"{written}-1")
    key(shop, line(2, "H004", soap=1), sheet=written)
    assert facts(shop, 7)["paper_number"] == "260305-1-2"
    shop.redeem("H004", soap=1, on="2026-03-05", paper_number=f"{written}/03")
    with shop.refuses(KeyedAlready):
        key(shop, line(3, "H001", soap=1), sheet="260305-1")


def test_a_household_twice_with_the_same_goods_on_one_paper_is_asked_about(shop):
    with shop.refuses(SameAgain) as caught:
        key(shop, line(1, "H001", soap=1), line(2, "H004", soap=1), line(3, "H001", soap=1))
    assert said(caught) == [(
        "lines.2.again", "Household H001 has the same goods in line 1 of this paper. If it came twice, say so in this "
        "line; else leave one of the two out.",
    )]
    again = {**line(3, "H004", soap=1), "again": 1}
    key(shop, line(1, "H004", soap=1), void(2), again, line(4, "H004", soap=2), void(5))
    assert shop.stock("SOAP") == 16


@pytest.mark.parametrize("waits", [False, True], ids=["within the book", "beyond it"])
def test_what_was_delivered_to_the_house_waits_for_its_slip(shop, county, waits):
    # Lin carried soap to the Wangs, who have points for three pieces, and a neighbour one to the Mas.
    more = {"soap": 9, "reason": "the list was old"} if waits else {"soap": 1}
    key(shop, {**line(1, "H001", **more), "delivered_by": "LIN"},
        {**line(2, "H004", soap=1, proxy={"name": "郑果"}), "delivered_by": "COLLECTOR"})
    if waits:
        confirm(shop, 1)
    found = {row["household"]: row["by"] for row in county.ask(slips_waiting, "LY01", county.day)}
    assert found == {"H001": "lin", "H004": "P1"}
    with shop.refuses(WhoDelivers):
        key(shop, {**line(3, "H001", soap=1), "delivered_by": "COLLECTOR"})
    county.replay()


def test_nor_is_a_paper_whose_number_a_redemption_carries_already(shop):
    shop.redeem("H001", soap=1, on="2026-03-05", paper_number="1-1-1")
    with shop.refuses(KeyedAlready):
        key(shop, line(1, "H001", soap=1))


def test_the_papers_of_another_year_have_the_same_numbers(shop, county):
    key(shop, line(1, "H001", soap=1))
    county.move_to("2027-01-04")
    assert key(shop, line(1, "H001", soap=1), on="2027-01-03")["entries"] == [7]
    assert facts(shop, 7)["serial"] == "兑-2027-0001"


def test_a_line_that_was_reversed_may_be_keyed_again(shop, county):
    number = key(shop, line(1, "H001", soap=1))["entries"][0]
    shop.reverse(number)
    assert shop.points("H001") == 400
    assert key(shop, line(1, "H001", soap=2))["entries"] == [8]
    assert (shop.points("H001"), facts(shop, 8)["serial"]) == (160, "兑-2026-0002")
    county.replay()


def test_a_void_line_that_was_not_void_is_reversed_by_the_supervisor(shop):
    shop.reverse(key(shop, void(1))["entries"][0])
    assert key(shop, line(1, "H001", soap=1))["entries"] == [8]


def test_a_line_that_was_corrected_is_not_keyed_again(shop):
    number = key(shop, line(1, "H001", soap=1))["entries"][0]
    right = {"household": "H004", "basket": [{"item": "SOAP", "quantity": 1}]}
    shop.do(correct, by="luo", number=number, goods="elsewhere", right=right, reason="the Mas, not the Wangs")
    with shop.refuses(KeyedAlready):
        key(shop, line(1, "H004", soap=1))


def test_who_collected_is_named_in_the_register_and_not_in_the_entry(shop, county):
    number = key(shop, line(1, "H001", soap=1, proxy={"name": "郑果", "relation": "侄女"}))["entries"][0]
    assert "郑果" not in shop.entry(number).body
    assert county.ask(entry_page, "LY01", number)["notes"] == {"proxy": "郑果 · 侄女"}


# Turns, neighbours and odd days

def test_papers_of_two_outlets_have_the_same_numbers_and_registers_of_their_own(shop, county):
    key(shop, line(1, "H001", soap=1))
    neighbour = county.book("LY02")
    neighbour.write("""
        2026-03-01 donation
          donor:D7   -> stock             SOAP/L11  9
        2026-03-01 credit
          fund:merit -> purse:H101:merit  POINT   300
    """)
    number = key(neighbour, line(1, "H101", soap=1), by="zhao")["entries"][0]
    assert facts(neighbour, number)["serial"] == facts(shop, 6)["serial"] == "兑-2026-0001"
    with shop.refuses(Unknown):
        key(shop, line(2, "H101", soap=1))


def test_a_paper_of_new_years_eve_counts_in_its_own_year_when_it_is_keyed_in_the_next(shop, county):
    county.move_to("2027-01-02")
    shop.redeem("H004", soap=1)
    assert key(shop, line(1, "H004", soap=1), on="2026-12-31", sheet="261231-1")["entries"] == [7]
    assert key(shop, line(1, "H004", soap=1), on="2027-01-01", sheet="261231-1")["entries"] == [8]
    assert [facts(shop, n)["serial"] for n in (6, 7, 8)] == ["兑-2027-0001", "兑-2026-0001", "兑-2027-0002"]


def test_two_lines_of_one_household_share_what_it_holds_in_the_order_of_the_paper(shop):
    with shop.refuses(Refusals) as caught:
        key(shop, line(1, "H001", soap=2), {**line(2, "H001", soap=2), "again": 1})
    assert said(caught)[0] == (
        "lines.1.household", "Not enough points: the basket needs 24.0, the household has 16.0.",
    )
    answer = key(shop, line(1, "H001", soap=2), line(2, "H001", soap=2, reason="both were read out"))
    assert (answer["entries"], answer["requests"], shop.points("H001")) == ([6], [1], 160)
    assert confirm(shop, 1)["rest"] == 80


def test_exactly_what_the_household_holds_and_the_shelf_has_waits_for_nobody(shop):
    assert key(shop, line(1, "H004", soap=8, reason="it may be too much"))["requests"] == []
    shop.write("""
        2026-03-01 credit
          fund:merit -> purse:H006:merit  POINT  1440
    """)
    assert key(shop, line(2, "H006", soap=12, reason="the last of the box"))["requests"] == []
    assert (shop.points("H004"), shop.points("H006"), shop.stock("SOAP")) == (40, 0, 0)


def test_a_line_is_confirmed_once_and_not_when_it_was_declined(shop):
    key(shop, line(1, "H001", soap=5, reason="misread"), line(2, "H001", soap=6, reason="misread"))
    confirm(shop, 1)
    shop.do(decline, by="gao", request=2, reason="the paper says none")
    for request in (1, 2):
        with shop.refuses(AlreadyDecided):
            confirm(shop, request, by="luo")
    for request in (0, 99, 10**30):
        with shop.refuses(NotFound):
            confirm(shop, request, by="luo")


def test_a_yes_pressed_twice_is_one_redemption(shop, county):
    key(shop, line(1, "H001", soap=5, reason="misread"))
    first = shop.do(confirm_paper_line, by="gao", request=1, key="pressed twice")
    state = county.state()
    assert shop.do(confirm_paper_line, by="gao", request=1, key="pressed twice") == first
    assert county.state() == state


def test_what_waits_is_confirmed_by_what_the_household_holds_then(shop):
    key(shop, line(1, "H001", soap=5, reason="misread"))
    shop.redeem("H001", soap=3)
    done = confirm(shop, 1)
    assert (done["rest"], shop.points("H001"), shop.holds("over-issued", "POINT")) == (560, 0, -560)
    assert facts(shop, done["number"])["beyond"] == ["points-short"]


def test_the_lot_taken_in_for_what_was_found_is_the_one_that_keeps_longest(book, county):
    """
    2026-03-01 donation
      donor:D7   -> stock             RICE/L1  1  best 2027-01-31
      donor:D7   -> stock             RICE/L2  1  best 2026-09-01
      donor:D7   -> stock             RICE/L3  1
    2026-03-01 credit
      fund:merit -> purse:H004:merit  POINT    2000
    """
    key(book, line(1, "H004", rice=5, reason="a sack behind the door"))
    number = confirm(book, 1)["number"]
    assert [book.holds("difference", f"RICE/L{n}") for n in (1, 2, 3)] == [-2, 0, 0]
    assert facts(book, number)["beyond"] == ["shelf-short"]
    county.replay()


def test_a_declined_line_that_was_spoilt_after_all_becomes_a_void_line_under_its_number(shop):
    key(shop, line(1, "H001", soap=5, reason="misread"))
    shop.do(decline, by="gao", request=1, reason="it is struck out")
    number = key(shop, void(1))["entries"][0]
    assert (shop.entry(number).kind, facts(shop, number)["serial"]) == ("void", "兑-2026-0001")
