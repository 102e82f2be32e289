"""The journal of a package as plain text for hledger and ledger, with what each account holds after every line."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger.chart import CNY, POINT
from ledger.db.types import table_of
from ledger.exports.parcel import Parcel
from ledger.exports.run import Run
from ledger.journal import Entry, Place
from ledger.reports.balances_at import balances_at
from ledger.terms import EntryKind

entries = table_of(Entry)
Held = list[tuple[Place, int]]

ENTRY = "ENTRY"
"""Entries are counted like goods: one that is missing, or stands in another place, is then found by the count."""

DECIMALS = {POINT: 1, CNY: 2}
"""How many decimals are written: the journal counts points in tenths and money in fen."""

# The programs agree on everything but how a commodity is declared, so each has a head of its own and both one body.
HEADS = {
    "hledger": ("check --strict -f journal.hledger", 'commodity 1.{decimals} "{code}"\n'),
    "ledger": ("--strict -f journal.ledger balance", 'commodity "{code}"\n    format 1{point}{decimals} "{code}"\n'),
}
SAID = {"book", "booked_on", "kind", "occurred_on", "postings", "reverses"}
TAKEN_OVER, CLOSING = "balances taken over", "balances at the end"


def add_plain_text(parcel: Parcel, session: Session, run: Run) -> None:
    """Add the entries of a run as they were booked, day by day, for the two programs of plain text accounting."""
    after = list(balances_at(session, run.book, run.last))
    commodities = sorted({ENTRY, *(place.commodity for place, _ in after)})
    for tool in HEADS:
        parcel.add(f"journal.{tool}", [head(tool, run, commodities)])
    parcel.add("journal.body", body(session, run, after))


def head(tool: str, run: Run, commodities: Iterable[str]) -> str:
    """Return the file that a program is started with."""
    options, form = HEADS[tool]
    said = f"; Book {run.book}, entries {run.first} to {run.last}. To check: {tool} {options}\n"
    for code in commodities:
        decimals = "0" * DECIMALS.get(code, 0)
        said += form.format(code=code, decimals=decimals, point="." if decimals else "")
    return f"{said}include journal.body\n"


def body(session: Session, run: Run, after: Held) -> Iterator[str]:
    """Yield declarations, what was taken over, the entries by day and number, and what all accounts hold at the end."""
    yield from declarations(after)
    before = list(balances_at(session, run.book, run.first - 1)) if run.first > 1 else []
    held, count, day = defaultdict(int, before), run.first - 1, ""
    for number, text in as_booked(session, run):
        said = readable(text)
        if said is None:
            # It is not counted either, so both programs refuse what follows; verify.py names it.
            yield f"\n; {run.book}-{number}: its body cannot be read\n"
            continue
        if run.first > 1 and not day:
            yield from stand(said["booked_on"], TAKEN_OVER, count, before, came=True)
        count, day = count + 1, said["booked_on"]
        yield from transaction(f"{run.book}-{number}", said, count, held)
    if day:
        yield from stand(day, CLOSING, count, after)


def readable(text: str) -> dict[str, Any] | None:
    """Return what a body says; None for one that somebody has spoilt."""
    try:
        said = json.loads(text)
    except ValueError:
        return None
    return said if isinstance(said, dict) and said.keys() >= SAID else None


def declarations(places: Held) -> Iterator[str]:
    """Yield the names that may occur; any other is a slip."""
    yield "; Points are owed, so what a household holds stands below zero; goods stand as they lie on the shelf.\n"
    yield from (f"payee {name}\n" for name in (TAKEN_OVER, *EntryKind, CLOSING))
    yield from (f"tag {name}\n" for name in ("occurred_on", "reverses"))
    yield from (f"account {name}\n" for name in sorted({"entries", *(name_of(place) for place, _ in places)}))


def as_booked(session: Session, run: Run) -> Iterator[Any]:
    """Yield number and body of the entries of a run, day by day as they were booked."""
    mine = (entries.c.book == run.book, entries.c.number.between(run.first, run.last))
    days = select(entries.c.booked_on).where(*mine).distinct().order_by(entries.c.booked_on)
    # A query for each day is answered by the index on days; one for all would have the database sort whole bodies.
    for day in session.scalars(days).all():
        query = select(entries.c.number, entries.c.body).where(*mine, entries.c.booked_on == day)
        yield from session.execute(query.order_by(entries.c.number), execution_options={"yield_per": 1_000})


def transaction(code: str, said: dict[str, Any], count: int, held: dict[Place, int]) -> Iterator[str]:
    """Yield an entry; each posting is a line for its source and one for its destination."""
    yield f"\n{said['booked_on']} ({code}) {said['kind']}\n"
    if said["occurred_on"] != said["booked_on"]:
        yield f"    ; occurred_on: {said['occurred_on']}\n"
    if said["reverses"]:
        yield f"    ; reverses: {said['book']}-{said['reverses']}\n"
    yield line("(entries)", ENTRY, 1, count)
    for leg in said["postings"]:
        for account, change in ((leg["source"], -leg["quantity"]), (leg["destination"], leg["quantity"])):
            place = Place(account, leg["commodity"], leg["lot"])
            held[place] += change
            yield line(name_of(place), place.commodity, change, held[place])


def stand(day: str, title: str, count: int, places: Held, *, came: bool = False) -> Iterator[str]:
    """Yield what every account holds, as it comes in or as it was left by the lines before."""
    yield f"\n{day} {title}\n{line('(entries)', ENTRY, count * came, count)}"
    yield from (line(name_of(place), place.commodity, held * came, held) for place, held in places if held)


def name_of(place: Place) -> str:
    """Return the name of an account, one for each lot in it: stock:L42."""
    return f"{place.account}:{place.lot}" if place.lot else place.account


def line(account: str, commodity: str, change: int, held: int) -> str:
    """Return by how much an account changes and what it must then hold."""
    return f"    {account}  {amount(change, commodity)} = {amount(held, commodity)}\n"


def amount(quantity: int, commodity: str) -> str:
    """Return a quantity in whole points, yuan or goods; points are a liability, so their sign is turned."""
    signed = -quantity if commodity == POINT else quantity
    return f'{Decimal(signed).scaleb(-DECIMALS.get(commodity, 0)):f} "{commodity}"'
