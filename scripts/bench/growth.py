"""What one more entry costs in a young book and in an old one with many used-up lots."""

import statistics
from pathlib import Path
from typing import Any

from ledger import chart
from ledger.db import Database, close_database, open_database
from ledger.journal import Draft, Move, post_all
from ledger.terms import EntryKind
from scripts.bench.core import copy
from scripts.bench.place import DAY, LATER, ROUNDS, fill, folder, redeem, seconds

YOUNG, OLD = 10_000, 1_000_000
LOTS = 10_000
EACH = 200


def growth() -> dict[str, Any]:
    """Return the cost of an entry at a million postings as a part of that at ten thousand."""
    with folder() as place:
        fill(f"sqlite:///{place / 'start.sqlite'}")
        young, old = copy(place, "young"), copy(place, "old")
        age(young, YOUNG, lots=0)
        age(old, OLD, lots=LOTS)
        costs = [(cost(young, n), cost(old, n)) for n in range(ROUNDS)]
    return {
        "young_us": round(min(pair[0] for pair in costs) * 1e6), "old_us": round(min(pair[1] for pair in costs) * 1e6),
        "ratio": round(statistics.median(late / early for early, late in costs), 3),
    }


def age(path: Path, postings: int, *, lots: int) -> None:
    """Give a book a past: used-up lots, and redemptions of two postings each."""
    database = open_database(f"sqlite:///{path}")
    used = [lot_used_up(n) for n in range(lots)]
    sold = [sale() for _ in range(postings // 2 - len(used))]
    for n, drafts in enumerate(chunks([*used, *sold], 2_000)):
        with database.writing() as session:
            post_all(session, book="LY01", drafts=drafts, by="bench", occurred_on=DAY, now=LATER, key=f"past-{n}")
    close_database()


def lot_used_up(n: int) -> Draft:
    """Return an entry that brings a lot and hands all of it out."""
    lot = f"U{n}"
    return Draft(
        EntryKind.REDEMPTION,
        [Move(chart.donor("D1"), chart.STOCK, "SALT", 1, lot), Move(chart.STOCK, chart.HANDED_OUT, "SALT", 1, lot)],
    )


def sale() -> Draft:
    """Return a plain redemption."""
    return Draft(
        EntryKind.REDEMPTION,
        [
            Move(chart.purse("H0001", "merit"), chart.REDEEMED, chart.POINT, 50),
            Move(chart.STOCK, chart.HANDED_OUT, "SOAP", 1, "L2"),
        ],
    )


def chunks(drafts: list[Draft], size: int) -> list[list[Draft]]:
    """Return drafts in pieces."""
    return [drafts[start : start + size] for start in range(0, len(drafts), size)]


def cost(path: Path, n: int) -> float:
    """Return the median seconds of one more entry."""
    database: Database = open_database(f"sqlite:///{path}")
    redeem(database, "LY01", f"warm-{n}")
    times = [seconds(lambda line=line: redeem(database, "LY01", f"more-{n}-{line}")) for line in range(EACH)]
    close_database()
    return statistics.median(times)
