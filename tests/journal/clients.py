"""Clients in processes of their own, for races: each opens the database for itself, as a server beside others would."""

import multiprocessing
import os
import threading
from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.db import Database
from ledger.errors import LedgerError
from ledger.journal import Move, act, close_book, post
from ledger.terms import EntryKind
from tests.journaltext import at

processes = multiprocessing.get_context("forkserver")
known_before: set[str] = set()


def know(*modules: str) -> None:
    """Let the process from which all others are forked have read these modules, so that none reads them again."""
    known_before.update(modules)
    processes.set_forkserver_preload(sorted(known_before))


know(__name__)
DAY = date(2026, 3, 6)


@act
def hand_out_soap(session: Session, *, book: str, clerk: str, now: Any, key: str, quantity: int) -> dict[str, Any]:
    """Hand out soap; an act as operations write them."""
    moves = [Move("stock", "handed-out", "SOAP", quantity, "L7")]
    said: dict[str, Any] = {"kind": EntryKind.REDEMPTION, "by": clerk, "occurred_on": DAY, "moves": moves}
    entry = post(session, book=book, now=now, key=key, **said)
    return {"number": entry.number, "digest": entry.digest.hex()}


def send(database: Database, key: str, quantity: int = 1, book: str = "LY12") -> dict[str, Any] | str:
    """Send the form once; return its answer, or the refusal in words."""
    try:
        with database.writing() as session:
            return hand_out_soap(session, book=book, clerk="lin", now=at("2026-03-06"), key=key, quantity=quantity)
    except LedgerError as refusal:
        return f"{type(refusal).__name__}: {refusal}"


def all_at_once(url: str, keys: list[str], books: list[str] | None = None) -> list[Any]:
    """Send one form from each of as many processes, all at the same moment; return the answers."""
    start, answers = processes.Barrier(len(keys)), processes.SimpleQueue()
    clients = [
        processes.Process(target=client, args=(url, key, book, start, answers), daemon=True)
        for key, book in zip(keys, books or ["LY12"] * len(keys), strict=True)
    ]
    for one in clients:
        one.start()
    said = [answers.get() for _ in clients]
    for one in clients:
        one.join(60)
    return said


def client(url: str, key: str, book: str, start: Any, answers: Any) -> None:
    """Wait for the others, then send."""
    database = Database(url)
    with database.reading():
        start.wait(60)
    try:
        answers.put(send(database, key, book=book))
    except BaseException as error:
        answers.put(repr(error))
    database.close()


def keeper_without_end(url: str, acknowledged: str) -> None:
    """Serve at three counters until the power goes; write down the number of each act once it is acknowledged."""
    database = Database(url)
    paper = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def serve(counter: int) -> None:
        for visit in range(1_000_000):
            answer = send(database, f"{counter}-{visit}")
            os.write(paper, f"{answer['number'] if isinstance(answer, dict) else answer}\n".encode())

    for counter in range(3):
        threading.Thread(target=serve, args=(counter,)).start()


def keep_entering(url: str, name: str, times: int, start: Any, answers: Any) -> None:
    """Enter paper after paper of the first of February, as fast as the book takes them."""
    database = Database(url)
    start.wait(60)
    for place in range(times):
        with database.writing() as session:
            post(
                session, book="LY12", kind=EntryKind.NOTICE, by=name, occurred_on=date(2026, 2, 1),
                now=at("2026-03-06"), key=f"{name}-{place}",
            )
    database.close()
    answers.put(times)


def keep_closing(url: str, days: int, start: Any, answers: Any) -> None:
    """Close February day by day, as fast as the book lets itself be closed."""
    database = Database(url)
    start.wait(60)
    for day in range(1, days + 1):
        with database.writing() as session:
            through, now = date(2026, 2, day), at("2026-03-06")
            close_book(session, book="LY12", through=through, by="gao", now=now, key=f"close-{day}", facts={})
    database.close()
    answers.put(days)
