"""The month's end: what was there, what came in and went out, and what is left, by the day things were booked on."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.operations.declining import decline
from ledger.operations.delivery import note_slip
from ledger.reports.month import goods_flow, month_before, month_of, month_page, points_flow, still_open, value_flow
from ledger.reports.month_end import open_at
from tests.operations.test_closing import close
from tests.operations.test_correction import put_right
from tests.operations.test_count import begin, confirm, explain, key

MARCH = month_of("2026-03")
FEBRUARY_AND_MARCH = """
    2026-02-10 donation
      donor:D7 -> stock                RICE/L1 20
    2026-02-20 credit
      fund:merit -> purse:H001:merit   POINT 1000
    2026-03-02 donation
      donor:D7 -> stock                SOAP/L2 30
    2026-03-05 redemption
      purse:H001:merit -> redeemed     POINT 365
      stock -> handed-out              RICE/L1 1
    2026-03-06 dispatch
      stock -> sent:LY02               SOAP/L2 10
    2026-03-06 donation
      stock -> set-aside               SOAP/L2 3
    2026-03-06 donation
      set-aside -> written-off         SOAP/L2 2
    2026-03-06 donation
      difference -> stock              RICE/L1 2
      stock -> difference              SOAP/L2 1
"""
SUMS = ("opening", "donated", "bought", "moved_in", "over")
OUT = ("redeemed", "moved_out", "written_off", "short")


def flow(county, code="LY01", month=MARCH):
    """Return the month's row of each item."""
    return {row["item"]: row for row in county.ask(goods_flow, code, month).rows}


def told(row):
    """Return what is not nothing in a row."""
    return {name: value for name, value in row.items() if isinstance(value, int) and value}


def test_goods_are_told_by_what_brought_them_and_what_took_them(county, book):
    book.write(FEBRUARY_AND_MARCH)
    rows = flow(county)
    assert told(rows["RICE"]) == {"before": 20, "redeemed": 1, "over": 2, "left": 21}
    assert told(rows["SOAP"]) == {"donated": 30, "moved_out": 10, "written_off": 2, "short": 1, "left": 17}


def test_what_is_set_aside_still_belongs_to_the_shop(county, book):
    book.write(FEBRUARY_AND_MARCH)
    assert flow(county)["SOAP"]["left"] == 16 + 1


def test_points_are_told_the_same_way_and_what_left_a_purse_is_negative(county, book):
    book.write(FEBRUARY_AND_MARCH)
    points = county.ask(points_flow, "LY01", MARCH)
    assert {name: value for name, value in points.items() if value} == {"before": 1000, "redeemed": -365, "left": 635}


def test_a_reversal_lessens_what_it_takes_back(county, book):
    book.write(FEBRUARY_AND_MARCH)
    county.move_to("2026-03-09")
    book.reverse(book.redeem("H001", rice=1), by="gao")
    assert told(flow(county)["RICE"])["redeemed"] == 1


def test_a_late_paper_about_a_closed_month_counts_in_the_month_it_is_booked_in(county, book):
    book.write("2026-02-10 arrival\n received:COUNTY -> stock RICE/L1 20")
    book.write("2026-02-20 credit\n fund:merit -> purse:H001:merit POINT 1000")
    close(book)
    book.write("2026-02-27 notice\n stock -> handed-out RICE/L1 1")
    february, march = flow(county, month=month_of("2026-02")), flow(county)
    assert (february["RICE"]["left"], march["RICE"]["before"], march["RICE"]["redeemed"]) == (20, 20, 1)


def test_value_is_told_for_goods_that_were_valued(county):
    store = county.book("COUNTY")
    store.give(lines=[{"item": "RICE", "quantity": 10, "unit_value": 3900}, {"item": "SOAP", "quantity": 5}])
    store.send("LY01", rice=4, soap=1)
    value = county.ask(value_flow, "COUNTY", MARCH)
    assert (value["donated"], value["moved_out"], value["left"]) == (39000, 15600, 23400)


def test_the_page_names_what_is_open_and_how_many_entries_were_keyed_late(county, book):
    store = county.book("COUNTY")
    store.give(soap=20)
    note = store.send("LY01", soap=20)
    book.arrive(note, lines=[{**note["lines"][0], "quantity": 12, "short": 3, "reason": "wet"}])
    told_of = county.ask(month_page, "LY01", MARCH)
    assert county.ask(still_open, "LY01") == {"road": 8, "differences": 1, "requests": 0, "objections": 0, "slips": 0}
    assert (told_of["marks"]["entries"], told_of["is_closed"], told_of["count"]) == (1, False, None)
    assert told_of["last"].number == 1


