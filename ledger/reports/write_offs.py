"""Goods set aside: what may be proposed, what has been, and what became of it."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger import chart
from ledger.journal import body_of, entries_of
from ledger.registers.lots import lots_by_code
from ledger.registers.requests import Request, missing_of, request_of, spoken_for
from ledger.reports.counts import told
from ledger.reports.journal import entry_page
from ledger.reports.stock import stock_rows
from ledger.reports.table import DAY, PIECES, SERIAL, STATE, Column, Table
from ledger.terms import N_, EntryKind

COLUMNS = (
    SERIAL, DAY,
    Column("reason", N_("Reason"), "word"),
    PIECES,
    Column("by", N_("Proposed by"), "who"),
    STATE,
    Column("number", N_("Decided by entry"), "number"),
)


def write_offs(session: Session, book: str) -> Table:
    """Return every proposal of a book to write goods off, the latest first."""
    asked = select(Request).where(Request.book == book, Request.kind == EntryKind.WRITE_OFF)
    requests = {request.n: request for request in session.scalars(asked)}
    rows = []
    for entry in entries_of(session, book, kind=EntryKind.SET_ASIDE):
        facts = body_of(entry)["facts"]
        request = requests.get(facts.get("request", 0))
        if request is not None:
            rows.append({
                "n": request.n, "serial": facts["serial"], "occurred_on": entry.occurred_on, "by": entry.by,
                "reason": facts["reason"], "status": told(request.status), "number": request.number,
                "pieces": sum(line["quantity"] for line in request.lines()["lines"]),
            })
    empty = N_("Nothing has been set aside yet.")
    return Table("write-offs", N_("Goods set aside and written off"), COLUMNS, rows[::-1], empty)


def write_off(session: Session, book: str, n: int) -> dict[str, Any]:
    """Return one proposal with its goods, its words, and the entry that decided it. Raises NotFound."""
    request = request_of(session, book, n, kind=EntryKind.WRITE_OFF)
    said = request.lines()
    lots = lots_by_code(session, [line["lot"] for line in said["lines"]])
    decided = entry_page(session, book, request.number) if request.number else None
    missing = missing_of(session, book, said["lines"]) if request.status == "waiting" else []
    if decided:
        missing = decided["facts"].get("missing", [])
    return {
        "n": n, "request_status": request.status, "reason": said["reason"],
        "lines": [
            {**line, "quantity": many, "missing": gone, "each": lot.unit_value_fen, "value": lot.value_of(many)}
            for line, gone in zip(said["lines"], missing or [0] * len(said["lines"]), strict=True)
            for lot, many in [(lots[line["lot"]], line["quantity"] - gone)]
        ],
        "asked": entry_page(session, book, said["number"]),
        "decided": decided,
    }


def to_write_off(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return what may be proposed: each lot on the shelf, and what is set aside without a proposal."""
    named, found = spoken_for(session, book), []
    for account in (chart.STOCK, chart.SET_ASIDE):
        for row in stock_rows(session, book, day, account=account):
            left = row["quantity"] - named[account, row["item"], row["lot"]]
            found += [{**row, "account": account, "quantity": left}] if left > 0 else []
    return found
