"""Today: what waits for a hand at an outlet, what was redeemed today, and the line that proves the book."""

from datetime import date
from itertools import accumulate
from typing import Any

from sqlmodel import Session

from ledger.registers.requests import waiting_requests
from ledger.registers.sheets import sheets_of
from ledger.reports.journal import Filter, journal_rows
from ledger.reports.proof import points_proof
from ledger.reports.stock import road_rows, stock_rows
from ledger.reports.table import Column, Table
from ledger.terms import N_, EntryKind, SheetStatus

SOON_DAYS = 60
"""How long before best-before a lot is pointed out."""

COLUMNS = (
    Column("number", N_("Entry"), "number"),
    Column("household", N_("Household"), "code"),
    Column("pieces", N_("Pieces"), "number"),
    Column("points", N_("Points"), "points"),
    Column("total", N_("Running total"), "points"),
    Column("by", N_("By")),
)
NOBODY = N_("Nobody has redeemed yet today.")


def today(session: Session, book: str, day: date) -> dict[str, Any]:
    """Return an outlet's first page: waiting work, redemptions of the day with their sum, and the proof line."""
    redemptions, requests = redemptions_of(session, book, day), waiting_requests(session, book)
    return {
        "arrivals": arrivals_waiting(session, book),
        "differences": [one for one in requests if one.kind == EntryKind.ARRIVAL_DIFFERENCE],
        "closings": [one for one in requests if one.kind == EntryKind.CLOSE],
        "sheets": sheets_waiting(session, book, day),
        "expiring": expiring(session, book, day),
        "redemptions": Table("redemptions", N_("Redeemed today"), COLUMNS, redemptions, NOBODY),
        "points": redemptions[-1]["total"] if redemptions else 0,
        "households": len({row["household"] for row in redemptions}),
        "proof": points_proof(session, book),
    }


def redemptions_of(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return the redemptions of a day that stand, with the running total of their points."""
    asked = Filter(kind=EntryKind.REDEMPTION, since=day, until=day)
    rows = [row for row in journal_rows(session, book, asked, limit=1000) if row["reversed_by"] is None]
    totals = accumulate(row["points"] for row in rows)
    return [{**row, "total": total} for row, total in zip(rows, totals, strict=True)]


def arrivals_waiting(session: Session, book: str) -> list[dict[str, Any]]:
    """Return transfer notes not wholly arrived, each with its number of lines on the road."""
    notes: dict[tuple[str, int], dict[str, Any]] = {}
    for line in road_rows(session, to=book):
        note = notes.setdefault(
            (line["from"], line["dispatch"]), {"from": line["from"], "dispatch": line["dispatch"], "lines": 0}
        )
        note["lines"] += 1
    return list(notes.values())


def sheets_waiting(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return sheets that wait for a notice, hang, or may be credited."""
    posted = sheets_of(session, book, status=SheetStatus.ON_NOTICE)
    assessed = sheets_of(session, book, status=SheetStatus.ASSESSED)
    return [
        {"sheet": sheet, "ready": sheet.notice_until is not None and sheet.notice_until < day}
        for sheet in [*posted, *assessed]
    ]


def expiring(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return lots past their best-before or near it, with the days left."""
    lots = [lot for lot in stock_rows(session, book, day) if lot["best_before"] is not None]
    return [
        {**lot, "days": (lot["best_before"] - day).days}
        for lot in sorted(lots, key=lambda lot: lot["best_before"]) if (lot["best_before"] - day).days <= SOON_DAYS
    ]
