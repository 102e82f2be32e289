"""Paper days: what was written by hand while there was no power, keyed line by line, each as an entry of its own."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, Refusals, kept_in, refusals_in, refuse_together
from ledger.journal import act, post
from ledger.operations.collecting import introduced
from ledger.operations.days import check_day
from ledger.operations.delivery import deliverer
from ledger.operations.limits import quantities
from ledger.operations.over_issue import beyond, carried
from ledger.operations.redemption import hand_out
from ledger.operations.serial import is_signed, serial_facts
from ledger.registers.paper_lines import (
    PAPER_LINE,
    KeyedAlready,
    PaperLine,
    as_printed,
    line_keyed,
    paper_number,
    papers_used,
)
from ledger.registers.requests import ask
from ledger.terms import N_, EntryKind

Line = dict[str, Any]


class LineTwice(LedgerError):
    """A line of the paper stands on the form once."""

    message = N_("Line %(line)s of the paper stands on this form twice.")
    field = "line"


class SameAgain(LedgerError):
    """The same household with the same goods is mostly one line keyed twice; it is asked before it is booked."""

    message = N_(
        "Household %(household)s has the same goods in line %(other)s of this paper. If it came twice, say so in this "
        "line; else leave one of the two out."
    )
    field = "again"


class SignedByAnother(LedgerError):
    """A line of the register is signed once."""

    message = N_(
        "Line %(line)s of page %(sheet)s of the register was given to a redemption at the counter. Key this line under "
        "a number of its own, such as %(sheet)sB, and write that number on the page."
    )
    field = "line"


class StillWaits(LedgerError):
    """The goods went home, so the line is not just refused: it may be booked with a reason and a second person."""

    message = N_("If the goods went home all the same, write why in this line; a second person then confirms it.")
    field = "reason"


@act
def key_paper_day(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, occurred_on: date, sheet: str,
    lines: list[Line],
) -> dict[str, Any]:
    """Key a paper: every line an entry, a void line too; all of them or none, each refusal at its line.

    `lines` are {line, household, basket, proxy?, delivered_by?, reason?, again?} or {line, void}. With a reason, what
    went home beyond the book waits for a second person; `again` says that a household came twice for the same.
    """
    check_day(session, occurred_on, now, paper=sheet)
    sheet = as_printed(sheet)
    used = papers_used(session, book, occurred_on)
    made: list[PaperLine] = []
    refusals: list[LedgerError] = []
    who = {"book": book, "clerk": clerk, "now": now, "key": key, "occurred_on": occurred_on}
    for place, line in enumerate(lines):
        with kept_in(refusals, at=f"lines.{place}"):
            if any(line["line"] == other["line"] for other in lines[:place]):
                raise LineTwice(line=line["line"])
            if paper_number(sheet, line["line"]) in used:
                raise KeyedAlready(line=line["line"], sheet=sheet, day=occurred_on.isoformat())
            check_not_again(line, lines[:place])
            made.append(key_line(session, who, sheet, line, nth=sum(row.number is not None for row in made)))
    refuse_together(refusals)
    entries = [row.number for row in made if row.number is not None]
    return {"book": book, "entries": entries, "requests": [row.request for row in made if row.number is None]}


def check_not_again(line: Line, before: list[Line]) -> None:
    """Refuse a line that says the same as one before it, unless something is said to it."""
    for other in before if line.get("household") and not (line.get("again") or line.get("reason")) else ():
        goods, others = quantities(line.get("basket") or []), quantities(other.get("basket") or [])
        if other.get("household") == line["household"] and goods == others:
            raise SameAgain(household=line["household"], other=other["line"])


def key_line(session: Session, who: dict[str, Any], sheet: str, line: Line, *, nth: int) -> PaperLine:
    """Book one line, or lay it before a second person, and keep what became of it. Raises KeyedAlready, SignedByAnother
    and StillWaits. A line that was declined keeps its serial, so that the serials have no gap.
    """
    book, day = who["book"], who["occurred_on"]
    row = line_keyed(session, book, day.year, sheet, line["line"])
    if row is None:
        if is_signed(session, book, day.year, paper_number(sheet, line["line"])):
            raise SignedByAnother(line=line["line"], sheet=sheet)
        row = PaperLine(book=book, year=day.year, sheet=sheet, line=line["line"], day=day, serial="")
    if row.number is not None or not row.serial:
        row.serial = serial_facts(session, book, "redemption", day)["serial"]
    row.day, row.number, row.request = day, None, None
    facts = {"serial": row.serial, "paper_number": paper_number(sheet, line["line"])}
    if line.get("void"):
        said = {name: value for name, value in who.items() if name != "clerk"}
        entry = post(session, kind=EntryKind.VOID, by=who["clerk"], line=nth, facts=facts, **said)
        row.number = entry.number
    else:
        serve(session, who, line, row, facts, nth)
    session.add(row)
    return row


def serve(
    session: Session, who: dict[str, Any], line: Line, row: PaperLine, facts: dict[str, str], nth: int
) -> None:
    """Book what a household took home; what the counter would refuse is proposed to a second person, with its reason.
    """
    said: dict[str, Any] = {name: line.get(name) for name in ("household", "basket", "proxy", "delivered_by")}
    try:
        row.number = hand_out(session, **who, **said, facts=facts, line=nth)["number"]
    except LedgerError as refusal:
        words = [beyond(part) for part in refusals_in(refusal)]
        if None in words:
            raise
        went = carried(session, row.book, line["household"], line["basket"], row.day)
        if not line.get("reason"):
            raise Refusals([*refusals_in(refusal), StillWaits()]) from None
        row.request = propose(session, who, line, row, sorted({*map(str, words), *went.beyond}))


def propose(session: Session, who: dict[str, Any], line: Line, row: PaperLine, words: list[str]) -> int:
    """Lay a line before a second person; the collector is named by code alone. Return the number of the request."""
    proxy = {name: value for name, value in (line.get("proxy") or {}).items() if value}
    if proxy and "code" not in proxy:
        known = introduced(session, row.book, line["household"], proxy, by=who["clerk"], now=who["now"])
        proxy["code"] = known.code
    asked = {
        "occurred_on": row.day.isoformat(), "sheet": row.sheet, "line": row.line, "serial": row.serial,
        "household": line["household"], "proxy": proxy.get("code"), "beyond": words,
        "delivered_by": deliverer(session, row.book, line["household"], line.get("delivered_by"), proxy.get("code")),
        "basket": [{"item": one["item"], "quantity": one["quantity"]} for one in line["basket"]],
    }
    return ask(
        session, book=row.book, kind=PAPER_LINE, by=who["clerk"], now=who["now"], asked=asked,
        reason=line["reason"],
    ).n
