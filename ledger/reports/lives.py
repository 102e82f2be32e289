"""A household's life: what happened to it as a whole, and the households that are on their way to an outlet."""

from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Entry, body_of, entry_of
from ledger.registers.households import Household
from ledger.registers.moves import coming_in
from ledger.reports.journal import reversed_by
from ledger.reports.table import BY, DAY, ENTRY, HEAD, REVERSED_BY, Column, Table
from ledger.terms import N_, EntryKind

COLUMNS = (
    DAY,
    Column("event", N_("What"), "word"),
    Column("cause", N_("Why"), "word"),
    Column("other", N_("Household or outlet"), "code"),
    Column("points", N_("Points moved"), "points"),
    Column("paper_number", N_("Paper no."), "code"),
    BY, ENTRY, REVERSED_BY,
)
MOVE_COLUMNS = (
    Column("book", N_("From"), "site"),
    HEAD,
    Column("support", N_("Support points"), "points"),
    Column("merit", N_("Merit points"), "points"),
    Column("rate_fen", N_("Worth of a point there"), "money"),
    Column("rate_there", N_("Worth of a point here"), "money"),
    Column("paper_number", N_("Paper no."), "code"),
)


def life(session: Session, book: str, household: str) -> Table:
    """Return what happened to a household, the latest first."""
    kinds = Entry.kind.in_((EntryKind.HOUSEHOLD, EntryKind.MOVE))
    # Few entries are of these kinds, so they may be searched for those that name the household.
    named = [Entry.body.contains(f'"{name}":"{household}"', autoescape=True) for name in ("household", "to")]
    query = select(Entry).where(Entry.book == book, kinds, or_(*named)).order_by(Entry.number.desc())
    entries = list(session.scalars(query))
    undone = reversed_by(session, book, [entry.number for entry in entries])
    rows = [{**event_of(entry, household), "reversed_by": undone.get(entry.number)} for entry in entries]
    return Table("life", N_("What happened to the household"), COLUMNS, rows, N_("Nothing has happened to it yet."))


def event_of(entry: Entry, household: str) -> dict[str, Any]:
    """Return one event as a household sees it: the other one is who gave, got, or the outlet."""
    body = body_of(entry)
    facts = body["facts"]
    mine = facts["household"] == household
    return {
        "occurred_on": entry.occurred_on, "event": facts["event"], "cause": facts.get("cause"),
        "other": facts.get("to") or facts.get("from") if mine else facts["household"],
        "points": sum(leg["quantity"] for leg in body["postings"] if leg["commodity"] == chart.POINT) or None,
        "paper_number": facts.get("paper_number"), "by": entry.by, "number": entry.number,
    }


def moves_in(session: Session, book: str) -> Table:
    """Return the households an outlet has still to take in, with what a point is worth there and here."""
    rows = []
    for row in coming_in(session, book):
        facts = body_of(entry_of(session, row.book, row.number))["facts"]
        name = session.get_one(Household, (row.book, row.household)).name
        rows.append({**row.model_dump(), **facts, "name": name, "number": row.number})
    return Table("moves", N_("Households that move here"), MOVE_COLUMNS, rows, N_("No household is on its way here."))
