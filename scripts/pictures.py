"""Take the pictures of the guide and of README from a demo county that runs; scripts/pictures runs this."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.service import Service, chromium, served_demo, visitor  # noqa: E402
from tests.browser.test_counter import rich_households, ware  # noqa: E402
from tests.browser.test_till import three  # noqa: E402

GUIDE, PAPERS = ROOT / "ledger/static/guide", ROOT / "docs/guide"
LANGUAGES = {"zh": "zh_Hans_CN", "en": "en"}
SHOWN = {"width": 800, "height": 440}
"""What is shown of a page: from where its frame ends."""


def main() -> None:
    """Make all pictures anew."""
    for folder in (GUIDE, PAPERS):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, served_demo(Path(folder)) as service:
        for short, language in LANGUAGES.items():
            with visitor(browser, service, "ly01-keeper", language=language) as page:
                walk(page, service, short)
        for short, language in LANGUAGES.items():
            with visitor(browser, service, "ly01-keeper", language=language) as page:
                page.goto(f"{service.address}/guide")
                page.pdf(path=PAPERS / f"keeper-{short}.pdf", prefer_css_page_size=True)
    for made in [*sorted(GUIDE.iterdir()), *sorted(PAPERS.iterdir())]:
        print(f"{made.relative_to(ROOT)} {made.stat().st_size // 1000} KB")


def walk(page: Page, service: Service, short: str) -> None:
    """Go through one redemption and take a picture of each step; the language is that of the page."""
    page.set_viewport_size(SHOWN)
    at = f"{service.address}/books/LY01"
    page.goto(f"{at}/")
    take(page, f"today-{short}")
    page.goto(f"{at}/redemptions/new?group=1")
    take(page, f"find-{short}")
    # The first of them has been served when the second language's turn comes.
    household = rich_households(page, service)[list(LANGUAGES).index(short)]
    page.goto(f"{at}/redemptions/new?household={household}")
    for name in three(page):
        ware(page, name).click()
    take(page, f"basket-{short}")
    if short == "zh":
        page.set_viewport_size({"width": 1200, "height": 900})
        page.screenshot(path=ROOT / "docs/pictures/counter-zh.png")
    page.locator("[data-redeem]").click()
    page.locator(".done strong").wait_for()
    take(page, f"done-{short}")


def take(page: Page, name: str) -> None:
    """Take one picture, without the frame that all pages have."""
    page.evaluate("scrollTo(0, 0)")
    place = page.locator("main").bounding_box()
    assert place
    # What stands at the bottom of the screen stands at the bottom of the picture.
    page.set_viewport_size({**SHOWN, "height": round(place["y"]) + SHOWN["height"]})
    page.screenshot(path=GUIDE / f"{name}.png", clip={"x": 0, "y": place["y"], **SHOWN})


if __name__ == "__main__":
    main()
