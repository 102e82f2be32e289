"""Tables on pages: each can be had as a file too. Who reads it elsewhere, or takes it along, sees masks for names."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, g, render_template, request, stream_with_context
from marshmallow import ValidationError

from ledger.exports.csvfile import csv_lines
from ledger.reports.table import Table
from ledger.web.seeing import hidden, sees_names
from ledger.web.words import say
from schemas.fields import Day

FILE_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
PERSONAL = ("name", "id_tail", "phone", "card", "evidence")


def wants_csv() -> bool:
    """Tell whether the address asks for the table as a file."""
    return request.args.get("format") == "csv"


def seen_table(table: Table, personal: tuple[str, ...] = PERSONAL) -> Table:
    """Return a table with its personal columns masked, if it leaves as a file or the reader is not of the outlet."""
    if sees_names() and not wants_csv():
        return table
    rows = [
        {name: hidden(name, value) if name in personal and value else value for name, value in row.items()}
        for row in table.rows
    ]
    return replace(table, rows=rows)


def as_csv(table: Table, *, of: Any = "") -> Response:
    """Return a table as a CSV file that Excel and WPS open with Chinese intact; its name says whose book it is from,
    and `of` what.
    """
    parts = (g.site.code if g.site else "", str(of), table.name)
    name = FILE_NAME.sub("-", "-".join(filter(None, parts)).strip("-"))
    lines = stream_with_context(csv_lines(table, say))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(lines, mimetype="text/csv", headers=headers)


def table_page(template: str, table: Table, *, of: Any = "", **more: Any) -> str | Response:
    """Show a page whose main content is one table, or that table as a file."""
    if wants_csv():
        return as_csv(table, of=of)
    return render_template(template, table=table, **more)


def paged(template: str, table: Table, *, size: int, by: str, of: Any = "", **more: Any) -> str | Response:
    """Show the rows of a table that fit on a page, with the value of the column `by` behind which the `older` ones
    begin if there are more; or all of them as a file.
    """
    if wants_csv():
        return as_csv(table, of=of)
    rows = list(table.rows)
    older = rows[size - 1][by] if len(rows) > size else None
    return render_template(template, table=replace(table, rows=rows[:size]), older=older, **more)


def day_asked_for(name: str) -> date | None:
    """Return a day asked for in the address, if it is one."""
    return day_in(request.args.get(name, ""))


def day_in(text: str) -> date | None:
    """Return the day typed, if it is one."""
    try:
        day: date = Day().deserialize(text)
    except ValidationError:
        return None
    return day


def page_number(name: str, default: int = 0) -> int:
    """Return a whole number asked for in the address, or the usual one."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else default
