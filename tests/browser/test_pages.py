"""Pages of a served demo as people see them: both languages, small and wide, without faults of access."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.access import faults_on
from tests.browser.service import Service, visitor

pytestmark = pytest.mark.browser

OUTLET = "/books/LY01"
STATES = {
    "ly01-keeper": [
        f"{OUTLET}/", f"{OUTLET}/redemptions/new?household=H0001", f"{OUTLET}/redemptions/new?group=2",
        f"{OUTLET}/redemptions/new?q=nobody", f"{OUTLET}/redemptions/new?q=w", f"{OUTLET}/sheets/1",
        f"{OUTLET}/entries/1", "/registers/rules/", "/nowhere",
    ],
    "ly01-supervisor": [f"{OUTLET}/sheets/2", f"{OUTLET}/signing-register/filled?volume=1&page=1"],
    "county": [
        "/county/", "/books/COUNTY/", "/books/COUNTY/donations/new", "/registers/sites/", "/registers/sites/LY01",
        "/registers/donors/", "/registers/donors/D01", "/registers/donors/D01/edit", "/registers/items/G001",
        "/registers/items/new", "/registers/lots/", "/registers/lots/L1", "/registers/lots/L1/edit",
        "/registers/staff/", "/registers/staff/ly01-keeper", "/registers/staff/new",
    ],
}
"""Pages in a state, or of a register, in which test_every_route does not see them; it sees each page there is."""
KEEPERS = [
    f"{OUTLET}/", f"{OUTLET}/redemptions/new", f"{OUTLET}/redemptions/new?household=H0001",
    f"{OUTLET}/redemptions/new?group=2", f"{OUTLET}/redemptions/new?q=nobody",
    f"{OUTLET}/redemptions/new?q=w", f"{OUTLET}/arrivals", f"{OUTLET}/donations/new", f"{OUTLET}/dispatches/new",
    f"{OUTLET}/sheets", f"{OUTLET}/sheets/new", f"{OUTLET}/sheets/1", f"{OUTLET}/households",
    f"{OUTLET}/households/H0001", f"{OUTLET}/stock", f"{OUTLET}/entries", f"{OUTLET}/entries/1", "/password",
    "/registers/items/", "/registers/rules/", "/nowhere",
    f"{OUTLET}/signing-register", f"{OUTLET}/paper-days", f"{OUTLET}/paper-days/new",
]


@pytest.mark.parametrize("who", STATES)
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_pages_have_no_fault_of_access_and_fit_a_small_phone(
    browser: Browser, service: Service, who: str, language: str
) -> None:
    faults = []
    with visitor(browser, service, who, width=320, language=language) as page:
        for path in STATES[who]:
            page.goto(service.address + path)
            expect(page.locator("h1, .receipt h1")).to_have_count(1)
            faults += [f"{path}: {fault}" for fault in faults_on(page)]
    assert faults == []


def test_the_sign_in_page_has_no_fault_of_access(browser: Browser, service: Service) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto(f"{service.address}/sign-in")
    assert faults_on(page) == []
    page.close()


def test_a_donor_reads_the_private_page_without_signing_in(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "county") as page:
        page.goto(f"{service.address}/donors/D01/statement")
        link = page.locator(".link code").inner_text()
    page = browser.new_page(viewport={"width": 390, "height": 700})
    page.goto(link)
    assert "H0" not in page.locator("main").inner_text()
    assert faults_on(page) == []
    page.close()


def test_every_page_says_that_this_is_a_demo_and_who_is_signed_in(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper", language="en") as page:
        for path in KEEPERS:
            page.goto(service.address + path)
            expect(page.locator(".demo")).to_contain_text("DEMO")
            expect(page.locator("p.who")).to_contain_text("Storekeeper")
            if path.startswith(OUTLET):
                expect(page.locator(".where")).to_contain_text("LY01")


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_every_column_of_the_journal_is_on_the_screen_of_a_pc(
    browser: Browser, service: Service, language: str
) -> None:
    with visitor(browser, service, "auditor", language=language) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{service.address}/books/LY01/entries")
        beyond = page.locator(".wide").evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
    assert beyond == [0]
