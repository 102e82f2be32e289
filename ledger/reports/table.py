"""A table as a report returns it: named columns and rows, ready for a page, a CSV file or a sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.terms import N_


@dataclass(frozen=True)
class Column:
    """A column: its lasting name, its heading, and the kind of its values.

    Kinds: text, code, number, points (tenths), money (fen), day, instant, word (to translate), yes (a mark or nothing).
    """

    name: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Rows under columns; `name` is the file's name. `empty` says what to do when there are no rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Any]]
    empty: str = N_("Nothing here yet.")
    links: Mapping[str, str] = field(default_factory=dict)
