"""A demo county served by a real process, and a real browser to look at it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ledger import chart
from ledger.db import Database
from ledger.journal import Move, county_day, post
from ledger.terms import EntryKind
from scripts.soaking.plenty import BOOK, households, url_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AIXIN = Path(sys.executable).parent / "aixin"


@dataclass(frozen=True)
class Service:
    """Where the demo is served, from which folder, and the password of everybody in it."""

    address: str
    folder: Path
    environment: dict[str, str]
    password: str

    def aixin(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command beside the server."""
        return subprocess.run(
            [AIXIN, *words], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )


@contextmanager
def served_demo(folder: Path) -> Iterator[Service]:
    """Build a small demo county in a folder and serve it until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "AIXIN_LANGUAGE": "zh_Hans_CN"}
    for name in ("AIXIN_DATABASE_URL", "AIXIN_MIGRATION_URL", "AIXIN_SECRET_KEY", "WEB_CONCURRENCY"):
        environment.pop(name, None)
    for words in (["migrate"], ["demo", "--households", "1200"]):
        subprocess.run([AIXIN, *words], cwd=folder, env=environment, check=True, capture_output=True)
    give_points(folder)
    password = (folder / "instance" / "demo-password").read_text().strip()
    process = subprocess.Popen([AIXIN, "serve"], cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        yield Service(address, folder, environment, password)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


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


def wait_for(address: str) -> None:
    """Wait until the service answers."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


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
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{service.address}/language/{language}")
    page.goto(f"{service.address}/sign-in")
    page.fill("#name", name)
    page.fill("#password", service.password)
    page.click("main button")
    page.wait_for_url(lambda address: "sign-in" not in address)
    try:
        yield page
    finally:
        context.close()


def as_high_as_the_page(page: Page) -> None:
    """Make the window as high as its page: what the bar at the foot lies over until one scrolls is no small target."""
    width = page.viewport_size["width"] if page.viewport_size else 320
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
