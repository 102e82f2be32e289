"""The redemption register 兑换登记表: its pages as they will be signed, and as the journal fills them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Entry, Posting, body_of
from ledger.registers.corrections import taken_of
from ledger.registers.households import households_by_number
from ledger.registers.paper_lines import PaperLine, is_free, keyed_by_hand, last_signed, paper_number, waits
from ledger.registers.signing import LINES, Line, line_of, lines_of, number_of
from ledger.reports.journal import reversed_by
from ledger.reports.receipt import receipt
from ledger.terms import EntryKind

Row = dict[str, Any]


@dataclass
class RegisterPage:
    """One page: its number, its rows, and what the redemptions on it come to that stand.

    The number is volume and page (3-2), or that of another paper; none where pages are numbered by hand.
    """

    sheet: str
    rows: list[Row]

    @property
    def at(self) -> Line | None:
        """Return its volume and page, if it is a page of the register."""
        n = number_of(f"{self.sheet}-1")
        return line_of(n) if n else None

    @property
    def points(self) -> int:
        """Return the points of the lines that stand, less what corrections took back of them."""
        return sum(row["points"] - row["back"]["points"] for row in self.rows if row.get("stands"))

    @property
    def households(self) -> int:
        """Return how many households have a line here that stands."""
        return len({row["household"] for row in self.rows if row.get("stands")})


def lines_to_key(session: Session, book: str, year: int, sheet: str) -> list[int]:
    """Return the lines of a paper that have not been keyed, or are to be keyed again."""
    query = select(PaperLine).where(PaperLine.book == book, PaperLine.year == year)
    keyed = {row.line for row in session.scalars(query) if row.sheet == sheet and not is_free(session, row)}
    last = last_signed(session, book, year)
    return [n for n in range(1, LINES + 1) if n not in keyed and (number_of(paper_number(sheet, n)) or last + 1) > last]


def coming_pages(session: Session, book: str, year: int, pages: int) -> list[RegisterPage]:
    """Return the next pages with their lines numbered; a line that was used already is struck out."""
    last = last_signed(session, book, year)
    used = {*range(last + 1), *keyed_by_hand(session, book, year)}
    return whole_pages(last // LINES * LINES + 1, pages, [{"n": n, "used": True} for n in used])


def pack_pages(day: date, pages: int) -> list[RegisterPage]:
    """Return the pages of a day's power-cut pack, numbered as no page of the register is."""
    lines = range(1, LINES + 1)
    return [RegisterPage(f"{day:%y%m%d}-{n}", [{"line": line} for line in lines]) for n in range(1, pages + 1)]


def whole_pages(first: int, pages: int, rows: list[Row]) -> list[RegisterPage]:
    """Return pages from the one that begins with the nth line, with what stands on their lines."""
    made = []
    for start in range(first, first + pages * LINES, LINES):
        lines = [{"line": n - start + 1, **row} for n in range(start, start + LINES)
                 for row in [one for one in rows if one["n"] == n] or [{}]]
        made.append(RegisterPage(line_of(start).sheet, lines))
    return made


def filled_pages(session: Session, book: str, year: int, volume: int, page: int, pages: int) -> list[RegisterPage]:
    """Return whole pages of a year as the journal fills them."""
    first = lines_of(volume, page)[0]
    return whole_pages(first, pages, rows_of(session, book, year, among=range(first, first + pages * LINES)))


def filled_day(session: Session, book: str, day: date) -> tuple[list[RegisterPage], dict[str, int]]:
    """Return the pages of one day with the lines of that day, and the sums that must agree with the journal.

    Pages of the register come before other papers, and what has no line at all before both.
    """
    rows = rows_of(session, book, day.year, day=day)
    rows.sort(key=lambda row: (row["sheet"] != "", not row["n"], row["n"], row["sheet"], row["line"]))
    pages = [RegisterPage(sheet, list(some)) for sheet, some in groupby(rows, key=itemgetter("sheet"))]
    booked, undone = journal_of(session, book, day)
    listed = sum(page.points for page in pages)
    return pages, {"booked": booked, "undone": undone, "listed": listed, "difference": booked - undone - listed}


