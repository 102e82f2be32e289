"""Each page as people see it: both languages, small and wide, without faults of access."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.service import Service, as_high_as_the_page, visitor

pytestmark = pytest.mark.browser

OUTLET = "/books/LY01"
PAGES = {
    "ly01-keeper": [
        f"{OUTLET}/", f"{OUTLET}/redemptions/new", f"{OUTLET}/redemptions/new?household=H0001",
        f"{OUTLET}/redemptions/new?group=2", f"{OUTLET}/redemptions/new?q=nobody",
        f"{OUTLET}/redemptions/new?q=w", f"{OUTLET}/arrivals", f"{OUTLET}/donations/new", f"{OUTLET}/dispatches/new",
        f"{OUTLET}/sheets", f"{OUTLET}/sheets/new", f"{OUTLET}/sheets/1", f"{OUTLET}/households",
        f"{OUTLET}/households/H0001", f"{OUTLET}/stock", f"{OUTLET}/entries", f"{OUTLET}/entries/1", "/password",
        "/registers/items/", "/registers/rules/", "/nowhere",
        f"{OUTLET}/signing-register", f"{OUTLET}/paper-days", f"{OUTLET}/paper-days/new",
    ],
    "ly01-supervisor": [f"{OUTLET}/households/H0001/edit", f"{OUTLET}/households/new", f"{OUTLET}/sheets/2",
                        f"{OUTLET}/signing-register/lines", f"{OUTLET}/signing-register/filled?volume=1&page=1",
                        f"{OUTLET}/signing-register/pack"],
    "ly04-keeper": ["/books/LY04/", "/books/LY04/arrivals"],
    "county": [
        "/county/", "/books/COUNTY/", "/books/COUNTY/donations/new", "/books/COUNTY/entries", "/books/COUNTY/stock",
        "/registers/sites/", "/registers/sites/LY01", "/registers/sites/new", "/registers/donors/",
        "/registers/donors/D01", "/registers/donors/D01/edit", "/registers/items/G001", "/registers/items/new",
        "/registers/lots/", "/registers/lots/L1", "/registers/lots/L1/edit", "/registers/staff/",
        "/registers/staff/ly01-keeper", "/registers/staff/new", "/donors/D01/statement",
    ],
}


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_pages_have_no_fault_of_access_and_fit_a_small_phone(
    browser: Browser, service: Service, who: str, language: str
) -> None:
    axe, faults = Axe(), []
    with visitor(browser, service, who, width=320, language=language) as page:
        for path in PAGES[who]:
            page.goto(service.address + path)
            expect(page.locator("h1, .receipt h1")).to_have_count(1)
            as_high_as_the_page(page)
            found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
            faults += [f"{path}: {fault['id']} {fault['nodes'][0]['target']}" for fault in found.response["violations"]]
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                faults.append(f"{path}: {width} px wide on a screen of 320")
    assert faults == []


def test_the_sign_in_page_has_no_fault_of_access(browser: Browser, service: Service) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto(f"{service.address}/sign-in")
    assert Axe().run(page).response["violations"] == []
    page.close()


def test_a_donor_reads_the_private_page_without_signing_in(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "county") as page:
        page.goto(f"{service.address}/donors/D01/statement")
        link = page.locator(".link code").inner_text()
    page = browser.new_page(viewport={"width": 390, "height": 700})
    page.goto(link)
    assert "H0" not in page.locator("main").inner_text()
    assert Axe().run(page).response["violations"] == []
    page.close()


def test_every_page_says_that_this_is_a_demo_and_who_is_signed_in(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper", language="en") as page:
        for path in PAGES["ly01-keeper"]:
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
