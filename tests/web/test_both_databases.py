"""The straight walk through the pages, and what two databases could take differently, on SQLite and PostgreSQL."""

import json

from tests.web.acts import BOOKING, OBJECTION, REDIRECT
from tests.web.page import Page


def test_from_the_gift_to_the_counter_and_back_again_page_by_page(both):
    # What is redirected does not arrive, and a line under objection is not credited: those are other walks.
    for act in (act for act in BOOKING if act not in (REDIRECT, OBJECTION)):
        done = act.do(both)
        assert done.status_code == 303, (act.name, Page(done.text).summary())
        page = both.sit(act.person).get(done.location)
        assert page.status_code == 200
    both.county.replay()


WHERE = [
    "/books/LY01/entries/{}", "/books/LY01/redemptions/{}", "/books/LY01/sheets/{}", "/books/LY01/arrivals/requests/{}",
    "/books/LY01/households/{}", "/books/LY01/households/{}/edit", "/books/LY01/arrivals/new?from=COUNTY&dispatch={}",
    "/registers/items/{}", "/registers/staff/{}/edit", "/donors/{}/statement", "/gifts/{}", "/books/{}/",
    "/books/{}/stock",
]
LISTS = [
    "/books/LY01/entries?before={}", "/books/LY01/entries?household={}",
    "/books/LY01/entries?since={}&until={}&kind={}",
    "/books/LY01/households?q={}", "/books/LY01/households?after={}", "/books/LY01/redemptions/new?q={}",
    "/books/LY01/redemptions/new?household={}", "/books/LY01/sheets/new?lines={}", "/books/LY01/?format={}",
]
ODD = ("9" * 18, str(2**63), "9" * 60, "%00", "A%00", "%F0%9F%8D%9A", "%ff%fe", "'%22%3B--", "-1", "x" * 3000)
API_LISTS = [
    "/books?after={}&limit={}", "/books/LY01/households?q={}", "/books/LY01/households?after={}&limit={}",
    "/books/LY01/stock?after={}", "/books/LY01/entries?after={}&limit={}&household={}&since={}",
]
API_WHERE = ["/books/{}", "/books/LY01/households/{}", "/books/LY01/entries/{}", "/{}"]


def test_an_address_with_odd_signs_or_huge_numbers_is_not_found_and_breaks_nothing(both):
    clerk, keeper, office = both.sit("mei"), both.sit("lin"), both.sit("wei")
    for path in WHERE:
        for odd in ODD:
            browser = keeper if "/arrivals/" in path else clerk if "LY01" in path else office
            assert browser.get(path.format(odd)).status_code == 404, (path, odd)


def test_a_list_asked_for_with_odd_signs_or_huge_numbers_is_a_list(both):
    for path in LISTS:
        for odd in ODD:
            browser = both.sit("mei" if "sheets" in path else "lin")
            # The journal's filter says what it cannot understand; other lists look for what was asked.
            fine = (200, 422) if "/entries?" in path else (200,)
            assert browser.get(path.replace("{}", odd)).status_code in fine, (path, odd)


def test_programs_break_nothing_with_them_either(both):
    program = both.program("lin")
    for path in API_LISTS:
        for odd in ODD:
            answer = program.get(path.replace("{}", odd))
            fine = {200: "application/json", 422: "application/problem+json"}
            assert fine.get(answer.status_code) == answer.mimetype, (path, odd)
    for path in API_WHERE:
        for odd in ODD:
            answer = program.get(path.replace("{}", odd))
            assert answer.status_code in (403, 404), (path, odd)
            assert answer.mimetype == "application/problem+json"


WORDS = ("\x00", "a\x00b", "\ud83c", "🍚", "𠮷野家", "\u202e", "á" * 60, "\\", "'", "%s", "{}", "%(name)s",
         "x" * 100_000)


def test_words_with_odd_signs_are_kept_or_refused_and_break_nothing(both):
    clerk, program = both.sit("mei"), both.program("wei")
    for words in WORDS:
        typed = words.encode("utf-8", "surrogatepass")
        answer = clerk.send("/books/LY01/households", name=typed)
        assert answer.status_code in (303, 422), words
        assert answer.status_code == 422 or clerk.get(answer.location).status_code == 200
        gift = {"donor": "D7", "occurred_on": "2026-03-06", "wish": {"kind": "group", "text": words},
                "lines": [{"item": "SALT", "quantity": 1}]}
        told = program.post("/books/COUNTY/donations", data=json.dumps(gift), content_type="application/json")
        assert told.status_code in (201, 422), words
        refused = program.post(
            "/books/COUNTY/donations", data=json.dumps({words: 1, "donor": words}), content_type="application/json"
        )
        assert refused.status_code == 422, words
    assert clerk.get("/books/LY01/households").status_code == 200
    both.county.replay()
