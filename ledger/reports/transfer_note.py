"""Transfer notes as papers: what a dispatch, or a redirect, sends, line by line, for the truck and the door."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ledger.errors import NotFound
from ledger.registers.items import Item, prices_on
from ledger.registers.lots import lots_by_code
from ledger.registers.sites import Site
from ledger.reports.journal import entry_page
from ledger.reports.papers import ACROSS, in_pages
from ledger.terms import COUNTY, N_, EntryKind

ABOVE_HANDS = 10
"""Rows for which a page across has room above stamp, signatures and proof."""
SENDING = (EntryKind.DISPATCH, EntryKind.REDIRECT)


def transfer_notes(session: Session, book: str, numbers: Iterable[int]) -> list[dict[str, Any]]:
    """Return the notes of some entries of a book. Raises NotFound for an entry that sends nothing."""
    items = {item.code: item for item in session.scalars(select(Item))}
    sites = {site.code: site for site in session.scalars(select(Site))}
    notes = []
    for number in numbers:
        page = entry_page(session, book, number)
        if page["kind"] not in SENDING:
            raise NotFound(what=N_("transfer note"))
        to = page["facts"]["to"]
        lines = lines_of(session, page, items, to)
        sums = {name: sum(line[name] or 0 for line in lines) for name in ("sent", "value")}
        ends = {"sender": sites[book], "receiver": sites[to], "way": way(book, to)}
        notes.append({**page, **ends, "pages": in_pages(lines, ACROSS, "sent", "value", last=ABOVE_HANDS), **sums})
    return notes


def way(sender: str, to: str) -> str:
    """Return what kind of transfer it is: out of the county store, back to it, or between outlets."""
    if to == COUNTY:
        return N_("goods sent back")
    return N_("county to outlet") if sender == COUNTY else N_("outlet to outlet")


def lines_of(session: Session, page: dict[str, Any], items: dict[str, Item], to: str) -> list[dict[str, Any]]:
    """Return the lines of a note, each a lot, with its points price where it goes."""
    prices = prices_on(session, to, page["occurred_on"])
    lots = lots_by_code(session, [leg["lot"] for leg in page["postings"]])
    lines = []
    for leg in page["postings"]:
        lot, item = lots[leg["lot"]], items[leg["commodity"]]
        value = None if lot.unit_value_fen is None else lot.unit_value_fen * leg["quantity"]
        lines.append({
            "item": item, "lot": lot.code, "best_before": lot.best_before, "donor": lot.donor,
            "sent": leg["quantity"], "points": prices.get(item.code), "value": value,
        })
    return lines
