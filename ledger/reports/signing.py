"""The redemption register 兑换登记表: its pages as they will be signed, and as the journal fills them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from ledger import chart
from ledger.journal import Entry, Posting, body_of
from ledger.journal.serials import last_serial
from ledger.registers.corrections import taken_back
from ledger.registers.households import households_by_number
from ledger.registers.paper_lines import PaperLine, paper_number, waits
from ledger.registers.signing import LINES, Line, line_of, lines_of
from ledger.reports.receipt import receipt
from ledger.terms import EntryKind

Row = dict[str, Any]


@dataclass
class RegisterPage:
    """One page: its place, its rows, and what the redemptions on it come to that stand."""

    volume: int | None
    page: int | None
    rows: list[Row]

    @property
    def points(self) -> int:
        """Return the points of the lines that stand."""
        return sum(row["points"] for row in self.rows if row.get("stands"))

    @property
    def households(self) -> int:
        """Return how many households have a line here that stands."""
        return len({row["household"] for row in self.rows if row.get("stands")})


def next_line(session: Session, book: str, year: int) -> Line:
    """Return the line on which the next redemption of a year will be signed."""
    return line_of(last_serial(session, book=book, kind="redemption", year=year) + 1)


def coming_pages(session: Session, book: str, year: int, pages: int) -> list[RegisterPage]:
    """Return the next pages with their lines numbered; a line that was used already is struck out."""
    last = last_serial(session, book=book, kind="redemption", year=year)
    return whole_pages(last // LINES * LINES + 1, pages, {n: {"used": True} for n in range(last + 1)})


def whole_pages(first: int, pages: int, rows: dict[int, Row]) -> list[RegisterPage]:
    """Return pages from the one that begins with the nth redemption, with what stands on their lines."""
    made = []
    for start in range(first, first + pages * LINES, LINES):
        lines = [{"line": line_of(n).line, **rows.get(n, {})} for n in range(start, start + LINES)]
        made.append(RegisterPage(*line_of(start)[:2], lines))
    return made


def filled_pages(session: Session, book: str, year: int, volume: int, page: int, pages: int) -> list[RegisterPage]:
    """Return whole pages of a year as the journal fills them."""
    first = lines_of(volume, page)[0]
    in_year = col(Entry.occurred_on).between(date(year, 1, 1), date(year, 12, 31))
    asked = range(first, first + pages * LINES)
    rows = rows_of(session, book, in_year, col(PaperLine.year) == year, asked)
    return whole_pages(first, pages, {row["n"]: row for row in rows})


def filled_day(session: Session, book: str, day: date) -> tuple[list[RegisterPage], dict[str, int]]:
    """Return the pages of one day with the lines of that day, and the sums that must agree with the journal."""
    rows = rows_of(session, book, col(Entry.occurred_on) == day, col(PaperLine.day) == day, range(10**9))
    places = groupby(rows, key=lambda row: (row["volume"], row["page"]))
    pages = [RegisterPage(*place, list(some)) for place, some in places]
    booked, undone = journal_of(session, book, day)
    listed = sum(page.points for page in pages)
    return pages, {"booked": booked, "undone": undone, "listed": listed, "difference": booked - undone - listed}


def rows_of(session: Session, book: str, entries: Any, papers: Any, asked: range) -> list[Row]:
    """Return the lines of the register by their numbers: what was booked, what is void, and what still waits.

    What was booked without a serial has number 0 and no line.
    """
    kinds = (EntryKind.REDEMPTION, EntryKind.VOID)
    query = select(Entry).where(col(Entry.book) == book, col(Entry.kind).in_(kinds), entries)
    made = [(counted(body_of(entry)["facts"].get("serial")), entry) for entry in session.scalars(query)]
    rows = [{**line_of(n)._asdict(), "n": n, **row_of(session, entry)} for n, entry in made if n in asked]
    waiting = select(PaperLine).where(col(PaperLine.book) == book, papers, col(PaperLine.number).is_(None))
    rows += [
        {**line_of(counted(one.serial))._asdict(), "n": counted(one.serial), "entry": paper_number(one.sheet, one.line),
         "notes": [waits(session, one)]}
        for one in session.scalars(waiting) if counted(one.serial) in asked
    ]
    named = households_by_number(session, book, [row["household"] for row in rows if "household" in row])
    for row in rows:
        household = named.get(row.get("household", ""))
        row |= {"name": household.name, "group": household.group} if household else {}
        row |= {} if row["n"] else {"volume": None, "page": None, "line": None}
    return sorted(rows, key=lambda row: row["n"])


def counted(serial: str | None) -> int:
    """Return the number in a serial: 7 of 兑-2026-0007."""
    return int(serial.rsplit("-", 1)[1]) if serial else 0


def row_of(session: Session, entry: Entry) -> Row:
    """Return a line as the journal fills it."""
    facts, name = body_of(entry)["facts"], f"{entry.book}-{entry.number}"
    if entry.kind == EntryKind.VOID:
        return {"entry": name, "paper": facts["paper_number"], "notes": ["void"]}
    slip = receipt(session, entry.book, entry.number)
    purses, goods = {line["purse"]: line for line in slip["purses"]}, slip["goods"].rows
    notes = {
        "late": slip["late"], "over-limit": "override" in facts, "correction": "corrects" in facts,
        "corrected-since": taken_back(session, entry.book, entry.number), "reversed": slip["reversed_by"],
    }
    return {
        "time": None if slip["late"] else slip["recorded_at"], "household": slip["household"], "goods": goods,
        "pieces": sum(line["quantity"] for line in goods), "points": slip["points"],
        "support": purses["support"]["spent"], "merit": purses["merit"]["spent"],
        "over": slip["points"] - sum(line["spent"] for line in purses.values()),
        "after": sum(line["after"] for line in purses.values()),
        "who": "delivered" if "delivered_by" in facts else "other-person" if "proxy" in facts else "self",
        "collector": slip["notes"].get("proxy"), "entry": name, "paper": slip["paper_number"],
        "stands": slip["reversed_by"] is None,
        "notes": [*(note for note, holds in notes.items() if holds), *facts.get("beyond", [])],
    }


def journal_of(session: Session, book: str, day: date) -> tuple[int, int]:
    """Return the points redeemed on a day by the journal's own postings, and how many of them were undone whole."""
    undone = select(Entry.reverses).where(col(Entry.book) == book, col(Entry.reverses).is_not(None))
    query = select(func.coalesce(func.sum(Posting.quantity), 0)).join(
        Entry, (col(Entry.book) == Posting.book) & (col(Entry.number) == Posting.number)
    ).where(
        col(Entry.book) == book, col(Entry.kind) == EntryKind.REDEMPTION, col(Entry.occurred_on) == day,
        col(Posting.destination) == chart.REDEEMED,
    )
    gone = query.where(col(Entry.number).in_(undone))
    return int(session.execute(query).scalar_one()), int(session.execute(gone).scalar_one())
