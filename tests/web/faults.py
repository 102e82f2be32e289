"""What is wrong with a page: for who cannot see it, for who prints it, and for the browser that must trust it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ledger.web.words import catalogue
from tests.web.house import NAMES
from tests.web.page import Element, Page

# Words in the house of 6 March that somebody typed in English, and what is called so in every language.
TYPED = (
    "two soaps were missing", "held at the Wus", "the yard of Wang Xiulan", "the Mas did not come", "English",
    "ly01-keeper", "ly01-clerk", "ly01-supervisor", "county", "auditor", "Excel", "Ctrl", "xlsx", "xls", "csv",
)


def faults(html: str, language: str) -> list[str]:
    """Return everything that is wrong with a page."""
    page = Page(html)
    return [
        *frame(html, page, language), *names(page), *tables(page), *inline(page), *leftovers(page),
        *(english(page) if language == "zh_Hans_CN" else []),
    ]


def frame(html: str, page: Page, language: str) -> Iterator[str]:
    """The frame: kind of document, language, title, one heading of the first order and none left out below it."""
    if not html.startswith("<!doctype html>"):
        yield "no doctype"
    if page.all("html")[0]["lang"] != {"en": "en", "zh_Hans_CN": "zh-Hans"}[language]:
        yield "wrong language"
    if re.search(r'="[^"]*"[a-z]', html):
        yield f"attributes without a space between: {re.findall(r'.{30}=.[^<>]*.[a-z]=.{10}', html)[:1]}"
    title = "".join(one for one in page.all("title")[0].inside if isinstance(one, str)).partition("·")[0]
    headings = page.all("h1", "h2", "h3", "h4")
    if not title.strip() or not all(heading.text for heading in headings):
        yield "an empty title or heading"
    if [heading.tag for heading in headings].count("h1") != 1:
        yield "not one h1"
    if any(int(after.tag[1]) > int(before.tag[1]) + 1 for before, after in pairwise(headings)):
        yield "a heading left out"


def names(page: Page) -> Iterator[str]:
    """Each thing is named once, each input and button has words, and what is referred to is there."""
    ids = Counter(one["id"] for one in page.all() if one["id"])
    yield from (f"id {name} is there {many} times" for name, many in ids.items() if many > 1)
    labels = {one["for"]: one.text for one in page.all("label")}
    for one in page.all("input", "select", "textarea"):
        if one["type"] != "hidden" and not (labels.get(one["id"]) or one["aria-label"]):
            yield f"input {one['name']} without a label"
        if one["list"] and one["list"] not in ids:
            yield f"no list {one['list']}"
    yield from (f"a label for {name}, which is not there" for name in labels if name not in ids)
    for one in page.all():
        for name in f"{one['aria-describedby']} {one['aria-labelledby']}".split():
            if name not in ids:
                yield f"no {name} that describes {one.tag} {one['name']}"
    yield from (f"{one.tag} without words" for one in page.all("button", "a", "option") if not said(one))
    at_work = {id(one) for form in page.all("form") for one in form.all("button")}
    for one in page.all("button"):
        if one["type"] != "button" and not one["form"] and id(one) not in at_work:
            yield f"the button {one.text} sends no form"


def said(one: Element) -> bool:
    """Tell whether an element has words; an empty choice has none on purpose."""
    return bool(one.text or one["aria-label"] or (one.tag == "option" and not one["value"]))


def tables(page: Page) -> Iterator[str]:
    """Each table says what it is of, and each heading which cells it heads."""
    for table in page.all("table"):
        captions = list(table.all("caption"))
        if len(captions) != 1 or not captions[0].text or first(table) is not captions[0]:
            yield "a table without a caption"
        yield from ("a heading without a scope" for head in table.all("th") if not head["scope"])
        widths = {width(row) for row in table.all("tr")}
        if len(widths) > 1:
            yield f"rows of different width: {sorted(widths)}"


def first(table: Element) -> Element:
    """Return the first element inside."""
    return next(one for one in table.inside if isinstance(one, Element))


def width(row: Element) -> int:
    """Return how many columns a row has."""
    return sum(int(cell["colspan"] or 1) for cell in row.all("th", "td"))


def inline(page: Page) -> Iterator[str]:
    """The browser is told to run and to paint nothing that stands in a page itself."""
    for one in page.all():
        if one.tag == "style" or "style" in one.attributes or any(name.startswith("on") for name in one.attributes):
            yield f"{one.tag} with a style or a script of its own"
        if one.tag == "script" and (one.text or not one["src"].startswith("/static/")):
            yield "a script in the page"
        if one.tag in ("a", "form") and re.match(r"(?:javascript|data):", one["href"] + one["action"]):
            yield "an address that runs"


def leftovers(page: Page) -> Iterator[str]:
    """Nothing of the program shows through."""
    for sign in re.findall(r"\bNone\b|\bTrue\b|\bFalse\b|<[\w.]+ object|Undefined|\{\{|%\(|datetime\.|\[\]|\{'",
                           page.text):
        yield f"on the page stands {sign}"


@cache
def sentences() -> frozenset[str]:
    """Return the English sentences that have a Chinese one."""
    return frozenset(english for english, chinese in catalogue("zh_Hans_CN").items() if english != chinese)


def english(page: Page) -> Iterator[str]:
    """On a Chinese page nothing is said in English: no sentence of the catalogue, and no other word that is no code."""
    for words in read(page.root):
        left = words
        for known in (*TYPED, *NAMES):
            left = re.sub(rf"\b{re.escape(known)}\b", "", left)
        if words.strip() in sentences() or re.search(r"[A-Za-z]?[a-z]{3,}",
                                                     re.sub(r"\b[0-9a-f]{8,64}\b|\S*/\S*", "", left)):
            yield f"in English: {words.strip()[:60]}"


def read(one: Element) -> Iterator[str]:
    """Yield all words of a page but its codes: what is seen, and what is read out in place of it."""
    if one.tag in ("script", "style"):
        return
    if one["class"] == "code":
        return
    yield from (one[name] for name in ("aria-label", "title", "placeholder", "alt") if one[name])
    for inside in one.inside:
        if isinstance(inside, str):
            yield inside
        else:
            yield from read(inside)
