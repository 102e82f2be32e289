"""What corrections took back, households on the move, collectors, and the entry a household's state comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("taken IS NULL")


def texts(*names: str) -> "list[sa.Column[str]]":
    """Return columns of text."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def wholes(*names: str, nullable: bool = False) -> "list[sa.Column[int]]":
    """Return columns of whole numbers."""
    return [sa.Column(name, WHOLE, nullable=nullable, autoincrement=False) for name in names]


def upgrade() -> None:
    """Make the tables and the column."""
    op.add_column("household", sa.Column("life_number", WHOLE))
    op.create_table(
        "corrected",
        *texts("book"), *wholes("number", "line", "whole", "quantity"),
        sa.ForeignKeyConstraint(["book", "number", "line"], ["posting.book", "posting.number", "posting.line"]),
        sa.PrimaryKeyConstraint("book", "number", "line"),
        sa.CheckConstraint("quantity > 0 AND quantity <= whole", name="corrected_quantity"),
        sqlite_strict=True,
    )
    op.create_table(
        "moving",
        *texts("book"), *wholes("number"), *texts("household", "destination"), *wholes("support", "merit"),
        *wholes("taken", nullable=True),
        sa.ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        sa.PrimaryKeyConstraint("book", "number"),
        sa.CheckConstraint("support >= 0 AND merit >= 0", name="moving_points"),
        sqlite_strict=True,
    )
    op.create_index("moving_open", "moving", ["destination"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "proxy",
        *wholes("version", "retired"), *texts("book", "household", "code", "name", "relation", "phone", "home"),
        sa.ForeignKeyConstraint(["book", "household"], ["household.book", "household.number"]),
        sa.PrimaryKeyConstraint("book", "household", "code"),
        sa.CheckConstraint("length(phone) <= 4", name="proxy_phone"),
        sqlite_strict=True,
    )
    op.create_index("proxy_by_name", "proxy", ["book", "name"])
    op.create_table(
        "collected",
        *texts("book"), *wholes("number"), *texts("household", "code", "day"),
        *wholes("received", "asked", "settled", nullable=True),
        sa.ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        sa.PrimaryKeyConstraint("book", "number"),
        sa.CheckConstraint("received IN (0, 1)", name="collected_received"),
        sqlite_strict=True,
    )
    op.create_index("collected_by_person", "collected", ["book", "code", "day"])
    op.create_index("collected_for", "collected", ["book", "household", "number"])
    op.create_index("collected_said", "collected", ["book", "received"])


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
