"""The grid as the points clerk meets it: totals run along as points are typed, and without script it saves too."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.service import Service, visitor

pytestmark = pytest.mark.browser
GRID = "/books/LY02/sheets/new?rule=HJ01&rule=HJ02&rule=GY01"


def test_totals_of_household_rule_and_class_run_along(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly02-clerk") as page:
        page.goto(service.address + GRID)
        rows = page.locator(".grid tbody tr")
        for cell, points in ((0, "５"), (1, "7.5"), (2, "10")):
            rows.nth(0).locator("td input").nth(cell).fill(points)
        rows.nth(1).locator("td input").nth(1).fill("8")
        assert [rows.nth(n).locator("td").last.inner_text() for n in range(3)] == ["22.5", "8.0", ""]
        assert page.locator(".grid tfoot td").all_inner_texts() == ["5.0", "15.5", "10.0", "30.5"]
        expect(page.locator("[data-classes]")).to_have_text("环境卫生 20.5 · 公益劳动 10.0")


def test_without_script_no_total_is_shown_and_the_sheet_is_saved(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly02-clerk", script=False) as page:
        page.goto(service.address + GRID)
        expect(page.locator(".grid tfoot")).to_be_hidden()
        page.locator(".grid tbody tr").nth(0).locator("td input").nth(2).fill("10")
        page.locator("form.sheet p.submit button:not(.quiet)").click()
        expect(page.locator("table").first).to_contain_text("GY01")
