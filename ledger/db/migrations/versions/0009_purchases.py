"""Suppliers, money by receipt, allocations, and what a lot knows of its making, its value, its wish and its money."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def texts(*names: str) -> list["sa.Column[str]"]:
    """Return columns of text."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def wholes(*names: str) -> list["sa.Column[int]"]:
    """Return columns of whole numbers."""
    return [sa.Column(name, WHOLE, nullable=False, autoincrement=False) for name in names]


def upgrade() -> None:
    """Make the tables and the columns."""
    op.create_table(
        "supplier", *wholes("version", "retired"), *texts("code", "name", "phone"),
        sa.PrimaryKeyConstraint("code"), sqlite_strict=True,
    )
    op.create_table(
        "money_receipt",
        *wholes("version", "retired"), *texts("code", "source", "donor"), *wholes("amount_fen"), *texts("book"),
        *wholes("number"), *texts("wish", "wish_outlets"),
        sa.PrimaryKeyConstraint("code"),
        sa.ForeignKeyConstraint(["donor"], ["donor.code"]),
        sa.CheckConstraint("amount_fen > 0", name="money_receipt_amount"),
        sqlite_strict=True,
    )
    op.create_index("money_receipt_by_donor", "money_receipt", ["donor"])
    op.create_table(
        "allocation", *texts("book"), *wholes("n"), *texts("decision", "occurred_on"), *wholes("first", "last"),
        sa.PrimaryKeyConstraint("book", "n"), sqlite_strict=True,
    )
    for name in ("made_on", "value_basis", "wish", "wish_outlets", "receipt"):
        op.add_column("lot", sa.Column(name, sa.Text()))


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
