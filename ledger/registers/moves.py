"""Households on their way to another outlet: what left one book and has not been taken into the other."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, select, text
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Whole
from ledger.errors import NotFound
from ledger.journal import Entry
from ledger.registers.register import STRICT, can_be_asked, listed
from ledger.terms import N_


class Moving(SQLModel, table=True):
    """The points a household took along, by the entry that let it go; `taken` is the entry that took it in, and
    `arrived` its number there.
    """

    __table_args__ = (
        ForeignKeyConstraint(["book", "number"], ["entry.book", "entry.number"]),
        CheckConstraint("support >= 0 AND merit >= 0", name="moving_points"),
        Index(
            "moving_open", "destination",
            sqlite_where=text("taken IS NULL"), postgresql_where=text("taken IS NULL"),
        ),
        STRICT,
    )
    book: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(primary_key=True, sa_type=Whole)
    household: str = Field(sa_type=Text)
    destination: str = Field(sa_type=Text)
    support: int = Field(sa_type=Whole)
    merit: int = Field(sa_type=Whole)
    taken: int | None = Field(default=None, sa_type=Whole)
    arrived: str | None = Field(default=None, sa_type=Text)


def moving_of(session: Session, sender: str, number: int) -> Moving:
    """Return one household's move, locked until this operation ends: two books may reach for it. Raises NotFound."""
    asked = (Moving.book == sender, Moving.number == number)
    query = select(Moving).where(*asked).with_for_update().execution_options(populate_existing=True)
    found = session.scalars(query).one_or_none() if can_be_asked(sender) and can_be_asked(number) else None
    if found is None:
        raise NotFound(what=N_("move"))
    return found


def coming_in(session: Session, book: str) -> list[Moving]:
    """Return the households an outlet has still to take in."""
    return listed(session, Moving, Moving.destination == book, Moving.taken.is_(None), by=[Moving.book, Moving.number])


def came_from(session: Session, book: str, year: int) -> dict[str, dict[str, str]]:
    """Return who the households that came to an outlet in a year or later were before: by outlet, the number there and
    the number here; of one that moved several times, each place.
    """
    # A meeting speaks at most of the month after its own, so who came before December was given nothing of the year.
    arrivals = (
        select(Moving.destination, Moving.arrived, Moving.book, Moving.household)
        .join(Entry, (Entry.book == Moving.destination) & (Entry.number == Moving.taken))
        .where(Moving.arrived.is_not(None), Entry.occurred_on >= date(year - 1, 12, 1))
    )
    before: dict[tuple[str, str], tuple[str, str]] = {
        (to, number): (left, old) for to, number, left, old in session.execute(arrivals)
    }
    found: dict[str, dict[str, str]] = {}
    for place in [(to, number) for to, number in before if to == book]:
        was: tuple[str, str] | None = before[place]
        while was:
            found.setdefault(was[0], {})[was[1]] = place[1]
            was = before.get(was)
    return found
