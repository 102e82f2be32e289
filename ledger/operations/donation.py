"""Donation: goods are counted, checked and taken onto the shelf, each line a new lot of its donor."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, refuse_together
from ledger.journal import Booked, Move, act, post
from ledger.operations.answer import answer_of
from ledger.operations.days import check_day, paper_facts
from ledger.operations.serial import serial_facts
from ledger.registers.donors import Donor
from ledger.registers.items import Item
from ledger.registers.lots import Lot, next_lot_code
from ledger.registers.register import in_use
from ledger.terms import N_, EntryKind, WishKind


class PastBestBefore(LedgerError):
    """Food past its best-before is refused at the door, not shelved."""

    message = N_("%(item)s was best before %(day)s. Write it under refused goods.")


class NothingAccepted(LedgerError):
    """A donation of which nothing was accepted has no place in the book of goods."""

    message = N_("Nothing was accepted. Enter at least one line with a quantity.")
    field = "lines"


@act
def accept_donation(
    session: Session,
    *,
    book: str,
    clerk: str,
    now: datetime,
    key: str,
    donor: str,
    occurred_on: date,
    lines: list[dict[str, Any]],
    wish: dict[str, Any] | None = None,
    paper_number: str | None = None,
) -> dict[str, Any]:
    """Take donated goods onto the shelf; each accepted line becomes a lot that keeps its donor in every book.

    `lines` are {item, quantity, best_before?, unit_value? (fen), refused?, reason?}.
    """
    check_day(session, occurred_on, paper_number, now)
    in_use(session, Donor, donor, at="donor")
    check_lines(session, lines, occurred_on)
    lots = [new_lot(session, line, donor, book) for line in lines if line.get("quantity")]
    entry = post(
        session, book=book, kind=EntryKind.DONATION, by=clerk, occurred_on=occurred_on, now=now, key=key,
        moves=[Move(chart.donor(donor), chart.STOCK, lot.item, lot.quantity, lot.code) for lot in lots],
        facts=facts_of(session, book, donor, occurred_on, lines, wish, paper_number),
        notes=notes_of(lines, wish),
    )
    shelve(session, lots, entry)
    return answer_of(entry, lines=[{"item": lot.item, "lot": lot.code, "quantity": lot.quantity} for lot in lots])


def check_lines(session: Session, lines: list[dict[str, Any]], occurred_on: date) -> None:
    """Refuse unknown items and goods past their best-before, all lines at once."""
    refusals: list[LedgerError] = []
    for place, line in enumerate(lines):
        try:
            in_use(session, Item, line["item"], at=f"lines.{place}.item")
        except LedgerError as refusal:
            refusals.append(refusal)
        best_before = line.get("best_before")
        if line.get("quantity") and best_before and best_before < occurred_on:
            at = f"lines.{place}.best_before"
            refusals.append(PastBestBefore(item=line["item"], day=best_before.isoformat(), at=at))
    refuse_together(refusals)
    if not any(line.get("quantity") for line in lines):
        raise NothingAccepted


def new_lot(session: Session, line: dict[str, Any], donor: str, book: str) -> Lot:
    """Return a new lot for an accepted line; its entry is not numbered yet."""
    return Lot(
        code=next_lot_code(session), item=line["item"], donor=donor, book=book, number=0, quantity=line["quantity"],
        best_before=line.get("best_before"), unit_value_fen=line.get("unit_value"),
    )


def shelve(session: Session, lots: list[Lot], entry: Booked) -> None:
    """Enter the lots in the register, with the entry that took them in."""
    for lot in lots:
        lot.number = entry.number
    session.add_all(lots)
    session.flush()


def facts_of(
    session: Session, book: str, donor: str, day: date, lines: list[dict[str, Any]],
    wish: dict[str, Any] | None, paper_number: str | None,
) -> dict[str, Any]:
    """Return what the entry says beside its postings: the donor, the wish, and what was refused."""
    refused = [{"item": line["item"], "quantity": line["refused"]} for line in lines if line.get("refused")]
    return {
        "donor": donor,
        "wish": str((wish or {}).get("kind") or WishKind.NONE),
        **({"refused": refused} if refused else {}),
        **serial_facts(session, book, "donation", day),
        **paper_facts(paper_number),
    }


def notes_of(lines: list[dict[str, Any]], wish: dict[str, Any] | None) -> dict[str, str]:
    """Return the free words of the slip: the wish, and why goods were refused."""
    refused = [line for line in lines if line.get("refused") and line.get("reason")]
    reasons = "\n".join(f"{line['item']}: {line['reason']}" for line in refused)
    return {"wish": (wish or {}).get("text") or "", "refused": reasons}
