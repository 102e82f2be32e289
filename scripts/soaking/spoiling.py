"""Ways to spoil one row of a table behind the program's back; each returns the rows that are wrong then."""

from random import Random
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

Row = dict[str, Any]
KEYS = {
    "entry": ("book", "number"), "posting": ("book", "number", "line"), "note": ("book", "number", "name"),
    "on_the_road": ("book", "number", "line"), "balance": ("book", "account", "commodity", "lot"), "book": ("code",),
}
BELONGING = ("posting", "note", "on_the_road")
"""What goes with an entry that is taken out."""

WITHOUT_MEANING = {("on_the_road", "line")}
"""The order of the lines of a dispatch says nothing about goods."""

LETTERS = "0123456789abcdef-:xyzLX"


def change(session: Session, table: str, row: Row, _other: Row, dice: Random) -> list[Row]:
    """Change one value."""
    column = dice.choice([*row])
    changed = {**row, column: another(row[column], dice)}
    if changed == row or (table, column) in WITHOUT_MEANING:
        return []
    write(session, table, row, changed, [column])
    return [row, changed]


def swap(session: Session, table: str, row: Row, other: Row, dice: Random) -> list[Row]:
    """Let two rows change places in one column."""
    column = dice.choice([*row])
    if row[column] == other[column] or column in KEYS[table]:
        return []
    write(session, table, row, {**row, column: other[column]}, [column])
    write(session, table, other, {**other, column: row[column]}, [column])
    return [row, other]


def take_out(session: Session, table: str, row: Row, _other: Row, dice: Random) -> list[Row]:
    """Take a row out, an entry with all that belongs to it."""
    if table == "entry":
        for belonging in BELONGING:
            say(session, f"DELETE FROM {belonging} WHERE book = :book AND number = :number", row)
    say(session, f"DELETE FROM {table} WHERE {which(table)}", row)
    return [row]


def add(session: Session, table: str, row: Row, _other: Row, dice: Random) -> list[Row]:
    """Add a row that looks like another."""
    column = dice.choice(KEYS[table])
    more = {**row, column: another(row[column], dice)}
    if table == "entry":
        more["key"] = another(row["key"], dice)
    names = ", ".join(f'"{name}"' for name in more)
    say(session, f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in more)})", more)
    return [more]


WAYS = (change, swap, take_out, add)


def another(value: Any, dice: Random) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, int):
        return value + dice.choice((-2, -1, 1, 2, 1_000))
    if isinstance(value, bytes):
        place = dice.randrange(len(value))
        return value[:place] + bytes([value[place] ^ (1 << dice.randrange(8))]) + value[place + 1 :]
    if value is None:
        return 1
    place = dice.randrange(len(value) + 1)
    return value[:place] + dice.choice(LETTERS) + value[place + dice.randrange(2) :]


def write(session: Session, table: str, row: Row, changed: Row, columns: list[str]) -> None:
    """Write some columns of one row anew."""
    values = ", ".join(f'"{column}" = :new_{column}' for column in columns)
    new = {f"new_{column}": changed[column] for column in columns}
    say(session, f"UPDATE {table} SET {values} WHERE {which(table)}", {**row, **new})


def which(table: str) -> str:
    """Return the condition that picks one row by its key."""
    return " AND ".join(f'"{column}" = :{column}' for column in KEYS[table])


def say(session: Session, statement: str, values: Row) -> None:
    """Say a statement behind the program's back."""
    session.connection().execute(text(statement), values)
