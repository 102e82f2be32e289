"""The counter's own tables: paper days, cards for the household's page, deliveries and what was asked for in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def texts(*names: str) -> list["sa.Column[str]"]:
    """Return columns of text."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def wholes(*names: str) -> list["sa.Column[int]"]:
    """Return columns of whole numbers."""
    return [sa.Column(name, WHOLE, nullable=False, autoincrement=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "household_page",
        *texts("book", "household", "seed", "card"),
        sa.Column("digest", sa.Text()),
        sa.PrimaryKeyConstraint("book", "household"),
        sa.ForeignKeyConstraint(["book", "household"], ["household.book", "household.number"]),
        sa.UniqueConstraint("digest"),
        sqlite_strict=True,
    )
    op.create_table(
        "printing",
        *texts("book", "kind"),
        *wholes("number", "times"),
        sa.PrimaryKeyConstraint("book", "kind", "number"),
        sa.CheckConstraint("times > 0", name="printing_times"),
        sqlite_strict=True,
    )
    # A proposal that was declined: by whom and why. What waited or was decided before has neither.
    for name in ("declined_by", "declined_why"):
        op.add_column("request", sa.Column(name, sa.Text()))
    # Who cannot work is said by the register of rights alone, with its days and its paper.
    op.drop_column("household", "cannot_work")
    # Where in a shop an item lies.
    op.create_table(
        "shelf_place", *texts("book", "item", "place"), sa.PrimaryKeyConstraint("book", "item"),
        sa.ForeignKeyConstraint(["item"], ["item.code"]), sqlite_strict=True,
    )
    # Home deliveries, whose slips are waited for, and what was asked for at a counter in vain.
    op.create_table(
        "delivery", *texts("book"), *wholes("number"), *texts("household", "by", "day"), sa.Column("slip", WHOLE),
        sa.PrimaryKeyConstraint("book", "number"),
        sa.ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        sqlite_strict=True,
    )
    op.create_index("delivery_by_slip", "delivery", ["book", "slip"])
    op.create_table(
        "need", *wholes("version", "retired"), *texts("book"), *wholes("n"), *texts("day", "item", "words", "by"),
        *wholes("recorded_us"), sa.PrimaryKeyConstraint("book", "n"), sqlite_strict=True,
    )
    op.create_index("need_by_day", "need", ["book", "day"])
    # Lines of paper days that have been keyed: the entry each became, or the request it waits for.
    op.create_table(
        "paper_line",
        *texts("book"), *wholes("year"), *texts("sheet"), *wholes("line"), *texts("day", "serial"),
        sa.Column("number", WHOLE), sa.Column("request", WHOLE),
        sa.PrimaryKeyConstraint("book", "year", "sheet", "line"), sqlite_strict=True,
    )
    op.create_index("paper_line_by_day", "paper_line", ["book", "day"])


def downgrade() -> None:
    """Refuse: a journal has no way back; restore the backup made before the step."""
    raise NotImplementedError("Restore the backup made before this step.")
