"""Deeds: the group's reporter records what a household did; a meeting decides, and a reporter never credits."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act, microseconds
from ledger.journal.posting import day_not_to_come
from ledger.journal.serials import next_serial
from ledger.registers.deeds import PROPOSED, Deed, same_deed
from ledger.registers.households import served
from ledger.registers.register import find
from ledger.registers.rules import in_force, rules_on
from ledger.registers.staff import check_not_kin
from ledger.terms import N_, DeedStatus, Purse


class SameDeed(LedgerError):
    """The same deed is recorded once."""

    message = N_(
        "Deed %(deed)s says the same of this household on this day, recorded by %(by)s. If this is another one, say so."
    )
    field = "another"


class NotByDeeds(LedgerError):
    """Support points are granted because a household cannot work; nobody earns them."""

    message = N_("Support points are not earned by deeds.")
    field = "rule"


class DeedDecided(LedgerError):
    """What stands on a sheet is no longer dropped."""

    message = N_("Deed %(deed)s does not wait any more.")


@act
def record_deed(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    household: str,
    rule: str,
    occurred_on: date,
    evidence: str = "",
    another: int = 0,
) -> dict[str, Any]:
    """Record a deed of a household for the next meeting, in words and without photos. The same deed of one day is
    recorded twice only where the reporter says that it is `another` one.
    """
    day_not_to_come(session, occurred_on, now)
    served(session, book, household)
    check_not_kin(session, clerk, book, household)
    if in_force(session, rules_on(session, occurred_on), rule, occurred_on).purse != Purse.MERIT:
        raise NotByDeeds
    same = same_deed(session, book, household, rule, occurred_on)
    if same is not None and not another:
        raise SameDeed(deed=same.n, by=same.by)
    deed = Deed(
        book=book, n=next_serial(session, book=book, kind="deed"), occurred_on=occurred_on, household=household,
        rule=rule, evidence=evidence, by=clerk, recorded_us=microseconds(now),
    )
    session.add(deed)
    return {"book": book, "n": deed.n, "status": str(deed.status)}


@act
def drop_deed(session: Session, *, book: str, clerk: str, now: datetime, key: str, deed: int) -> dict[str, Any]:
    """Drop a deed that was recorded by mistake and stands on no sheet yet. Raises DeedDecided."""
    mistaken = find(session, Deed, book, deed)
    if mistaken.status not in PROPOSED:
        raise DeedDecided(deed=deed)
    mistaken.status = DeedStatus.DROPPED
    return {"book": book, "n": deed, "status": str(mistaken.status)}
