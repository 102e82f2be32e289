"""The county's board: every site in one table. No ranking of people."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session

from ledger import chart
from ledger.journal import Balance, Book, OnTheRoad, county_day, instant
from ledger.registers.cover import covers
from ledger.registers.sheets import Sheet
from ledger.registers.sites import all_sites
from ledger.reports.counts import days_overdue
from ledger.reports.table import TOWN, Column, Table
from ledger.terms import N_, SheetStatus

COLUMNS = (
    Column("book", N_("Book"), "code"),
    Column("name", N_("Site")),
    TOWN,
    Column("entries", N_("Entries"), "number"),
    Column("last", N_("Last entry on"), "day"),
    Column("on_notice", N_("Sheets on notice"), "number"),
    Column("run_out", N_("Notices run out, not credited"), "number"),
    Column("count_overdue", N_("Stock-take overdue, days"), "number"),
    Column("issued", N_("Points issued"), "points"),
    Column("redeemed", N_("Points redeemed"), "points"),
    Column("held", N_("Points held"), "points"),
    Column("cover", N_("Points covered by goods, %"), "number"),
    Column("pieces", N_("Pieces on the shelf"), "number"),
    Column("road", N_("On the road to it"), "number"),
    Column("digest", N_("Digest"), "code"),
)
NOTHING = {"issued": 0, "held": 0, "redeemed": 0, "pieces": 0}


def board(session: Session, day: date, *, may_see: Any = lambda site: True) -> Table:
    """Return a row per site that may be seen: its book's head, what is late, points, cover, goods, the road."""
    sites = [site for site in all_sites(session) if may_see(site)]
    books = [site.code for site in sites]
    late, cover, notices = days_overdue(session, books, day), covers(session, books, day), notices_by_book(session, day)
    sums, heads = sums_by_book(session), heads_by_book(session)
    road = dict(session.execute(
        select(OnTheRoad.destination, func.sum(OnTheRoad.quantity)).where(OnTheRoad.quantity > 0)
        .group_by(OnTheRoad.destination)
    ).all())
    rows = [
        {
            **site.model_dump(include={"name", "town", "retired"}), "book": site.code, **heads[site.code],
            **sums.get(site.code, NOTHING), "road": int(road.get(site.code, 0)), "on_notice": 0, "run_out": 0,
            **notices.get(site.code, {}), "cover": cover[site.code].percent,
            # An empty shelf need not be counted.
            "count_overdue": late[site.code] if sums.get(site.code, NOTHING)["pieces"] else 0,
        }
        for site in sites
    ]
    return Table("board", N_("All sites"), COLUMNS, rows, N_("No outlet yet. Open the first one under Sites."))


def notices_by_book(session: Session, day: date) -> dict[str, dict[str, int]]:
    """Return for each book the sheets that hang, and those whose notice has run out and that hang all the same."""
    run_out = func.sum(case((Sheet.notice_until < day, 1), else_=0))
    query = select(Sheet.book, func.count(), run_out).where(Sheet.status == SheetStatus.ON_NOTICE)
    found = session.execute(query.group_by(Sheet.book))
    return {book: {"on_notice": hanging, "run_out": int(past)} for book, hanging, past in found}


def heads_by_book(session: Session) -> dict[str, dict[str, Any]]:
    """Return for each book how many entries it has, the day the last one was recorded, and its digest."""
    query = select(Book.code, Book.number, Book.digest, Book.recorded_us)
    return {
        code: {
            "entries": number, "digest": digest.hex(), "last": county_day(session, instant(at)) if number else None,
        }
        for code, number, digest, at in session.execute(query)
    }


def sums_by_book(session: Session) -> dict[str, dict[str, int]]:
    """Return for each book the points issued, redeemed and held, and the pieces on its shelf."""
    part = case(
        (Balance.account.startswith("fund:"), "issued"),
        (Balance.account.startswith("purse:"), "held"),
        (Balance.account == chart.REDEEMED, "redeemed"),
        (Balance.account == chart.STOCK, "pieces"),
        else_="other",
    )
    query = select(Balance.book, part, func.sum(Balance.quantity)).group_by(Balance.book, part)
    found: dict[str, dict[str, int]] = {}
    for book, name, total in session.execute(query):
        row = found.setdefault(book, dict(NOTHING))
        row[name] = -int(total) if name == "issued" else int(total)
    return found
