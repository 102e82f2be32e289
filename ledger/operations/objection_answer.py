"""Answer to an objection: the line goes on, is struck, or is put right and hangs again on a sheet of its own; what is
missing on a sheet is noted on another, or not.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, NotFound
from ledger.journal import act, county_day, post
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day
from ledger.operations.objection import let_line_go_on
from ledger.operations.rehearsal import rehearse
from ledger.operations.sheet import draw_up
from ledger.registers.objections import Objection, check_not_concerned, objection_of, scorers_of
from ledger.registers.requests import Request, ask, decide, for_second_hand
from ledger.registers.sheets import Sheet, SheetLine, ruled_on, sheet_of
from ledger.terms import N_, EntryKind, LineStatus, ObjectionResult


class AnsweredAlready(LedgerError):
    """An objection is answered once."""

    message = N_("Objection %(n)s has been answered already.")


class PointsWithoutCorrection(LedgerError):
    """Points are told only of a line that is put right; an answer never passes over what was typed."""

    message = N_("Leave the points empty, or choose that the line is put right.")
    field = "points"


class NoPointsToCorrect(LedgerError):
    """Who puts a line right says how."""

    message = N_("Enter the points the line should have; they must differ from the %(points)s on the board.")
    field = "points"


class PutRightAlready(LedgerError):
    """A line is put right or struck once."""

    message = N_("Line %(line)s was put right or struck by an earlier answer; it cannot be corrected once more.")
    field = "result"


class NotThisResult(LedgerError):
    """What is not there can be neither struck nor put right, and what is there is not noted elsewhere."""

    message = N_(
        "What is missing on the sheet stands as it is or is noted on another sheet; a line stands, is struck or is put "
        "right."
    )
    field = "result"


ON_A_LINE = (ObjectionResult.CORRECTED, ObjectionResult.CANCELLED)
MISSING = (ObjectionResult.ON_ANOTHER_SHEET,)
"""What, beside that it stands, may be answered about a line, and about what is not on the sheet."""


@act
def answer_objection(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    sheet: int,
    objection: int,
    result: str,
    decided_by: str,
    words: str,
    occurred_on: date,
    points: int | None = None,
) -> dict[str, Any]:
    """Answer an objection as the supervisor or the committee decided. From who scored the line it is a proposal, which
    the town checks; a later proposal takes the place of one that waits.
    """
    check_day(session, occurred_on, now)
    asked = open_objection(session, book, objection, sheet=sheet)
    check_not_concerned(session, clerk, book, [asked])
    check_result(session, asked, result, points)
    said: dict[str, Any] = {"result": result, "decided_by": decided_by}
    said |= {"points": points} if result == ObjectionResult.CORRECTED else {}
    if asked.request is not None:
        decide(session.get_one(Request, (book, asked.request)), "withdrawn")
        asked.request = None
    given: dict[str, Any] = {"words": words, "by": clerk, "day": occurred_on, "now": now, "key": key}
    if clerk in scorers_of(session, book, sheet, asked.line or None):
        rehearse(session, lambda: book_answer(session, asked, said, **given))
        request = ask(
            session, book=book, kind=EntryKind.OBJECTION_ANSWER, by=clerk, now=now, asked=said, reason=words
        )
        asked.request = request.n
        return {"book": book, "n": objection, "request": request.n, "status": request.status}
    return book_answer(session, asked, said, **given)


@act
def confirm_answer(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, sheet: int, objection: int
) -> dict[str, Any]:
    """Give the answer as it was proposed by who scored the line, once the town has checked it."""
    asked = open_objection(session, book, objection, sheet=sheet)
    if asked.request is None:
        raise NotFound(what=Request.word)
    proposed = for_second_hand(session, book, asked.request, kind=EntryKind.OBJECTION_ANSWER, by=clerk)
    check_not_concerned(session, clerk, book, [asked])
    said = {**proposed.lines(), "request": proposed.n, "asked_by": proposed.asked_by}
    answer = book_answer(
        session, asked, said, words=proposed.reason, by=clerk, day=county_day(session, now), now=now, key=key
    )
    decide(proposed, "confirmed", answer["number"])
    return answer


def open_objection(session: Session, book: str, n: int, **to: int) -> Objection:
    """Return an objection to a sheet or a claw-back that waits for its answer. Raises NotFound and AnsweredAlready."""
    asked = objection_of(session, book, n, **to)
    if asked.status != "open":
        raise AnsweredAlready(n=n)
    return asked


def check_result(session: Session, asked: Objection, result: str, points: int | None) -> None:
    """Refuse a result that does not fit what is objected to, a correction that does not say to what, a second one of
    the same line, and points where none is made.
    """
    if result not in (ObjectionResult.NOT_UPHELD, *(ON_A_LINE if asked.line else MISSING)):
        raise NotThisResult
    if result == ObjectionResult.CORRECTED:
        against = line_of(session, asked)
        if against.status != LineStatus.WAITING:
            raise PutRightAlready(line=asked.line)
        if points in (None, against.points_tenths):
            raise NoPointsToCorrect(points=against.points_tenths / 10)
    elif points is not None:
        raise PointsWithoutCorrection


def line_of(session: Session, asked: Objection) -> SheetLine:
    """Return the line an objection is to."""
    return session.get_one(SheetLine, (asked.book, asked.sheet, asked.line))


def book_answer(
    session: Session, asked: Objection, said: dict[str, Any], *, words: str, by: str, day: date, now: datetime, key: str
) -> dict[str, Any]:
    """Post the answer and let it work on the line; what is put right is drawn up on a sheet of its own."""
    if said["result"] in ON_A_LINE:
        line_of(session, asked).status = LineStatus.WITHDRAWN
    if said["result"] == ObjectionResult.CORRECTED:
        right = draw_right(session, line_of(session, asked), said["points"], by, day, now, key)
        # Who proposed to put it right scored it; who confirmed that has only checked it.
        right.drawn_by = said.get("asked_by", by)
        asked.corrected = right.n
        said = {**said, "corrected": right.n}
    # Where a line is corrected, its new sheet is the submission's first entry and the answer the second.
    entry = post(
        session, book=asked.book, kind=EntryKind.OBJECTION_ANSWER, by=by, occurred_on=day, now=now, key=key,
        line=1 if "corrected" in said else 0,
        facts={
            "sheet": asked.sheet, **({"line": asked.line} if asked.line else {}), "household": asked.household,
            "objection": asked.n, **said,
        },
        notes={"answer": words},
    )
    note_answer(asked, said["result"], entry.number)
    let_line_go_on(session, asked.book, asked.sheet, asked.line)
    made = {"corrected": asked.corrected} if asked.corrected else {}
    return answer_of(entry, n=asked.n, status=asked.status, **made)


def note_answer(asked: Objection, result: str, number: int) -> None:
    """Note by which entry an objection was answered, and how."""
    asked.status, asked.result, asked.answered_number = "answered", result, number


def draw_right(
    session: Session, wrong: SheetLine, points: int, by: str, day: date, now: datetime, key: str
) -> Sheet:
    """Draw up a sheet that holds a struck line as it should have been, by the rules and caps that line went by; it
    waits for a notice of its own.
    """
    old = sheet_of(session, wrong.book, wrong.n)
    line = {"household": wrong.household, "rule": wrong.rule, "version": wrong.rule_version, "points": points}
    try:
        _, right, _ = draw_up(
            session, book=wrong.book, clerk=by, now=now, key=key, period=old.period, purse=old.purse, occurred_on=day,
            rules_of=ruled_on(session, old), lines=[line], facts={"corrects": wrong.n, "corrects_line": wrong.line},
        )
    except LedgerError as refusal:
        # Whatever is wrong with the corrected line, on the form of the answer it is its points.
        refusal.at = "points"
        raise
    return right
