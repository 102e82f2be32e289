"""The machine beneath fails: a write, a sync, a truncation; and no answer leaves before what it says is on the disk."""

import pytest

from scripts.soaking.parts import wrong_in
from scripts.soaking.syncs import read, synced
from scripts.soaking.syscalls import CALLS, FAULTS, faults
from scripts.soaking.tracing import calls

pytestmark = pytest.mark.slow
WAL, CLIENT = "<ledger.sqlite-wal>", "<socket:[7]>"


def test_a_posting_that_fails_in_the_middle_leaves_a_right_book_and_is_booked_once_when_sent_again(strace):
    figures = faults(6)
    assert figures["calls"] > 50 and figures["faults"] == 6 * len(FAULTS)
    assert 0 < figures["acknowledged"] < figures["faults"]
    assert wrong_in(figures) == {}


def test_a_sync_lies_between_the_last_write_and_the_answer(strace):
    figures = synced(5)
    assert (figures["answers"], figures["unsynced"]) == (5, 0)
    assert figures["syncs"] >= 5 and figures["writes"] > 50


# Reading along

WRITE, SYNC = f"7 pwrite64(5{WAL}, ..., 4096, 32) = 4096", f"7 fsync(5{WAL}) = 0"
ANSWER = f'7 sendto(9{CLIENT}, "HTTP/1.1 201 CREATED"..., 395) = 395'


@pytest.mark.parametrize(
    ("log", "unsynced"),
    [
        ([WRITE, SYNC, ANSWER], 0),
        ([WRITE, WRITE, SYNC, ANSWER, WRITE, SYNC, ANSWER], 0),
        ([WRITE, ANSWER], 1),
        ([WRITE, SYNC, WRITE, ANSWER], 1),
        ([WRITE, ANSWER, SYNC], 1),
        ([SYNC, ANSWER], 1),
        ([ANSWER], 1),
        ([WRITE, SYNC, ANSWER, ANSWER], 1),
        ([WRITE, SYNC.replace("= 0", "= -1 EIO"), ANSWER], 1),
        ([WRITE, SYNC.replace("-wal", "-shm"), ANSWER], 1),
        ([WRITE, f"8 fsync(5{WAL} <unfinished ...>", ANSWER, "8 <... fsync resumed>) = 0"], 1),
        ([WRITE, f"8 fsync(5{WAL} <unfinished ...>", "8 <... fsync resumed>) = 0", ANSWER], 0),
    ],
)
def test_an_answer_without_a_finished_sync_before_it_is_seen(tmp_path, log, unsynced):
    (tmp_path / "log").write_text("\n".join(log))
    assert read(calls(tmp_path / "log"))["unsynced"] == unsynced


def test_writes_syncs_and_truncations_are_all_tried():
    assert {"pwrite64", "fsync", "ftruncate"} <= set(CALLS)
