"""A list read from a file: each row through its form; every wrong cell is named by row and column."""

import re
from typing import Any, NamedTuple

from marshmallow import ValidationError

from ledger.errors import LedgerError
from ledger.imports.lists import LISTS, List
from ledger.imports.sheet import Row, rows_in
from ledger.terms import N_, Sentence
from schemas.fields import Tenths, WholeNumber, plain

NUMBERS = (WholeNumber, Tenths)
THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


class Wrong(NamedTuple):
    """A cell that cannot be taken in: row number as Excel shows it, heading of the column, and why."""

    row: int
    heading: str
    sentence: Any


class Reading(NamedTuple):
    """What a file says: each good row's values with the number of its row, and what is wrong."""

    rows: list[tuple[int, dict[str, Any]]]
    wrong: list[Wrong]


def read_list(kind: str, content: bytes) -> Reading:
    """Read a file as a list of one kind. Raises NotATable and TooManyRows."""
    wanted = LISTS[kind]
    head, *lines = rows_in(content)
    names, wrong = headings(wanted, head)
    if wrong:
        return Reading([], wrong)
    rows: list[tuple[int, dict[str, Any]]] = []
    for line in lines:
        values, faults = read_row(wanted, names, line)
        wrong += faults
        if not faults:
            rows.append((line.number, values))
    if not rows and not wrong:
        wrong.append(Wrong(head.number, "", Sentence(N_("There is no row beneath the headings."))))
    return Reading(rows, wrong)


def headings(wanted: List, head: Row) -> tuple[list[str | None], list[Wrong]]:
    """Return the field of each column, and what is wrong with the headings."""
    names = [wanted.field_of(cell) for cell in head.cells]
    wrong = []
    for cell, name in zip(head.cells, names, strict=True):
        if cell and name is None:
            wrong.append(Wrong(head.number, cell, unknown(cell, wanted)))
        elif name is not None and names.count(name) > 1:
            wrong.append(Wrong(head.number, cell, Sentence(N_("This column is there twice."))))
    required = [name for name, field in wanted.form().fields.items() if field.required]
    for name in required:
        if name not in names:
            wrong.append(Wrong(head.number, wanted.columns[name], Sentence(N_("This column is missing."))))
    return names, wrong


def unknown(heading: str, wanted: List) -> Sentence:
    """Return why a column is not taken; a column of ID numbers is refused by its name."""
    if "身份证" in heading or "idcard" in heading.lower().replace(" ", ""):
        return Sentence(N_("Whole ID numbers are not kept here. Take this column out; the last four signs are enough."))
    known = "、".join(wanted.columns.values())
    return Sentence(N_("Nobody knows this column. These are known: %(known)s."), {"known": known})


def read_row(wanted: List, names: list[str | None], line: Row) -> tuple[dict[str, Any], list[Wrong]]:
    """Return the values of a row and its wrong cells."""
    cells = {name: cell for name, cell in zip(names, line.cells, strict=False) if name and cell}
    form = wanted.form()
    typed = {name: wanted.words.get(name, {}).get(cell, cell) for name, cell in cells.items()}
    typed |= {name: number(cell) for name, cell in typed.items() if isinstance(form.fields.get(name), NUMBERS)}
    try:
        return dict(form.load(typed)), []
    except ValidationError as fault:
        return {}, [
            Wrong(line.number, wanted.columns.get(name, name), sentence)
            for name, sentences in fault.messages_dict.items() for sentence in sentences
        ]


def number(cell: str) -> str:
    """Return a number without the commas between its thousands: 1,250.00 is 1250.00. Other commas stay."""
    text = plain(cell)
    return text.replace(",", "") if THOUSANDS.fullmatch(text) else cell


def wrong_of(refusal: LedgerError, kind: str, numbers: list[int]) -> list[Wrong]:
    """Return what an act refused, by row and column: it names its fields rows.4.card."""
    columns, wrong = LISTS[kind].columns, []
    for at, message, values in refusal.sentences():
        _, _, place = (at or "").partition("rows.")
        line, _, name = place.partition(".")
        row = numbers[int(line)] if line.isdigit() else 0
        wrong.append(Wrong(row, columns.get(name, ""), Sentence(message, values)))
    return wrong
