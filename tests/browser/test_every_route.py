"""Every page of the service, seen by a real browser on the smallest phone: no fault of access, and nothing too wide."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from ledger.operations.correction import correct
from ledger.operations.count import begin_count, key_lines
from ledger.operations.count_confirmation import confirm_count
from ledger.operations.household_page import switch_page
from ledger.operations.item import limit_item
from ledger.operations.lapse import announce_lapse
from ledger.operations.life import change_life
from ledger.operations.limits import ask_override
from ledger.operations.paper_day import key_paper_day
from ledger.operations.policy import decide_policy
from ledger.operations.proposal import decide_proposals, propose_price
from ledger.operations.redemption import redeem
from ledger.operations.write_off import propose_write_off
from ledger.registers.passwords import token_digest
from tests.browser.access import faults_on
from tests.web.house import HERE, House, app, house_file, standing
from tests.web.page import Page as Read
from tests.web.test_doors import BOOKS, DOORS, PEOPLE, address

__all__ = ["app", "house_file", "standing"]
pytestmark = pytest.mark.browser

NO_PAGES = ("api.", "static", "health.", "signin.language", "home.show", "package.show", "imports.headings")
"""What is no page to be read: data, files, and what only leads on to a page."""
HOST = "http://liuhe.test"
HIDDEN = (
    "/books/LY01/overrides/3", "/books/COUNTY/donations/1/receipt", "/books/LY01/corrections/{correction}",
    "/books/LY01/paper-days/requests/6",
)
"""Pages that only a list too long for this walk leads to."""
FEW = 2
CODE = "the-code-of-the-Wangs-12"


@pytest.fixture(scope="module")
def busy(standing: House) -> House:
    """The house on 2 April, when everything a page can tell of has happened and much of it waits for a hand."""
    county, liuhe, store = standing.county, standing.county.book("LY01"), standing.county.book("COUNTY")
    liuhe.object(2, 1)
    liuhe.write("2026-03-06 credit\n fund:merit -> purse:H001:merit POINT 300")
    county.setting("lapse_period", "quarter")
    county.setting("slip", "58mm", since="2026-03-06")
    store.allocate(soap={"LY02": 1, "LY03": 1})
    liuhe.do(switch_page, by="lin", household="H001", digest=token_digest(CODE), on=1)
    count = liuhe.do(begin_count, by="lin")["n"]
    lines = [{"lot": lot, "account": account, "quantity": many}
             for (account, _, lot), many in liuhe.balances().items() if account == "stock"]
    liuhe.do(key_lines, by="lin", count=count, lines=lines, finished=1)
    liuhe.do(confirm_count, by="gao", count=count)
    line = {"item": "SOAP", "lot": "L1", "quantity": 1}
    liuhe.do(propose_write_off, by="lin", lines=[line], reason="damaged")
    store.do(limit_item, by="wei", item="SALT", outlet="COUNTY", per="month", holds_from=county.day, quantity=1)
    tomorrow = {"valid_from": county.day.replace(day=7)}
    store.do(propose_price, by="han", item="SOAP", points=150, **tomorrow)
    store.do(propose_price, by="wei", item="TOWEL", points=45, **tomorrow)
    store.do(decide_policy, by="han", name="rate_fen", value=150, **tomorrow)
    no = {"declined": 1, "reason": "too dear"}
    store.do(decide_proposals, by="wei", proposals=[{"request": 1}], **no)
    salt = [{"item": "SALT", "quantity": 2}]
    liuhe.do(ask_override, by="lin", household="H001", basket=salt, reason="nine mouths")
    sold = liuhe.redeem("H001", soap=1)["number"]
    liuhe.do(correct, by="gao", number=sold, goods="back", reason="not wanted")
    liuhe.do(correct, by="lin", number=liuhe.redeem("H001", soap=1)["number"], goods="damaged", reason="wet")
    liuhe.act(redeem, by="lin", household="H001", basket=[{"item": "SOAP", "quantity": 1}], delivered_by="lin")
    liuhe.object_to_claw_back(liuhe.claw_back("H001", 10)["n"])
    liuhe.do(change_life, by="lin", household="H004", event="cancel", occurred_on=county.day, paper_number="7")
    line = {"line": 1, "household": "H001", "basket": [{"item": "SOAP", "quantity": 30}], "reason": "it was dark"}
    liuhe.act(key_paper_day, by="lin", on="2026-03-05", sheet="260305-1", lines=[line])
    county.move_to("2026-04-02")
    liuhe.act(announce_lapse, by="mei", through=county.day.replace(month=3, day=31), place="村务公开栏")
    return standing


@pytest.fixture(scope="module")
def pages(busy: House) -> dict[str, tuple[str, str]]:
    """For each page somebody who reads it and where: what one is led to, else the example of its door."""
    where = busy.app.url_map.bind("")
    wanted = {
        door.endpoint for door in busy.app.url_map.iter_rules()
        if "GET" in door.methods and not door.endpoint.startswith(NO_PAGES)
    }
    correction = busy.county.book("LY01").kinds().index("correction") + 1
    starts = ["/", *(at.format(correction=correction) for at in HIDDEN)]
    found = {"own_page.show": ("", f"/h/{CODE}"), "signin.new": ("", "/sign-in"), "gift.show": ("", gift_of(busy))}
    for name in ("lin", "gao", "mei", "wei", "chen"):
        for endpoint, at in walk(busy, name, starts):
            found.setdefault(endpoint, (name, at))
    for _, path, row in [door for door in DOORS if door[0] == "GET" and not door[1].startswith("/api/")]:
        for role, book in [(role, book) for role, word in row.items() for book in BOOKS.get(word, ("",))]:
            at = address(path, book)
            endpoint = where.match(at, method="GET")[0]
            if endpoint in found or endpoint.startswith(NO_PAGES):
                continue
            if busy.sit(PEOPLE[role]).get(at, buffered=True).status_code == 200:
                found[endpoint] = (PEOPLE[role], at)
    return {endpoint: found.get(endpoint, ("", "")) for endpoint in sorted(wanted)}


def walk(house: House, name: str, starts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the pages somebody is led to from some places, at most a few of a kind."""
    where, browser = house.app.url_map.bind(""), house.sit(name)
    waiting, seen, tried = deque(starts), set(starts), Counter[str]()
    while waiting:
        at = waiting.popleft()
        endpoint = where.match(urlsplit(at).path, method="GET")[0]
        tried[endpoint] += 1
        if tried[endpoint] > FEW or (endpoint != "home.show" and endpoint.startswith(NO_PAGES)):
            continue
        answer = browser.get(at, buffered=True)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            yield endpoint, at
        for link in [answer.location] if answer.location else links(answer):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def links(answer) -> list[str]:
    """Return the addresses of other pages that a page leads to."""
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return []
    hrefs = [one["href"] for one in Read(answer.text).all("a")]
    return [urldefrag(one)[0] for one in hrefs if one.startswith("/") and not one.startswith("/language/")]


