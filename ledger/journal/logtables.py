"""The tables of the county log: which entry stands where, the tree above them, and the checkpoints that were signed."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from ledger.db.types import Whole
from ledger.journal.tables import STRICT


class Logged(SQLModel, table=True):
    """An entry's place in the county log, given once; the entry itself is not touched, its digest is the leaf."""

    __table_args__ = (
        UniqueConstraint("book", "number"),
        ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        CheckConstraint("position >= 0", name="logged_position"),
        STRICT,
    )
    position: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    book: str = Field(sa_type=Text)
    number: int = Field(sa_type=Whole)


class LogNode(SQLModel, table=True):
    """The hash of a complete subtree of 2^level leaves; it never changes, so root and proofs need few of them."""

    __tablename__ = "log_node"
    __table_args__ = (CheckConstraint("length(digest) = 32", name="log_node_digest"), STRICT)
    level: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    place: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    digest: bytes = Field(sa_type=LargeBinary)


class Checkpoint(SQLModel, table=True):
    """What was signed: so many entries, this root. `key` is the public key it was signed with, as it is made known."""

    __table_args__ = (CheckConstraint("length(root) = 32", name="checkpoint_root"), STRICT)
    size: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    key: str = Field(primary_key=True, sa_type=Text)
    root: bytes = Field(sa_type=LargeBinary)
    note: str = Field(sa_type=Text)
    made_us: int = Field(sa_type=Whole)
