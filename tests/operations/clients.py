"""Twenty clients in processes of their own, for races: each opens the database for itself and waits for the others."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from ledger.db import Database
from ledger.errors import LedgerError
from tests.county import County, said_by
from tests.journal.clients import know, processes

CLIENTS = 20
Job = tuple[Callable[..., Any], str, dict[str, Any]]
"""An act, the book it is done in, and what its form says."""

know(__name__)
waiting: dict[str, Any] = {}


class Clients:
    """The processes, and what they answer."""

    def __init__(self) -> None:
        start = processes.Barrier(CLIENTS)
        self.pool = ProcessPoolExecutor(CLIENTS, mp_context=processes, initializer=be_ready, initargs=(start,))

    def race(self, county: County, jobs: list[Job]) -> tuple[list[Any], list[Any]]:
        """Do all jobs at one moment; return the answers, and the sentences of the refusals."""
        now, url = county.now, county.store.url
        # Who has nothing to do comes to the line all the same, so that nobody does two jobs one after the other.
        asked = [*jobs, *[None] * (CLIENTS - len(jobs))]
        told = [one.result(60) for one in [self.pool.submit(do, url, now, job) for job in asked]]
        booked = [answer for done, answer in told if done]
        return booked, [answer for done, answer in told if not done and answer is not None]

    def go_home(self) -> None:
        """End the processes."""
        self.pool.shutdown()


def be_ready(start: Any) -> None:
    """Keep the line at which all clients wait."""
    waiting["start"] = start


def do(url: str, now: Any, job: Job | None) -> tuple[bool, Any]:
    """Wait for the others, then do one job; return whether it was booked, and the answer or the refusal's sentences."""
    database = Database(url)
    with database.reading() as session:
        session.connection()
    waiting["start"].wait(60)
    try:
        if job is None:
            return False, None
        operation, book, content = job
        with database.writing() as session:
            return True, operation(session, book=book, now=now, **content)
    except LedgerError as refusal:
        return False, said_by(refusal)
    finally:
        database.close()
