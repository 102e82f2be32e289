"""The journal core on SQLite against the raw driver saying the same statements, one by one and with 100 waiting."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from ledger.db import Database, close_database, open_database
from ledger.db.sqlite import prepare, sqlite_module
from ledger.journal.book import Head
from ledger.journal.draft import Draft, Stamp, next_entry
from ledger.terms import EntryKind
from scripts.bench.crowd import replay_for_all
from scripts.bench.place import DAY, MOVES, ROUNDS, fill, ratio, redeem, seconds, timed
from scripts.bench.tape import Said, recording, replay
from scripts.soaking.places import folder

EACH = 300
WAITING = 100
HEAD = Head("LY01", 1, bytes(32), 0, DAY)
STAMP = Stamp("LY01", "bench", "", DAY, DAY, 0, False, {})
DRAFT = Draft(EntryKind.REDEMPTION, MOVES, {"household": "H0001"})


def one_by_one() -> dict[str, Any]:
    """Post entries one after the other, each durable before the next."""
    return against_raw(1)


def grouped() -> dict[str, Any]:
    """Post entries with a hundred waiting; the raw driver commits in the same groups, with and without the hundred.

    The last ratio is the driver's own, with a hundred waiting and the rows worked out: what Python could reach at best.
    """
    return against_raw(WAITING)


def against_raw(clients: int) -> dict[str, Any]:
    """Return both speeds (entries a second, best round) and their ratio."""
    ours, raw, rows, crowded, floor = [], [], [], [], []
    count = EACH if clients == 1 else EACH * 4
    with folder() as place:
        fill(f"sqlite:///{place / 'start.sqlite'}")
        tape = recorded(copy(place, "ours"), clients, count)
        for _ in range(ROUNDS):
            url = f"sqlite:///{copy(place, 'ours')}"
            ours.append(timed(url, lambda database: run_clients(database, clients, count)))
            raw.append(raw_seconds(copy(place, "raw"), tape))
            rows.append(raw[-1] + seconds(lambda: work_out(count)))
            if clients > 1:
                crowded.append(raw_seconds(copy(place, "raw"), tape, clients))
                floor.append(raw_seconds(copy(place, "raw"), tape, clients, beside=work_out_one))
    return {
        "ledger_per_s": round(count / min(ours)), "raw_per_s": round(count / min(raw)), "ratio": ratio(ours, raw),
        "ratio_with_rows_worked_out": ratio(ours, rows), "clients": clients,
        "commits": sum(text == "COMMIT" for text, _, _ in tape),
        **({
            "ratio_with_as_many_waiting_for_the_driver": ratio(ours, crowded),
            "ratio_of_waiting_and_rows_alone": ratio(floor, raw),
        } if crowded else {}),
    }


def work_out(count: int) -> None:
    """Work out so many rows of the journal: keys, body and digest, which the raw driver is handed ready-made."""
    for n in range(count):
        work_out_one(n)


def work_out_one(n: int) -> None:
    """Work out one row of the journal."""
    next_entry(HEAD, replace(STAMP, key=f"entry-{n}"), DRAFT, 0, [])


def copy(place: Path, name: str) -> Path:
    """Return a fresh copy of the county to begin from."""
    path = place / f"{name}.sqlite"
    for old in place.glob(f"{name}.sqlite*"):
        old.unlink()
    shutil.copy(place / "start.sqlite", path)
    return path


def recorded(path: Path, clients: int, count: int) -> list[Said]:
    """Post entries with some clients once; return what was said to the database."""
    database = open_database(f"sqlite:///{path}")
    with recording(database.turn.engine) as tape:
        run_clients(database, clients, count)
    close_database()
    return next(iter(tape.values()))


def run_clients(database: Database, clients: int, count: int) -> None:
    """Let clients post their share of entries, one after the other; one client alone needs no other thread."""

    def client(first: int) -> None:
        for n in range(first, count, clients):
            redeem(database, "LY01", f"entry-{n}")

    if clients == 1:
        client(0)
        return
    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(client, first) for first in range(clients)]:
            done.result()


def raw_seconds(
    path: Path, tape: list[Said], clients: int = 1, beside: Callable[[int], None] = lambda _: None
) -> float:
    """Return how long the raw driver takes to say the same, alone or with clients who wait for it, and with some work
    beside each operation.
    """
    connection = sqlite_module().connect(str(path), isolation_level=None, check_same_thread=False)
    prepare(connection, str(path))
    alone = clients == 1
    took = seconds(lambda: replay(connection, tape) if alone else replay_for_all(connection, tape, clients, beside))
    connection.close()
    return took
