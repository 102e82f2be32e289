"""A demo county served by a real process, and a real browser to look at it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ledger import chart
from ledger.db import Database
from ledger.journal import Move, county_day, post
from ledger.terms import EntryKind
from scripts.soaking.plenty import APART, BOOK, households, password_of, url_of
from scripts.soaking.service import Service as Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AIXIN = Path(sys.executable).parent / "aixin"
PATIENCE = 30_000
"""Milliseconds that something may take on a busy machine which is seen at once on an idle one."""
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Service:
    """Where the demo is served, from which folder, the password of everybody in it, and who has signed in already."""

    address: str
    folder: Path
    environment: dict[str, str]
    password: str
    signed_in: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def aixin(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command beside the server."""
        return subprocess.run(
            [AIXIN, *words], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )


@contextmanager
def served_demo(folder: Path) -> Iterator[Service]:
    """Build a small demo county in a folder and serve it until the block ends."""
    environment = {name: value for name, value in os.environ.items() if name not in APART}
    environment.update(HOST="127.0.0.1", AIXIN_LANGUAGE="zh_Hans_CN")
    for words in (["migrate"], ["demo", "--households", "1200"]):
        subprocess.run([AIXIN, *words], cwd=folder, env=environment, check=True, capture_output=True)
    give_points(folder)
    server = Server([AIXIN, "serve"], folder, environment)
    server.start()
    try:
        yield Service(f"http://127.0.0.1:{server.port}", folder, environment, password_of(folder))
    finally:
        server.stop()


def give_points(folder: Path) -> None:
    """Give every household of the first outlet some support points and thirty of merit; the tests spend them."""
    now = datetime.now(UTC)
    database = Database(url_of(folder))
    with database.writing() as session:
        more = [Move(chart.fund(kind), chart.purse(number, kind), chart.POINT, tenths)
                for number in households(session) for kind, tenths in (("support", 60), ("merit", 300))]
        post(
            session, book=BOOK, kind=EntryKind.OPENING, by="county", occurred_on=county_day(session, now), now=now,
            key="more-points", moves=more,
        )
    database.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real Chromium; where there is none the test is skipped, but not in CI."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium: scripts/cibuild installs it")
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@contextmanager
def visitor(
    browser: Browser, service: Service, name: str, *, script: bool = True, width: int = 1200,
    language: str = "zh_Hans_CN",
) -> Iterator[Page]:
    """A person at their own screen, signed in."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script, accept_downloads=True
    )
    context.add_cookies(signed_in(browser, service, name, language))
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    try:
        yield page
    finally:
        context.close()


def signed_in(browser: Browser, service: Service, name: str, language: str) -> list[Any]:
    """Return the cookies of who has signed in; each person does so once, and goes on with that at every screen."""
    kept = service.signed_in
    if (name, language) not in kept:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{service.address}/language/{language}")
        page.goto(f"{service.address}/sign-in")
        page.fill("#name", name)
        page.fill("#password", service.password)
        page.click("main button")
        page.wait_for_url(lambda address: "sign-in" not in address)
        kept[name, language] = page.context.cookies()
        page.close()
    return kept[name, language]


def nobody_there(page: Page) -> None:
    """Wait until the browser says on a page of its own that nobody answers."""
    # By its address: without script that page has nothing in it that could be waited for.
    for _ in range(PATIENCE // 50):
        if page.url.startswith("chrome-error:"):
            return
        page.wait_for_timeout(50)
    raise TimeoutError(page.url)
