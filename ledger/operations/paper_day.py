"""Paper days: what was written by hand while there was no power, keyed line by line, each as an entry of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, Refusals, refuse_together
from ledger.journal import act, microseconds, post
from ledger.operations.collecting import introduced
from ledger.operations.days import check_day
from ledger.operations.over_issue import carried, words_for
from ledger.operations.redemption import hand_out
from ledger.operations.serial import serial_facts
from ledger.registers.paper_lines import PAPER_LINE, PaperLine, is_free, paper_number, papers_used
from ledger.registers.requests import ask
from ledger.terms import N_, EntryKind

Line = dict[str, Any]


class LineTwice(LedgerError):
    """A line of the paper stands on the form once."""

    message = N_("Line %(line)s of the paper stands on this form twice.")


class KeyedAlready(LedgerError):
    """A paper is kept or keyed, and keyed once."""

    message = N_("Line %(line)s of paper %(sheet)s has been keyed already, for %(day)s.")


class StillWaits(LedgerError):
    """The goods went home, so the line is not just refused: it may be booked with a reason and a second person."""

    message = N_("If the goods went home all the same, write why in this line; a second person then confirms it.")


@dataclass(frozen=True)
class Paper:
    """A paper at hand: whose book, who keys it and when, which day it tells of, its number, and what is in the book."""

    book: str
    clerk: str
    now: datetime
    key: str
    day: date
    sheet: str
    used: dict[str, int]


@act
def key_paper_day(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, occurred_on: date, sheet: str,
    lines: list[Line],
) -> dict[str, Any]:
    """Key a paper: every line an entry, a void line too; all of them or none, each refusal at its line.

    `lines` are {line, household, basket, proxy?, reason?} or {line, void}. With a reason, what went home beyond the
    book waits for a second person.
    """
    check_day(session, occurred_on, sheet, now)
    paper = Paper(book, clerk, now, key, occurred_on, sheet, papers_used(session, book, occurred_on))
    entries: list[int] = []
    requests: list[int] = []
    refusals: list[LedgerError] = []
    for place, line in enumerate(lines):
        try:
            if any(line["line"] == other["line"] for other in lines[:place]):
                raise LineTwice(line=line["line"], at="line")
            row = key_line(session, paper, line, nth=len(entries))
            if row.number is not None:
                entries.append(row.number)
            elif row.request is not None:
                requests.append(row.request)
        except LedgerError as refusal:
            refusals += at_line(refusal, place)
    refuse_together(refusals)
    return {"book": book, "entries": entries, "requests": requests}


def at_line(refusal: LedgerError, place: int) -> list[LedgerError]:
    """Return the sentences of a refusal, each at its line of the form."""
    parts = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
    for part in parts:
        part.at = f"lines.{place}.{part.at or 'line'}"
    return parts


def key_line(session: Session, paper: Paper, line: Line, *, nth: int) -> PaperLine:
    """Book one line, or lay it before a second person, and keep what became of it. Raises KeyedAlready and StillWaits.

    A line that was declined keeps its number in the register, so none is left out.
    """
    row = session.get(PaperLine, (paper.book, paper.day.year, paper.sheet, line["line"]))
    if row is not None and not is_free(session, row):
        raise KeyedAlready(line=line["line"], sheet=paper.sheet, day=row.day.isoformat(), at="line")
    number = paper_number(paper.sheet, line["line"])
    if number in paper.used:
        raise KeyedAlready(line=line["line"], sheet=paper.sheet, day=paper.day.isoformat(), at="line")
    kept = {"serial": row.serial} if row is not None and row.number is None else None
    facts = {"paper_number": number, **(kept or serial_facts(session, paper.book, "redemption", paper.day))}
    became = void(session, paper, facts, nth) if line.get("void") else served(session, paper, line, facts, nth)
    row = row or PaperLine(
        book=paper.book, year=paper.day.year, sheet=paper.sheet, line=line["line"], day=paper.day, serial=""
    )
    row.day, row.serial = paper.day, facts["serial"]
    row.number, row.request = became.get("number"), became.get("request")
    session.add(row)
    session.flush()
    return row


def void(session: Session, paper: Paper, facts: dict[str, str], nth: int) -> dict[str, int]:
    """Book that a line was spoilt: its number stays in the register and belongs to nobody."""
    entry = post(
        session, book=paper.book, kind=EntryKind.VOID, by=paper.clerk, occurred_on=paper.day, now=paper.now,
        key=paper.key, line=nth, facts=facts,
    )
    return {"number": entry.number}


def served(session: Session, paper: Paper, line: Line, facts: dict[str, str], nth: int) -> dict[str, int]:
    """Book what a household took home; what the counter would refuse waits for a second person, if a reason is given.
    """
    household, basket, proxy = line["household"], line["basket"], line.get("proxy")
    try:
        answer = hand_out(
            session, book=paper.book, clerk=paper.clerk, now=paper.now, key=paper.key, household=household,
            occurred_on=paper.day, basket=basket, proxy=proxy, facts=facts, line=nth,
        )
    except LedgerError as refusal:
        words = words_for(refusal)
        if not words:
            raise
        went = carried(session, paper.book, household, basket, paper.day)
        if not line.get("reason"):
            parts = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
            raise Refusals([*parts, StillWaits(at="reason")]) from None
        return propose(session, paper, line, facts["serial"], sorted(words | went.beyond()))
    return {"number": answer["number"]}


def propose(session: Session, paper: Paper, line: Line, serial: str, beyond: list[str]) -> dict[str, int]:
    """Lay a line before a second person, with its number in the register; the collector is named by code alone."""
    said = {name: value for name, value in (line.get("proxy") or {}).items() if value}
    household = line["household"]
    known = said.get("code") or (
        introduced(session, paper.book, household, said, by=paper.clerk, now=paper.now).code if said else None
    )
    request = ask(
        session, book=paper.book, kind=PAPER_LINE, by=paper.clerk, recorded_us=microseconds(paper.now),
        asked={
            "occurred_on": paper.day.isoformat(), "sheet": paper.sheet, "line": line["line"], "household": household,
            "basket": [{"item": one["item"], "quantity": one["quantity"]} for one in line["basket"]],
            "proxy": known, "serial": serial, "beyond": beyond,
        },
        reason=line["reason"],
    )
    return {"request": request.n}
