"""A scanner at the slip of a gift and at an invoice: goods are chosen line by line, and Enter books nothing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.service import Service, visitor

pytestmark = pytest.mark.browser


def note(office: Page, service: Service, code: str, ean: str) -> None:
    """Note a barcode of an item, as the county office does."""
    office.goto(f"{service.address}/registers/items/{code}")
    office.locator("[name=ean]:not([type=hidden])").fill(ean)
    office.locator("[name=ean]:not([type=hidden])").press("Enter")
    expect(office.locator("li", has_text=ean)).to_be_visible()


@pytest.mark.parametrize(("script", "rice", "flour"), [
    (True, "6921234567890", "6921234567807"), (False, "6922345678901", "6922345678802"),
], ids=["with script", "without script"])
def test_goods_are_scanned_in_a_row_and_nothing_is_booked(
    browser: Browser, service: Service, script: bool, rice: str, flour: str
) -> None:
    with visitor(browser, service, "county", script=script) as page:
        note(page, service, "G001", rice)
        note(page, service, "G002", flour)
        for paper in ("donations", "purchases"):
            page.goto(f"{service.address}/books/COUNTY/{paper}/new")
            opened = page.url
            page.select_option("#lines-0-item", "G003")
            page.locator("#scan").focus()
            for ean in (rice, flour, rice):
                page.keyboard.type(f"{ean}\n", delay=5)
                expect(page.locator("#scan")).to_have_value("")
                expect(page.locator("#scan")).to_be_focused()
            chosen = [page.locator(f"#lines-{n}-item").input_value() for n in range(5)]
            assert chosen == ["G003", "G001", "G002", "G001", ""]
            expect(page.locator("main [role=status], main [role=alert]").first).to_contain_text("4")
            assert (page.url == opened) == script, "with script no page is waited for"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_barcode_nobody_noted_is_said_in_words(browser: Browser, service: Service, script: bool) -> None:
    with visitor(browser, service, "ly01-keeper", script=script, width=320) as page:
        page.goto(f"{service.address}/books/LY01/donations/new")
        page.locator("#scan").fill("6999999999994")
        page.locator("#scan").press("Enter")
        expect(page.locator("#scan-error")).to_contain_text("条形码6999999999994没有对应的在用物品")
        expect(page.locator("#scan")).to_be_focused()
