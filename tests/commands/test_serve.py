"""aixin serve: it says where it is and whether it is a demo, never loads one, and stops cleanly."""

import importlib
import signal
import socket
import threading
import time
import urllib.request
from datetime import UTC, datetime

import pytest

from ledger.commands.serve import options
from ledger.db import database, open_database
from ledger.db.sqlite import fixed
from ledger.journal.signing import new_key
from ledger.registers.starter import found_county
from ledger.settings import Settings
from tests.commands.conftest import PROJECT, calling, database_in, start
from tests.commands.test_demo import rows_in

LONG_ENOUGH = 60
"""Seconds after which a machine is not busy, but something is wrong."""


def free_port():
    """Return a port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture
def serving():
    """Start the service in a folder; it is stopped in the end, whatever happens."""
    running = []

    def serve(folder, **more):
        port = free_port()
        running.append(start(folder, "serve", PORT=str(port), **more))
        return running[-1], port

    yield serve
    for process in running:
        process.kill()
        process.communicate()


def answered(port, path="/healthz"):
    """Ask the service for a page, and return its answer to be read; it may take a moment until there is one."""
    end = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < end:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=LONG_ENOUGH)
        except ConnectionError:
            time.sleep(0.05)
        except urllib.error.URLError as fault:
            if not isinstance(fault.reason, ConnectionError):
                raise
            time.sleep(0.05)
    raise AssertionError("The service does not answer.")


def ask(port, path="/healthz"):
    """Ask the service for a page, and return the status of its answer."""
    with answered(port, path) as answer:
        return answer.status


def stopped(process):
    """Let the service stop, and return its exit code and the rest of what it said."""
    process.send_signal(signal.SIGTERM)
    out, error = process.communicate(timeout=LONG_ENOUGH)
    return process.returncode, out, error


def test_an_empty_ledger_is_served_and_says_what_to_do_first(place, serving):
    process, port = serving(place)
    assert f"http://127.0.0.1:{port}" in process.stdout.readline()
    assert "aixin county new" in process.stdout.readline()
    assert ask(port) == 200
    assert stopped(process)[0] == 0
    assert rows_in(place) == [0, 0], "serve never loads a demo"


def test_an_address_too_long_to_be_read_is_answered_in_both_languages(place, serving):
    _, port = serving(place)
    ask(port)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/books/LY01/households?q={'%E7%8E%8B' * 5000}")
    page = caught.value.read().decode()
    assert (caught.value.code, caught.value.headers["Content-Type"]) == (414, "text/html; charset=utf-8")
    assert "查找时只填几个字就够了" in page and "A few signs are enough" in page
    assert ask(port) == 200


def test_a_demo_shouts_that_it_is_one_and_says_the_password_at_each_start(demo_copy, serving):
    process, port = serving(demo_copy)
    assert ask(port) == 200
    code, out, error = stopped(process)
    assert (code, error) == (0, "")
    assert "DEMO COUNTY" in out
    assert (demo_copy / "instance" / "demo-password").read_text().strip() in out


def test_the_password_of_another_demo_is_not_shown_as_this_ones(demo_copy, serving):
    (demo_copy / "instance" / "demo-password").write_text("abcd-efgh-jkmn\n")
    process, port = serving(demo_copy)
    assert ask(port) == 200
    out = stopped(process)[1]
    assert "abcd-efgh-jkmn" not in out and "aixin staff reset" in out


def test_an_engine_that_can_damage_its_file_is_named_at_the_start_and_serves(place, serving, tmp_path):
    (tmp_path / "without" / "pysqlite3").mkdir(parents=True)
    (tmp_path / "without" / "pysqlite3" / "__init__.py").touch()
    process, port = serving(place, PYTHONPATH=f"{tmp_path / 'without'}:{PROJECT}")
    assert ask(port) == 200
    said = stopped(process)[2]
    own = importlib.import_module("sqlite3")
    expected = "" if fixed(own.sqlite_version_info) else f"SQLite {own.sqlite_version} can damage its file"
    assert (bool(said), said[: len(expected)]) == (bool(expected), expected)


def test_a_worker_that_ends_lets_who_is_writing_finish_and_closes_the_database(place):
    store, begun = open_database(database_in(place).url), threading.Event()

    def found():
        with store.writing() as session:
            begun.set()
            time.sleep(0.3)
            found_county(session, name="略阳县", code="610727", demo=False, by="aixin", now=datetime.now(UTC))

    writer = threading.Thread(target=found)
    writer.start()
    begun.wait()
    options(Settings("", "", ""), "")["worker_exit"](None, None)
    with pytest.raises(RuntimeError, match="No database has been opened"):
        database()
    assert rows_in(place) == [1, 0]
    writer.join()


def test_an_order_to_stop_ends_it_with_zero_also_while_somebody_is_connected(demo_copy, serving):
    process, port = serving(demo_copy)
    assert ask(port, "/sign-in") == 200
    with socket.create_connection(("127.0.0.1", port)):
        assert stopped(process)[0] == 0


def test_a_taken_port_is_said_in_one_sentence(place, serving):
    _, port = serving(place)
    assert ask(port) == 200
    done = calling(place)("serve", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} on 127.0.0.1 cannot be used (Address already in use); set HOST and PORT to another place.\n"
    )


def test_two_processes_on_sqlite_stop_the_start(place):
    done = calling(place)("serve", WEB_CONCURRENCY="2")
    assert done.returncode == 2
    assert done.stderr.startswith("WEB_CONCURRENCY must be 1 on SQLite")


def test_a_database_that_is_not_migrated_is_not_served(tmp_path):
    done = calling(tmp_path)("serve")
    assert done.returncode == 1
    assert done.stderr == "This database is not ready for this program. Run: aixin migrate\n"


@pytest.mark.parametrize("command", ["serve", "nightly", "rebuild --check", "migrate"])
def test_a_database_that_does_not_answer_is_said_to_an_operator_and_not_to_who_sends_a_form(place, command):
    done = calling(place)(*command.split(), AIXIN_DATABASE_URL="postgresql://nobody@127.0.0.1:1/x")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("The database cannot be used: ") and "refused" in done.stderr


WRONG_KEY = {
    "others may read it": "Others may read {key}, so the key in it is not used. Run: chmod 600 {key}\n",
    "it holds none": "{key} holds no Ed25519 key that could be read (",
    "its stick is not there": "There is no file {key}. If the key lies on a stick or another disk, bring it back "
    "(mount it); only if it is lost: aixin checkpoint --new-key {key}\n",
}
"""What may be wrong with a key, and how it is said."""


def wrong_key(folder, why):
    """Let a key be wrong; return where it is and what is said of it."""
    key = folder / "stick" / "key.pem"
    if why != "its stick is not there":
        key.parent.mkdir()
        new_key(key)
        key.chmod(0o644)
    if why == "it holds none":
        key.write_text("hello")
        key.chmod(0o600)
    return str(key), WRONG_KEY[why].format(key=key)


@pytest.mark.parametrize("why", WRONG_KEY)
def test_a_key_that_cannot_sign_is_named_before_the_counter_opens(place, why):
    key, said = wrong_key(place, why)
    done = calling(place)("serve", AIXIN_SIGNING_KEY_FILE=key)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"AIXIN_SIGNING_KEY_FILE: {said}")


@pytest.mark.parametrize("more", [{"PORT": "99999"}, {"AIXIN_LANGUAGE": "fr"}, {"AIXIN_TRUSTED_PROXIES": "many"}])
def test_a_setting_that_cannot_be_is_named_in_one_sentence(place, more):
    done = calling(place)("serve", **more)
    assert done.returncode == 2
    assert done.stderr.startswith(next(iter(more)))
