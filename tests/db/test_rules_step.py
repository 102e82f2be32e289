"""The step that gives rules versions and lines their states: what stood before it stands after it."""

import pytest
from alembic import command

from ledger.db import migrate
from ledger.db.migrate import owner_engine, steps

SHEETS = """INSERT INTO sheet
    (version, retired, book, n, period, purse, minutes, status, drawn_by, drawn_number, digest, notice_place)
    VALUES (1, 0, 'LY01', {n}, '2026-0{n}', 'merit', '', '{status}', 'mei', {n}, 'd', '')"""
LINES = """INSERT INTO sheet_line (book, n, line, household, rule, points_tenths, evidence)
    VALUES ('LY01', {n}, 1, 'H001', 'CLEAN', 50, 'seen')"""
RULE = """INSERT INTO rule (version, retired, code, name, name_en, category, purse, points_min, points_max)
    VALUES (3, 0, 'CLEAN', '庭院整洁', 'Clean yard', '环境卫生', 'merit', 20, 50)"""


@pytest.fixture
def stepped(empty_url):
    """A database with a rule and three sheets of the time before, brought up to date."""
    engine = owner_engine(empty_url)
    with engine.begin() as connection:
        command.upgrade(steps(connection=connection), "0003")
        for n, status in enumerate(("credited", "on-notice", "withdrawn"), start=1):
            connection.exec_driver_sql(SHEETS.format(n=n, status=status))
            connection.exec_driver_sql(LINES.format(n=n))
        connection.exec_driver_sql(RULE)
    migrate(empty_url)
    yield engine
    engine.dispose()


def test_a_rule_becomes_its_first_version_and_holds_for_all_days(stepped):
    with stepped.connect() as connection:
        kept = connection.exec_driver_sql(
            "SELECT code, version, valid_from, valid_to, name, points_min, points_max, cap_month FROM rule"
        ).all()
    assert [tuple(row) for row in kept] == [("CLEAN", 1, "2000-01-01", None, "庭院整洁", 20, 50, None)]


def test_a_line_knows_its_month_was_asked_what_it_got_and_has_come_as_far_as_its_sheet(stepped):
    with stepped.connect() as connection:
        kept = connection.exec_driver_sql(
            "SELECT n, period, rule_version, points_tenths, asked_tenths, cut_by, status, evidence "
            "FROM sheet_line ORDER BY n"
        ).all()
    assert [tuple(row) for row in kept] == [
        (1, "2026-01", 1, 50, 50, "", "credited", "seen"), (2, "2026-02", 1, 50, 50, "", "passed", "seen"),
        (3, "2026-03", 1, 50, 50, "", "withdrawn", "seen"),
    ]
