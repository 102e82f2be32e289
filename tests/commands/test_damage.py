"""A damaged database file: said in a sentence, kept and shown in red; the counter opens, and the night goes on."""

import urllib.error
import urllib.request

import pytest

from ledger.db.sqlite import sqlite_module
from tests.commands.conftest import calling
from tests.commands.test_rebuild import known, readiness
from tests.commands.test_serve import ask, serving, stopped

__all__ = ["serving"]
DAMAGED = "the database is damaged (database disk image is malformed)"
TOLD = "The database is damaged: database disk image is malformed\n"


@pytest.fixture
def aixin(demo_copy):
    """The command, called beside a demo."""
    return calling(demo_copy)


def damage(folder, table):
    """Let the first page of a table be as an old disk leaves it."""
    path = folder / "instance" / "ledger.sqlite"
    connection = sqlite_module().connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_each_book_that_cannot_be_read_is_named_and_known(aixin, demo_copy):
    damage(demo_copy, "posting")
    done = aixin("rebuild", "--check")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert (len(lines), lines[0].startswith("COUNTY"), lines[3]) == (29, True, f"LY03: {DAMAGED}")
    assert len(known(demo_copy)) == 29


def test_only_the_book_that_cannot_be_read_is_wrong(aixin, demo_copy):
    damage(demo_copy, "on_the_road")
    done = aixin("rebuild", "--check")
    assert (done.returncode, done.stdout) == (1, f"COUNTY: {DAMAGED}\n")
    assert known(demo_copy) == [("COUNTY", 1)]


def test_a_night_goes_on_to_its_last_step(aixin, demo_copy):
    aixin("checkpoint", "--new-key", "key")
    damage(demo_copy, "posting")
    done = aixin("nightly", AIXIN_SIGNING_KEY_FILE="key")
    assert (done.returncode, done.stderr.count(TOLD)) == (1, 0)
    lines = done.stdout.splitlines()
    assert [DAMAGED in line for line in lines] == [True] * 30 + [False]
    assert lines[-1].startswith("Checkpoint: ")


def test_where_not_even_the_books_can_be_listed_the_county_is_told(aixin, demo_copy):
    damage(demo_copy, "book")
    done = aixin("nightly")
    assert (done.returncode, done.stdout) == (
        1, f"COUNTY: {DAMAGED}\n{TOLD}No checkpoint: AIXIN_SIGNING_KEY_FILE is not set.\n"
    )
    assert aixin("rebuild", "--check").stdout == f"COUNTY: {DAMAGED}\n"
    assert known(demo_copy) == [("COUNTY", 1)]


def test_what_was_found_is_told_though_it_cannot_be_kept(aixin, demo_copy):
    damage(demo_copy, "posting")
    damage(demo_copy, "finding")
    done = aixin("rebuild", "--check")
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr.endswith(TOLD)) == (1, 29, True)


def test_the_counter_opens_and_says_in_red_what_is_damaged(demo_copy, serving):
    damage(demo_copy, "posting")
    process, port = serving(demo_copy)
    said = readiness(port)
    assert (said["status"], len(said["differences"])) == ("ready", 29)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=10) as page:
        assert 'class="alarm" role="alert"' in page.read().decode()
    code, out, error = stopped(process)
    assert (code, "DEMO COUNTY" in out, f"Something is wrong in LY03: {DAMAGED}\n" in error) == (0, True, True)


def test_the_counter_opens_as_far_as_it_can(demo_copy, serving):
    damage(demo_copy, "staff")
    damage(demo_copy, "book")
    process, port = serving(demo_copy)
    assert process.stdout.readline().startswith("爱心账本 Aixin Ledger: http://")
    ask(port)
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10)
    assert (told.value.code, b"is damaged" in told.value.read()) == (503, True)
    assert TOLD.strip() in stopped(process)[2]


@pytest.mark.parametrize("arguments", [
    ("export", "audit", "--book", "LY01", "ly01.zip"), ("staff", "reset", "ly01-keeper"),
], ids=lambda arguments: arguments[0])
def test_what_cannot_be_done_is_refused_in_a_sentence(aixin, demo_copy, arguments):
    damage(demo_copy, "posting")
    damage(demo_copy, "staff")
    done = aixin(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", TOLD)
    assert not [*demo_copy.glob("*.zip*")]


def test_a_start_that_has_no_step_to_take_is_not_held_up(aixin, demo_copy):
    damage(demo_copy, "posting")
    assert aixin("migrate", "--demo").returncode == 0


@pytest.mark.parametrize("command", ["serve", "migrate", "rebuild --check", "nightly"])
def test_a_file_that_is_no_database_is_said_in_a_sentence(place, command):
    (place / "instance" / "ledger.sqlite").write_text("Liuhe, soap, twenty pieces; from the union in March.\n" * 9)
    done = calling(place)(*command.split())
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The database is damaged: file is not a database\n"
