"""What somebody finds who knows the rules of access: faults of a page, and a page too wide for its screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# One example of what is in order is enough: with all of them each page takes axe three times as long.
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
LOOK = "async options => (await axe.run(document, options)).violations"
AXE = Axe().axe_script


def faults_on(page: Page) -> list[str]:
    """Return the faults of access of the page that is open, and whether it is wider than the screen."""
    as_high_as_the_page(page)
    page.evaluate(AXE)
    faults = [f"{fault['id']} {fault['nodes'][0]['target']}" for fault in page.evaluate(LOOK, OPTIONS)]
    size: dict[str, int] = page.evaluate("({wide: document.documentElement.scrollWidth, screen: innerWidth})")
    if size["wide"] > size["screen"]:
        faults.append(f"{size['wide']} px wide on a screen of {size['screen']}")
    return faults


def as_high_as_the_page(page: Page) -> None:
    """Make the window as high as its page: what the bar at the foot lies over until one scrolls is no small target."""
    width = page.viewport_size["width"] if page.viewport_size else 320
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
