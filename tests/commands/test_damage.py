"""A damaged database file: said in a sentence, kept and shown in red; the counter opens, and the night goes on."""

import re
import urllib.error
import urllib.request

import pytest

from ledger.db.sqlite import sqlite_module
from tests.commands.conftest import calling
from tests.commands.test_rebuild import known, readiness, spoil
from tests.commands.test_serve import answered, ask, serving, stopped

__all__ = ["serving"]
DAMAGED = "the database is damaged (database disk image is malformed)"
TOLD = "The database is damaged: database disk image is malformed\n"


FILE = "the file itself: the database is damaged "


@pytest.fixture
def aixin(demo_copy):
    """The command, called beside a demo."""
    return calling(demo_copy)


def file_of(folder):
    """Return the database of a folder."""
    return folder / "instance" / "ledger.sqlite"


def place_of(folder, name):
    """Return where the first page of a table or an index begins in the file, and how long it is."""
    connection = sqlite_module().connect(file_of(folder))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [name]).fetchone()
    connection.close()
    return (page - 1) * size, size


def page_of(folder, name):
    """Return the first page of a table or an index as it is on the disk."""
    start, size = place_of(folder, name)
    return file_of(folder).read_bytes()[start:start + size]


def damage(folder, name, page=None):
    """Let the first page of a table or an index be another one, if none is given as an old disk leaves it."""
    start, size = place_of(folder, name)
    with file_of(folder).open("r+b") as file:
        file.seek(start)
        file.write(page or b"\xff" * size)


def red(port):
    """Return what the first page says in red; nothing if all is well."""
    with answered(port, "/sign-in") as page:
        words = re.search(r'<aside class="alarm" role="alert">(.*?)</aside>', page.read().decode(), re.S)
    return words and " ".join(re.sub("<.*?>", "", words[1]).split())


# Books

def test_each_book_that_cannot_be_read_is_named_and_known(aixin, demo_copy):
    damage(demo_copy, "posting")
    done = aixin("rebuild", "--check")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert (len(lines), lines[0].startswith("COUNTY"), lines[3]) == (30, True, f"LY03: {DAMAGED}")
    assert (lines[29].startswith(FILE), len(known(demo_copy))) == (True, 30)


def test_only_the_book_that_cannot_be_read_is_wrong(aixin, demo_copy):
    damage(demo_copy, "on_the_road")
    done = aixin("rebuild", "--check")
    assert (done.returncode, done.stdout.startswith(f"COUNTY: {DAMAGED}\n{FILE}")) == (1, True)
    assert known(demo_copy) == [("COUNTY", 1), ("the file itself", 1)]


def test_a_night_goes_on_to_its_last_step(aixin, demo_copy):
    aixin("checkpoint", "--new-key", "key")
    damage(demo_copy, "posting")
    done = aixin("nightly", AIXIN_SIGNING_KEY_FILE="key")
    assert (done.returncode, done.stderr.count(TOLD)) == (1, 0)
    lines = done.stdout.splitlines()
    assert [DAMAGED in line for line in lines] == [True] * 30 + [False] * 2
    assert lines[-2].startswith(FILE) and lines[-1].startswith("Checkpoint: ")


def test_where_not_even_the_books_can_be_listed_the_county_is_told(aixin, demo_copy):
    damage(demo_copy, "book")
    done = aixin("nightly")
    assert (done.returncode, done.stdout) == (
        1, f"COUNTY: {DAMAGED}\n{TOLD}No checkpoint: AIXIN_SIGNING_KEY_FILE is not set.\n"
    )
    assert aixin("rebuild", "--check").stdout.startswith(f"COUNTY: {DAMAGED}\n{FILE}")
    assert known(demo_copy) == [("COUNTY", 1), ("the file itself", 1)]


def test_what_was_found_is_told_though_it_cannot_be_kept(aixin, demo_copy):
    damage(demo_copy, "posting")
    damage(demo_copy, "finding")
    done = aixin("rebuild", "--check")
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr.endswith(TOLD)) == (1, 30, True)


# What lies beside the books

@pytest.mark.parametrize("register", ["household", "item", "staff", "request"])
def test_a_register_that_the_disk_has_spoilt_is_found_in_the_first_night(aixin, demo_copy, register):
    start, size = place_of(demo_copy, register)
    page = start // size + 1
    damage(demo_copy, register)
    said = f"{FILE}(Tree {page} page {page}: btreeInitPage() returns error code 11)"
    done = aixin("nightly")
    assert (done.returncode, done.stdout.splitlines()[1:-1]) == (1, [said])
    assert aixin("rebuild", "--check", "--book", "LY03").stdout == f"{said}\n"
    assert known(demo_copy) == [("the file itself", 1)]


def test_a_page_that_the_disk_never_wrote_is_found_though_it_is_a_good_one(aixin, demo_copy):
    """A household lost its card; the new one stands in its row, the index is that of the day before and knows no such
    card: the counter's scanner would find nobody.
    """
    before = page_of(demo_copy, "household_card")
    spoil(demo_copy, "UPDATE household SET card = '999999' WHERE book = 'LY03' AND number = 'H0001'")
    assert page_of(demo_copy, "household_card") != before
    damage(demo_copy, "household_card", before)
    (said,) = aixin("nightly").stdout.splitlines()[1:-1]
    assert said.startswith(FILE) and said.endswith(" missing from index household_card)")


RED = {
    "en": "The file of the books is damaged. Go on serving, and tell the county office: the file itself",
    "zh_Hans_CN": "账簿文件有损坏。 请照常服务，并告知县总工会： 账簿文件本身",
}


@pytest.mark.parametrize(("name", "language"), [
    ("household", "en"), ("finding", "zh_Hans_CN"), ("sqlite_autoindex_finding_1", "en"),
])
def test_the_counter_is_open_and_every_page_says_in_red_that_the_file_is_damaged(
    aixin, demo_copy, serving, name, language
):
    """Where the findings themselves are spoilt nothing can be kept, and every page meets the spot."""
    damage(demo_copy, name)
    assert aixin("nightly").returncode == 1
    process, port = serving(demo_copy, AIXIN_LANGUAGE=language)
    assert red(port) == RED[language]
    said = readiness(port)
    assert (said["status"], said["differences"]) == ("ready", [FILE.strip()])
    assert stopped(process)[0] == 0


def test_what_was_found_is_forgotten_when_the_file_is_whole_again(aixin, demo_copy):
    was = page_of(demo_copy, "household")
    damage(demo_copy, "household")
    assert aixin("nightly").returncode == 1
    damage(demo_copy, "household", was)
    assert known(demo_copy) == [("the file itself", 1)]
    assert aixin("rebuild", "--check", "--book", "LY04").returncode == 0
    assert known(demo_copy) == [], "the file is read whole, whichever book is checked"


def test_nothing_is_red_after_a_backup_was_brought_back(aixin, demo_copy, serving):
    evening = file_of(demo_copy).read_bytes()
    damage(demo_copy, "posting")
    assert aixin("nightly", "--full").returncode == 1
    file_of(demo_copy).write_bytes(evening)
    assert aixin("nightly", "--full").returncode == 0
    assert known(demo_copy) == []
    assert red(serving(demo_copy)[1]) is None


# The counter


def test_the_counter_opens_and_says_in_red_what_is_damaged(demo_copy, serving):
    damage(demo_copy, "posting")
    process, port = serving(demo_copy)
    said = readiness(port)
    assert (said["status"], len(said["differences"])) == ("ready", 29)
    assert red(port)
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
