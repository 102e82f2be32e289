"""The tables of the first release: the journal and the registers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "county",
        sa.Column("id", WHOLE, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("demo", WHOLE, nullable=False),
        sa.Column("made_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("demo IN (0, 1)", name="county_demo"),
        sa.CheckConstraint("id = 1", name="county_is_one"),
        sqlite_strict=True,
    )
    op.create_table(
        "book",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_us", WHOLE, nullable=False),
        sa.Column("open_from", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sa.CheckConstraint("number >= 0", name="book_number"),
        sqlite_strict=True,
    )
    op.create_table(
        "entry",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Text(), nullable=False),
        sa.Column("booked_on", sa.Text(), nullable=False),
        sa.Column("recorded_us", WHOLE, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reverses", WHOLE),
        sa.Column("late", WHOLE, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
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
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("line", WHOLE, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("source_after", WHOLE, nullable=False),
        sa.Column("destination_after", WHOLE, nullable=False),
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
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("free", WHOLE, nullable=False),
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
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("recorded_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )
    op.create_table(
        "note",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        sa.PrimaryKeyConstraint("book", "number", "name"),
        sqlite_strict=True,
    )
    op.create_table(
        "on_the_road",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("line", WHOLE, nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("sent", WHOLE, nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
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
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("book", "kind", "year"),
        sqlite_strict=True,
    )
    op.create_table(
        "donor",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("anonymous", WHOLE, nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.UniqueConstraint("link"),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "household",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("group", WHOLE, nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("cannot_work", WHOLE, nullable=False),
        sa.Column("id_tail", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
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
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "policy",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("book", "name", "valid_from"),
        sqlite_strict=True,
    )
    op.create_table(
        "register_change",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("of_register", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("personal", WHOLE, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("register_change_of", "register_change", ["of_register", "key"])
    op.create_table(
        "request",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_us", WHOLE, nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("number", WHOLE),
        sa.PrimaryKeyConstraint("book", "n"),
        sqlite_strict=True,
    )
    op.create_index("request_by_status", "request", ["book", "status"])
    op.create_table(
        "rule",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("purse", sa.Text(), nullable=False),
        sa.Column("points_min", WHOLE, nullable=False),
        sa.Column("points_max", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sa.CheckConstraint("purse IN ('support', 'merit')", name="rule_purse"),
        sa.CheckConstraint("points_min > 0 AND points_max >= points_min", name="rule_range"),
        sqlite_strict=True,
    )
    op.create_table(
        "sheet",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("purse", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("drawn_by", sa.Text(), nullable=False),
        sa.Column("drawn_number", WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("notice_from", sa.Text()),
        sa.Column("notice_until", sa.Text()),
        sa.Column("notice_place", sa.Text(), nullable=False),
        sa.Column("notice_number", WHOLE),
        sa.Column("credit_number", WHOLE),
        sa.PrimaryKeyConstraint("book", "n"),
        sa.CheckConstraint("purse IN ('support', 'merit')", name="sheet_purse"),
        sqlite_strict=True,
    )
    op.create_index("sheet_by_status", "sheet", ["book", "status"])
    op.create_table(
        "site",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("division_code", sa.Text(), nullable=False),
        sa.Column("division_year", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sa.CheckConstraint("kind IN ('county', 'outlet')", name="site_kind"),
        sqlite_strict=True,
    )
    op.create_table(
        "staff",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("one_time", WHOLE, nullable=False),
        sa.Column("sessions", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_strict=True,
    )
    op.create_table(
        "item_price",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("points_tenths", WHOLE, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_us", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["item"], ["item.code"]),
        sa.PrimaryKeyConstraint("item", "book", "valid_from"),
        sa.CheckConstraint("points_tenths >= 0", name="item_price_points"),
        sqlite_strict=True,
    )
    op.create_table(
        "kin",
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("tie", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.name"]),
        sa.PrimaryKeyConstraint("staff", "book", "household"),
        sa.CheckConstraint("tie IN ('own', 'relative')", name="kin_tie"),
        sqlite_strict=True,
    )
    op.create_table(
        "lot",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("best_before", sa.Text()),
        sa.Column("unit_value_fen", WHOLE),
        sa.ForeignKeyConstraint(["donor"], ["donor.code"]),
        sa.ForeignKeyConstraint(["item"], ["item.code"]),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_index("lot_by_donor", "lot", ["donor"])
    op.create_index("lot_by_receipt", "lot", ["book", "number"])
    op.create_table(
        "sheet_line",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("line", WHOLE, nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("points_tenths", WHOLE, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["book", "n"], ["sheet.book", "sheet.n"]),
        sa.PrimaryKeyConstraint("book", "n", "line"),
        sa.CheckConstraint("points_tenths > 0", name="sheet_line_points"),
        sqlite_strict=True,
    )
    op.create_table(
        "token",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("made_us", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.name"]),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
