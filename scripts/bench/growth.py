"""What one more entry costs in a young book and in an old one with many used-up lots."""

import statistics
from pathlib import Path
from typing import Any

from ledger import chart
from ledger.db import Database, close_database, open_database
from ledger.journal import Draft, Move
from ledger.terms import EntryKind
from scripts.bench.core import copy
from scripts.bench.place import ROUNDS, fill, post_in_parts, redeem, sale, seconds
from scripts.soaking.places import folder

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
    used = [lot_used_up(n) for n in range(lots)]
    sold = [sale() for _ in range(postings // 2 - len(used))]
    post_in_parts(f"sqlite:///{path}", [*used, *sold], "past")


def lot_used_up(n: int) -> Draft:
    """Return an entry that brings a lot and hands all of it out."""
    lot = f"U{n}"
    return Draft(
        EntryKind.REDEMPTION,
        [Move(chart.donor("D1"), chart.STOCK, "SALT", 1, lot), Move(chart.STOCK, chart.HANDED_OUT, "SALT", 1, lot)],
    )


def cost(path: Path, n: int) -> float:
    """Return the median seconds of one more entry."""
    database: Database = open_database(f"sqlite:///{path}")
    redeem(database, "LY01", f"warm-{n}")
    times = [seconds(lambda line=line: redeem(database, "LY01", f"more-{n}-{line}")) for line in range(EACH)]
    close_database()
    return statistics.median(times)
