"""Rules in versions with their caps, deeds, and lines of a sheet that say what was asked and what became of it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables anew with what stood in them: SQLite cannot change the key or a check of a table."""
    rules = emptied("rule", "code, name, name_en, category, purse, points_min, points_max")
    make_rule()
    fill("rule", [{
        **rule, "version": 1, "valid_from": "2000-01-01", "award_by": "", "evidence": "", "by": "", "recorded_us": 0,
    } for rule in rules])
    lines = emptied(
        "sheet_line",
        "sheet_line.book, sheet_line.n, line, household, rule, period, points_tenths, evidence",
        "JOIN sheet ON sheet.book = sheet_line.book AND sheet.n = sheet_line.n",
    )
    make_sheet_line()
    fill("sheet_line", [{
        **line, "rule_version": 1, "asked_tenths": line["points_tenths"], "cut_by": "", "status": "passed",
    } for line in lines])
    # What was credited or withdrawn before has its state from its sheet.
    op.execute("""UPDATE sheet_line SET status = (SELECT status FROM sheet
        WHERE sheet.book = sheet_line.book AND sheet.n = sheet_line.n) WHERE EXISTS (SELECT 1 FROM sheet
        WHERE sheet.book = sheet_line.book AND sheet.n = sheet_line.n AND status IN ('credited', 'withdrawn'))""")
    op.add_column("sheet", sa.Column("due", WHOLE))
    op.add_column("sheet", sa.Column("present", WHOLE))
    make_deed()


def emptied(table: str, columns: str, join: str = "") -> list[dict[str, object]]:
    """Take a table away and return its rows."""
    rows = [dict(row) for row in op.get_bind().execute(sa.text(f"SELECT {columns} FROM {table} {join}")).mappings()]
    op.drop_table(table)
    return rows


def fill(table: str, rows: list[dict[str, object]]) -> None:
    """Put rows into a table that was just made."""
    if rows:
        names = [str(name) for name in rows[0]]
        quoted, places = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
        op.get_bind().execute(sa.text(f"INSERT INTO {table} ({quoted}) VALUES ({places})"), rows)


def make_rule() -> None:
    """Make the rule book: a row is a version of a rule."""
    op.create_table(
        "rule",
        *columns(
            "code text, version whole, valid_from text, valid_to text?, name text, name_en text, category text, "
            "purse text, points_min whole, points_max whole, cap_month whole?, cap_year whole?, award_by text, "
            "evidence text, by text, recorded_us whole"
        ),
        sa.PrimaryKeyConstraint("code", "version"),
        sa.CheckConstraint("purse IN ('support', 'merit')", name="rule_purse"),
        sa.CheckConstraint("points_min > 0 AND points_max >= points_min", name="rule_range"),
        sqlite_strict=True,
    )


def make_sheet_line() -> None:
    """Make the lines of sheets."""
    op.create_table(
        "sheet_line",
        *columns(
            "book text, n whole, line whole, household text, rule text, rule_version whole, period text, "
            "points_tenths whole, asked_tenths whole, cut_by text, status text, evidence text"
        ),
        sa.ForeignKeyConstraint(["book", "n"], ["sheet.book", "sheet.n"]),
        sa.PrimaryKeyConstraint("book", "n", "line"),
        sa.CheckConstraint("points_tenths >= 0 AND asked_tenths >= points_tenths", name="sheet_line_points"),
        sqlite_strict=True,
    )
    op.create_index("sheet_line_of", "sheet_line", ["book", "household", "period"])


def make_deed() -> None:
    """Make the deeds that reporters record."""
    op.create_table(
        "deed",
        *columns(
            "version whole, retired whole, book text, n whole, occurred_on text, household text, rule text, "
            "evidence text, points_tenths whole?, status text, sheet whole?, put_off_by whole?, by text, "
            "recorded_us whole"
        ),
        sa.PrimaryKeyConstraint("book", "n"),
        sqlite_strict=True,
    )
    op.create_index("deed_same", "deed", ["book", "household", "rule", "occurred_on"])
    op.create_index("deed_by_status", "deed", ["book", "status"])
    op.create_index("deed_by_sheet", "deed", ["book", "sheet"])


def columns(words: str) -> list["sa.Column[Any]"]:
    """Return columns from words such as "code text, valid_to text?"; a question mark lets it stay empty."""
    kinds: dict[str, Any] = {"text": sa.Text(), "whole": WHOLE}
    pairs = [word.split() for word in words.split(", ")]
    return [
        sa.Column(name, kinds[kind.rstrip("?")], nullable=kind.endswith("?"), autoincrement=False)
        for name, kind in pairs
    ]


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
