"""A file as rows of text: the first sheet of an Excel or WPS workbook, or a text file in whichever encoding."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from ledger.errors import LedgerError
from ledger.terms import N_

MOST_ROWS = 20_000
ENCODINGS = ("utf-8-sig", "gb18030")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a workbook begins: .xlsx is a zip, .xls an OLE file. What it is called does not count."""


class Row(NamedTuple):
    """A row of a file: the number it has in Excel, and its cells as text."""

    number: int
    cells: list[str]


class NotATable(LedgerError):
    """A file is a workbook or a text with separators."""

    message = N_("This file cannot be read. Save it in Excel or WPS as .xlsx, .xls or .csv and choose it again.")
    field = "file"


class TooManyRows(LedgerError):
    """A file is taken in as a whole, so it has an end."""

    message = N_("This file has more than %(most)s rows. Please divide it.")
    field = "file"


def rows_in(content: bytes) -> list[Row]:
    """Return the rows of a file that hold anything, the headings first. Raises NotATable and TooManyRows."""
    cells = workbook_cells(content) if content.startswith(WORKBOOKS) else text_cells(content)
    rows: list[Row] = []
    for number, line in enumerate(cells, start=1):
        if any(line):
            rows.append(Row(number, line))
        if len(rows) > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
    if not rows:
        raise NotATable
    return rows


def workbook_cells(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of a workbook's first sheet."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as fault:
        raise NotATable from fault
    yield from ([cell_text(cell) for cell in line] for line in lines)


def cell_text(cell: Any) -> str:
    """Return what a cell of a workbook shows: 12.0 is 12, 2.3 × 3 is 6.9, and a day is 2026-03-06."""
    if isinstance(cell, float):
        # A computed cell holds 6.8999999999999995; Excel shows no more digits than it has.
        shown = round(cell, 9)
        return str(int(shown) if shown.is_integer() else shown)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def text_cells(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of a text file, separated by tabs, semicolons or commas, whichever its first line has most of."""
    text = decoded(content)
    head = text.partition("\n")[0]
    separator = max("\t;,", key=head.count)
    try:
        for line in csv.reader(io.StringIO(text), delimiter=separator, strict=True):
            yield [cell.strip() for cell in line]
    except csv.Error as fault:
        raise NotATable from fault


def decoded(content: bytes) -> str:
    """Return a text file's text: UTF-8 with or without a byte-order mark, else the GB18030 of Chinese Windows."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATable
