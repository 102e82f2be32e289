"""Households: who holds points, and how a queue of them is found quickly."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from unicodedata import normalize

from sqlalchemy import CheckConstraint, ColumnElement, Index, Text, func, or_, select, text
from sqlmodel import Field, Session

from ledger import chart
from ledger.db.types import Whole
from ledger.errors import LedgerError, Unknown
from ledger.journal import Posting
from ledger.journal.serials import next_serial
from ledger.registers.pinyin import initials_of, surnames_meant
from ledger.registers.register import STRICT, Registered, add, add_all
from ledger.terms import N_, HouseholdStatus, Purse

TENS, ONES = "零十二三四五六七八九", "零一二三四五六七八九"
GROUP = re.compile(rf"(?<!\S)第?(?:([0-9]{{1,2}})|([{TENS[2:]}]?十)?([{ONES[1:]}])?)\s*组\s*")
"""A group as it is said, the name run on or not: 3组王秀兰, 三组 王秀兰, 第3组."""
RUN_ON = re.compile(r"([0-9]{1,2})([^0-9].*)")
"""Group and name in one word, as one types in a hurry: 3王秀兰, 3wxl."""


class Household(Registered, table=True):
    """A household of one outlet's villages. Of the head's ID number at most the last four signs are known.

    `life_number` is the entry its state comes from: a freeze, a merger, a move.
    """

    __table_args__ = (
        CheckConstraint("status IN ('active', 'frozen', 'closed')", name="household_status"),
        CheckConstraint("length(id_tail) <= 4", name="household_id_tail"),
        Index(
            "household_card", "book", "card", unique=True,
            sqlite_where=text("card <> ''"), postgresql_where=text("card <> ''"),
        ),
        STRICT,
    )
    word: ClassVar[str] = N_("household")
    key_fields: ClassVar[tuple[str, ...]] = ("book", "number")
    personal: ClassVar[frozenset[str]] = frozenset({"name", "card", "id_tail", "initials"})

    book: str = Field(primary_key=True, sa_type=Text)
    number: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    group: int = Field(default=1, sa_type=Whole)
    card: str = Field(default="", sa_type=Text)
    status: str = Field(default=HouseholdStatus.ACTIVE, sa_type=Text)
    id_tail: str = Field(default="", sa_type=Text)
    initials: str = Field(default="", sa_type=Text)
    life_number: int | None = Field(default=None, sa_type=Whole)


class NotActive(LedgerError):
    """A frozen or closed household is neither credited nor served."""

    message = N_("Household %(number)s is frozen or closed; ask the supervisor.")
    field = "household"


class CardTaken(LedgerError):
    """A card belongs to one household of the outlet."""

    message = N_("This card belongs to household %(number)s.")
    field = "card"


def take_in(session: Session, household: Household, *, by: str, now: datetime) -> Household:
    """Take a household into its outlet's register, with the next number if it brings none."""
    if not household.number:
        household.number = next_number(session, household.book)
    check_card(session, household.book, household.card, household.number)
    household.initials = initials_of(household.name)
    return add(session, household, by=by, now=now)


def take_in_all(session: Session, households: Sequence[Household], *, by: str, now: datetime) -> None:
    """Take many new households into the register of one outlet, at once."""
    for household in households:
        household.number = household.number or next_number(session, household.book)
        household.initials = initials_of(household.name)
    add_all(session, households, by=by, now=now)


def next_number(session: Session, book: str) -> str:
    """Return the number of an outlet's next household; numbers that households brought along are passed over."""
    while True:
        number = f"H{next_serial(session, book=book, kind='household'):04d}"
        if session.get(Household, (book, number)) is None:
            return number


def check_card(session: Session, book: str, card: str, number: str) -> None:
    """Refuse a card that another household of the outlet holds."""
    holder = holder_of(session, book, card) if card else None
    if holder not in (None, number):
        raise CardTaken(number=holder)


def holder_of(session: Session, book: str, card: str) -> str | None:
    """Return which household of an outlet holds a card, if one does."""
    return session.scalars(select(Household.number).where(Household.book == book, Household.card == card)).first()


