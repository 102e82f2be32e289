"""A line that may be a deed known already: pointed out before it is drawn, so that nothing is paid twice unseen."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.errors import LedgerError, refuse_together
from ledger.operations.sheet_lines import Lines
from ledger.registers.deeds import Deed, drawn_lines, proposed_deeds
from ledger.registers.sheets import PUT_ASIDE
from ledger.terms import N_, DeedStatus


class DeedWaits(LedgerError):
    """What was recorded is drawn as the deed it is, else it comes back."""

    message = N_("Deed %(deed)s of %(day)s waits for this household and rule. Bring it in instead of this line.")


class TwiceHere(LedgerError):
    """A row is pasted once."""

    message = N_("Household, rule and evidence are the same as in an earlier line of this sheet.")


class TwiceThisMonth(LedgerError):
    """A deed stands on one sheet."""

    message = N_("Household, rule and evidence are the same as in line %(line)s of sheet %(n)s of this month.")


class PerhapsKnown(LedgerError):
    """Only the clerk knows whether there were two."""

    message = N_("Some lines look like deeds that are known already. If they are others, say so.")
    field = "another"


Said = tuple[str, str, str]


def check_new(session: Session, book: str, period: str, day: date, lines: Lines) -> None:
    """Refuse lines that look like a deed which waits, like an earlier line of the sheet, or like one of another sheet
    of the month. Two lines that stand on a deed each are two; without evidence only this sheet is looked at, for some
    rules give their points every month.
    """
    waiting = waiting_deeds(session, book, day, lines)
    households = sorted({line["household"] for line in lines if line.get("evidence")})
    known: dict[Said, dict[str, Any]] = {said_by(one): one for one in drawn_lines(session, book, period, households)}
    refusals: list[LedgerError] = []
    for place, line in enumerate(lines):
        at, said = f"lines.{place}", said_by(line)
        deed, other = waiting.get(said[:2]), known.get(said)
        if deed is not None and not line.get("deed"):
            refusals.append(DeedWaits(deed=deed.n, day=deed.occurred_on.isoformat(), at=f"{at}.deed"))
        elif line.get("status") in PUT_ASIDE:
            continue
        elif other is not None and not (line.get("deed") and other.get("deed")):
            refusals.append(said_twice(other, at=f"{at}.evidence"))
        known.setdefault(said, {"deed": line.get("deed")})
    refuse_together([*refusals, PerhapsKnown()] if refusals else [])


def waiting_deeds(session: Session, book: str, day: date, lines: Lines) -> dict[tuple[str, ...], Deed]:
    """Return the first deed of each household and rule that was recorded until a day and is not named on the sheet."""
    named = {line.get("deed") for line in lines}
    found = [
        deed for deed in proposed_deeds(session, book)
        if deed.status == DeedStatus.OPEN and deed.occurred_on <= day and deed.n not in named
    ]
    return {(deed.household, deed.rule): deed for deed in reversed(found)}


def said_by(line: Mapping[str, Any]) -> Said:
    """Return what a line says: household, rule, and the letters and digits of its evidence."""
    words = unicodedata.normalize("NFKC", line.get("evidence") or "").casefold()
    return line["household"], line["rule"], "".join(filter(str.isalnum, words))


def said_twice(other: Mapping[str, Any], *, at: str) -> LedgerError:
    """Return the refusal of a line that says the same as another, of another sheet if it has a number."""
    return TwiceThisMonth(n=other["n"], line=other["line"], at=at) if "n" in other else TwiceHere(at=at)
