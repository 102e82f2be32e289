"""Races of processes and threads: what is there is given, no more, and nobody is refused what was there."""

import pytest

from scripts.soaking.parts import wrong_in
from scripts.soaking.races import draws, submissions
from tests.stores import STORES

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("store", STORES)]


def test_eight_draw_on_one_purse_until_it_is_empty(store):
    figures = draws(store, 20)
    assert figures["draws"] == figures["booked"] + figures["refused"] == 160
    assert figures["booked"] > 60 and figures["refused"] > 60 and figures["left"] == 0
    assert wrong_in(figures) == {}


def test_ten_forms_sent_by_twenty_at_once_are_booked_ten_times(store):
    figures = submissions(store, 10)
    assert (figures["sent"], figures["booked"]) == (200, 10)
    assert wrong_in(figures) == {}
