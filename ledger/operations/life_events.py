"""What each event of a household's life does: the state it leaves, points that move, and what its entry says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Move
from ledger.operations.basket import purses_of
from ledger.registers.households import Household, check_card, served, take_in
from ledger.registers.policy import policy
from ledger.registers.register import change, in_use
from ledger.registers.sites import Site
from ledger.registers.staff import Kin, check_not_kin
from ledger.terms import N_, HouseholdStatus, LifeEvent, Purse

Said = dict[str, Any]


class OtherHousehold(LedgerError):
    """Points go to another household, not to the same one."""

    message = N_("This is the same household.")
    field = "to"


class OtherOutlet(LedgerError):
    """A household moves to another outlet."""

    message = N_("Choose another outlet than this one.")
    field = "outlet"


class CannotBeDivided(LedgerError):
    """A split divides what is there."""

    message = N_("The household has %(held)s of these points; %(asked)s cannot be divided off.")


@dataclass(frozen=True)
class Told:
    """What an event does: the state it leaves, points that move, and what its entry says beside."""

    status: str
    moves: list[Move] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


def freeze(session: Session, row: Household, said: Said, by: str, now: datetime) -> Told:
    """Neither credit nor serve the household from now on."""
    return Told(HouseholdStatus.FROZEN, facts={"cause": said["cause"]})


def thaw(session: Session, row: Household, said: Said, by: str, now: datetime) -> Told:
    """Credit and serve the household again."""
    return Told(HouseholdStatus.ACTIVE)


def hand_over(session: Session, row: Household, said: Said, by: str, now: datetime) -> Told:
    """Give all points to another household: the heirs, or the household it merges with."""
    other = served(session, row.book, said["to"], at="to")
    to = other.number
    check_not_kin(session, by, row.book, to, at="to")
    if to == row.number:
        raise OtherHousehold
    copy_kin(session, row, other)
    return Told(HouseholdStatus.CLOSED, all_points(session, row, lambda purse: chart.purse(to, purse)), {"to": to})


def split(session: Session, row: Household, said: Said, by: str, now: datetime) -> Told:
    """Take a new household in and give it its part of the points."""
    has = purses_of(session, row.book, row.number)
    for purse in Purse:
        if said[purse] > has[purse]:
            raise CannotBeDivided(held=has[purse] / 10, asked=said[purse] / 10, at=str(purse))
    new = take_in(session, Household(book=row.book, number="", name=said["name"], group=row.group), by=by, now=now)
    copy_kin(session, row, new)
    return Told(row.status, moves_out(row, said, lambda purse: chart.purse(new.number, purse)), {"to": new.number})


def move_away(session: Session, row: Household, said: Said, by: str, now: datetime) -> Told:
    """Let the household go to another outlet with its points; what they are worth here and there is kept."""
    site = in_use(session, Site, said["outlet"], at="outlet")
    if site.kind != "outlet" or site.code == row.book:
        raise OtherOutlet
    rates = {
        name: int(policy(session, book, "rate_fen", said["day"]))
        for name, book in (("rate_fen", row.book), ("rate_there", site.code))
    }
    moves = all_points(session, row, lambda _: chart.moved(site.code))
    return Told(HouseholdStatus.CLOSED, moves, {"to": site.code, **rates})


def withdraw(session: Session, row: Household) -> Told:
    """Take the points of a household that is no more out of circulation."""
    return Told(HouseholdStatus.CLOSED, all_points(session, row, lambda _: chart.WITHDRAWN))


def new_card(session: Session, row: Household, said: Said, by: str, now: datetime) -> Told:
    """Give the household a new card; the old one finds nobody from now on, and the points are where they were."""
    check_card(session, row.book, said["card"], row.number)
    change(session, row, version=row.version, values={"card": said["card"]}, by=by, now=now)
    return Told(row.status)


TELL: dict[str, Callable[[Session, Household, Said, str, datetime], Told]] = {
    LifeEvent.FREEZE: freeze, LifeEvent.THAW: thaw, LifeEvent.INHERIT: hand_over, LifeEvent.MERGE: hand_over,
    LifeEvent.SPLIT: split, LifeEvent.MOVE: move_away, LifeEvent.CARD: new_card,
}


def all_points(session: Session, row: Household, there: Callable[[Purse], str]) -> list[Move]:
    """Return the moves that empty a household's purses."""
    return moves_out(row, purses_of(session, row.book, row.number), there)


def moves_out(row: Household, points: Mapping[str, Any], there: Callable[[Purse], str]) -> list[Move]:
    """Return the moves of so many points out of a household's purses."""
    mine = {purse: chart.purse(row.number, purse) for purse in Purse if points[purse]}
    return [Move(account, there(purse), chart.POINT, points[purse]) for purse, account in mine.items()]


def copy_kin(session: Session, old: Household, new: Household) -> None:
    """Let who may not act for a household not act for the one that came from it, or took it over, either."""
    for kin in session.scalars(select(Kin).where(col(Kin.book) == old.book, col(Kin.household) == old.number)):
        if session.get(Kin, (kin.staff, new.book, new.number)) is None:
            session.add(Kin(staff=kin.staff, book=new.book, household=new.number, tie=kin.tie))
