"""The raw driver with clients who wait for it: each hands in one operation and goes on when it is durable."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Lock
from typing import Any

from ledger.db.group import MOST_IN_A_GROUP
from scripts.bench.tape import Said, replay


def replay_for_all(connection: Any, tape: list[Said], clients: int, beside: Callable[[int], None]) -> None:
    """Say a tape commit by commit for as many threads as hand in one operation each time and wait for its commit.

    `beside` is done for each operation by who says it.
    """
    operations = operations_of(tape)
    waiting: SimpleQueue[tuple[list[Said], Lock]] = SimpleQueue()
    line = iter(operations)
    guard = Lock()

    def client(_: int) -> None:
        gate = Lock()
        gate.acquire()
        while True:
            # In the order of the tape: each entry is chained to the one before.
            with guard:
                operation = next(line, None)
                if operation is None:
                    return
                waiting.put((operation, gate))
            gate.acquire()

    def write() -> None:
        left = len(operations)
        while left:
            group = [waiting.get()]
            while len(group) < MOST_IN_A_GROUP and not waiting.empty():
                group.append(waiting.get())
            connection.execute("BEGIN IMMEDIATE")
            for place, (operation, _) in enumerate(group):
                beside(left - place)
                replay(connection, operation)
            connection.execute("COMMIT")
            for _, gate in group:
                gate.release()
            left -= len(group)

    with ThreadPoolExecutor(clients + 1) as pool:
        for done in [pool.submit(write), *(pool.submit(client, n) for n in range(clients))]:
            done.result()


def operations_of(tape: list[Said]) -> list[list[Said]]:
    """Return the operations of a tape, without what begins and ends a commit."""
    operations: list[list[Said]] = [[]]
    for said in tape:
        if said[0] not in ("BEGIN IMMEDIATE", "COMMIT"):
            operations[-1].append(said)
            if said[0] == "RELEASE operation":
                operations.append([])
    return operations[:-1]
