"""Closing: a month that is closed stays as it is, whatever comes in later, and whatever the clock does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ledger.journal import act, body_of, close_book, closed_through, county_day, instant, open_book, post
from ledger.journal import clock as clocks
from ledger.journal.clock import ForeignClock
from ledger.journal.closing import ClosedAlready, NotOver
from ledger.journal.posting import FutureDay
from ledger.journal.tables import County
from ledger.terms import EntryKind
from tests.journaltext import at
from tests.replay import replay, rows

SOAP = "donor:D7 -> stock SOAP/L7 20"
FEBRUARY = "2026-02-28"


def close(book, through=FEBRUARY, now="2026-03-02", key=None):
    """Close the book of Liuhe through a day."""
    day = date.fromisoformat(through)
    with book.store.writing() as session:
        said = {"book": book.code, "by": "gao", "now": at(now), "facts": {"request": 1}}
        return close_book(session, through=day, key=key or f"close-{through}", **said)


def booked_through(book, day):
    """Return what was moved by the entries booked through a day, by where it went."""
    said = """SELECT destination, SUM(quantity) AS quantity FROM posting JOIN entry USING (book, number)
        WHERE booked_on <= :day GROUP BY destination"""
    with book.store.reading() as session:
        return {row["destination"]: int(row["quantity"]) for row in rows(session, said, day=day)}


# What a close is

def test_a_close_is_an_entry_of_the_book_and_moves_nothing_but_the_first_open_day(book):
    book.post("2026-02-27", "donation", SOAP)
    entry = close(book)
    assert (entry.number, entry.kind, entry.by) == (2, "close", "gao")
    assert (entry.occurred_on, entry.booked_on, entry.late) == (date(2026, 3, 2), date(2026, 3, 2), 0)
    assert body_of(entry)["facts"] == {"through": "2026-02-28", "request": 1}
    assert body_of(entry)["postings"] == []
    assert closed_through(book.head()) == date(2026, 2, 28)


def test_a_book_that_was_never_closed_is_open_from_long_ago(book):
    assert book.head().open_from == date(2000, 1, 1)


def test_a_book_is_closed_again_further_on_and_by_any_number_of_days(book):
    for day in ("2026-02-01", "2026-02-02", "2026-02-28"):
        close(book, day)
    assert closed_through(book.head()) == date(2026, 2, 28)


def test_a_book_is_closed_alone(book):
    with book.store.writing() as session:
        open_book(session, "LY13")
    close(book)
    with book.store.reading() as session:
        (other,) = rows(session, "SELECT open_from FROM book WHERE code = 'LY13'")
    assert other["open_from"] == "2000-01-01"


# What is refused

@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-03", "2027-01-01"])
def test_a_day_that_is_not_over_is_not_closed(book, day):
    with pytest.raises(NotOver, match=f"{day} is not over yet; today is 2026-03-02"):
        close(book, day)
    assert (book.head().number, book.head().open_from) == (0, date(2000, 1, 1))


def test_yesterday_can_be_closed(book):
    assert body_of(close(book, "2026-03-01"))["facts"]["through"] == "2026-03-01"


@pytest.mark.parametrize("day", ["2026-02-28", "2026-02-27", "2025-12-31"])
def test_a_close_never_goes_back_and_never_stands_still(book, day):
    close(book)
    with pytest.raises(ClosedAlready, match="closed through 2026-02-28 already"):
        close(book, day, key="again")
    assert (book.head().number, book.head().open_from) == (1, date(2026, 3, 1))


# What comes in later

def test_a_fact_of_a_closed_month_is_booked_on_the_first_open_day_and_marked_late(book):
    close(book)
    entry = book.post("2026-02-27", "donation", SOAP, now=at("2026-03-05"))
    assert (entry.occurred_on, entry.booked_on, entry.late) == (date(2026, 2, 27), date(2026, 3, 1), 1)
    said = body_of(entry)
    assert (said["occurred_on"], said["booked_on"], said["late"]) == ("2026-02-27", "2026-03-01", True)


def test_a_fact_of_the_open_month_keeps_its_own_day(book):
    close(book)
    entry = book.post("2026-03-03", "donation", SOAP, now=at("2026-03-05"))
    assert (entry.booked_on, entry.late) == (date(2026, 3, 3), 1)


def test_a_closed_month_never_changes_whatever_comes_in_about_it(book):
    book.post("2026-02-27", "donation", SOAP)
    given = book.post("2026-02-27", "redemption", "stock -> handed-out SOAP/L7 5")
    close(book)
    february = booked_through(book, FEBRUARY)
    assert february == {"stock": 20, "handed-out": 5}
    book.post("2026-02-26", "redemption", "stock -> handed-out SOAP/L7 2", now=at("2026-03-02"))
    mirror = "handed-out -> stock SOAP/L7 5"
    book.post("2026-03-02", "reversal", mirror, reverses=given.number)
    assert booked_through(book, FEBRUARY) == february
    assert booked_through(book, "2026-03-31") == {"stock": 25, "handed-out": 7}


# A clock that was stepped back

def test_a_clock_stepped_back_behind_a_close_books_nothing_in_the_closed_month(book):
    close(book, "2026-02-28", now="2026-03-02")
    entry = book.post("2026-02-26", "donation", SOAP, now=at("2026-02-26"))
    assert (entry.occurred_on, entry.booked_on) == (date(2026, 2, 26), date(2026, 3, 1))
    assert instant(entry.recorded_us) == at("2026-03-02")


def test_the_day_an_entry_is_late_by_is_that_of_its_own_instant_not_of_a_clock_stepped_back(book):
    book.post("2026-03-05", "notice")
    assert book.post("2026-03-04", "notice", now=at("2026-03-04")).late == 1
    assert book.post("2026-03-05", "notice", now=at("2026-03-04")).late == 0


def test_a_clock_that_lost_its_time_does_not_stop_the_counter_on_the_day_of_the_last_entry(book):
    book.post("2026-03-05", "notice")
    entry = book.post("2026-03-05", "donation", SOAP, now=at("2020-01-01"))
    assert (entry.occurred_on, entry.booked_on) == (date(2026, 3, 5), date(2026, 3, 5))
    with pytest.raises(FutureDay, match="2026-03-06 is still to come; today is 2026-03-05"):
        book.post("2026-03-06", "notice", now=at("2020-01-01"))


def test_what_was_over_by_the_last_entry_can_be_closed_by_a_clock_stepped_back_and_no_more(book):
    book.post("2026-03-05", "notice")
    with pytest.raises(NotOver, match="2026-03-05 is not over yet; today is 2026-03-05"):
        close(book, "2026-03-05", now="2026-03-01")
    entry = close(book, "2026-03-04", now="2026-03-01")
    assert (entry.occurred_on, entry.late) == (date(2026, 3, 5), 0)


@act
def look_at_the_clock(session, *, book, clerk, now, key):
    """Say what day it is for the rules of an act."""
    return {"day": county_day(session, now).isoformat()}


def test_no_rule_of_an_act_sees_a_clock_that_was_stepped_back(book):
    book.post("2026-03-05", "notice")
    for now, day in (("2026-03-04", "2026-03-05"), ("2026-03-06", "2026-03-06")):
        with book.store.writing() as session:
            said = look_at_the_clock(session, book=book.code, clerk="lin", now=at(now), key=f"look-{now}")
        assert said == {"day": day}


def test_a_real_county_goes_on_when_its_clock_is_stepped_back_by_days(store, monkeypatch):
    now = datetime.now(UTC)
    with store.writing() as session:
        session.add(County(name="略阳", code="610727", timezone="Asia/Shanghai", demo=0, made_us=0))
        session.flush()
        open_book(session, "LY12")
        today = county_day(session, now)
        first = post(session, book="LY12", kind=EntryKind.NOTICE, by="lin", occurred_on=today, now=now, key="k1")
    stepped = now - timedelta(days=3)
    monkeypatch.setattr(clocks, "datetime", type("Stepped", (datetime,), {"now": lambda zone: stepped}))
    with store.writing() as session:
        second = hang(session, book="LY12", clerk="lin", now=stepped, key="k2", occurred_on=today)
        assert (second["number"], second["recorded_us"]) == (2, first.recorded_us)
        with pytest.raises(ForeignClock):
            hang(session, book="LY12", clerk="lin", now=now + timedelta(days=1), key="k3", occurred_on=today)


@act
def hang(session, *, book, clerk, now, key, occurred_on):
    """Put something on notice; an act as operations write them."""
    entry = post(session, book=book, kind=EntryKind.NOTICE, by=clerk, occurred_on=occurred_on, now=now, key=key)
    return {"number": entry.number, "recorded_us": entry.recorded_us}


def test_the_book_is_whole_after_closes_late_facts_and_a_clock_stepped_back(book):
    book.post("2026-02-27", "donation", SOAP)
    close(book)
    book.post("2026-02-27", "redemption", "stock -> handed-out SOAP/L7 2", now=at("2026-01-31"))
    close(book, "2026-03-01", now="2026-02-01")
    with book.store.reading() as session:
        replay(session, book.code)
