"""What the short forms of the proofs need."""

from collections.abc import Iterator

import pytest

from scripts.soaking.places import hasty_server
from scripts.soaking.tracing import why_not


@pytest.fixture(scope="session", autouse=True)
def server_goes() -> Iterator[None]:
    """The server that the proofs share is stopped in the end, if one was started."""
    yield
    if hasty_server.cache_info().currsize:
        hasty_server().stop()


@pytest.fixture(scope="session")
def strace() -> None:
    """The tool that reads system calls along and answers them with faults; without it the test is skipped."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
