"""aixin nightly: every book at a glance, one as a whole, another each night in turn."""

import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from ledger.commands import main, nightly
from ledger.commands.nightly import whose_turn
from ledger.journal import books
from ledger.journal.checkpoint import latest_checkpoint
from tests.commands.conftest import calling, database_in
from tests.commands.test_rebuild import SPOILT, known, spoil
from tests.commands.test_serve import WRONG_KEY, wrong_key


@pytest.fixture
def aixin(demo_copy):
    """The command, called beside a demo."""
    return calling(demo_copy)


def tonight(folder, night=None):
    """Return the book whose turn it is on a night, tonight if left out."""
    store = database_in(folder)
    turn = whose_turn(store, night or datetime.now(UTC))
    store.close()
    return turn


def test_each_step_says_a_line(aixin, demo_copy):
    done = aixin("nightly")
    assert done.returncode == 0
    first, second, third = done.stdout.splitlines()
    assert first == "29 books: heads, last entries and sums agree."
    assert second.startswith(f"{tonight(demo_copy)}: all ")
    assert second.endswith(" entries agree with the rows; the file can be read whole.")
    assert third == "No checkpoint: AIXIN_SIGNING_KEY_FILE is not set."


def test_the_county_log_is_signed_where_there_is_a_key(aixin, demo_copy):
    aixin("checkpoint", "--new-key", "key")
    done = aixin("nightly", AIXIN_SIGNING_KEY_FILE="key")
    assert done.returncode == 0
    line = done.stdout.splitlines()[2]
    size, root = re.fullmatch(r"Checkpoint: ([0-9]+) entries, root ([0-9a-f]{16})\.", line).groups()
    store = database_in(demo_copy)
    with store.reading() as session:
        assert int(size) == sum(head.number for head in books(session))
        assert latest_checkpoint(session).root.hex().startswith(root)
    store.close()


def test_a_log_that_no_longer_fits_what_was_signed_is_not_signed_and_found(aixin, demo_copy):
    aixin("checkpoint", "--new-key", "key")
    assert aixin("nightly", AIXIN_SIGNING_KEY_FILE="key").returncode == 0
    spoil(demo_copy, "UPDATE checkpoint SET root = zeroblob(32)")
    done = aixin("nightly", AIXIN_SIGNING_KEY_FILE="key")
    assert done.returncode == 1
    said = done.stdout.splitlines()[2]
    assert said.startswith("the county log: its first ") and "entries are not those that were signed" in said
    assert known(demo_copy) == [("the county log", 1)]


@pytest.mark.parametrize("why", WRONG_KEY)
def test_a_wrong_key_stops_nothing_but_what_signs(aixin, demo_copy, why):
    """The log was signed while the key was well; every check and every export needs only what stands in the books."""
    aixin("checkpoint", "--new-key", "good")
    (demo_copy / "old.txt").write_text(aixin("checkpoint", AIXIN_SIGNING_KEY_FILE="good").stdout)
    key, said = wrong_key(demo_copy, why)
    for command in ("rebuild --check", "export audit --book LY01 ly01.zip", "verify --against old.txt", "migrate"):
        done = aixin(*command.split(), AIXIN_SIGNING_KEY_FILE=key)
        assert done.returncode == 0, done.stderr
    assert "checkpoints.txt" in zipfile.ZipFile(demo_copy / "ly01.zip").namelist(), "sealed by the good key"
    done = aixin("nightly", AIXIN_SIGNING_KEY_FILE=key)
    glance, whole, *signing = done.stdout.splitlines(keepends=True)
    assert (done.returncode, glance, "entries agree" in whole) == (
        1, "29 books: heads, last entries and sums agree.\n", True
    )
    assert "".join(signing).startswith(said)


def test_every_book_has_its_turn_within_as_many_nights_as_there_are_books(demo_copy):
    nights = [datetime(2026, 12, 1, tzinfo=UTC) + timedelta(days=night) for night in range(30)]
    turns = [tonight(demo_copy, night) for night in nights]
    assert (len(set(turns)), turns[29]) == (29, turns[0])


def test_a_book_that_is_not_open_yet_has_no_turn(place):
    assert tonight(place) is None
    assert calling(place)("nightly").returncode == 0


def test_all_books_are_checked_as_a_whole_when_asked(aixin):
    done = aixin("nightly", "--full")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].startswith("29 books: all ")


def test_what_shows_at_a_glance_is_found_whosever_turn_it_is(aixin, demo_copy):
    spoil(demo_copy, SPOILT["a balance"][0])
    done = aixin("nightly")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "LY03: the balances of POINT do not close, 1 too many"
    assert ("LY03", 0) in known(demo_copy)


def test_what_lies_deep_is_found_in_its_turn_and_stays_known_over_nights_that_only_glance(demo_copy, monkeypatch):
    monkeypatch.chdir(demo_copy)
    spoil(demo_copy, SPOILT["an old body"][0].replace("LY03", "COUNTY"))
    nights = [datetime(2026, 12, 1, tzinfo=UTC) + timedelta(days=night) for night in range(31)]
    its_own = next(night for night in nights[1:] if tonight(demo_copy, night) == "COUNTY")
    told = []
    for days in (-1, 0, 1):
        monkeypatch.setattr(nightly, "now", lambda days=days: its_own + timedelta(days))
        told.append((main(["nightly"]), known(demo_copy)))
    assert told == [(0, []), (1, [("COUNTY", 1)]), (0, [("COUNTY", 1)])]
