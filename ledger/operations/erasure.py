"""Erasure: words that could name a person are taken away for ever; the entry, its digest and that it was asked stay."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlmodel import Session, SQLModel, col

from ledger.errors import LedgerError
from ledger.journal import Entry, Note, act, body_of, entry_of, microseconds
from ledger.registers.counts import CountLine, StockCount
from ledger.registers.deeds import Deed
from ledger.registers.households import Household
from ledger.registers.limits import OVERRIDE
from ledger.registers.objections import Objection
from ledger.registers.proxies import Collected, Proxy
from ledger.registers.register import RegisterChange, find
from ledger.registers.requests import Request
from ledger.registers.sheets import Sheet, SheetLine
from ledger.terms import N_

Words = tuple[type[SQLModel], tuple[str, ...], list[Any]]
"""Some rows and their columns that hold words."""

PERSON = ("name", "relation", "phone")


class NothingToErase(LedgerError):
    """An entry, proposal or line without words, or whose words are gone already."""

    message = N_("There are no words here that could be erased.")


@act
def erase_words(session: Session, *, book: str, clerk: str, now: datetime, key: str, number: int) -> dict[str, Any]:
    """Erase the words of an entry and every copy of them, and keep who did it and when.

    The entry holds salted digests, so its book is checked as before; only the words can nobody read any more.
    """
    erase(session, words_of(entry_of(session, book, number)))
    note_erasure(session, "entry", f"{book}/{number}", clerk, now)
    return {"book": book, "number": number}


@act
def erase_refusal(session: Session, *, book: str, clerk: str, now: datetime, key: str, request: int) -> dict[str, Any]:
    """Erase the words of a decided proposal that has no entry, or none any more: why it was made, and declined."""
    asked = find(session, Request, book, request)
    if asked.status == "waiting" or asked.number or not (asked.reason or asked.declined_why):
        raise NothingToErase
    asked.reason, asked.declined_why = "", asked.declined_why and ""
    note_erasure(session, Request.word, f"{book}/{request}", clerk, now)
    return {"book": book, "n": request}


@act
def erase_deed(session: Session, *, book: str, clerk: str, now: datetime, key: str, deed: int) -> dict[str, Any]:
    """Erase in which words a deed was told, also on the lines of sheets that took them over."""
    told = find(session, Deed, book, deed)
    same = (SheetLine.household == told.household, SheetLine.rule == told.rule, SheetLine.evidence == told.evidence)
    mine = [col(Deed.book) == book, col(Deed.n) == deed]
    erase(session, [(SheetLine, ("evidence",), [col(SheetLine.book) == book, *same]), (Deed, ("evidence",), mine)])
    note_erasure(session, Deed.word, f"{book}/{deed}", clerk, now)
    return {"book": book, "n": deed}


@act
def erase_collector(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, household: str, collector: str
) -> dict[str, Any]:
    """Erase who a collector is, for all households of the book, in its register and in the words of its entries."""
    find(session, Proxy, book, household, collector)
    carried = select(Collected.number).where(Collected.book == book, Collected.code == collector)
    notes = [col(Note.book) == book, col(Note.name) == "proxy", col(Note.number).in_(carried)]
    lines = [col(Proxy.book) == book, col(Proxy.code) == collector]
    houses = session.scalars(select(Proxy.household).where(*lines)).all()
    before = former(Proxy.word, [f"{book}/{house}/{collector}" for house in houses])
    erase(session, [(Note, ("text",), notes), (Proxy, PERSON, lines), before])
    note_erasure(session, Proxy.word, f"{book}/{household}/{collector}", clerk, now)
    return {"book": book, "household": household}


@act
def erase_former(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, household: str
) -> dict[str, Any]:
    """Erase what a household's line said of its people before and after each change; who changed it and when stays."""
    find(session, Household, book, household)
    erase(session, [former(Household.word, [f"{book}/{household}"])])
    note_erasure(session, Household.word, f"{book}/{household}", clerk, now)
    return {"register": "households", "key": [book, household]}


def has_former(session: Session, household: Household) -> bool:
    """Tell whether the changes of a household's line still say something of its people."""
    return are_left(session, [former(Household.word, [f"{household.book}/{household.number}"])])


def has_words(session: Session, book: str, number: int) -> bool:
    """Tell whether an entry has words, or copies of them, that could be erased."""
    return are_left(session, words_of(entry_of(session, book, number)))


def former(word: str, keys: list[str]) -> Words:
    """Return what the changes of some lines of a register keep of people."""
    mine = [RegisterChange.of_register == word, col(RegisterChange.key).in_(keys), RegisterChange.personal == 1]
    return RegisterChange, ("before", "after"), mine


def erase(session: Session, words: list[Words]) -> None:
    """Erase words that are left. Raises NothingToErase."""
    if not are_left(session, words):
        raise NothingToErase
    for model, names, where in words:
        empty = None if model in (Note, RegisterChange) else ""
        gone: dict[str, Any] = dict.fromkeys(names, empty) | ({"retired": 1} if model is Proxy else {})
        session.execute(update(model).where(*where).values(**gone))


def are_left(session: Session, words: list[Words]) -> bool:
    """Tell whether any of these words is still there."""
    return any(
        session.scalar(select(func.count()).select_from(model).where(*where, or_(
            *(func.coalesce(getattr(model, name), "") != "" for name in names)
        )))
        for model, names, where in words
    )


def note_erasure(session: Session, word: str, key: str, by: str, now: datetime) -> None:
    """Keep who erased words and when, and not what they were."""
    change = RegisterChange(of_register=word, key=key, field="words", personal=1, by=by, recorded_us=microseconds(now))
    session.add(change)


def words_of(entry: Entry) -> list[Words]:
    """Return the words of an entry, and what requests, counts, sheets, deeds, objections and the register of
    collectors keep of them.
    """
    book, number, facts = entry.book, entry.number, body_of(entry)["facts"]
    counted = select(StockCount.n).where(StockCount.book == book, StockCount.number == number)
    drawn = [col(Sheet.book) == book, col(Sheet.drawn_number) == number]
    sheets = select(Sheet.n).where(*drawn)
    asked = or_(col(Request.number) == number, col(Request.n) == facts.get(OVERRIDE))
    stood = or_(col(Deed.sheet).in_(sheets), col(Deed.put_off_by).in_(sheets))
    return [
        (Note, ("text",), [col(Note.book) == book, col(Note.number) == number]),
        (Request, ("reason",), [col(Request.book) == book, asked]),
        (CountLine, ("words",), [col(CountLine.book) == book, col(CountLine.n).in_(counted)]),
        (Sheet, ("minutes",), drawn),
        (SheetLine, ("evidence",), [col(SheetLine.book) == book, col(SheetLine.n).in_(sheets)]),
        (Deed, ("evidence",), [col(Deed.book) == book, stood]),
        (Sheet, ("notice_place",), [col(Sheet.book) == book, col(Sheet.notice_number) == number]),
        (Proxy, PERSON, [col(Proxy.book) == book, col(Proxy.code) == facts.get("proxy")]),
        (Objection, ("objector",), [col(Objection.book) == book, col(Objection.number) == number]),
    ]
