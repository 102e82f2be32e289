"""Rows of the journal spoilt by whoever owns the database: all must be found, and the right entry named."""

from collections import Counter
from random import Random, randrange
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ledger.db.guards import take_guards_off
from ledger.db.migrate import owner_engine
from ledger.journal import books
from ledger.reports.checkup import check_whole
from scripts.soaking.spoiling import KEYS, WAYS, Row
from scripts.soaking.story import story_on

Place = tuple[str, int | None]
"""Where something is wrong: a book, and the number of an entry if it is one."""


def rows(store: str, times: int, seed: int | None = None) -> dict[str, Any]:
    """Spoil one thing in a county, so many times; return how often it was not found, or another place was named."""
    figures, dice = Counter(spoilt=0, refused=0, not_found=0, misnamed=0), Random(seed := seed or randrange(10**9))
    with story_on(store) as (_, place):
        engine = owner_engine(place.owner_url) if store == "sqlite" else create_engine(place.owner_url)
        with engine.connect() as connection, Session(connection) as session:
            take_guards_off(connection)
            as_it_was = {table: all_rows(session, table) for table in KEYS}
            assert not found(session), "the county is not right to begin with"
            while figures["spoilt"] < times:
                figures.update(attempt(session, as_it_was, dice))
        engine.dispose()
    return {**figures, "seed": seed}


def all_rows(session: Session, table: str) -> list[Row]:
    """Return the rows of a table as they lie there."""
    return [dict(row) for row in session.execute(text(f"SELECT * FROM {table}")).mappings()]


def found(session: Session) -> set[Place]:
    """Return where the check of all books finds something wrong."""
    session.expire_all()
    looked = check_whole(session, books(session), lambda part: None)
    return {(book, wrong.number) for book, wrong in looked.items() if wrong}


def attempt(session: Session, as_it_was: dict[str, list[Row]], dice: Random) -> dict[str, int]:
    """Spoil one thing and take it back; return what became of it. What the database itself refuses is not counted."""
    table = dice.choice([*KEYS])
    row, other = dice.choice(as_it_was[table]), dice.choice(as_it_was[table])
    point = session.begin_nested()
    try:
        spoilt = dice.choice(WAYS)(session, table, row, other, dice)
        if not spoilt:
            return {}
        heads = {head["code"]: head["number"] for head in as_it_was["book"]}
        named = found(session)
        wrong = bool(named) and not is_right(table, spoilt, heads, named)
        return {"spoilt": 1, "not_found": not named, "misnamed": wrong}
    except DBAPIError:
        return {"refused": 1}
    finally:
        point.rollback()


def is_right(table: str, spoilt: list[Row], heads: dict[str, int], named: set[Place]) -> bool:
    """Tell whether nothing else is named in the books that were spoilt, and in one of them what was spoilt.

    What a row of another book follows from may be named there as well: goods on the road are worked out from both ends.
    """
    accepted: set[Place] = set()
    books_spoilt = {row["code" if table == "book" else "book"] for row in spoilt}
    for book in books_spoilt:
        numbers = {row.get("number", 0) for row in spoilt if row.get("book") == book}
        accepted |= {(book, number) for number in places_in(table, heads.get(book, 0), numbers)}
    mine = {place for place in named if place[0] in books_spoilt}
    return bool(mine) and (table == "book" or mine <= accepted)


def places_in(table: str, last: int, numbers: set[int]) -> set[int | None]:
    """Return what may be named in a book that ends with entry `last`: the first of these that is an entry there."""
    there = sorted(number for number in numbers if 1 <= number <= last)
    if table == "on_the_road":
        return {None, *numbers}
    # Of a number that is none of its entries the book as a whole is named, or the entry that would be next.
    return {there[0]} if there else {None, last + 1}
