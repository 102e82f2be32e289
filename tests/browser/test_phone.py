"""On a phone: the menu a tap away, every column on the screen, the receipt within its frame."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.service import Service, visitor
from tests.browser.test_till import NEW

pytestmark = pytest.mark.browser


def test_on_a_phone_the_menu_is_one_tap_away_and_takes_little_room(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper", script=False, width=320) as page:
        for path in ("/books/LY01/", NEW, "/books/LY01/stock"):
            page.goto(f"{service.address}{path}")
            heading = page.locator("h1").bounding_box()
            assert heading and heading["y"] < 110, path
            expect(page.locator(".menu")).to_be_hidden()
        page.locator(".opens").click()
        expect(page.locator(".menu a", has_text="流水账")).to_be_visible()
        expect(page.locator("p.who")).to_be_visible()
        page.locator(".closes").click()
        expect(page.locator(".menu")).to_be_hidden()


@pytest.mark.parametrize(
    ("who", "path", "boxes"),
    [
        ("ly04-keeper", "", "input[name$=-quantity], input[name$=-short]"),
        ("county", "/books/COUNTY/dispatches/new", "input[name$=-quantity]"),
        ("county", "/books/COUNTY/donations/new", "input[name$=-quantity], input[name$=-best_before]"),
        ("ly01-keeper", "/books/LY01/stock", "td.number"),
        ("ly01-keeper", "/books/LY01/households/H0001", "td.points"),
        ("county", "/county/", "td.points"),
    ],
)
@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_every_column_is_on_the_screen(
    browser: Browser, service: Service, who: str, path: str, boxes: str, width: int
) -> None:
    with visitor(browser, service, who, width=width) as page:
        if not path:
            page.goto(f"{service.address}/books/LY04/arrivals")
            page.locator("main a[href*=dispatch]").first.click()
        else:
            page.goto(f"{service.address}{path}")
        columns = page.locator(f"table :is({boxes})")
        expect(columns.first).to_be_attached()
        found = columns.all()[:12]
        for box in found:
            place = box.bounding_box()
            assert place is None or (place["x"] >= 0 and place["x"] + place["width"] <= width)


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_on_the_smallest_phone_the_receipt_stays_within_its_frame(
    browser: Browser, service: Service, language: str
) -> None:
    with visitor(browser, service, "ly01-keeper", width=320, language=language) as page:
        page.goto(f"{service.address}/books/LY01/entries?kind=redemption")
        number = page.locator("tbody a").first.get_attribute("href").rpartition("/")[2]
        page.goto(f"{service.address}/books/LY01/redemptions/{number}")
        ends = page.locator(".receipt, .receipt table").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right)"
        )
    assert len(ends) == 3 and max(ends[1:]) < ends[0], ends
