"""The counter as a keeper meets it: find, fill the basket, redeem, print, undo; with and without JavaScript."""

import re
import zipfile
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.service import Service, visitor

pytestmark = pytest.mark.browser
IN_FOCUS = "document.activeElement.innerText.replace(/\\s+/g, ' ').trim()"
WAYS = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


def rich_household(page: Page, service: Service) -> str:
    """Return a household of the first outlet that has points in both purses."""
    return rich_households(page, service)[0]


def rich_households(page: Page, service: Service) -> list[str]:
    """Return the households of the first outlet that have points in both purses, the fewest support points first, read
    off the register's page.
    """
    page.goto(f"{service.address}/books/LY01/households")
    rows = [row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()]
    found = [cells[0] for cells in sorted(rows, key=lambda cells: float(cells[5]))
             if float(cells[5]) >= 5 and float(cells[6]) >= 20]
    assert found, "the demo has no household with points in both purses"
    return found


def shelf(page: Page) -> dict[str, float]:
    """Return the goods of which the counter shows at least three, with their prices."""
    page.wait_for_load_state()
    found = {}
    for row in page.locator(".basket tbody tr:has(label)").all():
        price, left = row.locator("td").all_inner_texts()[:2]
        if int(left.split()[0]) >= 3:
            found[row.locator("label").inner_text()] = float(price)
    return found


def three_goods_for(page: Page, least: float, most: float) -> tuple[list[str], float]:
    """Return three goods that cost more than `least` points together and no more than `most`, and what they cost."""
    prices = shelf(page)
    for goods in combinations(prices, 3):
        price = sum(prices[name] for name in goods)
        if least < price <= most:
            return list(goods), price
    raise AssertionError("the demo's shelf has no such three goods")


def row_of(page: Page, goods: str) -> Locator:
    """Return the line of goods in the basket."""
    return page.locator(".basket tr", has=page.locator("label", has_text=wholly(goods)))


def take(page: Page, goods: str, quantity: int) -> None:
    """Take goods: with script a tap and then the number in the basket, without it the number in the table."""
    if page.locator(".ware").count():
        ware(page, goods).click()
    row_of(page, goods).locator("input[data-quantity]").fill(str(quantity))


def ware(page: Page, goods: str) -> Locator:
    """Return the button of goods."""
    return page.locator(".ware", has=page.locator("b", has_text=wholly(goods)))


def wholly(goods: str) -> re.Pattern[str]:
    """Return what fits the name of these goods and no longer one."""
    return re.compile(rf"^\s*{re.escape(goods)}\s*$")


def cheapest(page: Page) -> str:
    """Return the goods that cost least."""
    prices = shelf(page)
    return min(prices, key=lambda name: prices[name])


def available(page: Page) -> float:
    """Return the points a household has, as the counter shows them."""
    return float(page.locator("#available").inner_text())


@WAYS
def test_a_keeper_redeems_three_items_from_both_purses_prints_and_undoes_it(
    browser: Browser, service: Service, script: bool
) -> None:
    with visitor(browser, service, "ly01-keeper", script=script) as page:
        household = rich_household(page, service)
        page.goto(f"{service.address}/books/LY01/redemptions/new")
        page.fill("#q", household)
        page.press("#q", "Enter")
        before, support = available(page), float(page.locator(".purses").inner_text().split("保障积分")[1].split()[0])
        goods, price = three_goods_for(page, support, before)
        for name in goods:
            take(page, name, 1)
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        page.wait_for_load_state()
        slip = page.locator(".receipt").inner_text()
        assert "保障积分" in slip and "激励积分" in slip
        assert re.search(r"兑-20\d\d-\d{4}", slip)
        page.emulate_media(media="print")
        expect(page.locator(".menu")).to_be_hidden()
        expect(page.locator(".receipt")).to_be_visible()
        page.emulate_media(media="screen")
        page.click("text=凭证、冲销")
        page.fill("#reason", "按错了")
        with page.expect_navigation():
            page.get_by_role("button", name="冲销").click()
        page.goto(f"{service.address}/books/LY01/redemptions/new?household={household}")
        assert available(page) == before


