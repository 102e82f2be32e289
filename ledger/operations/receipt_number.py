"""Official receipt: the numbers of the donation receipt that was issued elsewhere are noted beside the donation."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import NotFound
from ledger.journal import act, county_day, entry_of, post
from ledger.operations.answer import answer_of
from ledger.terms import N_, EntryKind


@act
def note_receipt(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, number: int, receipt_code: str,
    receipt_number: str,
) -> dict[str, Any]:
    """Note the code and number of the official receipt a donor was given; a second note stands beside the first."""
    if entry_of(session, book, number).kind != EntryKind.DONATION:
        raise NotFound(what=N_("donation"))
    entry = post(
        session, book=book, kind=EntryKind.RECEIPT_NUMBER, by=clerk, occurred_on=county_day(session, now), now=now,
        key=key, facts={"number": number, "receipt_code": receipt_code, "receipt_number": receipt_number},
    )
    return answer_of(entry)
