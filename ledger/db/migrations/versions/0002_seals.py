"""The county log: positions of entries, the tree above them, and the checkpoints that were signed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; entries booked before get their positions when the log is next extended."""
    op.create_table(
        "logged",
        sa.Column("position", WHOLE, nullable=False, autoincrement=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("book", "number"),
        sa.ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        sa.CheckConstraint("position >= 0", name="logged_position"),
        sqlite_strict=True,
    )
    op.create_table(
        "log_node",
        sa.Column("level", WHOLE, nullable=False, autoincrement=False),
        sa.Column("place", WHOLE, nullable=False, autoincrement=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "place"),
        sa.CheckConstraint("length(digest) = 32", name="log_node_digest"),
        sqlite_strict=True,
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", WHOLE, nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_us", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("size", "key"),
        sa.CheckConstraint("length(root) = 32", name="checkpoint_root"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
