"""The disk is full: a clear refusal, nothing lost, and on it goes when there is room."""

import pytest

from scripts.soaking.disk import full
from scripts.soaking.parts import wrong_in


@pytest.mark.slow
@pytest.mark.parametrize("how", ["pages", "file"])
def test_a_full_disk_is_said_loses_nothing_and_the_same_forms_are_booked_once_there_is_room(how):
    figures = full(how, 5)
    assert figures["refused"] == 5
    assert wrong_in(figures) == {}
