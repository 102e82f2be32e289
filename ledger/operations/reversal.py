"""Reversal: a mistake is answered by its mirror image, whole, once, with a reason; history stays."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError
from ledger.journal import Draft, Entry, NotThere, act, body_of, county_day, entry_of, instant, moves_of, post
from ledger.journal.posting import refuse_second_reversal
from ledger.operations.answer import answer_of
from ledger.operations.undo import undo_beside
from ledger.registers.money import yuan
from ledger.registers.staff import SECOND_HANDS, Staff, check_not_kin
from ledger.terms import N_, EntryKind, Role


class OwnEntry(LedgerError):
    """Nobody reverses an entry of their own, but for a keeper's own redemption on the same day."""

    message = N_("You booked this entry yourself; another person must reverse it.")


class AskSupervisor(LedgerError):
    """A keeper undoes an own redemption on the same day; all else is for the second hand."""

    message = N_("Only your own redemption of today can be undone here. Ask the supervisor, the town or the county.")


class NotReversible(LedgerError):
    """A reversal is not reversed; what is needed is booked anew."""

    message = N_("A reversal cannot be reversed. Book the act anew instead.")


class CorrectionStands(LedgerError):
    """A correction is not reversed; what is still wrong is booked anew."""

    message = N_("A correction is not reversed. Correct the redemption it made, or book the act anew.")


class StaysClosed(LedgerError):
    """A closed month is not opened again."""

    message = N_("A closed month stays closed. What was missed or wrong is booked now, in the open month.")


class PointsSpent(LedgerError):
    """Points that have been spent cannot be taken out of a purse."""

    message = N_("Household %(household)s has %(held)s of these %(asked)s points left; they cannot all be taken back.")


class MoneySpent(LedgerError):
    """Money that has been spent cannot be given back."""

    message = N_("Of %(receipt)s, %(held)s of %(asked)s yuan are left; this cannot be taken back as a whole.")


class GoodsGone(LedgerError):
    """Goods that have gone cannot be taken back."""

    message = N_("Of %(item)s %(lot)s, %(held)s of %(asked)s are still there; this cannot be taken back as a whole.")


@act
def reverse(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, number: int, reason: str,
) -> dict[str, Any]:
    """Reverse an entry whole, with a reason; allowed into frozen households, expired lots and closed months."""
    entry = entry_of(session, book, number)
    check_who(session, entry, clerk, now)
    if entry.kind == EntryKind.REVERSAL:
        raise NotReversible
    if entry.kind == EntryKind.CORRECTION:
        raise CorrectionStands
    if entry.kind == EntryKind.CLOSE:
        raise StaysClosed
    # The journal asks it too, but only after the road and the sheet, which would answer with another sentence.
    refuse_second_reversal(session, book, [Draft(EntryKind.REVERSAL, reverses=number)])
    undo_beside(session, entry)
    try:
        mirror = post(
            session, book=book, kind=EntryKind.REVERSAL, by=clerk, occurred_on=county_day(session, now), now=now,
            key=key, moves=[move.mirrored() for move in reversed(moves_of(entry))], reverses=number,
            facts={"of": entry.kind, "number": number}, notes={"reason": reason},
        )
    except NotThere as gone:
        raise told(gone) from gone
    return answer_of(mirror, reverses=number)


def told(gone: NotThere) -> LedgerError:
    """Return what is missing in the words of the counter: points of a household, or goods of a lot."""
    held, asked = gone.values["held"], gone.values["asked"]
    if gone.values["commodity"] == chart.POINT:
        return PointsSpent(household=gone.values["account"].split(":")[1], held=held / 10, asked=asked / 10)
    if gone.values["commodity"] == chart.CNY:
        return MoneySpent(receipt=gone.values["lot"], held=yuan(held), asked=yuan(asked))
    return GoodsGone(item=gone.values["commodity"], lot=gone.values["lot"], held=held, asked=asked)


def check_who(session: Session, entry: Entry, clerk: str, now: datetime) -> None:
    """Refuse a hand that may not reverse this entry."""
    role = session.get_one(Staff, clerk).role
    own = entry.by == clerk
    if role not in SECOND_HANDS:
        same_day = county_day(session, instant(entry.recorded_us)) == county_day(session, now)
        if not (own and role == Role.KEEPER and entry.kind == EntryKind.REDEMPTION and same_day):
            raise AskSupervisor
    elif own:
        raise OwnEntry
    household = body_of(entry)["facts"].get("household")
    if household:
        check_not_kin(session, clerk, entry.book, household)
