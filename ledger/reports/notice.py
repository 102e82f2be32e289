"""The notice of a sheet: how its days were counted, what became of each line, and the paper for the board."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger.journal import Note, body_of, entry_of, instant
from ledger.registers.holidays import between, days_of, unknown_years
from ledger.registers.objections import Objection, objections_to
from ledger.registers.policy import policy
from ledger.registers.sheets import Sheet, SheetLine, batch_of, first_of, sheet_of
from ledger.registers.successors import successor_of
from ledger.reports.papers import in_pages
from ledger.reports.passbook import purses
from ledger.reports.sheets import SheetPage, sheet_page
from ledger.reports.table import HOUSEHOLD, STATE, Column, Table
from ledger.terms import N_, HouseholdStatus, LineStatus, ObjectionResult, Purse, SheetStatus

ROWS_A_PAGE = 22

OBJECTION_COLUMNS = (
    Column("n", N_("No."), "number"),
    Column("received_on", N_("Came in"), "day"),
    Column("way", N_("How"), "word"),
    Column("line", N_("Line"), "number"),
    HOUSEHOLD,
    Column("words", N_("What was said")),
    Column("due", N_("Answer by"), "day"),
    Column("result", N_("Result"), "word"),
    Column("answer", N_("Answer")),
    Column("answered_number", N_("Entry"), "number"),
)


def notice_days(session: Session, sheet: Sheet, day: date) -> dict[str, Any]:
    """Return from when through when a sheet hangs and how its days are counted; before it hangs, as if it went up on a
    day.
    """
    first, said = sheet.notice_from or day, days_of(session, sheet.book, "notice_days", sheet.notice_from or day)
    hung = entry_of(session, sheet.book, sheet.notice_number) if sheet.notice_number else None
    down = entry_of(session, sheet.book, sheet.down_number) if sheet.down_number else None
    said |= body_of(hung)["facts"] if hung else {}
    until = date.fromisoformat(said["until"])
    found = between(first + timedelta(days=1), until) if said.get("notice_kind") == "working" else []
    return {
        "first": first, "until": until, "days": said.get("notice_days"), "kind": said.get("notice_kind"),
        "off": [one for one in found if one.kind == "off"], "worked": [one for one in found if one.kind == "worked"],
        "unknown": unknown_years(first, until) if said.get("notice_kind") == "working" else [],
        "entry": hung, "serial": said.get("serial"), "again": said.get("again"), "down": down,
        "reason": words_of(session, sheet.book, [sheet.notice_number]).get((sheet.notice_number, "reason")),
        "recorded_at": instant(hung.recorded_us) if hung else None,
    }


def words_of(session: Session, book: str, numbers: Sequence[int | None]) -> dict[tuple[int | None, str], str]:
    """Return the words of entries that have not been erased, by entry and name."""
    query = select(Note.number, Note.name, Note.text).where(Note.book == book, Note.number.in_(numbers))
    return {(number, name): text or "" for number, name, text in session.execute(query)}


def with_states(session: Session, page: SheetPage, day: date) -> Table:
    """Return the lines of a sheet, each saying in its last column how far it has come and what it waits for."""
    sheet, table = page.sheet, page.table
    results = {one.line: one.result for one in objections_to(session, sheet.book, sheet.n) if one.sheet == sheet.n}
    gets = {number: successor_of(session, household).status for number, household in page.known.items()}
    told = {
        line.line: state_of(sheet, line, gets[line.household], results.get(line.line, ""), day) for line in page.lines
    }
    columns = tuple(column for column in table.columns if column.name != STATE.name)
    return replace(table, columns=(*columns, STATE), rows=[{**row, "status": told[row["line"]]} for row in table.rows])


def state_of(sheet: Sheet, line: SheetLine, household: str, result: str, day: date) -> str:
    """Return the word for how far a line has come."""
    if line.status == LineStatus.WITHDRAWN and result:
        return result
    if line.status != LineStatus.PASSED or sheet.status == SheetStatus.ASSESSED or sheet.notice_until is None:
        return str(line.status)
    if not line.points_tenths:
        return "cut-to-nothing"
    if day <= sheet.notice_until:
        return "on-notice"
    if household != HouseholdStatus.ACTIVE:
        return "left-not-active"
    return "left-for-another" if sheet.credit_number else "notice-over"


def objection_table(session: Session, book: str, n: int) -> Table:
    """Return the objections to a sheet with their words and answers, as on the back of the notice."""
    found = [one for one in objections_to(session, book, n) if one.sheet == n]
    return table_of(session, book, f"sheet-{n}-objections", found)


def table_of(session: Session, book: str, name: str, found: list[Objection], *, hidden: Sequence[str] = ()) -> Table:
    """Return some objections with their words and answers."""
    columns = tuple(column for column in OBJECTION_COLUMNS if column.name not in hidden)
    words = words_of(session, book, [one.number for one in found] + [one.answered_number for one in found])
    rows = [objection_row(one, words) for one in found]
    return Table(name, N_("Objections"), columns, rows, N_("Nobody has objected."))


def objection_row(asked: Objection, words: dict[tuple[int | None, str], str]) -> dict[str, Any]:
    """Return one objection as a line."""
    return {
        **asked.model_dump(), "line": asked.line or None, "result": asked.result or asked.status,
        "words": words.get((asked.number, "objection")),
        "answer": words.get((asked.answered_number, "answer")),
    }


def notice_paper(session: Session, book: str, n: int, day: date) -> dict[str, Any]:
    """Return what stands on the notice sheet: head, pages of lines with their sums, and the objections for its back.
    Names are whole: who shows them masks them. Raises NotFound.
    """
    page = sheet_page(session, book, n)
    sheet, rows = page.sheet, [dict(row) for row in with_states(session, page, day).rows]
    # A sheet partly credited has changed what was available before.
    balances = policy(session, book, "notice_balances", day) == "yes" and sheet.purse == Purse.MERIT
    balances = balances and not sheet.credit_number
    held = purses(session, book, [row["household"] for row in rows]) if balances else {}
    given = Counter[str]()
    for row in rows:
        row["struck"] = row["status"] in (LineStatus.WITHDRAWN, *ObjectionResult)
        row["given"] = 0 if row["struck"] else row["points"]
        given[row["household"]] += row["given"]
    for row in rows if balances else ():
        row["before"] = held[row["household"]][sheet.purse]
        row["total"] = row["before"] + given[row["household"]]
    objections = objection_table(session, book, n)
    answers = [row["answered_number"] for row in objections.rows if row["answered_number"]]
    drawn, first = entry_of(session, book, sheet.drawn_number), first_of(session, sheet)
    return {
        "sheet": sheet, "notice": notice_days(session, sheet, day), "balances": balances,
        "pages": in_pages(rows, ROWS_A_PAGE, "given"), "points": sum(row["given"] for row in rows),
        "households": len({row["household"] for row in rows if not row["struck"]}),
        "meeting": entry_of(session, book, first.drawn_number).occurred_on, "minutes": sheet.minutes or first.minutes,
        "batch": batch_of(session, sheet), "drawn_on": drawn.occurred_on,
        "corrects": body_of(drawn)["facts"].get("corrects"),
        "objections": objections, "answers": {number: entry_of(session, book, number) for number in answers},
        "reasons": sheet.purse == Purse.MERIT,
    }


def sheet_notice(session: Session, book: str, n: int, day: date) -> dict[str, Any]:
    """Return what the sheet's page tells beside its lines: the notice, and the objections."""
    sheet = sheet_of(session, book, n)
    return {"notice": notice_days(session, sheet, day), "objections": objection_table(session, book, n)}
