"""What a check-up found wrong in a book."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "finding",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("whole", WHOLE, nullable=False, autoincrement=False),
        sa.Column("number", WHOLE),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("found_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("book", "whole"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
