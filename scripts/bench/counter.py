"""The counter in figures: keys and taps, server time in a big book, weight, a slow line, a day of 120 households."""

import gzip
import http.client
import re
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import Session

from ledger import chart
from ledger.db import close_database, open_database
from ledger.journal import Draft, Move, county_day, post_all
from ledger.registers.sites import outlets
from ledger.reports.stock import shelf
from ledger.terms import EntryKind
from scripts.bench.place import chunks
from scripts.soaking.counter import CHROMIUM, SLOW, set_speed, sign_in
from scripts.soaking.places import folder
from scripts.soaking.plenty import BOOK, KEEPER, asked, households, password_of, service_of_plenty, url_of
from scripts.soaking.service import Service

ENTRIES, OWN_SHARE = 170_000, 50_000
"""In the whole database, and of these in the book that is measured: some seven years of one outlet."""
EACH, VISITS = 200, 120
KEYS = ["Enter", "ArrowRight", "Enter", "ArrowRight", "Enter", "F9"]
"""From the household found to its receipt: three kinds of goods that stand side by side."""
FAR_KEYS = ["Enter", "ArrowRight", "ArrowRight", "ArrowDown", "Enter", "ArrowDown", "ArrowRight", "Enter", "F9"]
"""The same for goods that stand apart."""


def counter() -> dict[str, Any]:
    """Return all figures of the counter."""
    with folder() as place:
        service = service_of_plenty(place)
        young = served(service, place)
        age(place)
        old = served(service, place)
        service.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                seen = in_a_browser(browser, service, place)
                browser.close()
        finally:
            service.kill()
    return {**old, **{f"young_{name}": value for name, value in young.items() if name.endswith("p95_ms")}, **seen}


