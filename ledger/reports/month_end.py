"""What was open at a month's end, and book beside shelf, by the day of booking: a reprint says what the first said."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from ledger import chart
from ledger.db.types import table_of
from ledger.journal import Book, Entry, Posting, body_of, county_day, instant, moves_of
from ledger.registers.counts import StockCount
from ledger.registers.deliveries import Delivery, wholly_corrected
from ledger.registers.items import Item
from ledger.registers.register import changes_of
from ledger.registers.requests import DECLINED, Request
from ledger.terms import CountStatus, EntryKind

entries, legs = table_of(Entry), table_of(Posting)
Sums = dict[str, int]
CAME = ("opening", "donated", "bought", "moved_in", "over")
WENT = ("redeemed", "moved_out", "written_off", "short")


def open_at(session: Session, book: str, day: date) -> dict[str, int]:
    """Return how much was open when a day was over: pieces on the road and set aside, and what nobody had decided."""
    aside = held_then(session, [book], [chart.SET_ASIDE], day)
    return {
        "road": pieces_on_the_road(session, book, day), "aside": sum(quantity for *_, quantity in aside),
        "differences": differences_waiting_then(session, book, day), "counts": counts_under_way(session, book, day),
        "objections": objections_unanswered(session, book, day), "slips": slips_out(session, book, day),
    }


def standing(session: Session, book: str, kind: EntryKind, day: date) -> list[Entry]:
    """Return the entries of a kind that were booked by a day and not reversed by then, in order of number."""
    query = select(Entry).where(Entry.book == book, Entry.kind == kind, *stood_on(day))
    return list(session.scalars(query.order_by(Entry.number)))


def stood_on(day: date) -> tuple[Any, Any]:
    """Return the conditions that an entry was booked by a day, and not reversed by then."""
    mirror = aliased(Entry)
    undone = exists().where(mirror.book == Entry.book, mirror.reverses == Entry.number, mirror.booked_on <= day)
    return Entry.booked_on <= day, ~undone


def named(session: Session, book: str, kind: EntryKind, day: date, fact: str) -> set[Any]:
    """Return what the entries of a kind that stood on a day name under a fact."""
    return {body_of(entry)["facts"].get(fact) for entry in standing(session, book, kind, day)}


def booked_by(session: Session, book: str, kind: EntryKind, day: date) -> set[int]:
    """Return the numbers of the entries of a kind that were booked by a day, reversed or not."""
    mine = (Entry.book == book, Entry.kind == kind, Entry.booked_on <= day)
    return set(session.scalars(select(Entry.number).where(*mine)))


def held_then(
    session: Session, books: Sequence[str], accounts: Sequence[str], day: date
) -> Iterator[tuple[str, str, str, int]]:
    """Yield (book, account, lot, change) of some accounts by a day: what came in, then what went out as less."""
    joined = legs.join(entries, (legs.c.book == entries.c.book) & (legs.c.number == entries.c.number))
    for account, sign in ((legs.c.destination, 1), (legs.c.source, -1)):
        query = select(legs.c.book, account, legs.c.lot, func.sum(legs.c.quantity) * sign).select_from(joined).where(
            legs.c.book.in_(books), account.in_(accounts), entries.c.booked_on <= day
        )
        for place in session.execute(query.group_by(legs.c.book, account, legs.c.lot)):
            yield place[0], place[1], place[2], int(place[3])


def pieces_on_the_road(session: Session, book: str, day: date) -> int:
    """Return how many pieces had been sent to a book and had neither come in nor been confirmed as missing."""
    others = list(session.scalars(select(Book.code).where(Book.code != book)))
    left: Counter[tuple[str, str]] = Counter()
    for sender, _, lot, change in held_then(session, others, [chart.sent(book)], day):
        left[sender, lot] += change
    for _, door, lot, change in held_then(session, [book], [chart.received(code) for code in others], day):
        left[door.partition(":")[2], lot] += change
    # A note keyed so late that its sender's month was closed may be booked after its goods came in.
    return sum(pieces for pieces in left.values() if pieces > 0)


def differences_waiting_then(session: Session, book: str, day: date) -> int:
    """Return how many differences of arrivals nobody had confirmed or declined."""
    arrived = {entry.number for entry in standing(session, book, EntryKind.ARRIVAL, day)}
    confirmed = booked_by(session, book, EntryKind.ARRIVAL_DIFFERENCE, day)
    asked = select(Request).where(Request.book == book, Request.kind == EntryKind.ARRIVAL_DIFFERENCE)
    return sum(
        one.lines()["arrival"] in arrived and one.number not in confirmed and not declined_by(session, one, day)
        for one in session.scalars(asked)
    )


def declined_by(session: Session, asked: Request, day: date) -> bool:
    """Tell whether a proposal had been declined when a day was over."""
    if asked.status != DECLINED:
        return False
    said_no = next(one for one in changes_of(session, asked) if one.after == DECLINED)
    return county_day(session, instant(said_no.recorded_us)) <= day


def counts_under_way(session: Session, book: str, day: date) -> int:
    """Return how many stock-takes had begun and were not booked; when one was dropped unbooked nothing says."""
    booked = booked_by(session, book, EntryKind.COUNT, day)
    begun = [
        count for count in session.scalars(select(StockCount).where(StockCount.book == book))
        if count.number is not None or count.status != CountStatus.DROPPED
    ]
    return sum(
        one.number not in booked and county_day(session, instant(one.begun_us)) <= day for one in begun
    )


def objections_unanswered(session: Session, book: str, day: date) -> int:
    """Return how many objections had come in and not been answered."""
    raised = named(session, book, EntryKind.OBJECTION, day, "objection")
    return len(raised - named(session, book, EntryKind.OBJECTION_ANSWER, day, "objection"))


def slips_out(session: Session, book: str, day: date) -> int:
    """Return of how many deliveries the signed slip was still to come back."""
    back = named(session, book, EntryKind.DELIVERY_SLIP, day, "number")
    mine = (Entry.book == Delivery.book) & (Entry.number == Delivery.number)
    carried = session.scalars(select(Delivery).join(Entry, mine).where(Delivery.book == book, *stood_on(day)))
    later = corrected_after(session, book, day)
    return sum(
        one.number not in back and (one.number in later or not wholly_corrected(session, one)) for one in carried
    )


def corrected_after(session: Session, book: str, day: date) -> set[int]:
    """Return the redemptions of which something was taken back after a day."""
    mine = (Entry.book == book, Entry.kind == EntryKind.CORRECTION, Entry.booked_on > day)
    return {body_of(entry)["facts"]["number"] for entry in session.scalars(select(Entry).where(*mine))}


def book_and_shelf(
    session: Session, book: str, first: date, last: date, goods: Iterable[Mapping[str, Any]]
) -> tuple[StockCount | None, list[dict[str, Any]]]:
    """Return the last stock-take of a month, and the rows of its flow of goods by category, with what was found."""
    counts = [entry for entry in standing(session, book, EntryKind.COUNT, last) if entry.booked_on >= first]
    numbers = [entry.number for entry in counts if entry.occurred_on >= first]
    query = select(StockCount).where(StockCount.book == book, StockCount.number.in_(numbers))
    count = session.scalars(query.order_by(StockCount.n.desc()).limit(1)).first()
    return count, by_category(goods, differences_of(session, counts), counted=count is not None)


def differences_of(session: Session, counts: list[Entry]) -> dict[str, Sums]:
    """Return by category what stock-takes found over and short, each lot for itself; nothing where none was made."""
    category = {item.code: item.category for item in session.scalars(select(Item))}
    found: dict[str, Sums] = defaultdict(lambda: {"over": 0, "short": 0})
    for move in (move for entry in counts for move in moves_of(entry)):
        found[category[move.commodity]]["over" if move.source == chart.DIFFERENCE else "short"] += move.quantity
    return found


def by_category(
    goods: Iterable[Mapping[str, Any]], differences: dict[str, Sums], *, counted: bool
) -> list[dict[str, Any]]:
    """Return by category: brought forward, in, out and left; the book without over and short; found; the difference."""
    sums: dict[str, Sums] = defaultdict(lambda: dict.fromkeys(("before", "came", "went", "left"), 0))
    for row in goods:
        for name, ways in (("before", ("before",)), ("came", CAME), ("went", WENT), ("left", ("left",))):
            sums[row["category"]][name] += sum(row[way] for way in ways)
    rows = []
    for category, row in sorted(sums.items()):
        found = differences[category]
        difference = found["over"] - found["short"]
        # Each lot was booked as it was found; what moved since moved shelf and book alike.
        rows.append({
            "category": category, **row, **found, "difference": difference, "booked": row["left"] - difference,
            "found": row["left"] if counted else None,
        })
    return rows
