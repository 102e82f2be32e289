"""Sites: the county store and its outlets, each with a book of its own."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, Session

from ledger.journal import open_book
from ledger.registers.register import STRICT, Registered, add, listed
from ledger.terms import COUNTY, N_


class Site(Registered, table=True):
    """A place where goods lie. Division codes differ between years, so they are facts about it, never its key."""

    __table_args__ = (CheckConstraint("kind IN ('county', 'outlet')", name="site_kind"), STRICT)
    word: ClassVar[str] = N_("outlet")

    code: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(default="outlet", sa_type=Text)
    name: str = Field(sa_type=Text)
    town: str = Field(default="", sa_type=Text)
    division_code: str = Field(default="", sa_type=Text)
    division_year: str = Field(default="", sa_type=Text)


def open_site(session: Session, site: Site, *, by: str, now: datetime) -> Site:
    """Take a new site into the register and open its book."""
    add(session, site, by=by, now=now)
    open_book(session, site.code)
    return site


def all_sites(session: Session) -> list[Site]:
    """Return every site, the county store first."""
    return listed(session, Site, by=[Site.code != COUNTY, Site.code])


def outlets(session: Session) -> list[Site]:
    """Return the outlets in use, in the order of their codes."""
    return [site for site in all_sites(session) if site.kind == "outlet" and not site.retired]
