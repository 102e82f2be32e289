"""Claw-backs: what is proposed to be taken back, until when its notice hangs, and what became of it."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger.journal import Entry, body_of
from ledger.registers.objections import open_objections
from ledger.registers.requests import Request, waiting_about
from ledger.reports.notice import words_of
from ledger.reports.table import ASKED_BY, ENTRY, HOUSEHOLD, POINTS, PURSE, Column, Table
from ledger.terms import N_, EntryKind

COLUMNS = (
    Column("n", N_("No."), "number"),
    HOUSEHOLD, PURSE, POINTS, ASKED_BY,
    Column("notice", N_("Put on notice by entry"), "number"),
    Column("until", N_("Notice through"), "day"),
    Column("state", N_("State"), "word"),
    Column("taken", N_("Taken back"), "points"),
    ENTRY,
)

STATES = {"waiting": "waits-for-second"}


def claw_backs(session: Session, book: str) -> Table:
    """Return every proposal to take points back, the latest first."""
    query = select(Request).where(Request.book == book, Request.kind == EntryKind.CLAW_BACK)
    rows = [
        {**one.lines(), "n": one.n, "asked_by": one.asked_by, "state": STATES.get(one.status, one.status),
         "number": one.number, "taken": taken_by(session, one)}
        for one in session.scalars(query.order_by(Request.n.desc()))
    ]
    return Table("claw-backs", N_("Points taken back"), COLUMNS, rows, N_("No points have been taken back."))


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
    objected = {one.claw_back for one in open_objections(session, book)}
    return [
        {"request": one, **one.lines(), "objected": one.n in objected,
         "ready": one.lines()["until"] < day.isoformat() and one.n not in objected,
         "reason": words.get((one.lines()["notice"], "reason"))}
        for one in waiting
    ]
