"""The counter at the till: what is seen at first sight, few taps and keys, a live basket, a light page."""

import gzip
import re
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from ledger.registers.purses import left_after, paid
from tests.browser.service import PATIENCE, Service, visitor
from tests.browser.test_counter import available, rich_household, rich_households, row_of, shelf, take, ware

pytestmark = pytest.mark.browser
NEW = "/books/LY01/redemptions/new"
SCREENS = pytest.mark.parametrize("screen", [(320, 568), (390, 844), (1024, 768), (1280, 720)], ids=str)
MOST_ACTIONS = 12
"""Key presses or taps from the household found to its receipt, for three kinds of goods."""

# What of an element is seen: nothing else may lie over its middle, and all of it must be on the screen.
IN_SIGHT = """element => {
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.top >= 0 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1
        && (element.contains(top) || (top !== null && top.contains(element)));
}"""
FOCUSED_IN_SIGHT = f"() => ({IN_SIGHT})(document.activeElement)"


def counter(page: Page, service: Service, screen: tuple[int, int]) -> str:
    """Open the counter for a household with points, on a screen of this size, and return its number."""
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    household = rich_household(page, service)
    page.goto(f"{service.address}{NEW}?household={household}")
    return household


def three(page: Page) -> list[str]:
    """Return three cheap goods."""
    prices = shelf(page)
    return sorted(prices, key=lambda name: prices[name])[:3]


@pytest.mark.parametrize("screen", [(320, 568), (390, 844), (1024, 640), (1280, 720), (1366, 650)], ids=str)
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_at_first_sight_there_are_the_household_its_points_goods_and_the_button(
    browser: Browser, service: Service, screen: tuple[int, int], language: str
) -> None:
    with visitor(browser, service, "ly01-keeper", language=language) as page:
        page.set_viewport_size({"width": screen[0], "height": screen[1]})
        # The last of them: who has been served today already is pointed out, and that takes a line more.
        page.goto(f"{service.address}{NEW}?household={rich_households(page, service)[-1]}")
        for seen in ("#q", ".household .name", "#available", "[data-redeem]"):
            assert page.locator(seen).evaluate(IN_SIGHT), seen
        goods = sum(one.evaluate(IN_SIGHT) for one in page.locator(".ware").all())
        assert goods >= 2
        assert page.evaluate("document.documentElement.scrollWidth") <= screen[0]


@pytest.mark.parametrize("screen", [(320, 640), (390, 700), (1024, 700), (1280, 720)], ids=str)
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_with_large_letters_goods_are_in_sight_and_the_basket_fits_the_screen(
    browser: Browser, service: Service, screen: tuple[int, int], language: str
) -> None:
    with visitor(browser, service, "ly01-keeper", language=language) as page:
        page.context.add_cookies([{"name": "letters", "value": "large", "url": service.address}])
        counter(page, service, screen)
        for seen in ("#q", ".household .name", "#available", "[data-redeem]"):
            assert page.locator(seen).evaluate(IN_SIGHT), seen
        expect(page.locator(".ware").first).to_be_focused()
        assert page.evaluate(FOCUSED_IN_SIGHT)
        for name in sorted(shelf(page), key=len)[-3:]:
            ware(page, name).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= screen[0]


@SCREENS
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_nothing_ever_lies_over_what_has_the_focus(
    browser: Browser, service: Service, screen: tuple[int, int], script: bool
) -> None:
    with visitor(browser, service, "ly01-keeper", script=script) as page:
        counter(page, service, screen)
        for details in page.locator(".till summary").all():
            details.click()
        if script:
            for name in three(page):
                ware(page, name).click()
        page.evaluate("window.scrollTo(0, 0); document.getElementById('q').focus()")
        covered, focused = [], 0
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            focused += 1
            if not page.evaluate(FOCUSED_IN_SIGHT):
                covered.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
        assert covered == []
        assert focused > 40