def served(session: Session, book: str, number: str, *, at: str = "household") -> Household:
    """Return a household that may be credited and served. Raises Unknown and NotActive."""
    return check_served(session.get(Household, (book, number)), number, at=at)


def check_served(household: Household | None, number: str, *, at: str = "household") -> Household:
    """Return a household that was looked up, if it may be credited and served. Raises as `served`."""
    if household is None:
        raise Unknown(what=Household.word, code=number, at=at)
    if household.status != HouseholdStatus.ACTIVE or household.retired:
        raise NotActive(number=number, at=at)
    return household


def last_taken(session: Session, book: str, number: str) -> int:
    """Return the last entry that took points out of a household's purses; 0 if none ever did."""
    query = select(Posting.number).where(Posting.book == book).order_by(Posting.number.desc()).limit(1)
    # Purse by purse the index gives the last line at once; asked for both, it gives all there ever were.
    purses = (session.scalar(query.where(Posting.source == chart.purse(number, purse))) for purse in Purse)
    return max(int(last or 0) for last in purses)


def households_by_number(session: Session, book: str, numbers: Sequence[str]) -> dict[str, Household]:
    """Return the households of these numbers, read together: a sheet may have hundreds of lines."""
    found: dict[str, Household] = {}
    for start in range(0, len(numbers), 400):
        query = select(Household).where(Household.book == book, Household.number.in_(numbers[start : start + 400]))
        found.update({household.number: household for household in session.scalars(query)})
    return found


def search(
    session: Session, book: str, words: str = "", *, after: str = "", limit: int = 50, retired: bool = True
) -> list[Household]:
    """Find households by number, card, name, group and name, or pinyin initials; all of them if nothing is asked."""
    query = select(Household).where(*meant(book, words, retired=retired), Household.number > typed(after))
    return list(session.scalars(query.order_by(Household.number).limit(limit)))


def how_many(session: Session, book: str, words: str) -> int:
    """Return how many households in use a search finds, shown or not."""
    return session.scalars(select(func.count()).select_from(Household).where(*meant(book, words))).one()


def meant(book: str, words: str, *, retired: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions that a household of an outlet is meant by all of the words typed."""
    in_use = [] if retired else [Household.retired == 0]
    return [Household.book == book, *in_use, *map(matches, GROUP.sub(group_said, typed(words)).split()[:4])]


def group_said(said: re.Match[str]) -> str:
    """Return a group that was said or typed as a word of its own, in digits: 5组."""
    digits, ten, one = said.groups()
    if not (digits or ten or one):
        return said[0]
    tens = max(TENS.index(ten[0]), 1) if ten else 0
    return f"{digits or 10 * tens + ONES.index(one or '零')}组 "


def typed(words: str) -> str:
    """Return words as they were meant: full-width signs made plain, and no NUL, which PostgreSQL has no place for."""
    return normalize("NFKC", words).replace("\0", "")


def matches(word: str) -> ColumnElement[bool]:
    """Return the condition that a household is meant by one typed word."""
    number, card, group = Household.number, Household.card, Household.group
    run_on, short = RUN_ON.fullmatch(word), re.fullmatch("[A-Za-z][0-9]{1,3}", word)
    if re.fullmatch("[0-9]{1,2}组", word):
        return group == int(word[:-1])
    if re.fullmatch("[0-9]{1,2}", word):
        return or_(group == int(word), number.in_([word, f"H{word.zfill(4)}"]), card == word)
    return or_(
        number.in_([word.upper(), f"{word[0].upper()}{word[1:].zfill(4)}" if short else f"H{word.zfill(4)}"]),
        card == word.upper(), *([(group == int(run_on[1])) & matches(run_on[2])] if run_on else []),
        # Large and small letters alike on both databases: SQLite's LIKE takes them so, PostgreSQL's does not.
        Household.name.icontains(word, autoescape=True),
        Household.initials.startswith(word.lower(), autoescape=True),
        *(
            Household.name.startswith(sign) & Household.initials.startswith(initials, autoescape=True)
            for sign, initials in surnames_meant(word)
        ),
    )
