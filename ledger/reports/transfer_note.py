"""Transfer notes as papers: what a dispatch, or a redirect, sends, line by line, for the truck and the door."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from ledger.registers.items import Item, items_by_code, prices_on
from ledger.registers.lots import lots_by_code
from ledger.registers.sites import all_sites
from ledger.reports.journal import entry_page, page_of
from ledger.reports.papers import ACROSS, in_pages
from ledger.terms import COUNTY, N_, EntryKind

ABOVE_HANDS = 10
"""Rows for which a page across has room above stamp, signatures and proof."""
SENDING = (EntryKind.DISPATCH, EntryKind.REDIRECT)


def transfer_notes(session: Session, book: str, numbers: Iterable[int]) -> list[dict[str, Any]]:
    """Return the notes of some entries of a book. Raises NotFound for an entry that sends nothing."""
    items, sites = items_by_code(session), {site.code: site for site in all_sites(session)}
    notes = []
    for number in numbers:
        page = page_of(session, book, number, *SENDING, what=N_("transfer note"))
        to = page["facts"]["to"]
        lines = lines_of(session, page, items, to)
        sums = {name: sum(line[name] or 0 for line in lines) for name in ("sent", "value")}
        before = page["facts"].get("dispatch")
        head = {
            "sender": sites[book], "receiver": sites[to], "way": way(book, to),
            "decision": first_of(session, page)["facts"].get("decision"),
            "instead": entry_page(session, book, before) if before else None,
        }
        pages = in_pages(lines, ACROSS, "sent", "value", last=ABOVE_HANDS)
        notes.append({**page, **head, "pages": pages, **sums})
    return notes


def first_of(session: Session, page: dict[str, Any]) -> dict[str, Any]:
    """Return the note by which goods left that a note sends on: the one in whose place it stands, or that one's."""
    while before := page["facts"].get("dispatch"):
        page = entry_page(session, page["book"], before)
    return page


def way(sender: str, to: str) -> str:
    """Return what kind of transfer it is: out of the county store, back to it, or between outlets."""
    if to == COUNTY:
        return N_("goods sent back")
    return N_("county to outlet") if sender == COUNTY else N_("outlet to outlet")


def lines_of(session: Session, page: dict[str, Any], items: dict[str, Item], to: str) -> list[dict[str, Any]]:
    """Return the lines of a note, each a lot, with its points price where it goes."""
    prices = prices_on(session, to, page["occurred_on"])
    lots = lots_by_code(session, [leg["lot"] for leg in page["postings"]])
    return [
        {
            "item": items[leg["commodity"]], "lot": lot.code, "best_before": lot.best_before, "donor": lot.donor,
            "sent": leg["quantity"], "points": prices.get(leg["commodity"]), "value": lot.value_of(leg["quantity"]),
        }
        for leg in page["postings"] for lot in [lots[leg["lot"]]]
    ]
