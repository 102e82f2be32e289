"""Paper days: what became of each line of the papers of a day."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.registers.paper_lines import PaperLine, lines_keyed, reversed_whole, waits
from ledger.registers.requests import Request
from ledger.registers.signing import line_of_serial
from ledger.reports.journal import entry_page
from ledger.reports.table import Column, Table
from ledger.terms import N_

COLUMNS = (
    Column("sheet", N_("Paper no.")),
    Column("line", N_("Line"), "number"),
    Column("register", N_("Register line")),
    Column("state", N_("State"), "word"),
    Column("household", N_("Household"), "code"),
    Column("points", N_("Points"), "points"),
    Column("number", N_("Entry"), "number"),
    Column("request", N_("Request"), "number"),
)


def paper_day(session: Session, book: str, day: date) -> Table:
    """Return the lines of a day's papers: booked, void, reversed, or waiting for a second person."""
    rows = [row_of(session, line) for line in lines_keyed(session, book, day)]
    return Table("paper-day", N_("Papers of the day"), COLUMNS, rows, N_("Nothing has been keyed for this day."))


def row_of(session: Session, line: PaperLine) -> dict[str, Any]:
    """Return one line and what became of it."""
    row = {"sheet": line.sheet, "line": line.line, "register": "-".join(map(str, line_of_serial(line.serial))),
           "serial": line.serial, "number": line.number, "request": line.request}
    if line.number is None:
        asked = session.get_one(Request, (line.book, line.request))
        return {**row, "state": waits(session, line), "household": asked.lines()["household"], "points": None}
    entry = entry_page(session, line.book, line.number)
    undone = line.number in reversed_whole(session, line.book, [line.number])
    return {**row, "state": "reversal" if undone else entry["kind"], "household": entry["household"],
            "points": entry["points"]}