def test_three_kinds_of_goods_take_few_keys(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        counter(page, service, (1280, 720))
        before, prices = available(page), list(shelf(page).values())
        pressed = ["Enter", "ArrowRight", "ArrowRight", "ArrowDown", "Enter", "ArrowRight", "Enter", "F9"]
        taken = []
        for key in pressed[:-1]:
            page.keyboard.press(key)
            if key == "Enter":
                taken.append(page.evaluate("document.activeElement.querySelector('.price').innerText"))
        assert len(set(page.locator(".basket tbody tr:visible label").all_inner_texts())) == 3
        price = sum(map(float, taken))
        expect(page.locator("[data-sum]")).to_have_text(f"{price:.1f}")
        assert len(pressed) <= MOST_ACTIONS and prices
        if price <= before:
            page.keyboard.press(pressed[-1])
            expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
            expect(page.locator("#q")).to_be_focused()
        print(f"three kinds of goods by keyboard: {len(pressed)} presses")


def test_by_thumb_alone_on_the_smallest_phone(browser: Browser, service: Service) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 568}, has_touch=True)
    with visitor(browser, service, "ly01-keeper") as signed_in:
        household = rich_household(signed_in, service)
        context.add_cookies(signed_in.context.cookies())
        page, taps = context.new_page(), 0
        page.set_default_timeout(PATIENCE)
        group = int(signed_in.locator("tr", has_text=household).locator("td").nth(1).inner_text())
        page.goto(f"{service.address}{NEW}")
        page.locator(".groups a").nth(group - 1).tap()
        page.locator(".taps a", has_text=household).tap()
        before, goods = available(page), three(page)
        price = sum(shelf(page)[name] for name in goods)
        for name in goods:
            ware(page, name).tap()
            taps += 1
        page.locator("[data-redeem]").tap()
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        assert page.locator(".done strong").evaluate(IN_SIGHT)
        page.get_by_text("转给对方看").tap()
        expect(page.locator(".turned strong")).to_have_text(f"{before - price:.1f}")
        assert page.locator(".turned strong").evaluate("element => element.getBoundingClientRect().height") >= 70
        page.get_by_text("转回来").tap()
        page.get_by_text(f"{group}组名单").tap()
        expect(page.locator(".taps .come", has_text=household)).to_be_visible()
        assert taps + 1 <= MOST_ACTIONS
        print(f"three kinds of goods by thumb: {taps + 1} taps")
    context.close()


