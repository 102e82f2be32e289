"""Who has a right to support points, and the runs by which points lapse."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "support_right",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_through", sa.Text()),
        sa.Column("points_tenths", WHOLE, nullable=False),
        sa.Column("paper_number", sa.Text(), nullable=False),
        *register_columns(),
        sa.PrimaryKeyConstraint("book", "household", "valid_from"),
        sa.ForeignKeyConstraint(["book", "household"], ["household.book", "household.number"]),
        sa.CheckConstraint("points_tenths > 0", name="support_right_points"),
        sa.CheckConstraint("valid_through IS NULL OR valid_through >= valid_from", name="support_right_days"),
        sqlite_strict=True,
    )
    op.create_table(
        "lapse_run",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("n", WHOLE, nullable=False, autoincrement=False),
        sa.Column("through", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("carry_over", WHOLE, nullable=False),
        sa.Column("announced_by", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Text(), nullable=False),
        sa.Column("announced_number", WHOLE, nullable=False),
        sa.Column("booked_number", WHOLE),
        sa.Column("status", sa.Text(), nullable=False),
        *register_columns(),
        sa.PrimaryKeyConstraint("book", "n"),
        sqlite_strict=True,
    )
    stands = sa.text("status <> 'withdrawn'")
    op.create_index(
        "lapse_run_once", "lapse_run", ["book", "through"], unique=True, sqlite_where=stands, postgresql_where=stands
    )
    op.create_table(
        "lapse_line",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("n", WHOLE, nullable=False, autoincrement=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("points_tenths", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("book", "n", "household"),
        sa.ForeignKeyConstraint(["book", "n"], ["lapse_run.book", "lapse_run.n"]),
        sa.CheckConstraint("points_tenths > 0", name="lapse_line_points"),
        sqlite_strict=True,
    )


def register_columns() -> list["sa.Column[int]"]:
    """Return what every line of a register has: its version, and whether it is used no more."""
    return [sa.Column("version", WHOLE, nullable=False), sa.Column("retired", WHOLE, nullable=False)]
