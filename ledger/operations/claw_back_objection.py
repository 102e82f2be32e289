"""Objection to a claw-back: taken in from anybody while it waits; no points are taken before there is an answer."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import act, entry_of, post
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.notice import BeforeTheNotice
from ledger.operations.objection import take_in
from ledger.operations.objection_answer import note_answer, open_objection
from ledger.registers.objections import check_not_concerned
from ledger.registers.requests import Request, decide, request_of, waiting_request
from ledger.terms import N_, EntryKind, ObjectionResult


class OwnProposal(LedgerError):
    """Who proposed to take the points back does not answer who objects to it."""

    message = N_("You proposed to take these points back; another person answers the objection.")


@act
def object_to_claw_back(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    request: int,
    way: str,
    words: str,
    occurred_on: date,
    objector: str | None = None,
) -> dict[str, Any]:
    """Take in an objection to a claw-back that is not confirmed yet; it waits from now on."""
    check_day(session, occurred_on, now)
    proposed = waiting_request(session, book, request, kind=EntryKind.CLAW_BACK)
    hung_on = entry_of(session, book, proposed.lines()["notice"]).occurred_on
    if occurred_on < hung_on:
        raise BeforeTheNotice(day=hung_on.isoformat())
    return take_in(
        session, about=about(proposed), book=book, clerk=clerk, now=now, key=key, way=way, words=words,
        occurred_on=occurred_on, objector=objector,
    )


@act
def answer_claw_back_objection(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    request: int,
    objection: int,
    result: str,
    decided_by: str,
    words: str,
    occurred_on: date,
) -> dict[str, Any]:
    """Answer an objection to a claw-back as it was decided: it may be confirmed, or it falls. As for the points
    themselves two hands are enough, so who proposed to take them never answers.
    """
    check_day(session, occurred_on, now)
    asked = open_objection(session, book, objection, claw_back=request)
    proposed = request_of(session, book, request, kind=EntryKind.CLAW_BACK)
    if proposed.asked_by == clerk:
        raise OwnProposal
    check_not_concerned(session, clerk, book, [asked])
    said = {"objection": objection, "result": result, "decided_by": decided_by}
    entry = post(
        session, book=book, kind=EntryKind.OBJECTION_ANSWER, by=clerk, occurred_on=occurred_on, now=now, key=key,
        facts={**about(proposed), **said}, notes={"answer": words},
    )
    note_answer(asked, result, entry.number)
    if result == ObjectionResult.CANCELLED and proposed.status == "waiting":
        decide(proposed, "withdrawn")
    return answer_of(entry, n=objection, status=asked.status)


def about(proposed: Request) -> dict[str, Any]:
    """Return the facts that name a claw-back."""
    said = proposed.lines()
    return {"claw_back": proposed.n, "notice": said["notice"], "household": said["household"]}
