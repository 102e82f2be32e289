"""The benchmark compares like with like: the raw driver says what the ledger said, and comes to the same book."""

import sqlite3

import pytest

from scripts.bench import core, place
from scripts.bench.__main__ import MEASUREMENTS


def head_of(path):
    """Return the last number and digest of the first book in a file."""
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT number, digest FROM book WHERE code = 'LY01'").fetchone()


@pytest.mark.parametrize("clients", [1, 20])
def test_the_raw_driver_comes_to_the_same_book(tmp_path, clients):
    place.fill(f"sqlite:///{tmp_path / 'start.sqlite'}")
    tape = core.recorded(core.copy(tmp_path, "ours"), clients, 60)
    worked_out = []
    assert core.raw_seconds(core.copy(tmp_path, "raw"), tape, clients, beside=worked_out.append) > 0
    assert head_of(tmp_path / "raw.sqlite") == head_of(tmp_path / "ours.sqlite")
    assert head_of(tmp_path / "raw.sqlite")[0] == 61
    assert len(worked_out) == (60 if clients > 1 else 0)


def test_what_is_measured_says_its_figures(monkeypatch):
    monkeypatch.setattr(core, "EACH", 5)
    monkeypatch.setattr(core, "ROUNDS", 1)
    for name in ("core", "grouped"):
        figures = MEASUREMENTS[name]()
        assert all(value > 0 for value in figures.values()), figures
    assert "ratio_of_waiting_and_rows_alone" in figures