def test_the_basket_adds_up_as_the_service_will(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        counter(page, service, (1280, 720))
        name, held = three(page)[0], available(page)
        price = shelf(page)[name]
        ware(page, name).click()
        box, total, after = row_of(page, name).locator("input[data-quantity]"), "[data-sum]", "[data-after]"
        # Nothing is lost when the box is emptied to write another number in it.
        for typed, shown in [("3", f"{price * 3:.1f}"), ("２", f"{price * 2:.1f}"), ("", "0.0"), ("1", f"{price:.1f}")]:
            box.fill(typed)
            expect(page.locator(total)).to_have_text(shown)
            expect(page.locator(after)).to_have_text(f"{held - float(shown):.1f}")
        for typed in ("2.9", "-3", "0", "1e3", "99999", "two"):
            box.fill(typed)
            expect(page.locator(total)).to_have_text("?")
            expect(page.locator(".total")).to_have_class(re.compile("wrong"))
        purses = page.locator(".household").evaluate("one => [one.dataset.support, one.dataset.merit].map(Number)")
        box.fill(str(round(purses[0] / 10 / price) + 1))
        spent = round(float(page.locator(total).inner_text()) * 10)
        expect(page.locator("[data-purse=support]")).to_have_text(f"{max(0, purses[0] - spent) / 10:.1f}")
        expect(page.locator("[data-purse=merit]")).to_have_text(
            f"{(purses[1] - max(0, spent - purses[0])) / 10:.1f}"
        )


def test_plus_and_minus_stop_at_what_is_left_and_at_nothing(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        counter(page, service, (390, 844))
        goods = {row.locator("label").inner_text(): int(row.locator("[data-shelf]").get_attribute("data-shelf") or 0)
                 for row in page.locator(".basket tbody tr:has(label)").all()}
        name = min(goods, key=lambda one: goods[one])
        for _ in range(goods[name] + 2):
            ware(page, name).click()
        box = row_of(page, name).locator("input[data-quantity]")
        expect(box).to_have_value(str(goods[name]))
        for _ in range(goods[name]):
            page.locator(f".back[aria-label='减一件： {name}']").click()
        expect(row_of(page, name)).to_be_hidden()
        expect(ware(page, name)).to_be_focused()


def test_a_card_read_by_a_scanner_goes_to_the_search_wherever_the_keeper_is(
    browser: Browser, service: Service
) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        counter(page, service, (1280, 720))
        page.goto(f"{service.address}/books/LY01/households")
        cards = [row.locator("td").all_inner_texts()[:4] for row in page.locator("tbody tr").all()[:9]]
        number, _, _, card = next(cells for cells in cards if cells[3])
        counter(page, service, (1280, 720))
        expect(page.locator(".ware").first).to_be_focused()
        page.keyboard.type(f"{card}\n", delay=5)
        expect(page.locator(".household .name")).to_contain_text(number)
        assert page.locator(".basket tbody tr:visible").count() == 0, "its digits are no quantities"


def test_the_counter_and_its_receipt_print_without_the_work_around_them(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper", script=False) as page:
        page.goto(f"{service.address}{NEW}?household=H0001")
        page.emulate_media(media="print")
        for hidden in (".menu", ".me", ".search", "[data-redeem]"):
            expect(page.locator(hidden)).to_be_hidden()
        top = page.locator(".household").bounding_box()
        table = page.locator(".basket").bounding_box()
        foot = page.locator(".foot").bounding_box()
        assert top and table and foot
        assert top["y"] + top["height"] <= table["y"] and table["y"] + table["height"] <= foot["y"] + 1


def test_a_button_that_needs_script_is_not_there_without_it(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper", script=False) as page:
        page.goto(f"{service.address}/books/LY01/entries?kind=redemption")
        number = page.locator("tbody tr:not(.past) td").first.inner_text()
        page.goto(f"{service.address}/books/LY01/redemptions/{number}")
        expect(page.locator("[data-print]")).to_be_hidden()
        expect(page.locator(".turned")).to_be_hidden()


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_the_counter_is_light_on_a_slow_line(browser: Browser, service: Service, language: str) -> None:
    with visitor(browser, service, "ly01-keeper", language=language) as page:
        sizes = {}
        for name, path in [("search", NEW), ("group", f"{NEW}?group=1"), ("basket", f"{NEW}?household=H0001")]:
            sizes[name] = len(gzip.compress(page.request.get(f"{service.address}{path}").body(), 6))
        for name in ("ledger.css", "counter.js", "icon.svg"):
            sizes[name] = len(gzip.compress(urlopen(f"{service.address}/static/{name}").read(), 6))
        heaviest = max(sizes[name] for name in ("search", "group", "basket"))
        first = heaviest + sizes["ledger.css"] + sizes["counter.js"] + sizes["icon.svg"]
        print(f"counter packed, {language}: {sizes}, with style {heaviest + sizes['ledger.css']}, all {first} bytes")
        assert heaviest + sizes["ledger.css"] <= 15_000
        assert first <= 50_000


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_barcode_read_by_a_scanner_goes_into_the_basket_and_the_household_stays(
    browser: Browser, service: Service, script: bool
) -> None:
    ean = "6901234567892" if script else "6909876543212"
    with visitor(browser, service, "ly01-keeper", script=script) as page, visitor(browser, service, "county") as office:
        household = counter(page, service, (1280, 720))
        name = three(page)[0]
        code = row_of(page, name).locator("input[name$=-item]").get_attribute("value")
        office.goto(f"{service.address}/registers/items/{code}")
        box = office.locator("[name=ean]:not([type=hidden])")
        box.fill(ean)
        box.press("Enter")
        expect(office.locator("li", has_text=ean)).to_be_visible()
        counter(page, service, (1280, 720))
        for many in ("1", "2"):
            page.locator("#q").focus()
            page.keyboard.type(f"{ean}\n", delay=5)
            expect(row_of(page, name).locator("[data-quantity]")).to_have_value(many)
            expect(page.locator("#q")).to_have_value("")
            expect(page.locator("#q")).to_be_focused()
        expect(page.locator(".household .name")).to_contain_text(household)


def test_the_basket_is_turned_round_by_keyboard_and_escape_turns_it_back(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        counter(page, service, (390, 844))
        held, name = available(page), three(page)[0]
        price = shelf(page)[name]
        ware(page, name).click()
        head = page.locator(".household .name").inner_text().split()[0]
        page.locator("[data-turn]").focus()
        page.keyboard.press("Enter")
        turned = page.locator("#turned")
        expect(turned.locator("strong")).to_have_text(f"{held - price:.1f}")
        assert head not in turned.inner_text() and name.split()[0] in turned.inner_text()
        expect(page.locator("[data-redeem]")).to_be_hidden()
        page.keyboard.press("Escape")
        expect(turned).to_be_hidden()
        expect(row_of(page, name).locator("[data-quantity]")).to_have_value("1")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_enter_in_a_box_of_the_counter_never_redeems(browser: Browser, service: Service, script: bool) -> None:
    with visitor(browser, service, "ly01-keeper", script=script) as page:
        household = counter(page, service, (1280, 720))
        before, name = available(page), three(page)[0]
        take(page, name, 1)
        for box in ("#q", "[data-quantity]:visible"):
            page.locator(box).first.focus()
            page.keyboard.press("Enter")
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            expect(page.locator(".done")).to_have_count(0)
            expect(row_of(page, name).locator("[data-quantity]")).to_have_value("1")
        with visitor(browser, service, "ly01-keeper") as other:
            other.goto(f"{service.address}{NEW}?household={household}")
            assert available(other) == before


def test_after_the_browsers_stop_the_button_redeems_again_and_once(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        counter(page, service, (1280, 720))
        before, name = available(page), three(page)[0]
        price, sent = shelf(page)[name], []
        ware(page, name).click()
        press = "document.querySelector('[data-redeem]').click()"
        # The page's own clock, so that no slow machine makes the second press the one after three seconds.
        page.clock.install(time="2026-03-06T10:00:00")
        page.clock.pause_at("2026-03-06T10:01:00")
        page.on("request", lambda request: sent.append(request.method))
        # What is sent leads nowhere, and no page comes: so it is after Stop.
        page.evaluate("window.stop = event => event.preventDefault(); document.addEventListener('submit', window.stop)")
        page.evaluate(press)
        page.evaluate("document.removeEventListener('submit', window.stop)")
        page.evaluate(press)
        page.clock.run_for(2_900)
        page.evaluate(press)
        assert sent == []
        page.clock.run_for(200)
        page.evaluate(press)
        expect(page.locator(".done strong")).to_have_text(f"{before - price:.1f}")
        assert sent.count("POST") == 1


@pytest.mark.parametrize("order", ["support merit", "merit support"])
def test_where_support_goes_only_beside_merit_the_total_says_what_redeeming_will(
    browser: Browser, service: Service, order: str
) -> None:
    with visitor(browser, service, "ly01-keeper", language="en") as page:
        household = rich_households(page, service)[-1]

        def one_to_one(route: Route) -> None:
            answer = route.fetch()
            text = re.sub('data-order="[^"]*" data-beside="0"', f'data-order="{order}" data-beside="1"', answer.text())
            text = re.sub('data-support="[0-9]*" data-merit="[0-9]*"', 'data-support="9000" data-merit="300"', text)
            route.fulfill(response=answer, body=text)

        page.route("**/redemptions/new?*", one_to_one)
        page.goto(f"{service.address}{NEW}?household={household}")
        has, prices = {"support": 9000, "merit": 300}, shelf(page)
        name = min(prices, key=lambda one: prices[one])
        ware(page, name).click()
        box = row_of(page, name).locator("input[data-quantity]")
        for many in (1, 3, 7, 20, 40, 100):
            box.fill(str(many))
            price = round(prices[name] * many * 10)
            left = left_after(has, price, order.split(), 1)
            expect(page.locator("[data-after]")).to_have_text(f"{left / 10:.1f}")
            short = sum(paid(has, price, order.split(), 1).values()) < price
            expect(page.locator("[data-short]")).to_be_visible(visible=short)


@pytest.mark.parametrize("screen", [(1024, 640), (1366, 650)], ids=str)
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_on_a_low_screen_total_balance_and_button_stay_in_sight_as_the_basket_grows(
    browser: Browser, service: Service, screen: tuple[int, int], language: str
) -> None:
    with visitor(browser, service, "ly01-keeper", language=language) as page:
        counter(page, service, screen)
        for place, name in enumerate([*three(page), *list(shelf(page))[-3:]]):
            ware(page, name).click()
            for at in (0, 300, 100_000):
                page.evaluate(f"window.scrollTo(0, {at})")
                for seen in ("[data-sum]", "[data-after]", "[data-redeem]"):
                    assert page.locator(seen).evaluate(IN_SIGHT), (seen, place, at)


@pytest.mark.parametrize("screen", [(320, 568), (1366, 650)], ids=str)
def test_another_person_who_collects_is_a_key_or_a_tap_away(
    browser: Browser, service: Service, screen: tuple[int, int]
) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        counter(page, service, screen)
        expect(page.locator(".ware").first).to_be_focused()
        assert page.locator(".kinds .button").evaluate(IN_SIGHT)
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        expect(page.locator("[name^=proxy-]:focus")).to_have_count(1)
        assert page.evaluate(FOCUSED_IN_SIGHT)
