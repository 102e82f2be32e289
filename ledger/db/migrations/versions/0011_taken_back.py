"""What was taken back of a line, which claw-back an objection is to, and who a household is where it moved to."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the columns; of a line taken back before, all of it was."""
    op.add_column("sheet_line", sa.Column("taken_tenths", WHOLE))
    op.execute("UPDATE sheet_line SET taken_tenths = points_tenths WHERE status = 'clawed-back'")
    op.add_column("objection", sa.Column("claw_back", WHOLE))
    op.add_column("moving", sa.Column("arrived", sa.Text()))


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
