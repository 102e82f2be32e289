"""Papers as they come out of the printer: the keeper's guide on one page, slips and cards in their own size."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.service import Service, visitor

pytestmark = pytest.mark.browser
MM = 72 / 25.4
PICTURES = Path(__file__).parent.parent.parent / "ledger/static/guide"


def printed(page: Page) -> list[tuple[int, int]]:
    """Print a page and return the size of each sheet in millimetres."""
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    return [(round(float(width) / MM), round(float(height) / MM)) for width, height in boxes]


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_the_keepers_guide_is_one_page_with_its_pictures(browser: Browser, service: Service, language: str) -> None:
    with visitor(browser, service, "ly01-keeper", language=language) as page:
        page.goto(f"{service.address}/books/LY01/")
        page.locator("a[href='/guide']").click()
        page.wait_for_url("**/guide")
        expect(page.locator("img")).to_have_count(4)
        assert page.locator("img").evaluate_all("all => all.every(one => one.complete && one.naturalWidth === 800)")
        assert printed(page) == [(210, 297)]


def test_each_picture_is_light() -> None:
    sizes = {picture.name: picture.stat().st_size for picture in PICTURES.iterdir()}
    assert len(sizes) == 8
    assert {name for name, size in sizes.items() if size > 60_000} == set()


def test_slips_cards_labels_and_balances_have_their_sizes(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper") as page:
        page.goto(f"{service.address}/books/LY01/entries?kind=redemption")
        slip = f"{page.locator('tbody a').first.get_attribute('href')}/slip".replace("/entries/", "/redemptions/")
        sizes = {}
        for at in (f"{slip}?size=58mm", f"{slip}?size=a5", "/books/LY01/households/H0001/paper",
                   "/books/LY01/households/H0001/paper?only=balance", "/books/LY01/cards/paper?group=1"):
            page.goto(service.address + at)
            sizes[at.rpartition("/")[2]] = printed(page)
        cards = page.locator(".card").count()
        page.emulate_media(media="print")
        box = page.locator(".card").first.bounding_box()
    assert sizes["slip?size=58mm"][0][0] == 58 and len(sizes["slip?size=58mm"]) == 1
    assert sizes["slip?size=a5"] == [(148, 210)]
    assert sizes["paper"] == [(210, 297)]
    assert sizes["paper?only=balance"] == [(210, 148)]
    assert sizes["paper?group=1"] == [(210, 297)] * -(-cards // 10)
    assert box and (round(box["width"] / 96 * 25.4), round(box["height"] / 96 * 25.4)) == (85, 54)


UPRIGHT, ACROSS = (186, 271), (273, 184)
LONG = [
    ("ly01-supervisor", "/books/LY01/sheets", "/notice", UPRIGHT),
    ("ly01-supervisor", "/books/LY01/counts", "/paper", ACROSS),
    ("ly01-supervisor", "/books/LY01/counts", "/rollback/paper", ACROSS),
    ("ly01-supervisor", "/books/LY01/handover", "/list", UPRIGHT),
    ("county", "/books/COUNTY/entries?kind=dispatch", "/paper", ACROSS),
    ("county", "/books/COUNTY/entries?kind=donation", "/paper", ACROSS),
]


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize(("who", "of", "paper", "sheet"), LONG)
def test_what_is_summed_as_a_page_fits_on_a_page(
    browser: Browser, service: Service, who: str, of: str, paper: str, sheet: tuple[int, int], language: str
) -> None:
    width, height = (round(side / 25.4 * 96) for side in sheet)
    with visitor(browser, service, who, language=language) as page:
        page.goto(f"{service.address}{of}")
        links = page.locator("tbody a")
        at = of if paper == "/list" else links.nth(-1 if "entries" in of else 0).get_attribute("href") or ""
        noun = {"dispatch": "dispatches", "donation": "donations"}.get(of.rpartition("=")[2], "")
        page.goto(service.address + at.replace("entries", noun) + paper)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": width, "height": height})
        # Each page is measured from its head: the table itself, or where its copy begins.
        tables = page.locator("main div.wide:not(.back div):not(.runs-on)").evaluate_all(
            """all => all.map(one => [
                 one.scrollWidth - one.clientWidth,
                 Math.round(one.getBoundingClientRect().bottom
                 - (one.matches(".next") ? one : one.closest("main section, main")).getBoundingClientRect().top)])"""
        )
    assert len(tables) > 1, "there is a page of lines that is full"
    assert all(wider <= 0 and high <= height for wider, high in tables), tables


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_no_sheet_of_a_transfer_note_has_signatures_alone(browser: Browser, service: Service, language: str) -> None:
    with visitor(browser, service, "county", language=language) as page:
        page.goto(f"{service.address}/books/COUNTY/allocations/1/notes")
        tables = page.locator("main table").count()
        assert page.locator("main section").count() > 20
        assert printed(page) == [(297, 210)] * tables, "each sheet has lines, under the number of its note"


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_fifteen_lines_of_the_register_are_one_sheet_with_heading_and_foot(
    browser: Browser, service: Service, language: str
) -> None:
    width, height = (round(side / 25.4 * 96) for side in (281, 199))
    with visitor(browser, service, "ly01-keeper", language=language, width=width) as page:
        page.emulate_media(media="print")
        for paper in ("pack", "lines?pages=2", "lines?pages=2&blank=1", "filled?volume=1&page=1&pages=2"):
            page.goto(f"{service.address}/books/LY01/signing-register/{paper}")
            heights = page.locator(".signing").evaluate_all("all => all.map(one => one.offsetHeight)")
            assert len(heights) == 2 and max(heights) <= height, (paper, heights)


def test_one_press_prints_a_slip_and_a_reload_is_a_preview(browser: Browser, service: Service) -> None:
    with visitor(browser, service, "ly01-keeper", language="en") as page:
        # Counted as a mark of the page: a script that polls would need eval, which the service's pages refuse.
        page.add_init_script("window.print = () => { const all = document.documentElement.dataset;"
                             " all.prints = Number(all.prints || 0) + 1; }")
        prints = page.locator("html[data-prints]")
        page.goto(f"{service.address}/books/LY01/entries?kind=redemption")
        slip = f"{page.locator('tbody a').first.get_attribute('href')}/slip".replace("/entries/", "/redemptions/")
        page.goto(service.address + slip)
        page.locator("button").click()
        expect(prints).to_have_attribute("data-prints", "1")
        assert "printed" not in page.url
        expect(page.locator(".copy")).to_have_count(0)
        page.reload()
        expect(page.locator(".copy")).to_have_text("Preview")
        expect(prints).to_have_count(0)
        page.locator("button").click()
        expect(prints).to_have_attribute("data-prints", "1")
        expect(page.locator(".copy")).to_have_text("Copy, print no. 2")