def age(place: Path) -> None:
    """Give the county a past of many redemptions, on the open days of its books before today."""
    now, database = datetime.now(UTC), open_database(url_of(place))
    with database.reading() as session:
        numbers, today = households(session), county_day(session, now)
        first = shelf(session, BOOK, today)[0]
        others = [site.code for site in outlets(session) if site.code != BOOK]
    item, lot = first["item"], first["lot"]
    share = {BOOK: OWN_SHARE, **dict.fromkeys(others, (ENTRIES - OWN_SHARE) // len(others))}
    for code, many in share.items():
        drafts = [sale(numbers[n % len(numbers)], item, lot, n, at_home=code == BOOK) for n in range(many)]
        for n, some in enumerate(chunks(drafts, 1_000)):
            day = today - timedelta(days=1 + n % 20)
            with database.writing() as session:
                post_all(session, book=code, drafts=some, by=KEEPER, occurred_on=day, now=now, key=f"past-{code}-{n}")
    close_database()


def sale(household: str, item: str, lot: str, n: int, *, at_home: bool) -> Draft:
    """Return a redemption as the counter books it; other outlets hand out what they do not have to have."""
    facts = {"household": household, "prices": {item: 1}, "rate_fen": 100, "serial": f"兑-2020-{n:04d}"}
    source, goods = (chart.purse(household, "merit"), chart.STOCK) if at_home else (chart.fund("merit"), chart.OPENING)
    moves = [Move(source, chart.REDEEMED, chart.POINT, 1), Move(goods, chart.HANDED_OUT, item, 1, lot)]
    return Draft(EntryKind.REDEMPTION, moves, facts=facts)


def served(service: Service, place: Path) -> dict[str, Any]:
    """Return how long the server takes for three items, for the counter's page, and for the first page of the day."""
    service.start()
    try:
        client = Client(service, password_of(place))
        goods, numbers = asked(place, three_goods), asked(place, households)
        sold = [client.redeem(numbers[n % len(numbers)], goods) for n in range(EACH)]
        pages = [client.get(f"/books/{BOOK}/redemptions/new?household={one}")[0] for one in numbers[:50]]
        today = [client.get(f"/books/{BOOK}/")[0] for _ in range(20)]
        return {
            "redeem_median_ms": round(statistics.median(sold), 1), "redeem_p95_ms": p95(sold),
            "page_p95_ms": p95(pages), "today_p95_ms": p95(today), **client.weights(numbers[0]),
        }
    finally:
        service.kill()


def p95(times: list[float]) -> float:
    """Return what 95 of 100 stay below."""
    return round(statistics.quantiles(times, n=20)[18], 1)


def three_goods(session: Session) -> list[tuple[str, int]]:
    """Return three items of the shelf with their price."""
    goods = shelf(session, BOOK, county_day(session, datetime.now(UTC)))
    return [(row["item"], row["points"]) for row in goods][:3]


class Client:
    """A keeper without a browser: one connection, one session."""

    def __init__(self, service: Service, password: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        self.headers = {"Origin": f"http://127.0.0.1:{service.port}", "Accept-Encoding": "gzip"}
        answer = self.send("/sign-in", {"name": KEEPER, "password": password})[1]
        assert answer.status == 303, answer.status
        self.headers["Cookie"] = answer.headers["Set-Cookie"].partition(";")[0]
        page = self.get(f"/books/{BOOK}/redemptions/new?household=H0001")[1]
        self.day = re.findall(r'name="occurred_on" type="date" value="([0-9-]+)"', gzip.decompress(page).decode())[0]

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[float, Any, bytes]:
        """Ask once; return the milliseconds, the answer and its bytes as they came."""
        start = time.perf_counter()
        self.line.request(method, path, body, {**self.headers, **headers})
        answer = self.line.getresponse()
        content = answer.read()
        return (time.perf_counter() - start) * 1000, answer, content

    def get(self, path: str) -> tuple[float, bytes]:
        """Read a page; return the milliseconds and its bytes as they came."""
        took, answer, content = self.ask("GET", path)
        assert answer.status == 200, (path, answer.status)
        return took, content

    def send(self, path: str, form: dict[str, str]) -> tuple[float, Any, bytes]:
        """Send a form."""
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urlencode({"key": uuid4().hex, **form}), **{"Content-Type": kind})

    def redeem(self, household: str, goods: list[tuple[str, int]]) -> float:
        """Redeem one of each; return the milliseconds."""
        form = {"household": household, "occurred_on": self.day}
        for place, (item, points) in enumerate(goods):
            line = {"item": item, "quantity": "1", "points": str(points / 10)}
            form |= {f"basket-{place}-{name}": value for name, value in line.items()}
        took, answer, content = self.send(f"/books/{BOOK}/redemptions", form)
        assert answer.status == 303, gzip.decompress(content).decode()[:3000]
        return took

    def weights(self, household: str) -> dict[str, int]:
        """Return what the counter weighs as it comes over the line: the heavier of its pages, with style, with all."""
        new = f"/books/{BOOK}/redemptions/new"
        page = max(len(self.get(path)[1]) for path in (new, f"{new}?group=1", f"{new}?household={household}"))
        style, script, icon = (len(self.get(f"/static/{name}")[1]) for name in ("ledger.css", "counter.js", "icon.svg"))
        return {"page_bytes": page, "with_css_bytes": page + style, "first_visit_bytes": page + style + script + icon}


def in_a_browser(browser: Browser, service: Service, place: Path) -> dict[str, Any]:
    """Return what a real browser shows: presses, taps, a slow line, and a day of many households."""
    address, numbers = f"http://127.0.0.1:{service.port}", asked(place, households)
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    sign_in(page, address, password_of(place))
    presses = [pressed(page, address, number, keys) for number, keys in zip(numbers, (KEYS, FAR_KEYS), strict=False)]
    taps = tapped(browser, page, address, numbers[2])
    return {
        "presses": presses, "taps": taps, **slowly(browser, page, address, numbers[3]), **day(page, address, numbers),
    }


def pressed(page: Page, address: str, household: str, keys: list[str]) -> int:
    """Redeem three kinds of goods by keyboard; return how many keys it took."""
    page.goto(f"{address}/books/{BOOK}/redemptions/new?household={household}")
    page.locator(".live").first.wait_for()
    for key in keys:
        page.keyboard.press(key)
    page.locator(".done[role=status]").wait_for()
    assert page.locator(".receipt tbody").first.locator("tr").count() == 3
    return len(keys)


def tapped(browser: Browser, signed_in: Page, address: str, household: str) -> int:
    """Redeem three kinds of goods by thumb on the smallest phone; return how many taps it took."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, has_touch=True)
    context.add_cookies(signed_in.context.cookies())
    page = context.new_page()
    page.goto(f"{address}/books/{BOOK}/redemptions/new?household={household}")
    wares = page.locator(".ware").all()[:3]
    for ware in wares:
        ware.tap()
    page.locator("[data-redeem]").tap()
    page.locator(".done[role=status]").wait_for()
    context.close()
    return len(wares) + 1


def slowly(browser: Browser, signed_in: Page, address: str, household: str) -> dict[str, float]:
    """Return the seconds until the counter can be used at 50 kbit/s and 500 ms: the first time, and later."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_cookies(signed_in.context.cookies())
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    set_speed(network, SLOW)
    times = {}
    for name, path in [("first", ""), ("later", ""), ("basket", f"?household={household}"),
                       ("basket_later", f"?household={household}")]:
        start = time.perf_counter()
        page.goto(f"{address}/books/{BOOK}/redemptions/new{path}", wait_until="commit")
        page.locator(".counter.live" if path else "#q").wait_for()
        times[f"usable_{name}_s"] = round(time.perf_counter() - start, 1)
        page.wait_for_load_state()
    context.close()
    return times


def day(page: Page, address: str, numbers: list[str]) -> dict[str, Any]:
    """Serve many households from search to receipt; return the minutes it took, and the pages that were errors."""
    wrong: list[int] = []
    page.on("response", lambda answer: wrong.append(answer.status) if answer.status >= 400 else None)
    start = time.perf_counter()
    page.goto(f"{address}/books/{BOOK}/redemptions/new")
    for n in range(VISITS):
        page.fill("#q", numbers[n % len(numbers)])
        page.press("#q", "Enter")
        page.locator(".counter.live").wait_for()
        for key in KEYS:
            page.keyboard.press(key)
        page.locator(".done[role=status]").wait_for()
    minutes = (time.perf_counter() - start) / 60
    return {"households": VISITS, "minutes": round(minutes, 2), "error_pages": len(wrong)}
