"""Objections read back: one with its line, its words and what is proposed; and those that wait for an answer."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.registers.households import Household
from ledger.registers.objections import objection_of, open_objections
from ledger.registers.requests import Request
from ledger.registers.sheets import SheetLine, sheet_of
from ledger.reports.notice import words_of


def objection_page(session: Session, book: str, sheet: int, n: int) -> dict[str, Any]:
    """Return one objection. Raises NotFound."""
    asked = objection_of(session, book, sheet, n)
    words = words_of(session, book, [asked.number, asked.answered_number])
    return {
        "asked": asked, "sheet": sheet_of(session, book, sheet),
        "line": session.get_one(SheetLine, (book, sheet, asked.line)),
        "household": session.get_one(Household, (book, asked.household)),
        "words": words.get((asked.number, "objection")), "answer": words.get((asked.answered_number, "answer")),
        "proposed": session.get(Request, (book, asked.request)) if asked.request and asked.status == "open" else None,
    }


def objections_waiting(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return the objections to answer with the days left, the most urgent first."""
    return [{"objection": one, "days": (one.due - day).days} for one in open_objections(session, book)]
