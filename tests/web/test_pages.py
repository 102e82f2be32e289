"""Every page, for everybody who may read it, in both languages: it is there, it reads well, and its links open."""

from collections import deque
from itertools import cycle
from urllib.parse import urldefrag

import pytest

from ledger.web.words import LANGUAGES
from tests.web.acts import ALL
from tests.web.faults import faults
from tests.web.page import Page
from tests.web.test_bad_input import CASES
from tests.web.test_doors import BOOKS, DOORS, PEOPLE, address

NOT_PAGES = ("/api/", "/books/<book>/audit-package", "/lists/<kind=")
PAGES = [row for row in DOORS if row[0] == "GET" and row[1] != "/" and not row[1].startswith(NOT_PAGES)]
ASKED = {"/books/<book>/arrivals/new": {"LY01": "?from=COUNTY&dispatch=5"}}
ALL_BOOKS = ("LY01", "LY02", "LY03", "COUNTY")
NOWHERE = {
    # Nothing has been set aside, counted or asked for yet; tests of their own look at these pages.
    **dict.fromkeys(
        (f"/books/<book>/{page}" for page in (
            "deliveries/<int:number=9>/paper", "claw-backs/<int:n=1>/paper", "claw-backs/<int:n=1>/objections",
            "claw-backs/<int:n=1>/objections/<int:objection=1>",
            "write-offs/<int:n=1>", "write-offs/<int:n=1>/paper", "counts/<int:n=1>", "counts/<int:n=1>/paper",
            "counts/<int:n=1>/rollback", "counts/<int:n=1>/rollback/paper", "overrides/<int:n=1>",
            "paper-days/requests/<int:n=1>",
            "lapses/<int:n=1>", "lapses/<int:n=1>/paper", "allocations/<int:n=1>",
            "allocations/<int:n=1>/paper", "allocations/<int:n=1>/notes", "corrections/<int:number=9>",
            "corrections/requests/<int:n=1>", "cancellations/<int:n=1>",
            "sheets/<int:n=2>/objections/<int:objection=1>",
        )), ALL_BOOKS,
    ),
    **dict.fromkeys(
        (f"/books/<book>/{page}" for page in (
            "donations/<int:number=1>/receipt", "donations/<int:number=1>/paper", "dispatches/<int:number=2>/paper",
            "dispatches/<int:number=2>/redirection/new",
        )), ("LY01", "LY02", "LY03"),
    ),
    **dict.fromkeys(
        (f"/books/<book>/{page}" for page in (
            "sheets/<int:n=2>/notice", "sheets/<int:n=2>/paper",
            "entries/<int:number=9>/correction", "households/<number=H001>/life",
            "households/<number=H001>/proxy-paper",
        )), ("LY02", "LY03", "COUNTY"),
    ),
    # In the other books there is no such thing, or nothing is on the road.
    "/books/<book>/arrivals/new": ("COUNTY",), "/books/<book>/redemptions/<int:number=9>": ("LY02", "LY03", "COUNTY"),
    "/books/<book>/arrivals/requests/<int:n=1>": ("LY02", "LY03", "COUNTY"),
    "/books/<book>/sheets/<int:n=2>": ("LY02", "LY03", "COUNTY"),
    "/books/<book>/households/<number=H001>": ("LY02", "LY03", "COUNTY"),
    "/books/<book>/households/<number=H001>/edit": ("LY02", "LY03"),
    **dict.fromkeys(
        ("/books/<book>/redemptions/<int:number=9>/slip", "/books/<book>/households/<number=H001>/paper"),
        ("LY02", "LY03", "COUNTY"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "row"), [(path, row) for _, path, row in PAGES], ids=[path for _, path, _ in PAGES])
def test_a_page_reads_well_for_everybody_who_may_read_it(standing, path, row, language):
    for role, word in row.items():
        books = [book for book in BOOKS.get(word, ()) if book not in NOWHERE.get(path, ())]
        for book in books if "<book>" in path else [""] if word == "yes" else []:
            at = address(path, book) + ASKED.get(path, {}).get(book, "")
            answer = standing.sit(PEOPLE[role], language).get(at)
            assert (at, answer.status_code) == (at, 200)
            assert (at, role, faults(answer.text, language)) == (at, role, [])


def test_no_page_is_left_out():
    tried = {path for _, path, row in PAGES if any(word != "-" for word in row.values())}
    assert tried == {path for _, path, _ in PAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path",
                         ["/sign-in", "/sign-in?next=/county/", "/nothing/here", "/gifts/wrong-link", "/h/wrong-code",
                          "/books/LY01/entries/9/reversal"])
def test_pages_before_the_door_read_well_too(standing, path, language):
    answer = standing.nobody(language).get(path)
    assert answer.status_code in (200, 404, 405)
    assert faults(answer.text, language) == []


@pytest.mark.parametrize("first", LANGUAGES)
def test_everybody_reads_their_own_language_whoever_came_first(standing, app, first):
    app.jinja_env.cache.clear()
    standing.sit("wei", first).open("/books/COUNTY/donations/new")
    for language, words in (("en", "For named outlets"), ("zh_Hans_CN", "指定")):
        page = standing.sit("wei", language).get("/books/COUNTY/donations/new")
        assert words in page.text
        assert faults(page.text, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ALL, ids=lambda act: act.name)
def test_a_page_reads_well_also_when_its_form_was_refused(house, act, language):
    typed = next((typed for tried, typed, _ in CASES if tried is act), {"key": ""})
    answer = act.do(house, language, **typed)
    assert answer.status_code == 422
    assert faults(answer.text, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ALL, ids=lambda act: act.name)
def test_the_page_after_an_act_reads_well(house, act, language):
    free = ("reason", "place", "minutes", "wish-text", "lines-4-reason", "lines-2-evidence", "evidence", "words")
    typed = {name: "有人说" for name in free if name in act.form}
    assert act.do(house, language, **typed).status_code == 303
    assert faults(house.sit(act.person, language).get(act.done).text, language) == []


# Where a link leads is the same in both languages: who reads which goes in turn.
@pytest.mark.parametrize(
    ("name", "language"),
    [*zip(("bao", "mei", "lin", "gao", "luo", "wei", "chen", "xin"), cycle(LANGUAGES), strict=False)],
)
def test_every_link_somebody_is_shown_opens_for_them(standing, name, language):
    browser, seen, wrong = standing.sit(name, language), {"/"}, []
    waiting = deque([("/", "")])
    while waiting:
        at, origin = waiting.popleft()
        answer = browser.get(at, buffered=True)
        if answer.status_code in (303, 308):
            found = [answer.location]
        elif answer.status_code == 200:
            found = links(answer.text) if answer.mimetype == "text/html" else []
        else:
            found, wrong = [], [*wrong, f"{origin} leads to {at}: {answer.status_code}"]
        for link in found:
            if link not in seen and not link.startswith(("/language/", "/sign-in")):
                seen.add(link)
                waiting.append((link, at))
    assert wrong == []
    assert len(seen) > (1 if name == "xin" else 20)


def links(html):
    """Return the addresses in this service that a page leads to."""
    page = Page(html)
    found = [one["href"] for one in page.all("a", "link")]
    found += [one["action"] for one in page.all("form") if one["method"] == "get"]
    return [urldefrag(link)[0] for link in found if link.startswith("/")]
