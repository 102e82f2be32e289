"""Staff: who may sign in, with which role, at which door, and whose household they may not touch."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, bindparam, delete, func, select, update
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Whole
from ledger.errors import LedgerError
from ledger.registers.register import STRICT, Registered, listed
from ledger.registers.sites import Site
from ledger.terms import N_, Role

SECOND_HANDS = (Role.SUPERVISOR, Role.CHECKER, Role.COUNTY)
"""Who may be the second person for what an outlet's keeper or clerk did."""


class Staff(Registered, table=True):
    """A person with a sign-in. `sessions` is raised to end every open session; `one_time` asks for a new password."""

    word: ClassVar[str] = N_("member of staff")
    key_fields: ClassVar[tuple[str, ...]] = ("name",)
    personal: ClassVar[frozenset[str]] = frozenset({"full_name"})
    unseen: ClassVar[frozenset[str]] = frozenset({"password_hash"})

    name: str = Field(primary_key=True, sa_type=Text)
    full_name: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    book: str = Field(default="", sa_type=Text)
    town: str = Field(default="", sa_type=Text)
    password_hash: str = Field(default="", sa_type=Text)
    one_time: int = Field(default=0, sa_type=Whole)
    sessions: int = Field(default=1, sa_type=Whole)


class Kin(SQLModel, table=True):
    """A household a member of staff belongs to or is related to; they may not act for it."""

    __table_args__ = (CheckConstraint("tie IN ('own', 'relative')", name="kin_tie"), STRICT)
    staff: str = Field(primary_key=True, sa_type=Text, foreign_key="staff.name")
    book: str = Field(primary_key=True, sa_type=Text)
    household: str = Field(primary_key=True, sa_type=Text)
    tie: str = Field(default="relative", sa_type=Text)


class Token(SQLModel, table=True):
    """A key for a program; only its digest is kept."""

    __table_args__ = (STRICT,)
    digest: str = Field(primary_key=True, sa_type=Text)
    staff: str = Field(sa_type=Text, foreign_key="staff.name")
    made_us: int = Field(sa_type=Whole)


def end_sessions(session: Session, name: str) -> None:
    """End every open session of a member of staff, on whatever device."""
    session.execute(update(Staff).where(Staff.name == name).values(sessions=Staff.sessions + 1))


def tokens_of(session: Session, name: str) -> int:
    """Return how many programs have a key of a member of staff."""
    return session.scalar(select(func.count()).select_from(Token).where(Token.staff == name)) or 0


def end_tokens(session: Session, name: str) -> int:
    """End every key a program has of a member of staff, for ever; return how many there were."""
    many = tokens_of(session, name)
    session.execute(delete(Token).where(Token.staff == name))
    return many


class OwnHousehold(LedgerError):
    """Nobody acts for their own or a declared relative's household."""

    message = N_("Household %(household)s is your own or a relative's; another person must do this.")
    field = "household"


# Asked at every act for a household: a statement built once is sent in a third of the time.
KIN_IN = select(Kin.household).where(Kin.staff == bindparam("staff"), Kin.book == bindparam("book"))


def check_not_kin(session: Session, staff: str, book: str, household: str, *, at: str = "household") -> None:
    """Refuse to act for one's own or a declared relative's household."""
    check_not_among(kin_in(session, staff, book), household, at=at)


def kin_in(session: Session, staff: str, book: str) -> frozenset[str]:
    """Return the households of an outlet a member of staff may not act for."""
    return frozenset(session.scalars(KIN_IN, {"staff": staff, "book": book}))


def check_not_among(kin: frozenset[str], household: str, *, at: str = "household") -> None:
    """Refuse a household that is one's own or a declared relative's."""
    if household in kin:
        raise OwnHousehold(household=household, at=at)


def kin_of(session: Session, staff: str) -> list[Kin]:
    """Return the households a member of staff may not act for."""
    return listed(session, Kin, Kin.staff == staff, by=[Kin.book, Kin.household])


def may_read(staff: Staff, site: Site) -> bool:
    """Tell whether a person's work includes a site: county and auditor all, a checker the town's, others their own."""
    if staff.role in (Role.COUNTY, Role.AUDITOR):
        return True
    if staff.role == Role.CHECKER:
        return site.kind == "outlet" and site.town == staff.town != ""
    return site.code == staff.book
