"""A list that was read, taken in within one turn: all rows or none. A dry run does the same and takes it all back."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from ledger.db import Database
from ledger.errors import LedgerError, refuse_together
from ledger.imports.reading import Reading, Wrong, read_list, wrong_of
from ledger.operations.lists import take_over, take_rows_in
from ledger.registers.register import in_use
from ledger.registers.sites import Site
from ledger.terms import COUNTY

Rows = list[tuple[int, dict[str, Any]]]
Lines = dict[str, dict[str, Any]]
Told = Callable[[float], None]
AT_A_TIME = 100


class _TakenBack(Exception):
    """A dry run ends here."""


def take_in(
    opened: Database, kind: str, rows: Rows, *, clerk: str, now: datetime, key: str, dry_run: bool,
    tell: Told = lambda part: None,
) -> list[Wrong]:
    """Take the rows in, all or none; return the wrong cells if there are any. A dry run writes nothing."""
    try:
        with opened.writing() as session:
            done, refusals = 0, list[LedgerError]()
            for name, book, lines in parts_of(kind, rows):
                said: dict[str, Any] = {"book": book, "clerk": clerk, "now": now, "key": f"{key}:{name}"}
                try:
                    if kind == "opening":
                        in_use(session, Site, book, at=f"rows.{next(iter(lines))}.book")
                        take_over(session, **said, lines=lines)
                    else:
                        take_rows_in(session, **said, kind=kind, lines=lines)
                except LedgerError as refusal:
                    refusals.append(refusal)
                done += len(lines)
                tell(done / len(rows))
            refuse_together(refusals)
            if dry_run:
                raise _TakenBack
    except _TakenBack:
        pass
    except LedgerError as refusal:
        if refusal.status != 422:
            raise
        return wrong_of(refusal, kind, [number for number, _ in rows])
    return []


def take_file_in(
    opened: Database, kind: str, content: bytes, *, clerk: str, now: datetime, key: str, dry_run: bool,
    tell: Told = lambda part: None,
) -> Reading:
    """Take a file in, all rows or none, and return what it says. Where a row is wrong the others are tried all the
    same, so that every wrong cell is named at once.
    """
    rows, wrong = read_list(kind, content)
    said: dict[str, Any] = {"clerk": clerk, "now": now, "key": key, "tell": tell}
    found = take_in(opened, kind, rows, **said, dry_run=dry_run or bool(wrong)) if rows else []
    return Reading(rows, sorted([*wrong, *found], key=lambda cell: cell.row))


def prices_in(kind: str, rows: Rows) -> int:
    """Return how many prices a list brings; each waits for a second person."""
    return sum(values.get("points") is not None for _, values in rows) if kind == "items" else 0


def parts_of(kind: str, rows: Rows) -> Iterator[tuple[str, str, Lines]]:
    """Yield the parts a list is taken in by, with a name for each and its book: opening balances book by book."""
    numbered = {str(place): values for place, (_, values) in enumerate(rows)}
    if kind == "opening":
        for book in sorted({values["book"] for values in numbered.values()}):
            yield book, book, {place: values for place, values in numbered.items() if values["book"] == book}
        return
    places = list(numbered)
    for start in range(0, len(places), AT_A_TIME):
        yield str(start), COUNTY, {place: numbered[place] for place in places[start : start + AT_A_TIME]}
