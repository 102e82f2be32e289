"""Today: what waits for a hand at an outlet, what was redeemed today, the proof of the book, and the first steps."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Balance, Entry, OnTheRoad, body_of, instant
from ledger.registers.counts import latest_counts
from ledger.registers.deeds import proposed_deeds
from ledger.registers.households import Household
from ledger.registers.limits import OVERRIDE, holds
from ledger.registers.moves import coming_in
from ledger.registers.paper_lines import PAPER_LINE
from ledger.registers.proxies import not_received
from ledger.registers.requests import DECLINED, PRICE, RATE, Request, waiting_requests
from ledger.registers.sheets import SheetLine, sheets_of
from ledger.registers.staff import Staff
from ledger.reports.carried_home import slips_waiting
from ledger.reports.counter import redemptions_of
from ledger.reports.counts import days_overdue
from ledger.reports.objections import claw_backs_waiting, objections_waiting
from ledger.reports.proof import points_proof
from ledger.reports.stock import near_expiry, stock_rows, to_be_counted
from ledger.reports.table import BY, ENTRY, HOUSEHOLD, PIECES, POINTS, Column, Table
from ledger.terms import COUNTY, N_, EntryKind, LineStatus, SheetStatus

COLUMNS = (ENTRY, HOUSEHOLD, PIECES, POINTS, Column("total", N_("Running total"), "points"), BY)
NOBODY = N_("Nobody has redeemed yet today.")

STEPS = {
    "staff": N_("The county office enters the outlet's staff and gives each of them a one-time password."),
    "households": N_("The points clerk, the supervisor or the county office enters the households."),
    "goods": N_("The county sends goods, and the storekeeper checks them in."),
    "points": N_("The points clerk draws up a sheet; when its notice has run, somebody else credits it."),
    "served": N_("The storekeeper serves the first household at the counter."),
}
"""What must be there before a first household can be served, in its order, each with who does it."""


def today(session: Session, book: str, day: date) -> dict[str, Any]:
    """Return an outlet's first page: waiting work, redemptions of the day with their sum, and the proof line."""
    redemptions, requests = redemptions_of(session, book, day), waiting_requests(session, book, "allowed", DECLINED)
    declined = [one for one in requests if one.status == DECLINED]
    requests = [one for one in requests if one.status != DECLINED]
    lots, (under_way, _) = stock_rows(session, book, day), latest_counts(session, book)
    return {
        "arrivals": arrivals_waiting(session, book),
        "differences": [one for one in requests if one.kind == EntryKind.ARRIVAL_DIFFERENCE],
        "corrections": [one for one in requests if one.kind == EntryKind.CORRECTION],
        "cancellations": [one for one in requests if one.kind == EntryKind.HOUSEHOLD],
        "moves": coming_in(session, book),
        "not_received": not_received(session, book),
        "slips": slips_waiting(session, book, day),
        "closings": [one for one in requests if one.kind == EntryKind.CLOSE],
        "deeds": len(proposed_deeds(session, book)),
        "sheets": sheets_waiting(session, book, day),
        "objections": objections_waiting(session, book, day),
        "claw_backs": claw_backs_waiting(session, book, day),
        "expiring": near_expiry(session, book, day, lots),
        "write_offs": [one for one in requests if one.kind == EntryKind.WRITE_OFF],
        "proposals": len([one for one in requests if one.kind in (PRICE, RATE)]),
        "declined": of_these_days(declined, day),
        "paper_lines": [one for one in requests if one.kind == PAPER_LINE],
        "overrides": of_these_days([
            one for one in requests if one.kind == OVERRIDE and (one.status == "waiting" or holds(one, day))
        ], day),
        "count": under_way,
        "count_overdue": days_overdue(session, [book], day)[book] if lots else 0,
        "redemptions": Table("redemptions", N_("Redeemed today"), COLUMNS, redemptions, NOBODY),
        "points": redemptions[-1]["total"] if redemptions else 0,
        "households": len({row["household"] for row in redemptions}),
        "proof": points_proof(session, book),
        "store": store_facts(session, book, day, lots) if book == COUNTY else {},
    }


