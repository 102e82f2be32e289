"""The number a paper carries: kind, year, and a gapless count per book (兑-2026-0007)."""

from datetime import date

from sqlmodel import Session

from ledger.journal import Entry
from ledger.journal.serials import last_serial, next_serial
from ledger.registers.paper_lines import PaperLine
from ledger.registers.signing import line_of, number_of

SIGNS = {
    "donation": "捐", "dispatch": "调", "redemption": "兑", "notice": "示", "count": "盘", "write-off": "损",
    "correction": "更", "handover": "交", "claw-back": "追",
    "purchase": "购", "month": "证",
}
"""The sign of each paper, as it stands on the county's own forms."""


def serial_facts(session: Session, book: str, kind: str, day: date) -> dict[str, str]:
    """Return the next serial of a paper as a fact of its entry; the entry keeps it as kind-year-number."""
    number = next_serial(session, book=book, kind=kind, year=day.year)
    return {"serial": f"{SIGNS[kind]}-{day.year}-{number:04d}"}


def serial_to_come(session: Session, book: str, kind: str, day: date) -> str:
    """Return the serial the next paper of a kind will have, for one that is signed before it is entered."""
    return f"{SIGNS[kind]}-{day.year}-{last_serial(session, book=book, kind=kind, year=day.year) + 1:04d}"


def serial_of_month(session: Session, book: str, month: date) -> str | None:
    """Return the serial of a month's statement, or None before the book began: the months of the year, each counted,
    so that none is passed over whether or not it was printed.
    """
    first = session.get(Entry, (book, 1))
    if first is None or (month.year, month.month) < (first.booked_on.year, first.booked_on.month):
        return None
    before = first.booked_on.month - 1 if first.booked_on.year == month.year else 0
    return f"{SIGNS['month']}-{month.year}-{month.month - before:04d}"


def register_facts(session: Session, book: str, day: date) -> dict[str, str]:
    """Return the next line of the redemption register as a fact; a line keyed from a page written by hand is passed."""
    while True:
        line = line_of(next_serial(session, book=book, kind="register", year=day.year))
        if session.get(PaperLine, (book, day.year, line.sheet, line.line)) is None:
            return {"register": line.place}


def is_signed(session: Session, book: str, year: int, place: str) -> bool:
    """Tell whether a place is a line of the register that has been given to somebody."""
    return (number_of(place) or 10**9) <= last_serial(session, book=book, kind="register", year=year)
