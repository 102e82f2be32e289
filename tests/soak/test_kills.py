"""The power goes while people are served: what was acknowledged is there, and a form sent again is booked once.

The short forms of what scripts/soak does at length.
"""

import pytest

from scripts.soaking.kills import postgresql_killed, server_killed
from scripts.soaking.parts import wrong_in
from tests.stores import STORES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("store", STORES)
def test_what_was_acknowledged_stands_when_the_service_is_killed_and_every_form_is_booked_once(store):
    figures = server_killed(store, 2)
    assert figures["rounds"] == 2 and figures["acknowledged"] >= 16
    assert wrong_in(figures) == {}


def test_what_was_acknowledged_stands_when_the_whole_postgresql_server_is_killed():
    figures = postgresql_killed(2)
    assert figures["rounds"] == 2 and figures["acknowledged"] >= 16
    assert wrong_in(figures) == {}
