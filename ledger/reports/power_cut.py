"""What an outlet serves from when there is no power: what each household holds, and what goods cost."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.registers.households import search
from ledger.registers.limits import limits_on
from ledger.reports.passbook import purses
from ledger.reports.stock import shelf
from ledger.terms import HouseholdStatus

ON_A_PAGE = 26
"""Households on one page of the balance list, so that its pages are counted before it is printed and sealed."""


def balance_pages(session: Session, book: str) -> list[list[dict[str, Any]]]:
    """Return the households that may be served with what they hold, by group, a page at a time."""
    found = [
        one for one in search(session, book, limit=100_000, retired=False) if one.status == HouseholdStatus.ACTIVE
    ]
    held = purses(session, book, [one.number for one in found])
    rows = [
        {"number": one.number, "name": one.name, "group": one.group, "card": one.card[-4:], **held[one.number],
         "total": sum(held[one.number].values())}
        for one in sorted(found, key=lambda one: (one.group, one.number))
    ]
    return [rows[start : start + ON_A_PAGE] for start in range(0, len(rows), ON_A_PAGE)]


def price_list(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return what can be handed out: its price, how many lie there, and how many one household may have."""
    limits: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (item, per), most in limits_on(session, book, day).items():
        limits[item].append({"per": per, "most": most})
    return [{**row, "limits": limits[row["item"]]} for row in shelf(session, book, day)]
