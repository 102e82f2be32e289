"""A keeper at a bad line: redemptions through a real browser, slowed, cut, their answers lost, the service killed."""

import random
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Error, Page, sync_playwright
from sqlmodel import Session

from ledger.journal import body_of, check_book, entries_of
from ledger.terms import EntryKind
from scripts.soaking.line import Line
from scripts.soaking.plenty import BOOK, KEEPER, asked, households, password_of, service_of_plenty
from scripts.soaking.service import Service

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
GOODS, TRIES = 3, 12
PATIENCE = 30_000
"""Milliseconds after which a machine is not busy, but something is wrong."""
MISHAPS = ("none", "slow", "cut", "unheard", "killed")
FAST = (0, -1)
SLOW = (500, 50 * 125)
"""Milliseconds to wait, and bytes a second: 50 kbit/s."""


class Till:
    """One counter: the keeper's page, the line to the service, and the service itself."""

    def __init__(self, page: Page, line: Line, service: Service) -> None:
        self.page, self.line, self.service, self.figures = page, line, service, Counter[str]()
        self.network = page.context.new_cdp_session(page)
        self.network.send("Network.enable")
        self.killer = threading.Timer(0, service.kill)

    def serve(self, household: str, mishap: str) -> int:
        """Redeem three kinds of goods while something goes wrong, and return the number its receipt shows."""
        page = self.page
        page.goto(f"{self.line.address}/books/{BOOK}/redemptions/new?household={household}")
        page.locator(".ware").first.wait_for()
        for ware in page.locator(".ware:not(.all)").all()[:GOODS]:
            ware.click()
        self.happen(mishap)
        page.click("[data-redeem]", no_wait_after=True)
        self.await_answer(half=mishap == "killed")
        self.mend(mishap)
        return self.receipt(household, mishap)

    def await_answer(self, half: bool) -> None:
        """Wait for the receipt, or for the browser to say on a page of its own that nobody is there."""
        try:
            # Who is killed may have sent half a page, and then neither of them comes.
            self.page.locator(".done[role=status], #main-frame-error").first.wait_for(
                state="attached", timeout=3_000 if half else PATIENCE
            )
        except Error:
            self.figures["half_a_page"] += 1

    def receipt(self, household: str, mishap: str) -> int:
        """Return the number on the receipt; where no page came it is loaded again, and the same form sent with it."""
        for _ in range(TRIES):
            if self.page.locator(".done[role=status]").count():
                return int(self.page.url.rpartition("/")[2])
            self.figures["loaded_again"] += 1
            try:
                self.page.reload()
                self.page.locator(".done[role=status]").wait_for(timeout=1_000)
            except Error:
                self.page.wait_for_timeout(300)
        raise AssertionError(f"{household}, {mishap}: {self.page.locator('body').inner_text()[:400]}")

    def happen(self, mishap: str) -> None:
        """Let something go wrong."""
        self.figures[mishap] += 1
        if mishap == "slow":
            set_speed(self.network, SLOW)
        self.line.cut, self.line.lose = mishap == "cut", mishap == "unheard"
        if mishap == "killed":
            # Now before the form, now in the middle of it, now while the answer is under way.
            self.killer = threading.Timer(random.uniform(0, 0.12), self.service.kill)
            self.killer.start()

    def mend(self, mishap: str) -> None:
        """Put right what went wrong."""
        self.line.cut = self.line.lose = False
        set_speed(self.network, FAST)
        if mishap == "killed":
            self.killer.join()
            self.service.start()
            self.line.upstream = self.service.port


def set_speed(network: CDPSession, speed: tuple[int, int]) -> None:
    """Let the browser's line be slow or fast."""
    latency, rate = speed
    said = {"offline": False, "latency": latency, "downloadThroughput": rate, "uploadThroughput": rate}
    network.send("Network.emulateNetworkConditions", said)


def redemptions(rounds: int) -> dict[str, Any]:
    """Serve so many times with something going wrong at random; return what was shown, booked, lost and not once."""
    with counter_in(Path(tempfile.mkdtemp(prefix="aixin-counter-"))) as (counter, folder):
        before, numbers = asked(folder, redeemed), asked(folder, households)
        served = [numbers[n % len(numbers)] for n in range(rounds)]
        # Each mishap comes its turn, in an order nobody knows.
        mishaps = random.sample([MISHAPS[n % len(MISHAPS)] for n in range(rounds)], rounds)
        shown = {counter.serve(*one): one[0] for one in zip(served, mishaps, strict=True)}
        booked = {number: who for number, who in asked(folder, redeemed).items() if number not in before}
    return {
        **counter.figures, "redemptions": rounds, "shown": len(shown), "booked": len(booked),
        "lost": sum(booked.get(number) != who for number, who in shown.items()),
        "not_once": sum((Counter(booked.values()) - Counter(served)).values()), "excess": rounds - len(shown),
    }


@contextmanager
def counter_in(folder: Path) -> Iterator[tuple[Till, Path]]:
    """Open the counter of a demo county that is built in a folder; the folder goes away again."""
    service = service_of_plenty(folder)
    service.start()
    try:
        with Line(service.port) as line, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
            page.set_default_timeout(PATIENCE)
            sign_in(page, line.address, password_of(folder))
            yield Till(page, line, service), folder
            browser.close()
    finally:
        service.kill()
        shutil.rmtree(folder)


def sign_in(page: Page, address: str, password: str) -> None:
    """Sign the keeper in."""
    page.goto(f"{address}/sign-in")
    page.fill("#name", KEEPER)
    page.fill("#password", password)
    page.click("main button")
    page.wait_for_url(lambda at: "sign-in" not in at)


def redeemed(session: Session) -> dict[int, str]:
    """Check the book, and return the household of each redemption in it by the entry's number."""
    wrong = check_book(session, BOOK)
    assert wrong is None, wrong.at(BOOK)
    return {
        entry.number: body_of(entry)["facts"]["household"]
        for entry in entries_of(session, BOOK, kind=EntryKind.REDEMPTION)
    }
