"""Stock-take: counted blind while the shop stays open, each lot against the book at the moment it is keyed."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ledger import chart
from ledger.errors import LedgerError, Unknown, refuse_together
from ledger.journal import Balance, Place, act, county_day, held, microseconds, next_serial, take_book
from ledger.operations.serial import serial_facts
from ledger.registers.counts import CountLine, StockCount, latest_counts, lines_of_count
from ledger.registers.lots import Lot, lots_by_code
from ledger.registers.register import find
from ledger.terms import N_, CountNature, CountStatus

Lines = list[dict[str, Any]]
COUNTED = (chart.STOCK, chart.SET_ASIDE)
"""The accounts whose goods can be counted."""


class CountRuns(LedgerError):
    """A shelf is counted once at a time."""

    message = N_("Stock-take %(serial)s is still under way. Finish it or drop it first.")


class CountOver(LedgerError):
    """What was counted stays as it was keyed, once all is counted; a finished stock-take is decided once."""

    message = N_("Stock-take %(serial)s is finished; nothing more can be keyed in it.")


class NotCountedYet(LedgerError):
    """A stock-take is finished when every lot has a quantity."""

    message = N_("Lots not counted yet: %(many)s; the first is %(item)s %(lot)s. Enter 0 where nothing is left.")
    field = "lines"


@act
def begin_count(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, nature: str = CountNature.MONTH,
    lines: Lines | None = None, finished: int = 0,
) -> dict[str, Any]:
    """Begin a stock-take: note where the book stands, and list every lot on the shelf or set aside."""
    under_way, _ = latest_counts(session, book)
    if under_way is not None:
        raise CountRuns(serial=under_way.serial)
    serial = serial_facts(session, book, "count", county_day(session, now))["serial"]
    count = StockCount(
        book=book, n=next_serial(session, book=book, kind="count"), nature=nature, serial=serial, begun_by=clerk,
        frozen=take_book(session, book).number, begun_us=microseconds(now),
    )
    session.add(count)
    session.flush()
    session.add_all(lines_to_count(session, count))
    return go_on(session, count, clerk, now, lines or [], finished)


def lines_to_count(session: Session, count: StockCount) -> list[CountLine]:
    """Return a line for every lot that lies on the shelf or set aside, with what the book holds of it."""
    lying = (Balance.book == count.book, col(Balance.account).in_(COUNTED), Balance.quantity > 0, Balance.lot != "")
    return [
        CountLine(
            book=count.book, n=count.n, account=row.account, lot=row.lot, item=row.commodity, frozen=row.quantity
        )
        for row in session.scalars(select(Balance).where(*lying))
    ]


@act
def key_lines(
    session: Session, *, book: str, clerk: str, now: datetime, key: str, count: int, lines: Lines, finished: int = 0
) -> dict[str, Any]:
    """Keep what was counted, also in parts, or why it differs; with `finished` all is counted.

    `lines` are {lot, account?, quantity?, reason?, words?}. Two lines of one lot are added up; a lot keyed again later
    counts from then.
    """
    return go_on(session, find(session, StockCount, book, count), clerk, now, lines, finished)


def go_on(
    session: Session, count: StockCount, clerk: str, now: datetime, lines: Lines, finished: int
) -> dict[str, Any]:
    """Keep lines of a stock-take, and finish it if all is counted."""
    counting = count.status == CountStatus.COUNTING
    if not counting and (finished or count.status != CountStatus.WAITING or any(keyed(line) for line in lines)):
        raise CountOver(serial=count.serial)
    rows = rows_for(session, count, lines)
    places, found = [Place(row.account, row.item, row.lot) for row in rows], Counter[Place]()
    number, there = take_book(session, count.book).number, held(session, count.book, places)
    for row, place, line in zip(rows, places, lines, strict=True):
        if keyed(line):
            # What lies in two corners is keyed as two lines of one lot: together they are what is there.
            found[place] += line["quantity"]
            row.counted, row.expected, row.at_number, row.by = found[place], there[place], number, clerk
        row.reason, row.words = line.get("reason") or row.reason, line.get("words") or row.words
    session.add_all(rows)
    if finished:
        finish(session, count, now)
    return {"book": count.book, "n": count.n, "status": str(count.status)}


def keyed(line: dict[str, Any]) -> bool:
    """Tell whether a line says how much was found."""
    return line.get("quantity") is not None


def rows_for(session: Session, count: StockCount, lines: Lines) -> list[CountLine]:
    """Return the row of each line; what was found without being on the list gets a row of its own."""
    rows = {(row.account, row.lot): row for row in lines_of_count(session, count)}
    lots, refusals = lots_by_code(session, [line["lot"] for line in lines]), list[LedgerError]()
    for place, line in enumerate(lines):
        if line["lot"] not in lots:
            refusals.append(Unknown(what=Lot.word, code=line["lot"], at=f"lines.{place}.lot"))
            continue
        account = line.get("account") or chart.STOCK
        rows.setdefault((account, line["lot"]), CountLine(
            book=count.book, n=count.n, account=account, lot=line["lot"], item=lots[line["lot"]].item, frozen=0
        ))
    refuse_together(refusals)
    return [rows[line.get("account") or chart.STOCK, line["lot"]] for line in lines]


def finish(session: Session, count: StockCount, now: datetime) -> None:
    """Say that all is counted. Raises NotCountedYet."""
    missing = [line for line in lines_of_count(session, count) if line.counted is None]
    if missing:
        raise NotCountedYet(many=len(missing), item=missing[0].item, lot=missing[0].lot)
    count.status, count.counted_on = CountStatus.WAITING, county_day(session, now)
