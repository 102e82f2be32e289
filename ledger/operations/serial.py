"""The number a paper carries: kind, year, and a gapless count per book (兑-2026-0007)."""

from datetime import date

from sqlmodel import Session

from ledger.journal.serials import next_serial

SIGNS = {
    "donation": "捐", "dispatch": "调", "redemption": "兑", "notice": "示", "count": "盘", "write-off": "损",
    "correction": "更", "handover": "交",
    "purchase": "购",
}
"""The sign of each paper, as it stands on the county's own forms."""


def serial_facts(session: Session, book: str, kind: str, day: date) -> dict[str, str]:
    """Return the next serial of a paper as a fact of its entry; the entry keeps it as kind-year-number."""
    number = next_serial(session, book=book, kind=kind, year=day.year)
    return {"serial": f"{SIGNS[kind]}-{day.year}-{number:04d}"}
