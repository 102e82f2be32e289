"""A fault at every write, sync and truncation of one posting: afterwards the book is right, and a retry books once."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ledger.db import Database
from scripts.soaking.places import lasting_place_on
from scripts.soaking.service import ENOUGH_SECONDS
from scripts.soaking.tracing import calls, traced
from tests.journal.clients import know, processes, send
from tests.journaltext import book_from
from tests.replay import replay, rows

know(__name__)
CALLS = ("pwrite64", "fsync", "fdatasync", "ftruncate", "unlink")
FAULTS = {
    "killed": "signal=SIGKILL:when={nth}",
    "failing once": "error=EIO:when={nth}",
    # A disk that is full stays full.
    "full from then on": "error=ENOSPC:when={nth}+",
}
SHELF = "2026-03-05 donation\n donor:D7 -> stock SOAP/L7 20"


def faults(most: int) -> dict[str, Any]:
    """Try each fault at each call of one posting; if there are more calls than `most`, at some of them."""
    figures: Counter[str] = Counter()
    with lasting_place_on("sqlite") as place:
        book_from(SHELF, store := Database(place.url))
        store.close()
        points = [*points_of(place.folder)]
        figures["calls"] = len(points)
        for fault in FAULTS.values():
            for call, nth in points[:: -(-len(points) // most)]:
                figures.update(faults=1, **suffered(place.folder, f"inject={call}:{fault.format(nth=nth)}"))
    return dict(figures)


def points_of(place: Path) -> Iterator[tuple[str, int]]:
    """Yield each call that one posting makes for its database, by name and how many of them came before."""
    post(fresh(place), place / "log", f"trace={','.join(CALLS)}")
    seen: Counter[str] = Counter()
    for call in calls(place / "log"):
        assert call.file.startswith(str(place)), call
        seen[call.name] += 1
        yield call.name, seen[call.name]


def fresh(place: Path) -> str:
    """Return the URL of a fresh book with twenty soaps on the shelf."""
    for old in place.glob("book.sqlite*"):
        old.unlink()
    shutil.copy(place / "ledger.sqlite", place / "book.sqlite")
    return f"sqlite:///{place / 'book.sqlite'}"


def post(url: str, log: Path, option: str) -> list[Any]:
    """Post once in a process of its own that is traced, and send the form again; return the answers that came."""
    (begin, go), (answers, said) = processes.Pipe(duplex=False), processes.Pipe(duplex=False)
    clerk = processes.Process(target=clerk_posts, args=(url, begin, said), daemon=True)
    clerk.start()
    said.close()
    heard = []
    with traced(clerk.pid, log, "-e", option):
        go.send("go")
        while answers.poll(ENOUGH_SECONDS):
            try:
                heard.append(answers.recv())
            except EOFError:
                break
        clerk.join(ENOUGH_SECONDS)
    assert clerk.exitcode is not None, "the clerk hangs"
    return heard


def clerk_posts(url: str, begin: Any, said: Any) -> None:
    """Hand out one soap once somebody says go, and send the same form again."""
    database = Database(url)
    begin.recv()
    for _ in range(2):
        said.send(answer(database))
    database.close()


def answer(database: Database) -> Any:
    """Return what the clerk is told: an answer, a refusal in words, or a fault of ours."""
    try:
        return send(database, "one form")
    except Exception as fault:
        return f"fault: {fault!r}"


def suffered(place: Path, option: str) -> dict[str, int]:
    """Post with one fault; return what is wrong afterwards."""
    url = fresh(place)
    heard = post(url, place / "log", option)
    store = Database(url)
    booked = [said for said in heard if isinstance(said, dict)]
    before = standing(store)
    again = send(store, "one form")
    after = standing(store)
    store.close()
    return {
        "acknowledged": bool(booked),
        "lost": sum(said["digest"] not in before for said in booked),
        "not_once": int(not isinstance(again, dict) or len(after) != 2 or again["digest"] != after[1]),
        "unclear": sum(not isinstance(said, dict) and not said.startswith("Busy") for said in heard),
    }


def standing(store: Database) -> list[str]:
    """Replay the book; return the digests of its entries."""
    with store.reading() as session:
        replay(session, "LY12")
        return [row["digest"].hex() for row in rows(session, "SELECT digest FROM entry ORDER BY number")]
