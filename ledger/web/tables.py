"""Tables on pages: each can be had as a file too."""

import re
from dataclasses import replace
from typing import Any

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from ledger.exports.csvfile import csv_lines
from ledger.reports.table import Table
from ledger.web.words import say

FILE_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


def wants_csv() -> bool:
    """Tell whether the address asks for the table as a file."""
    return request.args.get("format") == "csv"


def as_csv(table: Table, *, prefix: str = "") -> Response:
    """Return a table as a CSV file that Excel and WPS open with Chinese intact."""
    name = FILE_NAME.sub("-", f"{prefix}-{table.name}".strip("-"))
    lines = stream_with_context(csv_lines(table, say))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(lines, mimetype="text/csv", headers=headers)


def table_page(template: str, table: Table, *, prefix: str = "", **more: Any) -> ResponseReturnValue:
    """Show a page whose main content is one table, or that table as a file."""
    if wants_csv():
        return as_csv(table, prefix=prefix)
    return render_template(template, table=table, **more)


def first_page(table: Table, size: int) -> tuple[Table, Any]:
    """Return the rows that fit on a page, and the last of them if the table was asked for more and has more."""
    rows = list(table.rows)
    return replace(table, rows=rows[:size]), rows[size - 1] if len(rows) > size else None


def page_number(name: str, default: int = 0) -> int:
    """Return a whole number asked for in the address, or the usual one."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else default
