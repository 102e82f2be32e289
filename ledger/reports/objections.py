"""Objections and claw-backs read back: each with its words and what came of it, and those that wait for somebody."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger.journal import Entry, body_of
from ledger.registers.households import Household
from ledger.registers.objections import Objection, objection_of, objections_to_claw_back, open_objections
from ledger.registers.requests import Request, request_of, waiting_about
from ledger.registers.sheets import SheetLine, sheet_of
from ledger.reports.counts import told
from ledger.reports.notice import table_of, words_of
from ledger.reports.table import ASKED_BY, ENTRY, HOUSEHOLD, POINTS, PURSE, Column, Table
from ledger.terms import N_, EntryKind

CLAW_BACK_COLUMNS = (
    Column("n", N_("No."), "number"),
    HOUSEHOLD, PURSE, POINTS, ASKED_BY,
    Column("notice", N_("Put on notice by entry"), "number"),
    Column("until", N_("Notice through"), "day"),
    Column("state", N_("State"), "word"),
    Column("taken", N_("Taken back"), "points"),
    ENTRY,
)


def objection_page(session: Session, book: str, sheet: int, n: int) -> dict[str, Any]:
    """Return one objection to a sheet. Raises NotFound."""
    asked = objection_of(session, book, n, sheet=sheet)
    return {
        **told_of(session, asked), "sheet": sheet_of(session, book, sheet),
        "line": session.get(SheetLine, (book, sheet, asked.line)),
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


def claw_backs(session: Session, book: str) -> Table:
    """Return every proposal to take points back, the latest first."""
    query = select(Request).where(Request.book == book, Request.kind == EntryKind.CLAW_BACK)
    rows = [
        {**one.lines(), "n": one.n, "asked_by": one.asked_by, "state": told(one.status),
         "number": one.number, "taken": taken_by(session, one)}
        for one in session.scalars(query.order_by(Request.n.desc()))
    ]
    return Table("claw-backs", N_("Points taken back"), CLAW_BACK_COLUMNS, rows, N_("No points have been taken back."))


def taken_by(session: Session, proposed: Request) -> int | None:
    """Return how many points a confirmed proposal took: what the purse held."""
    if proposed.number is None:
        return None
    facts = body_of(session.get_one(Entry, (proposed.book, proposed.number)))["facts"]
    return int(facts["points"] - facts["rest"])


def claw_backs_waiting(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return the proposals that wait, each with whether its notice has run and whether an objection has no answer."""
    waiting = waiting_about(session, book, EntryKind.CLAW_BACK)
    words = words_of(session, book, [one.lines()["notice"] for one in waiting])
    objected = {one.claw_back for one in open_objections(session, book)} if waiting else set()
    return [
        {"request": one, **one.lines(), "objected": one.n in objected,
         "ready": one.lines()["until"] < day.isoformat() and one.n not in objected,
         "reason": words.get((one.lines()["notice"], "reason"))}
        for one in waiting
    ]
