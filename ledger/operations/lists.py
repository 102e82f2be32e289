"""Taking lists in: all rows of a file or none; opening balances become entries of their books."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from ledger import chart
from ledger.errors import LedgerError, kept_in, refuse_together
from ledger.journal import Move, act, county_day, entries_of, post, reversal_of
from ledger.operations.acceptance import PastBestBefore
from ledger.operations.answer import answer_of
from ledger.operations.donation import new_lot, shelve
from ledger.operations.proposal import put_price_forward
from ledger.operations.register import take_line_in
from ledger.operations.support import record_right
from ledger.registers.donors import Donor
from ledger.registers.households import served
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.registers.register import in_use
from ledger.registers.sites import Site
from ledger.registers.support import SupportRight
from ledger.terms import N_, EntryKind

Line = dict[str, Any]


class TakenOver(LedgerError):
    """What an outlet had before is taken over once."""

    message = N_("Opening balances of %(book)s are booked already (entry %(number)s). Reverse that entry first.")


class RunsAlready(LedgerError):
    """Who takes over has given nobody points yet; later two people do that, and a notice hangs."""

    message = N_(
        "The shop of %(book)s runs already (entry %(number)s): points are given by a points sheet, and goods come in "
        "as a donation."
    )


class RowTwice(LedgerError):
    """What an outlet had stands in a list once."""

    message = N_("This stands in the list twice.")


@act
def take_rows_in(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, kind: str, lines: dict[str, Line]
) -> dict[str, Any]:
    """Take rows of a list, by their places in it, into their register; what is refused is named rows.4.card."""
    refusals: list[LedgerError] = []
    for place, line in lines.items():
        with kept_in(refusals, at=f"rows.{place}"):
            take_row_in(session, kind, line, by=clerk, now=now)
    refuse_together(refusals)
    return {"book": book, "kind": kind, "rows": len(lines)}


def take_row_in(session: Session, kind: str, row: Line, *, by: str, now: datetime) -> None:
    """Take one row into its register; a price waits for a second person."""
    said: dict[str, Any] = {"by": by, "now": now}
    values = {name: value for name, value in row.items() if name not in ("version", "points")}
    if kind in ("rights", "households"):
        in_use(session, Site, row["book"], at="book")
    if kind == "rights":
        record_right(session, SupportRight(**values, points_tenths=row["points"]), **said)
        return
    line = take_line_in(session, kind, values, **said)
    if isinstance(line, Item) and row.get("points") is not None:
        put_price_forward(session, line, row["points"], valid_from=county_day(session, now), **said)


@act
def take_over(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, lines: dict[str, Line]
) -> dict[str, Any]:
    """Book what an outlet had before it kept this book, as one entry: points of households, goods with their donors.

    `lines`, by their places in the list, are {household, purse, points (tenths)} or {item, quantity, donor,
    best_before?, unit_value? (fen)}. Raises TakenOver and RunsAlready, and RowTwice among the refusals of its rows.
    """
    check_first(session, book, next(iter(lines)))
    seen: set[tuple[Any, ...]] = set()
    today = county_day(session, now)
    refusals: list[LedgerError] = []
    moves: list[Move] = []
    lots: list[Lot] = []
    for place, line in lines.items():
        with kept_in(refusals, at=f"rows.{place}"):
            check_once(seen, line)
            moves.append(opening_move(session, book, line, today, lots))
    refuse_together(refusals)
    entry = post(
        session, book=book, kind=EntryKind.OPENING, by=clerk, occurred_on=today, now=now, key=key, moves=moves,
        facts={"lines": len(lines)},
    )
    shelve(session, lots, entry)
    return answer_of(entry, lines=len(lines))


def check_first(session: Session, book: str, place: str) -> None:
    """Refuse opening balances where some stand already, or where points have been given or spent."""
    for kind in (EntryKind.CREDIT, EntryKind.REDEMPTION):
        for entry in entries_of(session, book, kind=kind, limit=1):
            raise RunsAlready(book=book, number=entry.number, at=f"rows.{place}.book")
    for entry in entries_of(session, book, kind=EntryKind.OPENING):
        if reversal_of(session, book, entry.number) is None:
            raise TakenOver(book=book, number=entry.number, at=f"rows.{place}.book")


def check_once(seen: set[tuple[Any, ...]], line: Line) -> None:
    """Refuse the second row of one purse, or of one gift: it was pasted twice, and would be booked twice."""
    purse, goods = ("household", "purse"), ("item", "donor", "best_before", "unit_value")
    field, names = ("household", purse) if line.get("household") else ("item", goods)
    said = tuple(line.get(name) for name in names)
    if said in seen:
        raise RowTwice(at=field)
    seen.add(said)


def opening_move(session: Session, book: str, line: Line, today: date, lots: list[Lot]) -> Move:
    """Return the posting of one row; goods become a new lot of their donor."""
    if line.get("household"):
        served(session, book, line["household"])
        purse = chart.purse(line["household"], line["purse"])
        return Move(chart.OPENING, purse, chart.POINT, line["points"])
    in_use(session, Item, line["item"], at="item")
    in_use(session, Donor, line["donor"], at="donor")
    if line.get("best_before") and line["best_before"] < today:
        raise PastBestBefore(item=line["item"], day=line["best_before"].isoformat(), at="best_before")
    lots.append(new_lot(session, line, line["donor"], book))
    return Move(chart.OPENING, chart.STOCK, line["item"], line["quantity"], lots[-1].code)
