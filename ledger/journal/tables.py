"""The tables of the journal: what happened is only ever added; what is on hand is moved by it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

from ledger.db.types import Day, Whole

STRICT = {"sqlite_strict": True}


class County(SQLModel, table=True):
    """The one county this database belongs to; made once, never changed."""

    __table_args__ = (
        CheckConstraint("id = 1", name="county_is_one"),
        CheckConstraint("demo IN (0, 1)", name="county_demo"),
        STRICT,
    )
    id: int = Field(default=1, primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=Text)
    code: str = Field(sa_type=Text)
    timezone: str = Field(sa_type=Text)
    demo: int = Field(sa_type=Whole)
    made_us: int = Field(sa_type=Whole)


class Book(SQLModel, table=True):
    """The head of one site's journal: its last number, that entry's digest, and its first open day."""

    __table_args__ = (CheckConstraint("number >= 0", name="book_number"), STRICT)
    code: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(default=0, sa_type=Whole)
    digest: bytes = Field(default=bytes(32), sa_type=LargeBinary)
    recorded_us: int = Field(default=0, sa_type=Whole)
    open_from: date = Field(default=date(2000, 1, 1), sa_type=Day)


class Entry(SQLModel, table=True):
    """One thing that happened. `body` is the exact text that was hashed; the other columns repeat it for finding."""

    __table_args__ = (
        ForeignKeyConstraint(["book"], ["book.code"]),
        ForeignKeyConstraint(["book", "reverses"], ["entry.book", "entry.number"], name="entry_reverses_an_entry"),
        Index("entry_reversed_once", "book", "reverses", unique=True),
        Index("entry_by_day", "book", "booked_on", "number"),
        Index("entry_by_kind", "book", "kind", "number"),
        CheckConstraint("number >= 1", name="entry_number"),
        CheckConstraint("booked_on >= occurred_on", name="entry_days"),
        CheckConstraint("late IN (0, 1)", name="entry_late"),
        CheckConstraint("length(digest) = 32 AND length(previous) = 32", name="entry_digest"),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    kind: str = Field(sa_type=Text)
    occurred_on: date = Field(sa_type=Day)
    booked_on: date = Field(sa_type=Day)
    recorded_us: int = Field(sa_type=Whole)
    by: str = Field(sa_type=Text)
    key: str = Field(sa_type=Text, unique=True)
    reverses: int | None = Field(default=None, sa_type=Whole)
    late: int = Field(default=0, sa_type=Whole)
    body: str = Field(sa_type=Text)
    previous: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)


class Posting(SQLModel, table=True):
    """One leg of an entry: a quantity moved from one account to another, and what each held afterwards."""

    __table_args__ = (
        ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        CheckConstraint("quantity > 0", name="posting_quantity"),
        CheckConstraint("source <> destination", name="posting_moves"),
        Index("posting_source", "book", "source", "number"),
        Index("posting_destination", "book", "destination", "number"),
        # A donor asks where a lot went: the walk from lot to households must not read the whole journal.
        Index("posting_lot", "lot", sqlite_where=text("lot <> ''"), postgresql_where=text("lot <> ''")),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    line: int = Field(primary_key=True, sa_type=Whole)
    source: str = Field(sa_type=Text)
    destination: str = Field(sa_type=Text)
    commodity: str = Field(sa_type=Text)
    lot: str = Field(default="", sa_type=Text)
    quantity: int = Field(sa_type=Whole)
    source_after: int = Field(sa_type=Whole)
    destination_after: int = Field(sa_type=Whole)


class Balance(SQLModel, table=True):
    """What an account holds of one commodity and lot now; only a source (`free`) may stand below zero."""

    __table_args__ = (
        CheckConstraint("quantity >= 0 OR free = 1", name="balance_not_below_zero"),
        Index(
            "balance_on_hand", "book", "account", "commodity",
            sqlite_where=text("quantity > 0"), postgresql_where=text("quantity > 0"),
        ),
        Index("balance_by_lot", "lot", sqlite_where=text("lot <> ''"), postgresql_where=text("lot <> ''")),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    account: str = Field(primary_key=True, sa_type=Text)
    commodity: str = Field(primary_key=True, sa_type=Text)
    lot: str = Field(primary_key=True, default="", sa_type=Text)
    quantity: int = Field(default=0, sa_type=Whole)
    free: int = Field(default=0, sa_type=Whole)


class Submission(SQLModel, table=True):
    """A form that was booked: its key, who sent it, what it said (a digest), and the answer it got."""

    __table_args__ = (STRICT,)
    key: str = Field(primary_key=True, sa_type=Text)
    who: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    answer: str = Field(sa_type=Text)
    recorded_us: int = Field(sa_type=Whole)


class Note(SQLModel, table=True):
    """Free text of an entry, which could name a person: the entry holds a salted digest only, so it can be erased."""

    __table_args__ = (ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]), STRICT)
    book: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    name: str = Field(primary_key=True, sa_type=Text)
    salt: str = Field(sa_type=Text)
    text: str | None = Field(default=None, sa_type=Text)


class OnTheRoad(SQLModel, table=True):
    """One line of a dispatch and how much of it has not arrived yet."""

    __tablename__ = "on_the_road"
    __table_args__ = (
        ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        CheckConstraint("quantity >= 0 AND quantity <= sent", name="on_the_road_quantity"),
        Index(
            "on_the_road_open", "destination",
            sqlite_where=text("quantity > 0"), postgresql_where=text("quantity > 0"),
        ),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    line: int = Field(primary_key=True, sa_type=Whole)
    destination: str = Field(sa_type=Text)
    commodity: str = Field(sa_type=Text)
    lot: str = Field(sa_type=Text)
    sent: int = Field(sa_type=Whole)
    quantity: int = Field(sa_type=Whole)


class Serial(SQLModel, table=True):
    """The last number given on paper, per book, kind and year: no gaps."""

    __table_args__ = (STRICT,)
    book: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    year: int = Field(primary_key=True, sa_type=Whole)
    last: int = Field(default=0, sa_type=Whole)