def gift_of(house: House) -> str:
    """Return the address of a donor's page."""
    page = house.sit("wei").get("/donors/D7/statement").text
    return re.search(r"/gifts/[\w-]+", page)[0]


def open_in(page: Page, house: House, name: str, language: str, large: bool) -> None:
    """Let the browser's questions be answered by the house, as to somebody who has signed in."""
    browser = house.sit(name, language) if name else house.nobody(language)
    browser.client.set_cookie("letters", "large" if large else "usual")

    def answered(route: Route) -> None:
        at = route.request.url.removeprefix(HOST)
        answer = browser.client.open(at, headers=HERE, buffered=True)
        route.fulfill(status=answer.status_code, body=answer.data, headers=dict(answer.headers.items()))

    page.unroute_all()
    page.route("**/*", answered)


@pytest.mark.parametrize(
    ("language", "large"), [("zh_Hans_CN", True), ("en", False)], ids=["zh, large letters", "en"]
)
def test_every_page_of_the_service_has_no_fault_of_access_and_fits_the_smallest_phone(
    browser: Browser, busy: House, pages: dict[str, tuple[str, str]], language: str, large: bool
) -> None:
    assert [endpoint for endpoint, (_, at) in pages.items() if not at] == []
    page, faults = browser.new_page(viewport={"width": 320, "height": 640}), []
    for name, at in sorted(pages.values()):
        open_in(page, busy, name, language, large)
        answer = page.goto(HOST + at)
        assert answer and answer.status == 200, at
        faults += [f"{name} {at}: {fault}" for fault in faults_on(page)]
    page.close()
    print(f"routes seen by axe, {language}: {len(pages)}, {len(faults)} faults", *faults, sep="\n")
    assert faults == []
