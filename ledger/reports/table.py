"""A table as a report returns it: named columns and rows, ready for a page, a CSV file or a sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.terms import N_


@dataclass(frozen=True)
class Column:
    """A column: its lasting name, its heading, and the kind of its values.

    Kinds: text, code, number, points (tenths), money (fen), day, instant, word (to translate), yes (a mark or nothing);
    who, site, donor, item: codes that a page says in words.
    """

    name: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Rows under columns; `name` is the file's name. `empty` says what to do when there are no rows.

    Below the columns named in `sums` a page shows what they come to; a file leaves that to who opens it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Any]]
    empty: str = N_("Nothing here yet.")
    links: Mapping[str, str] = field(default_factory=dict)
    sums: tuple[str, ...] = ()
