"""Three dates: the true day, the day it is booked on, and the instant it was written down; and whose clock is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ledger.journal import body_of, close_book, county_day, county_of, instant, microseconds, open_book, post
from ledger.journal.clock import ForeignClock, NoCounty
from ledger.journal.posting import FutureDay
from ledger.journal.tables import County
from ledger.terms import EntryKind
from tests.journaltext import at


def close_through(book, day):
    """Close the book through a day, on the next."""
    through = date.fromisoformat(day)
    now = at((through + timedelta(days=1)).isoformat())
    with book.store.writing() as session:
        close_book(session, book=book.code, through=through, by="gao", now=now, key="close", facts={})


def test_what_is_written_down_on_its_day_is_not_late(book):
    entry = book.post("2026-03-05", "notice")
    assert (entry.occurred_on, entry.booked_on, entry.late) == (date(2026, 3, 5), date(2026, 3, 5), 0)
    assert body_of(entry)["late"] is False


def test_a_paper_sheet_keyed_in_later_keeps_its_true_day_and_is_marked_late(book):
    entry = book.post("2026-03-05", "notice", now=at("2026-03-07"))
    assert (entry.occurred_on, entry.booked_on, entry.late) == (date(2026, 3, 5), date(2026, 3, 5), 1)
    assert body_of(entry)["late"] is True


def test_a_day_of_a_closed_month_is_booked_on_the_first_open_day(book):
    close_through(book, "2026-02-28")
    entry = book.post("2026-02-27", "notice", now=at("2026-03-02"))
    assert (entry.occurred_on, entry.booked_on) == (date(2026, 2, 27), date(2026, 3, 1))


def test_nothing_is_booked_before_it_has_happened(book):
    with pytest.raises(FutureDay, match="2026-03-06 is still to come; today is 2026-03-05"):
        book.post("2026-03-06", "notice", now=at("2026-03-05"))


def test_the_day_changes_at_midnight_in_the_county_not_in_greenwich(book):
    before, after = datetime(2026, 3, 5, 15, 59, tzinfo=UTC), datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
    with book.store.reading() as session:
        assert county_day(session, before) == date(2026, 3, 5)
        assert county_day(session, after) == date(2026, 3, 6)
    assert book.post("2026-03-06", "notice", now=after).late == 0


def test_the_instant_is_kept_to_the_microsecond(book):
    now = datetime(2026, 3, 5, 2, 0, 0, 123_457, tzinfo=UTC)
    entry = book.post("2026-03-05", "notice", now=now)
    assert instant(entry.recorded_us) == now
    assert microseconds(now) == 1_772_676_000_123_457


def test_the_instant_never_runs_backwards_in_a_book(book):
    first = book.post("2026-03-05", "notice", now=at("2026-03-05", hour=12))
    second = book.post("2026-03-05", "notice", now=at("2026-03-05", hour=11))
    assert second.recorded_us == first.recorded_us


def test_a_real_county_takes_no_other_clock_than_the_real_one(store):
    now = datetime.now(UTC)
    with store.writing() as session:
        session.add(County(name="略阳", code="610727", timezone="Asia/Shanghai", demo=0, made_us=0))
        session.flush()
        open_book(session, "LY12")
        said = {"book": "LY12", "kind": EntryKind.NOTICE, "by": "lin", "occurred_on": county_day(session, now)}
        assert post(session, **said, now=now, key="k1").number == 1
        for wrong in (now - timedelta(minutes=6), now + timedelta(minutes=6)):
            with pytest.raises(ForeignClock):
                post(session, **said, now=wrong, key="k2")


def test_a_demo_county_may_run_on_a_clock_of_its_own(book):
    assert book.post("2026-03-05", "notice").recorded_us == microseconds(at("2026-03-05"))


def test_a_database_without_a_county_says_how_to_begin(store):
    with store.writing() as session, pytest.raises(NoCounty, match="aixin county new"):
        county_of(session)
