"""Never twice, never lost: what a reload, a lost answer, two tabs, a new price or an ended session do to a basket."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Dialog, Error, Page, expect

from scripts.soaking.line import Line
from tests.browser.service import Service, nobody_there, visitor
from tests.browser.test_counter import WAYS, available, cheapest, rich_households, row_of, shelf, take

pytestmark = pytest.mark.browser
NEW = "/books/LY01/redemptions/new"


@pytest.fixture
def line(service: Service) -> Iterator[Line]:
    """A line to the service that can fail."""
    with Line(int(service.address.rpartition(":")[2])) as line:
        yield line


def filled(page: Page, service: Service, household: str = "", quantity: int = 1) -> tuple[str, float, float]:
    """Open the counter for a household and put the cheapest goods into its basket; return it, its points, the price."""
    household = household or rich_households(page, service)[:2][-1]
    page.goto(f"{service.address}{NEW}?household={household}")
    goods = cheapest(page)
    before, price = available(page), shelf(page)[goods]
    take(page, goods, quantity)
    return household, before, price * quantity


def held(page: Page, service: Service, household: str) -> float:
    """Return the points a household has now."""
    page.goto(f"{service.address}{NEW}?household={household}")
    return available(page)


def quantities(page: Page) -> list[str]:
    """Return what stands in the boxes of the basket that are not empty."""
    page.wait_for_load_state()
    boxes = page.locator("[data-quantity]").all()
    return [value for value in (box.input_value() for box in boxes) if value]


@WAYS
def test_a_receipt_that_is_loaded_again_books_nothing(browser: Browser, service: Service, script: bool) -> None:
    with visitor(browser, service, "ly01-keeper", script=script) as page:
        household, before, price = filled(page, service)
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        receipt = page.url
        page.reload()
        assert page.url == receipt
        page.go_back()
        page.go_forward()
        assert held(page, service, household) == pytest.approx(before - price)


@WAYS
def test_a_refused_basket_that_is_loaded_again_is_refused_again_and_then_booked_once(
    browser: Browser, service: Service, script: bool
) -> None:
    with visitor(browser, service, "ly01-keeper", script=script) as page:
        _, before, price = filled(page, service)
        boxes = page.locator("[data-quantity]")
        full = next(n for n, box in enumerate(boxes.all()) if box.input_value())
        boxes.nth(full).fill("9999")
        page.click("[data-redeem]")
        expect(page.locator(".refused")).to_be_visible()
        page.reload()
        expect(page.locator(".refused")).to_be_visible()
        assert quantities(page) == ["9999"]
        page.locator("[data-quantity]").nth(full).fill("1")
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")


@WAYS
def test_an_answer_that_is_lost_is_given_again_when_the_form_is_sent_again(
    browser: Browser, service: Service, line: Line, script: bool
) -> None:
    far = replace(service, address=line.address)
    with visitor(browser, far, "ly01-keeper", script=script) as page:
        household, before, price = filled(page, far)
        line.lose = True
        page.click("[data-redeem]", no_wait_after=True)
        nobody_there(page)
        assert line.lost >= 1, "the service has answered, and nobody has heard it"
        line.lose = False
        reload(page)
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        assert held(page, far, household) == pytest.approx(before - price)


def reload(page: Page) -> None:
    """Load a page again that may be the browser's own about a line that is down."""
    try:
        page.reload()
    except Error:
        page.reload()


@WAYS
def test_a_line_that_is_cut_loses_no_basket(browser: Browser, service: Service, line: Line, script: bool) -> None:
    far = replace(service, address=line.address)
    with visitor(browser, far, "ly01-keeper", script=script) as page:
        household, before, price = filled(page, far)
        line.cut = True
        page.click("[data-redeem]", no_wait_after=True)
        nobody_there(page)
        line.cut = False
        reload(page)
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        assert held(page, far, household) == pytest.approx(before - price)


def test_back_from_a_line_that_was_cut_shows_the_basket_as_it_was(
    browser: Browser, service: Service, line: Line
) -> None:
    far = replace(service, address=line.address)
    with visitor(browser, far, "ly01-keeper") as page:
        household, before, price = filled(page, far, quantity=2)
        page.locator("summary", has_text="他人代领").click()
        page.fill("[name=proxy-name]", "郑果")
        offline(page, line)
        back(page)
        expect(page.locator(".household .name")).to_contain_text(household)
        assert (quantities(page), page.input_value("[name=proxy-name]")) == (["2"], "郑果")
        expect(page.locator("[name=proxy-name]")).to_be_visible()
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        back(page)
        assert quantities(page) == [], "what is booked is not offered again"


def test_back_from_an_answer_that_was_lost_books_the_basket_no_second_time(
    browser: Browser, service: Service, line: Line
) -> None:
    far = replace(service, address=line.address)
    with visitor(browser, far, "ly01-keeper") as page:
        household, before, price = filled(page, far)
        line.lose = True
        page.click("[data-redeem]", no_wait_after=True)
        nobody_there(page)
        assert line.lost >= 1
        line.lose = False
        back(page)
        assert (quantities(page), available(page)) == (["1"], pytest.approx(before - price))
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        assert held(page, far, household) == pytest.approx(before - price)


def test_another_household_does_not_get_the_basket_that_was_not_answered(
    browser: Browser, service: Service, line: Line
) -> None:
    far = replace(service, address=line.address)
    with visitor(browser, far, "ly01-keeper") as page:
        household, _, _ = filled(page, far)
        offline(page, line)
        page.goto(f"{far.address}{NEW}?household={rich_households_number_other_than(household)}")
        page.reload()
        assert quantities(page) == []
        page.goto(f"{far.address}{NEW}?household={household}")
        assert quantities(page) == [], "opened anew it is a new basket"


