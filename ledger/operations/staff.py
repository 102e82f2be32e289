"""Staff: where each works, passwords and the keys of programs, and for whose household one may not act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger.errors import LedgerError, Unknown
from ledger.journal import act
from ledger.registers.households import Household
from ledger.registers.register import Registered, change, find, in_use, note_change
from ledger.registers.sites import Site
from ledger.registers.staff import Kin, Staff, end_tokens
from ledger.terms import COUNTY, N_, Role


class PlaceMissing(LedgerError):
    """A role works somewhere: at an outlet, in a town, or in the county office."""

    message = N_("This role needs a place: an outlet, for a town checker a town.")
    field = "book"


class LastOfOffice(LedgerError):
    """The county office keeps a key: nobody else could let its people in again."""

    message = N_("This is the only sign-in of the county office. Give another person one first.")


def check_place(session: Session, row: Registered, wanted: Mapping[str, Any]) -> None:
    """Refuse to leave a member of staff without a place to work at."""
    if not isinstance(row, Staff):
        return
    values = {**row.model_dump(), **wanted}
    role = values["role"]
    if role == Role.CHECKER:
        if not values["town"]:
            raise PlaceMissing(at="town")
        if session.scalars(select(Site.code).where(Site.town == values["town"]).limit(1)).first() is None:
            raise Unknown(what=N_("town"), code=values["town"], at="town")
    elif role in (Role.COUNTY, Role.AUDITOR):
        if values["book"] not in ("", COUNTY):
            raise PlaceMissing
    elif not values["book"] or in_use(session, Site, values["book"], at="book").kind != "outlet":
        raise PlaceMissing


def check_office_stays(session: Session, row: Registered) -> None:
    """Refuse to take the county office's last member of staff out of it."""
    if isinstance(row, Staff) and row.role == Role.COUNTY:
        others = select(Staff.name).where(Staff.role == Role.COUNTY, Staff.retired == 0, Staff.name != row.name)
        if session.scalars(others.limit(1)).first() is None:
            raise LastOfOffice(at="role")


@act
def reset_password(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, name: str, password_hash: str
) -> dict[str, Any]:
    """Give a member of staff a one-time password, and end their sessions and the keys of programs.

    The hash is made before the writer's turn. Who is retired gets none: Raises Retired.
    """
    row = in_use(session, Staff, name)
    values = {"password_hash": password_hash, "one_time": 1, "sessions": row.sessions + 1}
    change(session, row, version=row.version, values=values, by=clerk, now=now)
    end_tokens(session, name)
    return {"register": "staff", "key": [name]}


@act
def end_program_keys(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, name: str
) -> dict[str, Any]:
    """End every key a program has of a member of staff; their own sign-in stays as it is."""
    row = find(session, Staff, name)
    many = end_tokens(session, name)
    if many:
        note_change(session, row, "token", many, 0, by=clerk, now=now)
    return {"register": "staff", "key": [name]}


@act
def choose_password(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, password_hash: str
) -> dict[str, Any]:
    """Let a person choose their own password; other sessions of theirs end."""
    row = find(session, Staff, clerk)
    values = {"password_hash": password_hash, "one_time": 0, "sessions": row.sessions + 1}
    change(session, row, version=row.version, values=values, by=clerk, now=now)
    return {"register": "staff", "key": [clerk], "sessions": row.sessions}


@act
def declare_kin(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, name: str, outlet: str, household: str,
    tie: str,
) -> dict[str, Any]:
    """Note that a household is a member of staff's own or a relative's; they may not act for it from now on."""
    row = find(session, Staff, name)
    find(session, Household, outlet, household, at="household")
    if session.get(Kin, (name, outlet, household)) is None:
        session.add(Kin(staff=name, book=outlet, household=household, tie=tie))
        note_change(session, row, "kin", None, f"{outlet}/{household} {tie}", by=clerk, now=now)
    return {"register": "staff", "key": [name]}
