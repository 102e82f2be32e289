"""A bad line, a service that is killed: what the keeper was shown as done is booked, and nothing twice.

The short form of what scripts/soak does two hundred times.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from scripts.soaking.counter import CHROMIUM, MISHAPS, redemptions
from scripts.soaking.parts import wrong_in

pytestmark = pytest.mark.slow


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_each_redemption_shown_as_done_is_booked_once_however_bad_the_line():
    # In a thread of its own: in one where tests/browser has a browser open, no second one can be begun.
    with ThreadPoolExecutor(1) as keeper:
        figures = keeper.submit(redemptions, 10).result()
    assert wrong_in(figures) == {}
    assert figures["shown"] == figures["booked"] == 10
    assert all(figures[mishap] == 2 for mishap in MISHAPS)
    assert figures["loaded_again"] >= 4, "what was cut, unheard and killed did not come at once"
