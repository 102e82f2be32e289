"""Households as a list: who they are and what their purses hold."""

from typing import Any

from sqlmodel import Session

from ledger.registers.households import search
from ledger.reports.passbook import purses
from ledger.reports.table import GROUP, HEAD, RETIRED, STATE, Column, Table
from ledger.terms import N_

COLUMNS = (
    Column("number", N_("Household"), "code"),
    GROUP, HEAD,
    Column("card", N_("Card"), "code"),
    STATE,
    Column("support", N_("Support points"), "points"),
    Column("merit", N_("Merit points"), "points"),
    RETIRED,
)


def household_rows(
    session: Session, book: str, words: str = "", *, after: str = "", limit: int = 50
) -> list[dict[str, Any]]:
    """Return households found, with their purses in tenths. Names are whole: who shows them masks what leaves."""
    found = search(session, book, words, after=after, limit=limit)
    held = purses(session, book, [household.number for household in found])
    return [
        {
            "number": household.number, "group": household.group, "name": household.name, "card": household.card,
            "status": household.status, **held[household.number], "retired": household.retired,
            "version": household.version,
        }
        for household in found
    ]


def households(session: Session, book: str, words: str = "", *, after: str = "", limit: int = 50) -> Table:
    """Return households as a table."""
    rows = household_rows(session, book, words, after=after, limit=limit)
    empty = N_("No household found.")
    return Table("households", N_("Households"), COLUMNS, rows, empty)
