"""What browser tests can ask for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.service import Service, chromium, served_demo


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def service(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One demo county for the run; asked for after the browser, so that nothing is built where none can look."""
    with served_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running
