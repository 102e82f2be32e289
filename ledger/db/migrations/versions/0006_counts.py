"""Stock-takes, limits of an item per household, and barcodes of items."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(*names: str) -> list["sa.Column[str]"]:
    """Return columns of text."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def whole(*names: str, empty: bool = False) -> list["sa.Column[int]"]:
    """Return columns of whole numbers."""
    return [sa.Column(name, WHOLE, nullable=empty, autoincrement=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "stock_count",
        *whole("version", "retired"), *text("book"), *whole("n"), *text("status", "nature", "serial"),
        *whole("frozen"), *text("begun_by"), *whole("begun_us"), sa.Column("counted_on", sa.Text()),
        *whole("number", empty=True),
        sa.PrimaryKeyConstraint("book", "n"),
        sqlite_strict=True,
    )
    op.create_table(
        "count_line",
        *text("book"), *whole("n"), *text("account", "lot", "item"), *whole("frozen"),
        *whole("counted", "expected", "at_number", empty=True), *text("by", "reason", "words"),
        sa.PrimaryKeyConstraint("book", "n", "account", "lot"),
        sa.ForeignKeyConstraint(["book", "n"], ["stock_count.book", "stock_count.n"]),
        sa.CheckConstraint("counted >= 0 AND expected >= 0", name="count_line_counted"),
        sa.CheckConstraint("account IN ('stock', 'set-aside')", name="count_line_account"),
        sqlite_strict=True,
    )
    op.create_table(
        "item_limit",
        *text("item", "book", "per", "valid_from"), *whole("quantity", empty=True), *text("by"), *whole("recorded_us"),
        sa.PrimaryKeyConstraint("item", "book", "per", "valid_from"),
        sa.ForeignKeyConstraint(["item"], ["item.code"]),
        sa.CheckConstraint("per IN ('visit', 'month')", name="item_limit_per"),
        sa.CheckConstraint("quantity >= 0", name="item_limit_quantity"),
        sqlite_strict=True,
    )
    op.create_table(
        "limit_use",
        *text("book", "household", "item", "period"), *whole("quantity"),
        sa.PrimaryKeyConstraint("book", "household", "item", "period"),
        sa.CheckConstraint("quantity >= 0", name="limit_use_quantity"),
        sqlite_strict=True,
    )
    op.create_table(
        "item_ean",
        *text("ean", "item"),
        sa.PrimaryKeyConstraint("ean"),
        sa.ForeignKeyConstraint(["item"], ["item.code"]),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
