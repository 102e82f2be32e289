"""The month's end: what was there, what came in and went out, and what is left, by the day things were booked on."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.reports.month import goods_flow, month_before, month_of, month_page, points_flow, value_flow
from tests.operations.test_closing import close

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
    assert told_of["open"] == {"road": 8, "differences": 1, "requests": 0, "objections": 0, "slips": 0}
    assert (told_of["marks"]["entries"], told_of["is_closed"], told_of["count"]) == (1, False, None)
    assert told_of["last"].number == 1


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
