"""The page a household reads without signing in, by the code on its card: who wants one, whose page a code opens."""

from sqlalchemy import ForeignKeyConstraint, Text, select
from sqlmodel import Field, Session, SQLModel

from ledger.errors import NotFound
from ledger.registers.households import Household
from ledger.registers.passwords import token_digest
from ledger.registers.register import STRICT, can_be_asked
from ledger.terms import N_, HouseholdStatus


class HouseholdPage(SQLModel, table=True):
    """A household that wanted its page. Of the code only the digest is kept: who reads this table opens no page.

    `seed` is not secret; the code is worked out from it and the service's secret, so that a card can be printed again.
    `card` is a digest of the card's number: whichever way the household gets a new card, the code dies with the old.
    """

    __tablename__ = "household_page"
    __table_args__ = (ForeignKeyConstraint(["book", "household"], ["household.book", "household.number"]), STRICT)
    book: str = Field(primary_key=True, sa_type=Text)
    household: str = Field(primary_key=True, sa_type=Text)
    seed: str = Field(sa_type=Text)
    digest: str | None = Field(default=None, sa_type=Text, unique=True)
    card: str = Field(sa_type=Text)


def page_of(session: Session, household: Household) -> HouseholdPage | None:
    """Return a household's page, if it has one that its present card opens."""
    row = session.get(HouseholdPage, (household.book, household.number))
    return row if row and row.digest and row.card == sealed(row.seed, household.card) else None


def open_page(session: Session, household: Household, seed: str, digest: str) -> None:
    """Let a new code open the household's page; the one before opens nothing any more."""
    row = session.get(HouseholdPage, (household.book, household.number))
    row = row or HouseholdPage(book=household.book, household=household.number, seed=seed, card="")
    row.seed, row.digest, row.card = seed, digest, sealed(seed, household.card)
    session.add(row)


def household_behind(session: Session, code: str) -> Household:
    """Return the household whose page a code opens; one that is closed or retired has none. Raises NotFound."""
    query = select(HouseholdPage).where(HouseholdPage.digest == token_digest(code))
    row = session.scalars(query).first() if can_be_asked(code) else None
    household = session.get_one(Household, (row.book, row.household)) if row else None
    gone = household is None or household.retired or household.status == HouseholdStatus.CLOSED
    if household is None or gone or page_of(session, household) is None:
        raise NotFound(what=N_("page"))
    return household


def sealed(seed: str, card: str) -> str:
    """Return what is kept of the number of a card."""
    return token_digest(f"{seed} {card}")