def store_facts(session: Session, book: str, day: date, lots: list[dict[str, Any]]) -> dict[str, int]:
    """Return what a store is asked on its first page: what lies there, what is on the road, what was booked today."""
    query = select(func.coalesce(func.sum(OnTheRoad.quantity), 0), func.count(OnTheRoad.destination.distinct()))
    pieces, outlets = session.execute(query.where(OnTheRoad.book == book, OnTheRoad.quantity > 0)).one()
    booked = Counter(session.scalars(select(Entry.kind).where(Entry.book == book, Entry.booked_on == day)))
    return {
        "pieces": sum(lot["quantity"] for lot in lots), "kinds": len({lot["item"] for lot in lots}),
        "road": int(pieces), "outlets": outlets, "came": booked[EntryKind.DONATION] + booked[EntryKind.PURCHASE],
        "sent": booked[EntryKind.DISPATCH],
    }


def arrivals_waiting(session: Session, book: str) -> list[dict[str, Any]]:
    """Return transfer notes not wholly counted, each with its number of lines on the road and what it is called."""
    notes = Counter((line["from"], line["dispatch"]) for line in to_be_counted(session, book))
    called = notes_called(session, list(notes))
    return [
        {"from": sender, "dispatch": number, "lines": lines, "called": called[sender, number]}
        for (sender, number), lines in notes.items()
    ]


def notes_called(session: Session, notes: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return what some transfer notes are called: by the serial on the driver's paper, and by their entry."""
    these = [and_(Entry.book == book, Entry.number == number) for book, number in notes]
    sent = session.scalars(select(Entry).where(or_(*these))) if these else ()
    serials = {(entry.book, entry.number): body_of(entry)["facts"].get("serial") for entry in sent}
    codes = {(book, number): f"{book}-{number}" for book, number in notes}
    return {at: f"{serials[at]} ({code})" if serials.get(at) else code for at, code in codes.items()}


def sheets_waiting(session: Session, book: str, day: date) -> list[dict[str, Any]]:
    """Return sheets that wait for a notice, hang, or may be credited."""
    posted = sheets_of(session, book, status=SheetStatus.ON_NOTICE)
    assessed = sheets_of(session, book, status=SheetStatus.ASSESSED)
    run = {sheet.n for sheet in posted if sheet.notice_until is not None and sheet.notice_until < day}
    states = states_of_lines(session, book, run)
    # Nothing of these can be credited before an objection is answered.
    held = {n for n in run if (n, LineStatus.WAITING) in states and (n, LineStatus.PASSED) not in states}
    return [{"sheet": one, "ready": one.n in run, "held": one.n in held} for one in [*posted, *assessed]]


def states_of_lines(session: Session, book: str, sheets: set[int]) -> set[tuple[int, str]]:
    """Return in which states the lines of some sheets are that give anything, as (sheet, state)."""
    query = select(SheetLine.n, SheetLine.status).where(
        SheetLine.book == book, SheetLine.n.in_(sheets), SheetLine.points_tenths > 0
    )
    return {(n, status) for n, status in session.execute(query.distinct())} if sheets else set()


def of_these_days(requests: list[Request], day: date) -> list[Request]:
    """Return what was asked for in the last week: a basket nobody came for, or a no that has been read, is no work."""
    return [one for one in requests if instant(one.asked_us).date() >= day - timedelta(days=7)]


def first_steps(session: Session, book: str) -> list[dict[str, Any]]:
    """Return the first steps and which are done; none once the first household has been served."""
    if session.scalar(select(exists().where(Entry.book == book, Entry.kind == EntryKind.REDEMPTION))):
        return []
    on_shelf = (Balance.account == chart.STOCK, Balance.quantity > 0)
    asked = {
        "staff": exists().where(Staff.book == book),
        "households": exists().where(Household.book == book),
        "goods": exists().where(Balance.book == book, *on_shelf),
        "points": exists().where(Entry.book == book, Entry.kind == EntryKind.CREDIT),
    }
    done = session.execute(select(*[condition.label(name) for name, condition in asked.items()])).one()._asdict()
    return [{"name": name, "words": words, "done": bool(done.get(name))} for name, words in STEPS.items()]
