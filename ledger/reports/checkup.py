"""The check-up of many books: whole, or at a glance, and what was found in each."""

from collections.abc import Callable

from sqlalchemy import select
from sqlmodel import Session, col

from ledger.journal import Balance, Book, Entry, Logged, Note, OnTheRoad, Posting, Wrong, books, check_book, glance_at
from ledger.journal.check import first_wrong
from ledger.registers.sites import Site
from ledger.reports.road_check import check_road
from ledger.terms import COUNTY

Found = dict[str, Wrong | None]
"""For each book that was looked at the first thing wrong, or nothing."""


def at_a_glance(session: Session) -> Found:
    """Look at the head, the last entries and the sums of every book; it takes a moment, however long they are."""
    return {head.code: glance_at(session, head.code) for head in books(session)}


def check_whole(session: Session, heads: list[Book], tell: Callable[[float], None]) -> Found:
    """Work whole books out again, and what they sent on the road; `tell` hears which part is done."""
    found: Found = {}
    across: Found = {}
    whole, before = sum(head.number for head in heads) or 1, 0

    def told(number: int) -> None:
        tell(min((before + number) / whole, 1))

    for head in heads:
        found[head.code] = check_book(session, head.code, told)
        before += head.number
    unread = first_wrong(session, lambda: across.update(look_across(session, [*found])))
    if unread:
        across[next(iter(found), COUNTY)] = unread
    return {code: found.get(code) or across.get(code) for code in [*found, *across]}


def look_across(session: Session, looked_at: list[str]) -> Found:
    """Return what is wrong between books: goods on the road, and books that are named and have no head."""
    return {**check_road(session, looked_at), **{code: Wrong("it has no head") for code in without_a_head(session)}}


def without_a_head(session: Session) -> list[str]:
    """Return the books that a site or a row names and that have no head: a look at every head would pass them by."""
    columns = (Site.code, Entry.book, Posting.book, Note.book, Balance.book, OnTheRoad.book, Logged.book)
    named = {code for column in columns for code in session.scalars(select(col(column)).distinct())}
    return sorted(map(str, named - {head.code for head in books(session)}))
