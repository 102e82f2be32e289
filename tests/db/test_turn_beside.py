"""The writer's turn beside another process: a command is waited for, and nobody goes twice before it."""

import fcntl
import subprocess
import sys
import threading

import pytest

from ledger.db import Database, sqlite
from ledger.errors import Busy
from tests.db.test_turn import LONG_ENOUGH, last, number, patience, wait_until
from tests.stores import outside, sqlite_path

__all__ = ["patience"]
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


HOLD = """
import sys, time
from ledger.db.sqlite import sqlite_module
connection = sqlite_module().connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(0.5)
connection.execute("INSERT INTO serial VALUES ('LY12', 'turn', 0, 100)")
connection.execute("COMMIT")
"""


def test_a_command_beside_the_server_is_waited_for(store):
    hold = [sys.executable, "-c", HOLD, sqlite_path(store.url)]
    with subprocess.Popen(hold, stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout.readline() == "held\n"
        with store.writing() as session:
            assert number(session) == 101
    assert command.returncode == 0
    assert last(store) == 101


def test_a_file_that_stays_locked_is_busy_and_nothing_is_written(store, monkeypatch):
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.2)
    impatient = Database(store.url)
    with outside(store) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy), impatient.writing() as session:
            number(session)
        other.execute("ROLLBACK")
        with impatient.writing() as session:
            assert number(session) == 1
    impatient.close()


def test_whoever_has_just_written_queues_again_behind_another_process(store):
    order = []
    command = Database(store.url)

    def command_writes():
        with command.writing() as session:
            order.append("command")
            number(session)

    with store.writing() as session:
        number(session)
        other = threading.Thread(target=command_writes, daemon=True)
        other.start()
        wait_until(lambda: somebody_in_the_door(store))
        order.append("server")
    with store.writing() as session:
        order.append("server again")
        number(session)
    other.join(LONG_ENOUGH)
    assert order == ["server", "command", "server again"]
    command.close()


def somebody_in_the_door(store):
    """Tell whether a process stands in the door, asking the door itself."""
    with open(f"{store.turn.engine.url.database}-turn") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
