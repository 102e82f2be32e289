"""The journal core on PostgreSQL, sixteen connections, against raw psycopg saying the same statements."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from ledger.db import Database, close_database, open_database
from scripts.bench.place import ROUNDS, fill, ratio, redeem, seconds
from scripts.bench.tape import Said, recording, replay
from tests.postgres import Server

CONNECTIONS = 16
EACH = 40


def sixteen() -> dict[str, Any]:
    """Let sixteen clients post in a book each; the server waits for no disk. Return both speeds and their ratio."""
    server = Server()
    server.start()
    try:
        return measured(server)
    finally:
        server.stop()


def measured(server: Server) -> dict[str, Any]:
    """Return the figures of a running server."""
    ours, raw = [], []
    server.say("CREATE DATABASE start")
    fill(server.url("start"), books=CONNECTIONS)
    for n in range(ROUNDS):
        server.say(f"CREATE DATABASE ours{n} TEMPLATE start")
        server.say(f"CREATE DATABASE raw{n} TEMPLATE start")
        took, tape = posted(server.url(f"ours{n}"))
        ours.append(took)
        raw.append(replayed(server.url(f"raw{n}"), tape))
    count = CONNECTIONS * EACH
    return {
        "ledger_per_s": round(count / min(ours)), "raw_per_s": round(count / min(raw)), "ratio": ratio(ours, raw),
        "connections": CONNECTIONS,
    }


def posted(url: str) -> tuple[float, list[list[Said]]]:
    """Post from sixteen threads, a book each; return the time and what each connection said."""
    database = open_database(url)
    with recording(database.engine) as tape, ThreadPoolExecutor(CONNECTIONS) as pool:
        took = seconds(lambda: list(pool.map(lambda n: fill_book(database, n), range(1, CONNECTIONS + 1))))
    close_database()
    return took, list(tape.values())


def fill_book(database: Database, n: int) -> None:
    """Post one client's entries."""
    for line in range(EACH):
        redeem(database, f"LY{n:02d}", f"entry-{n}-{line}")


def replayed(url: str, tapes: list[list[Said]]) -> float:
    """Return how long raw psycopg takes to say the same on as many connections."""
    connections = [psycopg.connect(url.replace("+psycopg", ""), autocommit=True) for _ in tapes]
    with ThreadPoolExecutor(len(tapes)) as pool:
        took = seconds(lambda: list(pool.map(replay, connections, tapes)))
    for connection in connections:
        connection.close()
    return took
