"""Collectors: who carries goods home for a household, and whether the household got them."""

from datetime import date
from typing import ClassVar
from unicodedata import normalize

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, func, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.registers.register import STRICT, Registered, listed
from ledger.terms import N_


class Proxy(Registered, table=True):
    """A person who collects for a household. The journal knows the code only, and one person has one code in a book.

    `phone` is its last four digits; `home` the collector's own household, where it is known.
    """

    __table_args__ = (
        ForeignKeyConstraint(["book", "household"], ["household.book", "household.number"]),
        CheckConstraint("length(phone) <= 4", name="proxy_phone"),
        Index("proxy_by_name", "book", "name"),
        STRICT,
    )
    word: ClassVar[str] = N_("collector")
    key_fields: ClassVar[tuple[str, ...]] = ("book", "household", "code")
    personal: ClassVar[frozenset[str]] = frozenset({"name", "phone", "relation"})

    book: str = Field(primary_key=True, sa_type=Text)
    household: str = Field(primary_key=True, sa_type=Text)
    code: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    relation: str = Field(default="", sa_type=Text)
    phone: str = Field(default="", sa_type=Text)
    home: str = Field(default="", sa_type=Text)


class Collected(SQLModel, table=True):
    """One redemption that a collector carried home; `received` is what the household said later (1 yes, 0 no)."""

    __table_args__ = (
        ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        CheckConstraint("received IN (0, 1)", name="collected_received"),
        Index("collected_by_person", "book", "code", "day"),
        Index("collected_for", "book", "household", "number"),
        Index("collected_said", "book", "received"),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    household: str = Field(sa_type=Text)
    code: str = Field(sa_type=Text)
    day: date = Field(sa_type=Day)
    received: int | None = Field(default=None, sa_type=Whole)
    asked: int | None = Field(default=None, sa_type=Whole)
    settled: int | None = Field(default=None, sa_type=Whole)


def proxies_of(session: Session, book: str, household: str) -> list[Proxy]:
    """Return who collects for a household."""
    mine = (Proxy.book == book, Proxy.household == household, Proxy.retired == 0)
    return listed(session, Proxy, *mine, by=[func.length(Proxy.code), Proxy.code])


def named_before(session: Session, book: str, household: str) -> list[Proxy]:
    """Return who collected for a household, does no more, and is still named."""
    mine = (Proxy.book == book, Proxy.household == household, Proxy.retired == 1, Proxy.name != "")
    return listed(session, Proxy, *mine, by=[func.length(Proxy.code), Proxy.code])


def known_as(session: Session, book: str, name: str, phone: str) -> Proxy | None:
    """Return a line of a person of this name and phone, for whichever household.

    Only two phones tell two persons of one name apart: who leaves the phone out begins no new count of households.
    """
    lines = select(Proxy).where(Proxy.book == book).order_by(Proxy.phone.desc(), Proxy.household)
    # Neither database takes 梁 财 and 梁财 for one; an outlet has some hundred lines.
    mine = (one for one in session.scalars(lines) if squeezed(one.name) == squeezed(name))
    return next((one for one in mine if not phone or squeezed(one.phone) in (squeezed(phone), "")), None)


def squeezed(words: str) -> str:
    """Return a name or number as it is compared: without spaces, in narrow signs and small letters."""
    return "".join(normalize("NFKC", words).split()).casefold()


def households_on(session: Session, book: str, code: str, day: date) -> set[str]:
    """Return for which households a person has collected on a day."""
    same = (Collected.book == book, Collected.code == code, Collected.day == day)
    return set(session.scalars(select(Collected.household).where(*same)))


def to_be_asked(session: Session, book: str, household: str) -> Collected | None:
    """Return the oldest collection for a household of which nobody has asked yet whether the goods came."""
    open_ = (Collected.book == book, Collected.household == household, Collected.received.is_(None))
    return session.scalars(select(Collected).where(*open_).order_by(Collected.number).limit(1)).first()


def not_received(session: Session, book: str) -> list[Collected]:
    """Return the collections of which the household said that nothing came, and that nobody has looked into."""
    said_no = (Collected.book == book, Collected.received == 0, Collected.settled.is_(None))
    return listed(session, Collected, *said_no, by=[Collected.number])