def rows_of(
    session: Session, book: str, year: int, *, day: date | None = None, among: range | None = None
) -> list[Row]:
    """Return the lines of a year, of one day of it or among some lines of the register: what was booked, what is void,
    what still waits, and the lines between of which the book knows nothing.
    """
    kinds = (EntryKind.REDEMPTION, EntryKind.VOID)
    days = (day or date(year, 1, 1), day or date(year, 12, 31))
    query = select(Entry).where(Entry.book == book, Entry.kind.in_(kinds), Entry.occurred_on.between(*days))
    papers = list(session.scalars(select(PaperLine).where(PaperLine.book == book, PaperLine.year == year)))
    keyed: dict[str, set[int]] = {}
    for one in papers:
        keyed.setdefault(one.sheet, set()).add(one.line)
    made = [(place_of(paper_of(entry), keyed), entry) for entry in session.scalars(query)]
    waiting = [one for one in papers if one.number is None and days[0] <= one.day <= days[1]]
    # A paper is looked through where a line of it is shown; the register's own lines have no gap.
    gaps = [(sheet, n) for sheet in dict.fromkeys(place["sheet"] for place, _ in made if not place["n"])
            for n in sorted(set(range(1, max(keyed.get(sheet, ()), default=0))) - keyed.get(sheet, set()))]
    rows = [
        *({**place, **row_of(session, entry)} for place, entry in made if among is None or place["n"] in among),
        *({**place_of(paper, keyed), "entry": paper, "notes": [waits(session, one)]}
          for one in waiting for paper in [paper_number(one.sheet, one.line)]),
        *({**place_of(paper_number(*gap), keyed), "notes": ["not-keyed"]} for gap in gaps),
    ]
    named = households_by_number(session, book, [row["household"] for row in rows if "household" in row])
    for row in rows:
        household = named.get(row.get("household", ""))
        row |= {"name": household.name, "group": household.group} if household else {}
    return rows


def paper_of(entry: Entry) -> str:
    """Return the line that was signed for an entry: of the register, else of the paper it was keyed from."""
    facts = body_of(entry)["facts"]
    return str(facts.get("register", facts.get("paper_number", "")))


def place_of(paper: str, keyed: Iterable[str]) -> Row:
    """Return where a line stands: as the nth of the register, on a paper that was keyed, or nowhere."""
    n, (sheet, _, line) = number_of(paper) or 0, paper.rpartition("-")
    known = n or (sheet in keyed and line.isdecimal())
    return {"n": n, "sheet": sheet if known else "", "line": int(line) if known else 0}


def row_of(session: Session, entry: Entry) -> Row:
    """Return a line as the journal fills it."""
    facts, name = body_of(entry)["facts"], f"{entry.book}-{entry.number}"
    if entry.kind == EntryKind.VOID:
        return {"entry": name, "paper": facts["paper_number"], "notes": ["void"]}
    slip = receipt(session, entry.book, entry.number)
    purses, goods = {line["purse"]: line for line in slip["purses"]}, slip["goods"].rows
    taken = taken_of(session, entry.book, [entry.number])[entry.number]
    back = {"points": taken.pop(chart.POINT, 0), "pieces": taken.total()}
    pieces = sum(line["quantity"] for line in goods)
    notes = {
        "late": slip["late"], "over-limit": "override" in facts, "correction": "corrects" in facts,
        "corrected-since": back["pieces"], "reversed": slip["reversed_by"],
    }
    return {
        "time": None if slip["late"] else slip["recorded_at"], "household": slip["household"], "goods": goods,
        "pieces": pieces, "points": slip["points"], "back": back,
        "support": purses["support"]["spent"], "merit": purses["merit"]["spent"],
        "over": slip["over"],
        "after": sum(line["after"] for line in purses.values()),
        "who": "delivered" if "delivered_by" in facts else "other-person" if "proxy" in facts else "self",
        "collector": slip["notes"].get("proxy"), "entry": name, "paper": slip["paper_number"],
        "stands": slip["reversed_by"] is None and back["pieces"] < pieces,
        "notes": [*(note for note, holds in notes.items() if holds), *facts.get("beyond", [])],
    }


def journal_of(session: Session, book: str, day: date) -> tuple[int, int]:
    """Return the points redeemed on a day by the journal's own postings, and how many of them were undone, whole or by
    corrections of a part.
    """
    of_day = (Entry.book == book, Entry.kind == EntryKind.REDEMPTION, Entry.occurred_on == day)
    numbers = list(session.scalars(select(Entry.number).where(*of_day)))
    spent = dict.fromkeys(numbers, 0)
    legs = (Posting.book == book, Posting.number.in_(numbers), Posting.destination == chart.REDEEMED)
    for number, points in session.execute(select(Posting.number, Posting.quantity).where(*legs)):
        spent[number] += points
    whole, parts = reversed_by(session, book, numbers), taken_of(session, book, numbers)
    undone = sum(spent[number] if number in whole else parts[number][chart.POINT] for number in numbers)
    return sum(spent.values()), undone
