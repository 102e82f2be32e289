"""Asked for in vain: one line for each time, so that the next purchase knows what the villages want."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act, county_day, microseconds
from ledger.journal.serials import next_serial
from ledger.registers.items import Item
from ledger.registers.needs import Need
from ledger.registers.register import find, in_use
from ledger.terms import N_


class WhatWasAsked(LedgerError):
    """A line says what was asked for, in one way."""

    message = N_("Choose the goods that were asked for, or say in words what they are.")
    field = "words"


@act
def note_need(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, item: str | None = None,
    words: str | None = None,
) -> dict[str, Any]:
    """Note that goods were asked for today and were not there; nobody's name belongs here."""
    if bool(item) == bool(words):
        raise WhatWasAsked
    if item:
        in_use(session, Item, item, at="item")
    need = Need(
        book=book, n=next_serial(session, book=book, kind="need"), day=county_day(session, now), item=item or "",
        words=words or "", by=clerk, recorded_us=microseconds(now),
    )
    session.add(need)
    return {"book": book, "n": need.n}


@act
def drop_need(session: Session, *, book: str, clerk: str, now: datetime, key: str, n: int) -> dict[str, Any]:
    """Drop a line that was a slip of the finger, and erase its words."""
    need = find(session, Need, book, n)
    need.retired, need.words = 1, ""
    return {"book": book, "n": n}
