"""Home delivery: who may carry goods to a household, and the slip it signed, noted when it comes back."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, NotFound
from ledger.journal import Entry, act, county_day, post
from ledger.operations.answer import answer_of
from ledger.registers.deliveries import Delivery, slips_not_back
from ledger.registers.register import can_be_asked
from ledger.registers.staff import Staff, check_not_kin
from ledger.terms import N_, EntryKind

COLLECTOR = "COLLECTOR"
"""Stands in a form for the collector who is named beside it."""


class WhoDelivers(LedgerError):
    """Goods leave the counter in known hands."""

    message = N_("Choose who delivers: somebody of this outlet's staff, or the collector, whose name is then entered.")
    field = "delivered_by"


class SlipBack(LedgerError):
    """A slip comes back once."""

    message = N_("The slip of entry %(number)s is back already.")


class SlipDay(LedgerError):
    """A slip is signed when the goods come, not before they leave and not tomorrow."""

    message = N_("The slip is signed on a day from %(least)s through %(most)s.")
    field = "signed_on"


def deliverer(session: Session, book: str, household: str, said: str | None, collector: str | None) -> str | None:
    """Return who carries the goods home, by code: a member of staff, or the collector of this visit; None if nobody."""
    if said is None:
        return None
    if said == COLLECTOR and collector:
        return collector
    staff = session.get(Staff, said.lower())
    if staff is None or staff.book != book or staff.retired or collector:
        raise WhoDelivers
    check_not_kin(session, staff.name, book, household, at="delivered_by")
    return staff.name


@act
def note_slip(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, number: int, signed_on: date,
) -> dict[str, Any]:
    """Note that the signed slip of a delivery is back; `number` is the redemption. Raises SlipBack and SlipDay."""
    row = session.get(Delivery, (book, number)) if can_be_asked(number) else None
    today = county_day(session, now)
    if row is not None and row.slip is not None:
        raise SlipBack(number=number)
    if row is None or row not in slips_not_back(session, book):
        raise NotFound(what=Delivery.word)
    if not row.day <= signed_on <= today:
        raise SlipDay(least=row.day.isoformat(), most=today.isoformat())
    check_not_kin(session, clerk, book, row.household)
    entry = post(
        session, book=book, kind=EntryKind.DELIVERY_SLIP, by=clerk, occurred_on=today, now=now, key=key,
        facts={
            "number": number, "household": row.household, "delivered_by": row.by, "signed_on": signed_on.isoformat(),
        },
    )
    row.slip = entry.number
    return answer_of(entry, delivery=number)


def undo_slip(session: Session, entry: Entry, facts: dict[str, Any]) -> None:
    """Wait for the slip again."""
    session.get_one(Delivery, (entry.book, facts["number"])).slip = None
