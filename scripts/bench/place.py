"""A small county to measure in: one shop with one lot of goods and households with points."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from ledger import chart
from ledger.db import Database, close_database, migrate, open_database
from ledger.journal import County, Draft, Move, microseconds, open_book, post, post_all
from ledger.terms import EntryKind

ROUNDS = 5
PLENTY = 10**9
DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
MOVES = (
    Move(chart.purse("H0001", "merit"), chart.REDEEMED, chart.POINT, 490),
    Move(chart.STOCK, chart.HANDED_OUT, "RICE", 1, "L1"),
    Move(chart.STOCK, chart.HANDED_OUT, "SOAP", 2, "L2"),
)


def fill(url: str, books: int = 1) -> None:
    """Make a demo county with some books, each with plenty of goods and points."""
    migrate(url)
    database = open_database(url)
    with database.writing() as session:
        session.add(County(name="bench", code="610727", timezone="Asia/Shanghai", demo=1, made_us=microseconds(NOW)))
        session.flush()
        for n in range(1, books + 1):
            open_book(session, f"LY{n:02d}")
            post(
                session, book=f"LY{n:02d}", kind=EntryKind.CREDIT, by="bench", occurred_on=DAY, now=NOW,
                key=f"plenty-{n}",
                moves=[
                    Move(chart.fund("merit"), chart.purse("H0001", "merit"), chart.POINT, PLENTY),
                    Move(chart.donor("D1"), chart.STOCK, "RICE", PLENTY, "L1"),
                    Move(chart.donor("D1"), chart.STOCK, "SOAP", PLENTY, "L2"),
                ],
            )
    close_database()


def redeem(database: Database, book: str, key: str) -> None:
    """Post one redemption of two kinds of goods, durably."""
    database.write(
        lambda session: post(
            session, book=book, kind=EntryKind.REDEMPTION, by="bench", occurred_on=DAY, now=LATER, key=key,
            moves=MOVES, facts={"household": "H0001"},
        )
    )


def timed(url: str, work: Callable[[Database], Any]) -> float:
    """Return how long some work in a database takes."""
    database = open_database(url)
    took = seconds(lambda: work(database))
    close_database()
    return took


def post_in_parts(url: str, drafts: list[Draft], key: str) -> None:
    """Post many entries in the first book, some thousands in one turn."""
    database = open_database(url)
    for n, some in enumerate(chunks(drafts, 2_000)):
        with database.writing() as session:
            post_all(session, book="LY01", drafts=some, by="bench", occurred_on=DAY, now=LATER, key=f"{key}-{n}")
    close_database()


def sale() -> Draft:
    """Return a plain redemption."""
    return Draft(EntryKind.REDEMPTION, [
        Move(chart.purse("H0001", "merit"), chart.REDEEMED, chart.POINT, 50),
        Move(chart.STOCK, chart.HANDED_OUT, "SOAP", 1, "L2"),
    ])


def chunks(drafts: list[Draft], size: int) -> list[list[Draft]]:
    """Return drafts in pieces."""
    return [drafts[start : start + size] for start in range(0, len(drafts), size)]


def seconds(work: Callable[[], Any]) -> float:
    """Return how long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(ours: list[float], raw: list[float]) -> float:
    """Return the speed of ours as a part of the raw driver's: the median of the rounds' ratios."""
    return round(statistics.median(slow / fast for fast, slow in zip(ours, raw, strict=True)), 3)
