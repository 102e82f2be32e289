"""The redemption register 兑换登记表: its pages as they will be signed, and as the journal fills them."""

from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, groupby
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
from ledger.reports.table import Column
from ledger.terms import N_, EntryKind

COLUMNS = (
    Column("line", N_("Line"), "number"),
    Column("time", N_("Time"), "instant"),
    Column("household", N_("Household no."), "code"),
    Column("name", N_("Head")),
    Column("group", N_("Group"), "number"),
    Column("goods", N_("Goods, size, number")),
    Column("pieces", N_("Pieces"), "number"),
    Column("used", N_("Points, support / merit")),
    Column("after", N_("Balance after"), "points"),
    Column("who", N_("Collected by")),
    Column("collector", N_("Name, relation")),
    Column("sign", N_("Signature or thumb print")),
    Column("entry", N_("Entry / paper no.")),
    Column("note", N_("Note")),
)
"""In the order of the print. No ID number: who signs is known by face, and the paper hangs open on the counter."""

Row = dict[str, Any]


@dataclass
class RegisterPage:
    """One page: its place, its rows, and what its redemptions come to that stand."""

    volume: int | None
    page: int | None
    rows: list[Row] = field(default_factory=list)
    total: int = 0

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
    first = last // LINES * LINES + 1
    return [
        page_at(start, [{"line": line_of(n).line, "used": n <= last} for n in range(start, start + LINES)])
        for start in range(first, first + pages * LINES, LINES)
    ]


def page_at(n: int, rows: list[Row]) -> RegisterPage:
    """Return the page on which the nth redemption stands, with these rows."""
    volume, page, _ = line_of(n)
    return RegisterPage(volume, page, rows)


def filled_day(session: Session, book: str, day: date) -> tuple[list[RegisterPage], dict[str, int]]:
    """Return the pages of one day with the lines of that day, and the sums that must agree with the journal."""
    entries = col(Entry.occurred_on) == day
    rows = rows_of(session, book, entries, col(PaperLine.day) == day)
    pages = [
        RegisterPage(*place, rows=list(some))
        for place, some in groupby(rows, key=lambda row: (row["volume"], row["page"]))
    ]
    booked, undone = journal_of(session, book, day)
    listed = sum(page.points for page in with_totals(pages))
    return pages, {"booked": booked, "undone": undone, "listed": listed, "difference": booked - undone - listed}


def filled_pages(
    session: Session, book: str, year: int, volume: int, page: int, pages: int
) -> list[RegisterPage]:
    """Return whole pages of a year as they stand, each with all its lines."""
    in_year = col(Entry.occurred_on).between(date(year, 1, 1), date(year, 12, 31))
    first = lines_of(volume, page)[0]
    asked = range(first, first + pages * LINES)
    rows = {row["n"]: row for row in rows_of(session, book, in_year, col(PaperLine.year) == year, asked)}
    return with_totals([
        page_at(start, [rows.get(n, {"line": line_of(n).line}) for n in range(start, start + LINES)])
        for start in asked[::LINES]
    ])


def with_totals(pages: list[RegisterPage]) -> list[RegisterPage]:
    """Give each page the total of all pages through it."""
    for page, total in zip(pages, accumulate(page.points for page in pages), strict=True):
        page.total = total
    return pages


def rows_of(
    session: Session, book: str, entries: Any, papers: Any, asked: range = range(1, 10**9)
) -> list[Row]:
    """Return the lines of the register by their numbers: what was booked, what is void, and what still waits."""
    kinds = (EntryKind.REDEMPTION, EntryKind.VOID)
    query = select(Entry).where(col(Entry.book) == book, col(Entry.kind).in_(kinds), entries)
    rows = []
    for entry in session.scalars(query.order_by(col(Entry.number))):
        facts = body_of(entry)["facts"]
        n = int(facts["serial"].rsplit("-", 1)[1]) if "serial" in facts else 0
        if n in asked or not n and asked.stop == 10**9:
            said = voided(entry, facts) if entry.kind == EntryKind.VOID else booked(session, entry)
            rows.append({**placed(n), **said})
    waiting = select(PaperLine).where(col(PaperLine.book) == book, papers, col(PaperLine.number).is_(None))
    for line in session.scalars(waiting):
        n = int(line.serial.rsplit("-", 1)[1])
        if n in asked:
            number = paper_number(line.sheet, line.line)
            rows.append({**placed(n), "entry": number, "notes": [waits(session, line)]})
    named = households_by_number(session, book, [row["household"] for row in rows if "household" in row])
    for row in rows:
        if household := named.get(row.get("household", "")):
            row.update(name=household.name, group=household.group)
    return sorted(rows, key=lambda row: row["n"] or 10**9)


def placed(n: int) -> Row:
    """Return where the nth redemption of a year stands; one of a time before the register has no line."""
    volume, page, line = line_of(n) if n else (None, None, None)
    return {"n": n, "volume": volume, "page": page, "line": line, "notes": []}


def voided(entry: Entry, facts: Row) -> Row:
    """Return a line that was spoilt."""
    return {"entry": f"{entry.book}-{entry.number}", "paper": facts.get("paper_number"), "notes": ["void"]}


def booked(session: Session, entry: Entry) -> Row:
    """Return a line as the journal fills it."""
    slip = receipt(session, entry.book, entry.number)
    facts, goods, purses = slip["facts"], slip["goods"].rows, {line["purse"]: line for line in slip["purses"]}
    notes = {
        "late": slip["late"], "over-limit": "override" in facts, "correction": "corrects" in facts,
        "corrected-since": bool(taken_back(session, entry.book, entry.number)),
        "reversed": slip["reversed_by"] is not None,
    }
    return {
        "time": None if slip["late"] else slip["recorded_at"], "household": slip["household"],
        "goods": [(line["name"], line["spec"], line["unit"], line["quantity"]) for line in goods],
        "pieces": sum(line["quantity"] for line in goods), "points": slip["points"],
        "support": purses["support"]["spent"], "merit": purses["merit"]["spent"],
        "over": slip["points"] - sum(line["spent"] for line in purses.values()),
        "after": sum(line["after"] for line in purses.values()),
        "who": "delivered" if "delivered_by" in facts else "other-person" if "proxy" in facts else "self",
        "collector": slip["notes"].get("proxy"), "entry": f"{entry.book}-{entry.number}",
        "paper": slip["paper_number"], "stands": slip["reversed_by"] is None,
        "notes": [*(name for name, holds in notes.items() if holds), *facts.get("beyond", [])],
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

