"""Objections read back: one with its line, its words and what is proposed; and those that wait for an answer."""

from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.registers.households import Household
from ledger.registers.objections import Objection, objection_of, objections_to_claw_back, open_objections
from ledger.registers.requests import Request, request_of
from ledger.registers.sheets import SheetLine, sheet_of
from ledger.reports.notice import table_of, words_of
from ledger.terms import EntryKind


def objection_page(session: Session, book: str, sheet: int, n: int) -> dict[str, Any]:
    """Return one objection to a sheet. Raises NotFound."""
    asked = objection_of(session, book, n, sheet=sheet)
    return {
        **told_of(session, asked), "sheet": sheet_of(session, book, sheet),
        "line": session.get_one(SheetLine, (book, sheet, asked.line)),
        "proposed": session.get(Request, (book, asked.request)) if asked.request and asked.status == "open" else None,
    }


def claw_back_objection_page(session: Session, book: str, request: int, n: int) -> dict[str, Any]:
    """Return one objection to a claw-back. Raises NotFound."""
    asked = objection_of(session, book, n, claw_back=request)
    return {**told_of(session, asked), "claw_back": request_of(session, book, request, kind=EntryKind.CLAW_BACK)}


def told_of(session: Session, asked: Objection) -> dict[str, Any]:
    """Return an objection with the household it is about, its words and its answer's."""
    words = words_of(session, asked.book, [asked.number, asked.answered_number])
    return {
        "asked": asked, "household": session.get_one(Household, (asked.book, asked.household)),
        "words": words.get((asked.number, "objection")), "answer": words.get((asked.answered_number, "answer")),
    }


def claw_back_page(session: Session, book: str, request: int) -> dict[str, Any]:
    """Return a claw-back and the objections to it. Raises NotFound."""
    claw_back = request_of(session, book, request, kind=EntryKind.CLAW_BACK)
    found = objections_to_claw_back(session, book, request)
    return {
        "claw_back": claw_back, "said": claw_back.lines(),
        "objections": table_of(session, book, f"claw-back-{request}-objections", found, hidden=("line", "household")),
    }


def objections_waiting(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return the objections to answer with the days left, the most urgent first."""
    return [{"objection": one, "days": (one.due - day).days} for one in open_objections(session, book)]
