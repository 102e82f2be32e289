"""Erasure: words that could name a person are taken away for ever; the entry, its digest and that it was asked stay."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from ledger.errors import LedgerError
from ledger.journal import Note, act, body_of, entry_of, microseconds
from ledger.registers.counts import CountLine, StockCount
from ledger.registers.objections import Objection
from ledger.registers.proxies import Proxy
from ledger.registers.register import RegisterChange, find
from ledger.registers.requests import FELL, Request
from ledger.registers.sheets import Sheet, SheetLine
from ledger.terms import N_


class NothingToErase(LedgerError):
    """An entry or proposal without words, or whose words are gone already."""

    message = N_("There are no words here that could be erased.")


@act
def erase_words(session: Session, *, book: str, clerk: str, now: datetime, key: str, number: int) -> dict[str, Any]:
    """Erase the words of an entry and every copy of them, and keep who did it and when.

    The entry holds salted digests, so its book is checked as before; only the words can nobody read any more.
    """
    entry_of(session, book, number)
    kept = select(func.count()).where(col(Note.book) == book, col(Note.number) == number, col(Note.text).is_not(None))
    if not session.scalar(kept):
        raise NothingToErase
    session.execute(update(Note).where(col(Note.book) == book, col(Note.number) == number).values(text=None))
    erase_copies(session, book, number)
    note_erasure(session, "entry", f"{book}/{number}", clerk, now)
    return {"book": book, "number": number}


@act
def erase_refusal(session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int) -> dict[str, Any]:
    """Erase the words of a proposal that became no entry: why it was made, and why it was declined."""
    asked = find(session, Request, book, request)
    if asked.status not in FELL or not (asked.reason or asked.declined_why):
        raise NothingToErase
    asked.reason, asked.declined_why = "", asked.declined_why and ""
    session.add(asked)
    note_erasure(session, Request.word, f"{book}/{request}", clerk, now)
    return {"book": book, "n": request}


def note_erasure(session: Session, word: str, key: str, by: str, now: datetime) -> None:
    """Keep who erased words and when, and not what they were."""
    change = RegisterChange(of_register=word, key=key, field="words", personal=1, by=by, recorded_us=microseconds(now))
    session.add(change)
    session.flush()


def erase_copies(session: Session, book: str, number: int) -> None:
    """Erase what the requests, sheets, objections and the register of collectors keep of the words of an entry."""
    asked = col(Request.book) == book, col(Request.number) == number
    session.execute(update(Request).where(*asked).values(reason=""))
    counted = select(StockCount.n).where(StockCount.book == book, StockCount.number == number)
    counts = col(CountLine.book) == book, col(CountLine.n).in_(counted)
    session.execute(update(CountLine).where(*counts).values(words=""))
    drawn = col(Sheet.book) == book, col(Sheet.drawn_number) == number
    session.execute(update(Sheet).where(*drawn).values(minutes=""))
    lines = col(SheetLine.book) == book, col(SheetLine.n).in_(select(Sheet.n).where(*drawn))
    session.execute(update(SheetLine).where(*lines).values(evidence=""))
    hung = col(Sheet.book) == book, col(Sheet.notice_number) == number
    session.execute(update(Sheet).where(*hung).values(notice_place=""))
    person = col(Proxy.book) == book, col(Proxy.code) == body_of(entry_of(session, book, number))["facts"].get("proxy")
    session.execute(update(Proxy).where(*person).values(name="", relation="", phone="", retired=1))
    raised = col(Objection.book) == book, col(Objection.number) == number
    session.execute(update(Objection).where(*raised).values(objector=""))