def test_one_click_too_many_books_once(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        household = rich_household(page, service)
        page.goto(f"{service.address}/books/LY01/redemptions/new?household={household}")
        before, price = available(page), min(shelf(page).values())
        take(page, cheapest(page), 1)
        page.dblclick("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        page.goto(f"{service.address}/books/LY01/redemptions/new?household={household}")
        assert available(page) == before - price


def test_going_back_and_sending_the_same_form_again_books_once(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper", script=False) as page:
        household = rich_household(page, service)
        page.goto(f"{service.address}/books/LY01/redemptions/new?household={household}")
        before, price, goods = available(page), min(shelf(page).values()), cheapest(page)
        hidden = [page.locator(f"form.counter input[name={name}]") for name in ("key", "seen")]
        values = [one.get_attribute("value") for one in hidden]
        take(page, goods, 1)
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        receipt = page.url
        page.goto(f"{service.address}/books/LY01/redemptions/new?household={household}")
        for one, value in zip(hidden, values, strict=True):
            one.evaluate("(input, value) => { input.value = value; }", value)
        take(page, goods, 1)
        page.click("[data-redeem]")
        expect(page).to_have_url(receipt)
        page.goto(f"{service.address}/books/LY01/redemptions/new?household={household}")
        assert available(page) == before - price


def test_the_counter_can_be_worked_by_keyboard_alone(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        household = rich_household(page, service)
        page.goto(f"{service.address}/books/LY01/")
        page.keyboard.type(household)
        page.keyboard.press("Enter")
        page.wait_for_selector("form.counter")
        before, price, goods = available(page), min(shelf(page).values()), cheapest(page)
        expect(page.locator(".ware").first).to_be_focused()
        for _ in range(200):
            if page.evaluate(IN_FOCUS).startswith(goods):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.press("-")
        page.keyboard.press("F9")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type(household)
        page.keyboard.press("Enter")
        page.wait_for_selector("form.counter")
        assert available(page) == before - price


def test_a_short_line_is_told_at_its_field_and_the_basket_stays(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper", width=390) as page:
        household = rich_household(page, service)
        page.goto(f"{service.address}/books/LY01/redemptions/new?household={household}")
        asked, other = list(shelf(page))[:2]
        take(page, asked, 9000)
        take(page, other, 1)
        page.click("[data-redeem]")
        expect(page.locator("tr.wrong .error")).to_contain_text(asked.split()[0])
        expect(row_of(page, other).locator("input[data-quantity]")).to_have_value("1")
        expect(page.locator(".refused")).to_be_focused()


@WAYS
def test_a_supervisor_reverses_and_the_package_proves_both(
    browser: Browser, service: Service, script: bool, tmp_path: Path
) -> None:
    with visitor(browser, service, "ly02-supervisor", script=script) as page:
        page.goto(f"{service.address}/books/LY02/entries?kind=redemption")
        standing = page.locator("tbody tr:not(.past)").last
        number = standing.locator("td").first.inner_text()
        standing.locator("a").first.click()
        page.fill("#reason", "货品有损")
        with page.expect_navigation():
            page.get_by_role("button", name="冲销").click()
        mirror = page.url.rsplit("/", 1)[1]
    with visitor(browser, service, "auditor", script=script) as page:
        page.goto(f"{service.address}/books/LY02/entries")
        with page.expect_download() as download:
            page.click("text=审计包")
        package = tmp_path / "LY02.zip"
        download.value.save_as(package)
    assert service.aixin("verify", str(package)).returncode == 0
    lines = zipfile.ZipFile(package).read("journal.jsonl").decode().splitlines()
    assert f'"number":{number},' in lines[int(number) - 1].replace(" ", "")
    assert f'\\"reverses\\":{number}' in lines[int(mirror) - 1].replace(" ", "")
