"""Handover 交接: a keeper leaves after a count, the next one takes over, and a third person sees it done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from ledger.errors import LedgerError
from ledger.journal import OnTheRoad, act, post
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.serial import serial_facts, serial_to_come
from ledger.registers.counts import latest_counts
from ledger.registers.deliveries import slips_not_back
from ledger.registers.open_matters import open_matters
from ledger.registers.paper_lines import next_line
from ledger.registers.register import change, in_use
from ledger.registers.requests import SamePerson
from ledger.registers.staff import Staff, end_tokens
from ledger.terms import N_, EntryKind, Role


class NotAKeeperHere(LedgerError):
    """The shelf passes from one storekeeper of the outlet to another."""

    message = N_("%(name)s is not a storekeeper of this outlet.")


class CountFirst(LedgerError):
    """What is handed over has been counted on that day or the days before it."""

    message = N_("Count the shelf first: the last confirmed count must be of %(first)s or later.")
    field = "occurred_on"


class RelativesUnsaid(LedgerError):
    """A new keeper declares relatives, or says that there are none."""

    message = N_("Tick that the new storekeeper's relatives among the households have been declared.")
    field = "declared"


PAPERS_OF_AN_OUTLET = ("donation", "dispatch", "redemption", "notice", "count", "write-off", "correction", "claw-back")
"""Papers whose next number stands on the list: those before it are used."""
COUNTED_WITHIN = 3
"""How many days before the handover the count may have been."""


@act
def hand_over(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    leaving: str,
    coming: str,
    occurred_on: date,
    declared: int,
    words: str = "",
) -> dict[str, Any]:
    """Hand an outlet's shelf from one keeper to the next; the old sign-in ends. `words` name keys, blank cards, papers.

    Raises NotAKeeperHere, SamePerson, CountFirst and RelativesUnsaid.
    """
    check_day(session, occurred_on, now)
    old, new = keeper(session, book, leaving, at="leaving"), keeper(session, book, coming, at="coming")
    if len({leaving, coming, clerk}) < 3:
        raise SamePerson
    if not declared:
        raise RelativesUnsaid
    _, count = latest_counts(session, book)
    if count is None or count.counted_on is None or not 0 <= (occurred_on - count.counted_on).days <= COUNTED_WITHIN:
        raise CountFirst(first=date.fromordinal(occurred_on.toordinal() - COUNTED_WITHIN).isoformat())
    entry = post(
        session, book=book, kind=EntryKind.HANDOVER, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={
            "from": old.name, "to": new.name, "count": count.n, **serial_facts(session, book, "handover", occurred_on),
            "list": beside_goods(session, book, occurred_on),
        },
        notes={"handed_over": words},
    )
    values = {"retired": 1, "sessions": old.sessions + 1}
    change(session, old, version=old.version, values=values, by=clerk, now=now)
    end_tokens(session, old.name)
    return answer_of(entry, leaving=leaving, coming=coming, count=count.n)


def beside_goods(session: Session, book: str, day: date) -> dict[str, Any]:
    """Return what the list says beside the goods: what is on the road to here and what is open, which slips are out,
    the next line of the register and of each paper. An entry keeps it, for the shelf alone can be worked out later.
    """
    road = select(func.coalesce(func.sum(col(OnTheRoad.quantity)), 0)).where(col(OnTheRoad.destination) == book)
    return {
        "road": int(session.scalar(road) or 0), "open": open_matters(session, book),
        "slips": [one.number for one in slips_not_back(session, book)],
        "line": next_line(session, book, day.year).place,
        "papers": [serial_to_come(session, book, kind, day) for kind in PAPERS_OF_AN_OUTLET],
    }


def keeper(session: Session, book: str, name: str, *, at: str) -> Staff:
    """Return a keeper in use of this outlet. Raises NotAKeeperHere."""
    staff = in_use(session, Staff, name, at=at)
    if (staff.role, staff.book) != (Role.KEEPER, book):
        raise NotAKeeperHere(name=name, at=at)
    return staff
