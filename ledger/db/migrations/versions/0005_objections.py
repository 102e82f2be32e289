"""Objections to what hangs on the board, and the entry by which a sheet came off it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table, and room on the sheet."""
    op.create_table(
        "objection",
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("n", WHOLE, nullable=False, autoincrement=False),
        sa.Column("sheet", WHOLE, nullable=False),
        sa.Column("line", WHOLE, nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("objector", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("request", WHOLE),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("answered_number", WHOLE),
        sa.Column("corrected", WHOLE),
        sa.PrimaryKeyConstraint("book", "n"),
        sqlite_strict=True,
    )
    op.create_index("objection_by_status", "objection", ["book", "status"])
    op.create_index("objection_by_sheet", "objection", ["book", "sheet"])
    op.add_column("sheet", sa.Column("down_number", WHOLE))


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