# Book and shelf

def beside(county, month=MARCH):
    """Return how goods without a category stand on the statement: book before the stock-take, counted, over, short."""
    (row,) = county.ask(month_page, "LY01", month)["categories"]
    return tuple(row[name] for name in ("booked", "found", "over", "short"))


def counted(book, lots, *, by="lin", second="gao"):
    """Count the shelf and let the supervisor book what differs; return what that answers."""
    n = begin(book, by=by)
    key(book, n, by=by, finished=1, **lots)
    for lot in lots:
        explain(book, n, lot, "unknown")
    return confirm(book, n, by=second)


def test_goods_that_arrive_after_the_count_are_no_difference(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
    """
    counted(book, {"L7": 20})
    county.move_to("2026-03-09")
    book.write("2026-03-09 donation\n donor:D7 -> stock SALT/L8 26")
    book.redeem("H001", salt=1)
    assert beside(county) == (45, 45, 0, 0), "counted is carried to the month's end by what came and went since"


def test_what_was_short_stands_between_the_book_before_the_count_and_what_was_counted(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
    """
    counted(book, {"L7": 19})
    (row,) = county.ask(month_page, "LY01", MARCH)["categories"]
    assert (row["before"], row["came"], row["went"], row["left"]) == (0, 20, 1, 19)
    assert (row["booked"], row["found"], row["difference"]) == (20, 19, -1)


def test_what_is_over_does_not_hide_what_is_short(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
      donor:D7 -> stock  SOAP/L8  10
    """
    counted(book, {"L7": 18, "L8": 12})
    assert beside(county) == (30, 30, 2, 2)


def test_each_count_of_the_month_tells_its_differences(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
    """
    counted(book, {"L7": 15})
    county.move_to("2026-03-28")
    counted(book, {"L7": 15})
    assert beside(county) == (20, 15, 0, 5)
    assert county.ask(month_page, "LY01", MARCH)["count"].serial == "盘-2026-0002"
    county.move_to("2026-04-28")
    counted(book, {"L7": 15})
    assert beside(county, month_of("2026-04")) == (15, 15, 0, 0), "March's are March's"


def test_a_count_that_was_reversed_is_none_but_stays_on_the_statement_of_a_month_before(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
    """
    done = counted(book, {"L7": 19})
    county.move_to("2026-04-02")
    book.reverse(done, by="luo")
    assert beside(county) == (20, 19, 0, 1)
    county.move_to("2026-04-03")
    book.reverse(counted(book, {"L7": 18}), by="luo")
    told_of = county.ask(month_page, "LY01", month_of("2026-04"))
    assert (told_of["count"], told_of["categories"][0]["found"]) == (None, None)


def test_a_stock_take_that_is_not_decided_is_open_at_the_months_end(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
    """
    counted(book, {"L7": 20})
    county.move_to("2026-03-31")
    second = begin(book)
    assert then(county)["counts"] == 1, "it runs"
    key(book, second, finished=1, L7=20)
    assert then(county)["counts"] == 1, "it waits"
    county.move_to("2026-04-01")
    close(book, MARCH.last)
    booked = confirm(book, second)
    assert then(county)["counts"] == 1, "March was closed before it was decided"
    book.reverse(booked, by="luo")
    assert then(county)["counts"] == 1, "and it had not been dropped then"
    assert (then(county, month_of("2026-04"))["counts"], then(county, month_of("2026-02"))["counts"]) == (0, 0)


# Open at the end

def then(county, month=MARCH):
    """Return what was open at a month's end."""
    return county.ask(open_at, "LY01", month.last)


def test_the_statement_of_a_past_month_tells_what_was_open_then(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock      SALT/L7  20
    2026-03-03 set-aside
      stock    -> set-aside  SALT/L7   3
    """
    store = county.book("COUNTY")
    store.give(soap=20, rice=5)
    note, other = store.send("LY01", soap=20), store.send("LY01", rice=5)
    waits = book.arrive(note, lines=[{**note["lines"][0], "quantity": 12, "short": 3, "reason": "wet"}])["request"]
    sheet = book.on_notice(("H001", "WORK", 100), ("H003", "WORK", 60))
    book.object(sheet, 1)
    march = {"road": 13, "differences": 1, "counts": 0, "objections": 1, "slips": 0, "aside": 3}
    assert then(county) == march
    county.move_to("2026-04-02")
    book.confirm(waits)
    book.arrive({**note, "lines": [{**note["lines"][0], "quantity": 5}]})
    store.redirect(other, "LY02")
    book.answer(sheet, 1, "not-upheld")
    book.write("2026-04-02 put-back\n set-aside -> stock SALT/L7 3")
    assert then(county) == march
    assert set(then(county, month_of("2026-04")).values()) == {0}


def test_an_answer_or_arrival_that_was_reversed_later_stood_at_the_months_end(county, book):
    store = county.book("COUNTY")
    store.give(soap=20)
    here = book.arrive(store.send("LY01", soap=20))
    sheet = book.on_notice(("H001", "WORK", 100))
    book.object(sheet, 1)
    answered = book.answer(sheet, 1, "not-upheld")
    before = then(county)
    county.move_to("2026-04-02")
    book.reverse(answered, by="luo")
    book.reverse(here, by="luo")
    assert (before["objections"], before["road"]) == (0, 0) and then(county) == before
    april = then(county, month_of("2026-04"))
    assert (april["objections"], april["road"]) == (1, 20)


def test_a_difference_that_was_declined_later_waited_at_the_months_end(county, book):
    store = county.book("COUNTY")
    store.give(soap=20)
    note = store.send("LY01", soap=20)
    waits = book.arrive(note, lines=[{**note["lines"][0], "quantity": 12, "short": 8, "reason": "wet"}])["request"]
    county.move_to("2026-04-02")
    book.do(decline, by="gao", request=waits, reason="look again")
    assert (then(county)["differences"], then(county, month_of("2026-04"))["differences"]) == (1, 0)


def test_a_slip_of_a_delivery_that_came_back_later_was_out_at_the_months_end(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
    """
    book.redeem("H001", salt=1, delivered_by="lin")
    undone = book.redeem("H001", salt=1, delivered_by="lin")
    whole = book.redeem("H001", salt=2, delivered_by="lin")
    assert then(county)["slips"] == 3
    county.move_to("2026-04-02")
    book.reverse(undone)
    put_right(book, whole["number"], by="luo")
    book.do(note_slip, by="lin", number=2, signed_on=county.day)
    assert (then(county)["slips"], then(county, month_of("2026-04"))["slips"]) == (3, 0)


def test_a_stock_take_confirmed_the_day_after_was_not_keyed_late(county, book):
    """
    2026-03-02 donation
      donor:D7 -> stock  SALT/L7  20
    """
    n = begin(book)
    key(book, n, finished=1, L7=20)
    county.wait(1)
    confirm(book, n)
    book.redeem("H001", salt=1, on="2026-03-05", paper_number="31")
    assert county.ask(month_page, "LY01", MARCH)["marks"]["late"] == 1


def test_a_month_is_named_as_on_paper():
    assert (MARCH.first.isoformat(), MARCH.last.isoformat()) == ("2026-03-01", "2026-03-31")
    assert [month_before(date(2026, 3, 6)), month_before(date(2026, 1, 1))] == ["2026-02", "2025-12"]


moves = st.lists(
    st.tuples(
        st.sampled_from(("2026-02-10", "2026-03-01", "2026-03-06")),
        st.sampled_from((
            "received:COUNTY -> stock", "stock -> handed-out", "stock -> sent:LY02",
            "stock -> set-aside", "set-aside -> written-off", "set-aside -> stock", "difference -> stock",
            "stock -> difference", "handed-out -> stock", "opening -> stock",
        )),
        st.integers(1, 5),
    ),
    max_size=12,
)


@settings(max_examples=20, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_brought_forward_and_in_less_out_is_what_is_left(county, book, happened):
    for when, what, quantity in happened:
        try:
            book.write(f"{when} notice\n {what} SOAP/L2 {quantity}")
        except LedgerError:
            continue
    for row in flow(county).values():
        came, went = (sum(row[name] for name in names) for names in (SUMS, OUT))
        assert row["before"] + came - went == row["left"]
        assert row["left"] == book.stock("SOAP") + book.holds("set-aside", "SOAP/L2")
