"""aixin lapse: it shows what would lapse, writes nothing, and says why where nothing may."""

from datetime import date

from ledger.journal import instant, take_book
from ledger.registers.policy import set_policy
from ledger.terms import COUNTY
from tests.commands.conftest import calling, database_in

SET = date(2026, 1, 1)


def let(folder, **settings):
    """Let settings hold for the whole county since the new year."""
    store = database_in(folder)
    with store.writing() as session:
        for name, value in settings.items():
            set_policy(session, book=COUNTY, name=name, valid_from=SET, value=value, by="wei", now=demo_now(session))
    store.close()


def demo_now(session):
    """The instant of the last entry of LY01."""
    return instant(take_book(session, "LY01").recorded_us)


def test_it_prints_a_line_for_each_household_and_the_sum(demo_copy):
    let(demo_copy, lapse_period="month", carry_over="50")
    printed = calling(demo_copy)("lapse", "--book", "LY01", "--through", "2026-10-31")
    *lines, last = printed.stdout.splitlines()
    points = [float(line.split()[1]) for line in lines]
    assert printed.returncode == 0 and points and min(points) > 0
    assert last == f"{len(lines)} households, {sum(points):.1f} points above 5.0 carried over."


def test_where_points_do_not_lapse_it_says_so(demo_copy):
    refused = calling(demo_copy)("lapse", "--book", "LY01", "--through", "2026-10-31")
    assert refused.returncode == 1 and "points do not lapse" in refused.stderr


def test_a_day_that_ends_no_period_is_refused(demo_copy):
    let(demo_copy, lapse_period="quarter")
    refused = calling(demo_copy)("lapse", "--book", "LY01", "--through", "2026-10-31")
    assert refused.returncode == 1 and "last day of a quarter" in refused.stderr
