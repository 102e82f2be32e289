"""The journal core on PostgreSQL, sixteen connections, against raw psycopg saying the same statements."""

from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from threading import Barrier
from typing import Any

import psycopg

from ledger.db import Database, close_database, open_database
from scripts.bench.place import ROUNDS, fill, ratio, redeem, seconds
from scripts.bench.tape import Said, recording, replay
from tests.postgres import Server

CONNECTIONS = 16
EACH = 100


def sixteen() -> dict[str, Any]:
    """Let sixteen clients post in a book each, durably; and once more on a server that waits for no disk."""
    durable, hasty = figures(Server(hasty=False)), figures(Server())
    return {**durable, "ratio_without_disk": hasty["ratio"], "connections": CONNECTIONS}


def figures(server: Server) -> dict[str, Any]:
    """Return both speeds on one server, and their ratio."""
    server.start()
    try:
        return measured(server)
    finally:
        server.stop()


def measured(server: Server) -> dict[str, Any]:
    """Return the figures of a running server."""
    ours, raw, in_breaths = [], [], []
    server.say("CREATE DATABASE start")
    fill(server.url("start"), books=CONNECTIONS)
    tape = recorded(county(server, "tape"))
    for n in range(ROUNDS):
        ours.append(posted(county(server, f"ours{n}")))
        raw.append(replayed(county(server, f"raw{n}"), tape))
        in_breaths.append(replayed(county(server, f"breaths{n}"), tape, in_breaths=True))
    count = CONNECTIONS * EACH
    return {
        "ledger_per_s": round(count / min(ours)), "raw_per_s": round(count / min(raw)), "ratio": ratio(ours, raw),
        "ratio_where_the_driver_too_says_in_one_breath_what_we_do": ratio(ours, in_breaths),
    }


def posted(url: str) -> float:
    """Return how long sixteen clients take whose connections stand, as those of raw psycopg do."""
    database = open_database(url)
    all_hold_one = Barrier(CONNECTIONS)

    def connect(_: int) -> None:
        with database.engine.connect():
            all_hold_one.wait()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(connect, range(CONNECTIONS)))
    took = seconds(lambda: post_all_of(database))
    close_database()
    return took


def county(server: Server, name: str) -> str:
    """Return the URL of a fresh copy of the county."""
    server.say(f"CREATE DATABASE {name} TEMPLATE start")
    return server.url(name)


def recorded(url: str) -> list[list[Said]]:
    """Return what each connection says while all post."""
    database = open_database(url)
    with recording(database.engine) as tape:
        post_all_of(database)
    return list(tape.values())


def post_all_of(database: Database) -> None:
    """Post from sixteen threads, a book each."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda n: fill_book(database, n), range(1, CONNECTIONS + 1)))


def fill_book(database: Database, n: int) -> None:
    """Post one client's entries."""
    for line in range(EACH):
        redeem(database, f"LY{n:02d}", f"entry-{n}-{line}")


def replayed(url: str, tapes: list[list[Said]], in_breaths: bool = False) -> float:
    """Return how long raw psycopg takes to say the same on as many connections, each statement by itself or not."""
    connections = [psycopg.connect(url.replace("+psycopg", ""), autocommit=True) for _ in tapes]
    with ThreadPoolExecutor(len(tapes)) as pool:
        took = seconds(lambda: list(pool.map(replay, connections, tapes, repeat(in_breaths))))
    for connection in connections:
        connection.close()
    return took
