"""Donors: who gave, and the private link under which they read what became of it."""

import secrets
from typing import ClassVar

from sqlalchemy import Text, select
from sqlmodel import Field, Session

from ledger.db.types import Whole
from ledger.errors import NotFound
from ledger.registers.register import Registered, can_be_asked, listed
from ledger.terms import N_


class Donor(Registered, table=True):
    """A person, firm or unit that gives goods or money. `link` is long, secret and can be replaced."""

    word: ClassVar[str] = N_("donor")
    personal: ClassVar[frozenset[str]] = frozenset({"name", "contact", "phone"})
    unseen: ClassVar[frozenset[str]] = frozenset({"link"})

    code: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    contact: str = Field(default="", sa_type=Text)
    phone: str = Field(default="", sa_type=Text)
    anonymous: int = Field(default=0, sa_type=Whole)
    link: str = Field(default_factory=lambda: secrets.token_urlsafe(24), sa_type=Text, unique=True)


def donor_behind(session: Session, link: str) -> Donor:
    """Return the donor a private link belongs to. Raises NotFound."""
    query = select(Donor).where(Donor.link == link, Donor.retired == 0)
    found = session.scalars(query).first() if can_be_asked(link) else None
    if found is None:
        raise NotFound(what=Donor.word)
    return found


def all_donors(session: Session) -> list[Donor]:
    """Return all donors in the order of their codes."""
    return listed(session, Donor, by=[Donor.code])
