"""Building the demo: the same every time but for salts, wholly or not at all, and into an empty database only."""

import json
import shutil
from datetime import date

import pytest
from sqlalchemy import func, select

from ledger.db import Database
from ledger.demo.points import credited_on
from ledger.demo.scene import Agenda, at
from ledger.demo.script import months_until
from ledger.demo.sums import SumsOpen, check_sums
from ledger.journal import Balance, Book, County, Entry
from ledger.registers.households import Household
from ledger.registers.starter import CountyStands
from tests.demo.conftest import build

SMALL = 120


def said(store):
    """Return what every entry says, without the salted digests of its notes."""
    with store.reading() as session:
        bodies = session.scalars(select(Entry.body).order_by(Entry.book, Entry.number))
        return [{**json.loads(body), "notes": None} for body in bodies]


def is_empty(store):
    """Tell whether nothing at all stands in a database."""
    with store.reading() as session:
        tables = (County, Book, Entry, Household, Balance)
        return not any(session.scalar(select(func.count()).select_from(table)) for table in tables)


def test_three_full_months_lie_before_the_open_one():
    assert months_until(date(2026, 2, 28)) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("notice_ends", "credited"),
    [("2026-11-02", "2026-11-04"), ("2026-11-03", "2026-11-04"), ("2026-03-05", "2026-03-06")],
)
def test_a_sheet_is_credited_about_the_fourth_and_never_before_its_notice_has_run(notice_ends, credited):
    assert credited_on(date.fromisoformat(notice_ends)) == date.fromisoformat(credited)


def test_the_agenda_goes_in_order_of_time_and_stops_before_the_last_day():
    agenda, happened = Agenda(date(2026, 11, 20)), []
    agenda.add(at(date(2026, 11, 20), "00:00"), happened.append)
    agenda.add(at(date(2026, 11, 19), "09:00"), happened.append)
    later = at(date(2026, 11, 18), "10:00")
    agenda.add(at(date(2026, 11, 18), "09:00"), lambda now: agenda.add(later, happened.append))
    agenda.run(lambda part: None)
    assert happened == [later, at(date(2026, 11, 19), "09:00")]


def test_the_same_day_gives_the_same_demo_on_both_stores(sqlite_demo, postgresql_demo):
    one, other = said(sqlite_demo), said(postgresql_demo)
    assert len(one) > 500
    assert one == other


@pytest.mark.parametrize(
    ("day", "households"), [("2026-03-01", SMALL), ("2024-02-29", SMALL), ("2026-11-24", 250), ("2026-11-24", 400)]
)
def test_any_day_and_any_size_will_do(sqlite_template, tmp_path, day, households):
    """The first of a month, when notices hang everywhere, and a leap day; a county where what was to lapse is spent in
    time, and one where who objects is the clerk's relative. The sums are checked at the end of each.
    """
    shutil.copy(sqlite_template, tmp_path / "day.sqlite")
    store = Database(f"sqlite:///{tmp_path / 'day.sqlite'}")
    build(store, until=date.fromisoformat(day), households=households)
    with store.reading() as session:
        assert max(session.scalars(select(Entry.occurred_on))) < date.fromisoformat(day)
    store.close()


def test_a_demo_that_is_interrupted_leaves_an_empty_database(store):
    def interrupt(part):
        if part > 0.1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(store, households=SMALL, tell=interrupt)
    assert is_empty(store)


def test_a_demo_whose_points_do_not_close_is_refused(demo, monkeypatch):
    """As if one tenth of a point had come from nowhere."""
    monkeypatch.setattr("ledger.demo.sums.points_proof", lambda session: {"difference": 1})
    with demo.reading() as session, pytest.raises(SumsOpen, match="Points"):
        check_sums(session)


def test_a_demo_whose_goods_do_not_close_is_refused(demo, monkeypatch):
    """As if what the donors gave were booked nowhere."""
    lost = lambda account, _: ("shelf", 1) if account == "stock" else ("lost", 1)  # noqa: E731
    monkeypatch.setattr("ledger.demo.sums.part_of", lost)
    with demo.reading() as session, pytest.raises(SumsOpen, match="does not close"):
        check_sums(session)


def test_a_demo_is_not_built_into_a_county(store):
    with store.writing() as session:
        session.add(County(name="真县", code="610727", timezone="Asia/Shanghai", demo=0, made_us=0))
    with pytest.raises(CountyStands, match="真县"):
        build(store, households=SMALL)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Household)) == 0