def offline(page: Page, line: Line) -> None:
    """Press Redeem while nobody gets through, until the browser has said so; then the line is there again."""
    line.cut = True
    page.click("[data-redeem]", no_wait_after=True)
    nobody_there(page)
    line.cut = False


def back(page: Page) -> None:
    """Go back from the browser's own page, or from the receipt, to the counter."""
    page.go_back()
    page.wait_for_selector("form.counter")


@WAYS
def test_the_same_basket_in_two_tabs_is_asked_about_before_it_is_booked_again(
    browser: Browser, service: Service, script: bool
) -> None:
    with visitor(browser, service, "ly01-keeper", script=script) as page:
        household, before, price = filled(page, service)
        other = page.context.new_page()
        filled(other, service, household)
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        other.click("[data-redeem]")
        expect(other.locator(".refused")).to_contain_text("本页打开后")
        expect(other.locator("p.waits").first).to_contain_text("今天已来过")
        assert available(other) == pytest.approx(before - price)
        assert quantities(other) == ["1"]
        other.click("[data-redeem]")
        expect(other.locator(".done strong")).to_have_text(f"{before - 2 * price:.1f}")


@WAYS
def test_a_basket_that_meets_an_ended_session_is_there_again_after_signing_in(
    browser: Browser, service: Service, script: bool
) -> None:
    with visitor(browser, service, "ly01-keeper", script=script) as page:
        household, before, price = filled(page, service, quantity=2)
        page.context.clear_cookies(name="aixin")
        addresses: list[str] = []
        page.on("request", lambda request: addresses.append(request.url))
        page.click("[data-redeem]")
        expect(page.locator("#password")).to_be_visible()
        page.fill("#name", "ly01-keeper")
        page.fill("#password", service.password)
        page.press("#password", "Enter")
        page.get_by_role("button", name="回到刚才的页面").click()
        expect(page.locator(".household .name")).to_contain_text(household)
        assert quantities(page) == ["2"]
        assert not any("basket" in address or household in address for address in addresses)
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")


@WAYS
def test_a_price_that_changed_meanwhile_is_told_and_the_basket_stays(
    browser: Browser, service: Service, script: bool
) -> None:
    with (
        visitor(browser, service, "ly01-keeper", script=script) as page,
        visitor(browser, service, "county", script=script) as office,
        visitor(browser, service, "county2", script=script) as second,
    ):
        household = rich_households(page, service)[0]
        page.goto(f"{service.address}{NEW}?household={household}")
        goods, item = goods_with_an_old_price(page, office, service)
        price = shelf(page)[goods]
        dearer = f"{price + 0.5:.1f}"
        take(page, goods, 1)
        form = office.locator("form[action$='/prices']")
        form.locator("[name=points]").fill(dearer)
        form.locator("button").click()
        expect(office.locator("p.waits")).to_contain_text(f"{price:.1f}改为{dearer}")
        confirm_price(second, service, item)
        # The new price stands before the keeper goes on.
        office.reload()
        expect(office.locator("td.points").first).to_have_text(dearer)
        page.click("[data-redeem]")
        expect(page.locator(".refused")).to_contain_text(dearer)
        assert quantities(page) == ["1"]
        before = available(page)
        page.click("[data-redeem]")
        expect(page.locator(".done strong")).to_have_text(f"{before - price - 0.5:.1f}")


def goods_with_an_old_price(page: Page, office: Page, service: Service) -> tuple[str, str]:
    """Return goods of the counter that may cost half a point more, whose price nobody has set or proposed today, and
    their code; the office's page of them is open.
    """
    points = available(page)
    for goods, price in shelf(page).items():
        item = row_of(page, goods).locator("input[name$=-item]").first.get_attribute("value") or ""
        office.goto(f"{service.address}/registers/items/{item}")
        today = office.locator("form[action$='/prices'] [name=valid_from]").input_value()
        old = office.locator("td", has_text=today).count() == 0 and office.locator("p.waits").count() == 0
        if price + 0.5 <= points and old:
            return goods, item
    raise AssertionError("the demo's shelf has no goods whose price is of another day")


def confirm_price(second: Page, service: Service, item: str) -> None:
    """Confirm what was proposed for one item, and nothing else, as the other of the office."""
    second.goto(f"{service.address}/county/proposals")
    for box in second.locator("td [type=checkbox]").all():
        box.uncheck()
    second.locator("tr", has=second.locator(f"a[href$='/items/{item}']")).locator("[type=checkbox]").check()
    second.get_by_role("button", name="确认勾选项").click()
    expect(second.locator(f"a[href$='/items/{item}']")).to_have_count(0)


@WAYS
def test_a_basket_that_has_not_been_sent_survives_the_next_search(
    browser: Browser, service: Service, script: bool
) -> None:
    with visitor(browser, service, "ly01-keeper", script=script) as page:
        household, _, _ = filled(page, service, quantity=2)
        page.fill("#q", rich_households_number_other_than(household))
        page.press("#q", "Enter")
        expect(page.locator("[role=alert]")).to_contain_text("这一篮还没有兑换")
        expect(page.locator(".household .name")).to_contain_text(household)
        assert quantities(page) == ["2"]


def rich_households_number_other_than(household: str) -> str:
    """Return the number of another household of the outlet."""
    return "H0002" if household != "H0002" else "H0003"


def test_who_leaves_the_counter_with_a_basket_in_hand_is_asked(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        filled(page, service)
        here, asked = page.url, []

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", stay)
        with page.expect_event("dialog"):
            page.locator(".top a").first.click(no_wait_after=True)
        assert (asked, page.url, quantities(page)) == (["beforeunload"], here, ["1"])
        page.remove_listener("dialog", stay)
