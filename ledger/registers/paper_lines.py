"""Lines of paper days: which line of which paper has been keyed, and what became of it."""

import re
from datetime import date

from sqlalchemy import Index, Text, func, select
from sqlmodel import Field, Session, SQLModel

from ledger.db.types import Day, Whole
from ledger.errors import LedgerError
from ledger.journal import Entry, body_of
from ledger.journal.serials import last_serial
from ledger.registers.register import STRICT, listed
from ledger.registers.requests import DECLINED, Request
from ledger.registers.signing import Line, line_of, number_of
from ledger.terms import N_, EntryKind

PAPER_LINE = "paper-line"
"""The kind of request by which goods carried home are booked beyond what the book allows."""


class PaperLine(SQLModel, table=True):
    """A line of a paper, keyed once: `number` is the entry it became, `request` the second person's yes it waits for.

    `serial` is its number among the redemptions of the year, kept for it also while it waits.
    """

    __tablename__ = "paper_line"
    __table_args__ = (Index("paper_line_by_day", "book", "day"), STRICT)
    book: str = Field(primary_key=True, sa_type=Text)
    year: int = Field(primary_key=True, sa_type=Whole)
    sheet: str = Field(primary_key=True, sa_type=Text)
    line: int = Field(primary_key=True, sa_type=Whole)
    day: date = Field(sa_type=Day)
    serial: str = Field(sa_type=Text)
    number: int | None = Field(default=None, sa_type=Whole)
    request: int | None = Field(default=None, sa_type=Whole)


class KeyedAlready(LedgerError):
    """A paper is keyed once."""

    message = N_("Line %(line)s of paper %(sheet)s has been keyed already, for %(day)s.")
    field = "line"


def paper_number(sheet: str, line: int) -> str:
    """Return the number by which an entry names its line of a paper."""
    return f"{sheet}-{line}"


def as_printed(paper: str) -> str:
    """Return the number of a paper as the house prints it, however it was typed: 261129/01 is 261129-1."""
    first, *more = re.split("[-/]", paper)
    if not more or not all(map(str.isdecimal, (first, *more))):
        return paper
    # A volume is short; what is longer is a day or a number of its own and keeps its noughts.
    return "-".join(str(int(part)) if len(part) <= 3 else part for part in (first, *more))


def lines_keyed(session: Session, book: str, day: date) -> list[tuple[PaperLine, str]]:
    """Return the lines keyed for a day in the order of the papers, each with one word for what became of it."""
    in_order = [PaperLine.sheet, PaperLine.line]
    rows = listed(session, PaperLine, PaperLine.book == book, PaperLine.day == day, by=in_order)
    numbers = [row.number for row in rows if row.number is not None]
    made = (Entry.book == book, Entry.number.in_(numbers))
    states = {number: kind for number, kind in session.execute(select(Entry.number, Entry.kind).where(*made))}
    states |= dict.fromkeys(reversed_whole(session, book, numbers), "reversed")
    return [(row, waits(session, row) if row.number is None else states[row.number]) for row in rows]


def last_day(session: Session, book: str) -> date | None:
    """Return the last day that was keyed from paper."""
    return session.scalars(select(func.max(PaperLine.day)).where(PaperLine.book == book)).one()


def line_keyed(session: Session, book: str, year: int, sheet: str, line: int, *, at: str = "line") -> PaperLine | None:
    """Return the row of a line if it has been keyed, also one that may be keyed again. Raises KeyedAlready."""
    row = session.get(PaperLine, (book, year, sheet, line))
    if row is not None and not is_free(session, row):
        raise KeyedAlready(line=line, sheet=sheet, day=row.day.isoformat(), at=at)
    return row


def check_not_keyed(session: Session, book: str, day: date, paper: str) -> None:
    """Refuse the number of a line of a paper that has been keyed. Raises KeyedAlready."""
    sheet, _, line = as_printed(paper).rpartition("-")
    if sheet and re.fullmatch("[1-9][0-9]{0,2}", line):
        line_keyed(session, book, day.year, sheet, int(line), at="paper_number")


def is_free(session: Session, row: PaperLine) -> bool:
    """Tell whether a line may be keyed again: its entry was reversed, or a second person declined it."""
    if row.number is None:
        return waits(session, row) == "to-be-keyed-again"
    return row.number in reversed_whole(session, row.book, [row.number])


def waits(session: Session, row: PaperLine) -> str:
    """Return in one word what a line without an entry waits for: a second person, or to be keyed again."""
    declined = session.get_one(Request, (row.book, row.request)).status == DECLINED
    return "to-be-keyed-again" if declined else "waits-for-second"


def reversed_whole(session: Session, book: str, numbers: list[int]) -> set[int]:
    """Return which of some entries were reversed; a correction is none, it has booked the right one itself."""
    asked = (Entry.book == book, Entry.reverses.in_(numbers), Entry.kind == EntryKind.REVERSAL)
    return {number for number in session.scalars(select(Entry.reverses).where(*asked)) if number is not None}


def papers_used(session: Session, book: str, day: date) -> dict[str, int]:
    """Return the paper numbers that redemptions of a day carry which stand, each with its entry."""
    # What tells of a day was booked on it or later; the kind is looked at here, for its index goes through all history.
    asked = (Entry.book == book, Entry.booked_on >= day, Entry.occurred_on == day)
    found = [entry for entry in session.scalars(select(Entry).where(*asked)) if entry.kind == EntryKind.REDEMPTION]
    gone = reversed_whole(session, book, [entry.number for entry in found])
    facts = ((entry.number, body_of(entry)["facts"]) for entry in found if entry.number not in gone)
    return {as_printed(said["paper_number"]): number for number, said in facts if "paper_number" in said}


def next_line(session: Session, book: str, year: int) -> Line:
    """Return the line on which the next redemption of a year will be signed."""
    n, keyed = last_signed(session, book, year) + 1, keyed_by_hand(session, book, year)
    while n in keyed:
        n += 1
    return line_of(n)


def last_signed(session: Session, book: str, year: int) -> int:
    """Return the last line of the register that was given to somebody."""
    return last_serial(session, book=book, kind="register", year=year)


def keyed_by_hand(session: Session, book: str, year: int) -> set[int]:
    """Return the lines of the register itself that were written on by hand, and keyed."""
    query = select(PaperLine).where(PaperLine.book == book, PaperLine.year == year)
    places = (number_of(paper_number(row.sheet, row.line)) for row in session.scalars(query))
    return {n for n in places if n}
