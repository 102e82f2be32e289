"""The tables of the first release: the journal and the registers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(), "whole": WHOLE, "count": WHOLE, "bytes": sa.LargeBinary(),
}


def columns(words: str) -> list["sa.Column[Any]"]:
    """Return columns from words such as "code text, day text?"; a question mark lets it stay empty."""
    pairs = [word.split() for word in words.split(", ")]
    return [
        sa.Column(name, KINDS[kind.rstrip("?")], nullable=kind.endswith("?"), autoincrement=kind == "count")
        for name, kind in pairs
    ]


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "county",
        *columns("id whole, name text, code text, timezone text, demo whole, made_us whole"),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("demo IN (0, 1)", name="county_demo"),
        sa.CheckConstraint("id = 1", name="county_is_one"),
        sqlite_strict=True,
    )
    op.create_table(
        "book",
        *columns("code text, number whole, digest bytes, recorded_us whole, open_from text"),
        sa.PrimaryKeyConstraint("code"),
        sa.CheckConstraint("number >= 0", name="book_number"),
        sqlite_strict=True,
    )
    op.create_table(
        "entry",
        *columns(
            "book text, number whole, kind text, occurred_on text, booked_on text, recorded_us whole, by text, "
            "key text, "
            "reverses whole?, late whole, body text, previous bytes, digest bytes"
        ),
        sa.ForeignKeyConstraint(["book"], ["book.code"]),
        sa.ForeignKeyConstraint(["book", "reverses"], ["entry.book", "entry.number"], name="entry_reverses_an_entry"),
        sa.UniqueConstraint("key"),
        sa.PrimaryKeyConstraint("book", "number"),
        sa.CheckConstraint("booked_on >= occurred_on", name="entry_days"),
        sa.CheckConstraint("length(digest) = 32 AND length(previous) = 32", name="entry_digest"),
        sa.CheckConstraint("late IN (0, 1)", name="entry_late"),
        sa.CheckConstraint("number >= 1", name="entry_number"),
        sqlite_strict=True,
    )
    op.create_index("entry_by_day", "entry", ["book", "booked_on", "number"])
    op.create_index("entry_by_kind", "entry", ["book", "kind", "number"])
    op.create_index("entry_reversed_once", "entry", ["book", "reverses"], unique=True)
    op.create_table(
        "posting",
        *columns(
            "book text, number whole, line whole, source text, destination text, commodity text, lot text, quantity "
            "whole, source_after whole, destination_after whole"
        ),
        sa.ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        sa.PrimaryKeyConstraint("book", "number", "line"),
        sa.CheckConstraint("source <> destination", name="posting_moves"),
        sa.CheckConstraint("quantity > 0", name="posting_quantity"),
        sqlite_strict=True,
    )
    op.create_index("posting_destination", "posting", ["book", "destination", "number"])
    op.create_index(
        "posting_lot", "posting", ["lot"],
        sqlite_where=sa.text("lot <> ''"), postgresql_where=sa.text("lot <> ''"),
    )
    op.create_index("posting_source", "posting", ["book", "source", "number"])
    op.create_table(
        "balance",
        *columns("book text, account text, commodity text, lot text, quantity whole, free whole"),
        sa.PrimaryKeyConstraint("book", "account", "commodity", "lot"),
        sa.CheckConstraint("quantity >= 0 OR free = 1", name="balance_not_below_zero"),
        sqlite_strict=True,
    )
    op.create_index(
        "balance_by_lot", "balance", ["lot"],
        sqlite_where=sa.text("lot <> ''"), postgresql_where=sa.text("lot <> ''"),
    )
    op.create_index(
        "balance_on_hand", "balance", ["book", "account", "commodity"],
        sqlite_where=sa.text("quantity > 0"), postgresql_where=sa.text("quantity > 0"),
    )
    op.create_table(
        "submission",
        *columns("key text, who text, digest text, answer text, recorded_us whole"),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )
    op.create_table(
        "note",
        *columns("book text, number whole, name text, salt text, text text?"),
        sa.ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        sa.PrimaryKeyConstraint("book", "number", "name"),
        sqlite_strict=True,
    )
    op.create_table(
        "on_the_road",
        *columns(
            "book text, number whole, line whole, destination text, commodity text, "
            "lot text, sent whole, quantity whole"
        ),
        sa.ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        sa.PrimaryKeyConstraint("book", "number", "line"),
        sa.CheckConstraint("quantity >= 0 AND quantity <= sent", name="on_the_road_quantity"),
        sqlite_strict=True,
    )
    op.create_index(
        "on_the_road_open", "on_the_road", ["destination"],
        sqlite_where=sa.text("quantity > 0"), postgresql_where=sa.text("quantity > 0"),
    )
    op.create_table(
        "serial",
        *columns("book text, kind text, year whole, last whole"),
        sa.PrimaryKeyConstraint("book", "kind", "year"),
        sqlite_strict=True,
    )
    op.create_table(
        "donor",
        *columns(
            "version whole, retired whole, code text, name text, "
            "contact text, phone text, anonymous whole, link text"
        ),
        sa.UniqueConstraint("link"),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "household",
        *columns(
            "version whole, retired whole, book text, number text, name text, group whole, card text, status text, "
            "cannot_work whole, id_tail text, initials text"
        ),
        sa.PrimaryKeyConstraint("book", "number"),
        sa.CheckConstraint("length(id_tail) <= 4", name="household_id_tail"),
        sa.CheckConstraint("status IN ('active', 'frozen', 'closed')", name="household_status"),
        sqlite_strict=True,
    )
    op.create_index(
        "household_card", "household", ["book", "card"], unique=True,
        sqlite_where=sa.text("card <> ''"), postgresql_where=sa.text("card <> ''"),
    )
    op.create_table(
        "item",
        *columns("version whole, retired whole, code text, name text, spec text, unit text, category text"),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "policy",
        *columns("book text, name text, valid_from text, value text, by text, recorded_us whole"),
        sa.PrimaryKeyConstraint("book", "name", "valid_from"),
        sqlite_strict=True,
    )
    op.create_table(
        "register_change",
        *columns(
            "id count, of_register text, key text, field text, before text?, after text?, personal whole, by text, "
            "recorded_us whole"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("register_change_of", "register_change", ["of_register", "key"])
    op.create_table(
        "request",
        *columns(
            "version whole, retired whole, book text, n whole, kind text, status text, asked_by text, asked_us whole, "
            "asked text, reason text, number whole?"
        ),
        sa.PrimaryKeyConstraint("book", "n"),
        sqlite_strict=True,
    )
    op.create_index("request_by_status", "request", ["book", "status"])
    op.create_table(
        "rule",
        *columns(
            "version whole, retired whole, code text, name text, name_en text, category text, purse text, points_min "
            "whole, points_max whole"
        ),
        sa.PrimaryKeyConstraint("code"),
        sa.CheckConstraint("purse IN ('support', 'merit')", name="rule_purse"),
        sa.CheckConstraint("points_min > 0 AND points_max >= points_min", name="rule_range"),
        sqlite_strict=True,
    )
    op.create_table(
        "sheet",
        *columns(
            "version whole, retired whole, book text, n whole, period text, purse text, minutes text, status text, "
            "drawn_by text, drawn_number whole, digest text, notice_from text?, notice_until text?, notice_place text, "
            "notice_number whole?, credit_number whole?"
        ),
        sa.PrimaryKeyConstraint("book", "n"),
        sa.CheckConstraint("purse IN ('support', 'merit')", name="sheet_purse"),
        sqlite_strict=True,
    )
    op.create_index("sheet_by_status", "sheet", ["book", "status"])
    op.create_table(
        "site",
        *columns(
            "version whole, retired whole, code text, kind text, name text, town text, division_code text, "
            "division_year "
            "text"
        ),
        sa.PrimaryKeyConstraint("code"),
        sa.CheckConstraint("kind IN ('county', 'outlet')", name="site_kind"),
        sqlite_strict=True,
    )
    op.create_table(
        "staff",
        *columns(
            "version whole, retired whole, name text, full_name text, role text, book text, town text, password_hash "
            "text, one_time whole, sessions whole"
        ),
        sa.PrimaryKeyConstraint("name"),
        sqlite_strict=True,
    )
    op.create_table(
        "item_price",
        *columns("item text, book text, valid_from text, points_tenths whole, by text, recorded_us whole"),
        sa.ForeignKeyConstraint(["item"], ["item.code"]),
        sa.PrimaryKeyConstraint("item", "book", "valid_from"),
        sa.CheckConstraint("points_tenths >= 0", name="item_price_points"),
        sqlite_strict=True,
    )
    op.create_table(
        "kin",
        *columns("staff text, book text, household text, tie text"),
        sa.ForeignKeyConstraint(["staff"], ["staff.name"]),
        sa.PrimaryKeyConstraint("staff", "book", "household"),
        sa.CheckConstraint("tie IN ('own', 'relative')", name="kin_tie"),
        sqlite_strict=True,
    )
    op.create_table(
        "lot",
        *columns(
            "version whole, retired whole, code text, item text, donor text, book text, number whole, quantity whole, "
            "best_before text?, unit_value_fen whole?"
        ),
        sa.ForeignKeyConstraint(["donor"], ["donor.code"]),
        sa.ForeignKeyConstraint(["item"], ["item.code"]),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_index("lot_by_donor", "lot", ["donor"])
    op.create_index("lot_by_receipt", "lot", ["book", "number"])
    op.create_table(
        "sheet_line",
        *columns("book text, n whole, line whole, household text, rule text, points_tenths whole, evidence text"),
        sa.ForeignKeyConstraint(["book", "n"], ["sheet.book", "sheet.n"]),
        sa.PrimaryKeyConstraint("book", "n", "line"),
        sa.CheckConstraint("points_tenths > 0", name="sheet_line_points"),
        sqlite_strict=True,
    )
    op.create_table(
        "token",
        *columns("digest text, staff text, made_us whole"),
        sa.ForeignKeyConstraint(["staff"], ["staff.name"]),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
