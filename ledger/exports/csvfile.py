"""A table as a CSV file that Excel and WPS open with Chinese intact and run nothing of."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ledger.reports.table import Column, Table
from ledger.terms import N_

Say = Callable[[str], str]

BYTE_ORDER_MARK = "\ufeff"
"""Without it a Chinese Excel reads the file as GBK and shows garbage."""

# Source: OWASP, "CSV Injection". Chinese keyboards send the full-width signs; some spreadsheets take them for plain.
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")


class Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def csv_lines(table: Table, say: Say) -> Iterator[str]:
    """Yield a table as CSV text, line by line; `say` translates headings and terms."""
    writer = csv.writer(Echo(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK
    yield writer.writerow([harmless(heading(column, say)) for column in table.columns])
    for row in table.rows:
        yield writer.writerow([cell(column, row.get(column.name), say) for column in table.columns])


def heading(column: Column, say: Say) -> str:
    """Return the heading of a column; of instants it tells the zone, since pages show the county's own time."""
    return f"{say(column.label)} (UTC)" if column.kind == "instant" else say(column.label)


def cell(column: Column, value: Any, say: Say) -> str:
    """Return a value as it is written under a column; nothing is written for nothing."""
    if value is None:
        return ""
    if column.kind == "word":
        return harmless(say(str(value)))
    if column.kind == "yes":
        return harmless(say(N_("yes"))) if value else ""
    return WAYS.get(column.kind, text)(value)


def text(value: Any) -> str:
    """Write words and codes as they are; numbers among them stay numbers."""
    return harmless(value) if isinstance(value, str) else str(value)


def harmless(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA_SIGNS) else words


def instant(value: datetime) -> str:
    """Write an instant in UTC, with Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


WAYS: dict[str, Callable[[Any], str]] = {
    "points": lambda tenths: str(Decimal(tenths).scaleb(-1)),
    "money": lambda fen: str(Decimal(fen).scaleb(-2)),
    "day": lambda day: day.isoformat() if isinstance(day, date) else text(day),
    "instant": instant,
}
