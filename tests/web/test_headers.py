"""What every answer carries: safety, no copies in caches, less weight on a slow line, and the reader's language."""

import gzip

import pytest

from tests.web.house import HERE, PASSWORD
from tests.web.page import Page

ANSWERS = [
    "/books/LY01/", "/books/LY01/entries?format=csv", "/books/LY02/", "/nothing", "/sign-in", "/",
    "/books/LY01/entries/99",
    "/static/ledger.css", "/api/v1/books", "/api/v1/nothing", "/healthz", "/readyz", "/gifts/wrong",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_says_what_a_browser_may_do_with_it(house, path):
    headers = house.sit("lin").get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert policy.split("; ")[0] == "default-src 'self'"
    assert "unsafe" not in policy and "*" not in policy
    for directive in ("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"):
        assert directive in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Werkzeug" not in headers.get("X-Powered-By", "")


@pytest.mark.parametrize("path", ANSWERS)
def test_nothing_but_style_and_script_is_kept_by_caches(house, path):
    kept = house.sit("lin").get(path, buffered=True).headers["Cache-Control"]
    assert kept == ("public, max-age=3600" if path.startswith("/static/") else "no-store")


def test_a_refused_form_is_not_kept_either(house):
    answer = house.sit("lin").send("/books/LY01/redemptions", household="H001")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (422, "no-store")


@pytest.mark.parametrize("path",
                         ["/books/LY01/", "/books/LY01/households", "/static/ledger.css", "/api/v1/openapi.json"])
def test_who_takes_gzip_gets_it_and_reads_the_same(house, path):
    browser = house.sit("lin")
    plain = browser.get(path, buffered=True)
    packed = browser.get(path, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize("said", ["", "br", "gzip;q=0", "deflate, gzip;q=0.0"])
def test_who_does_not_take_gzip_is_not_sent_it(house, said):
    answer = house.sit("lin").get("/books/LY01/", headers={"Accept-Encoding": said})
    assert "Content-Encoding" not in answer.headers


def test_style_and_script_are_asked_for_again_only_when_they_changed(house):
    browser = house.nobody()
    first = browser.get("/static/ledger.css", buffered=True)
    again = browser.get("/static/ledger.css",
                        headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_cookies_cannot_be_read_by_scripts_nor_sent_along_by_other_sites(house):
    browser = house.nobody()
    signed_in = browser.send("/sign-in", name="lin", password=PASSWORD).headers["Set-Cookie"]
    assert signed_in.startswith("aixin=")
    chosen = browser.get("/language/zh_Hans_CN").headers["Set-Cookie"]
    assert chosen.startswith("language=zh_Hans_CN")
    for cookie in (signed_in, chosen):
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    for private in (PASSWORD, "林玉芳"):
        assert private not in signed_in


def test_a_session_lasts_half_a_day_behind_the_counter(house, monkeypatch):
    assert house.app.permanent_session_lifetime.total_seconds() == 12 * 3600
    answer = house.nobody().send("/sign-in", name="lin", password=PASSWORD)
    assert "Expires=" in answer.headers["Set-Cookie"]


def test_behind_a_safe_line_the_cookie_is_for_the_safe_line_only(house):
    answer = house.nobody().client.post(
        "/sign-in", base_url="https://localhost", headers=HERE,
        data={"key": "a-key-of-a-form", "name": "lin", "password": PASSWORD},
    )
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_browser_keeps_its_language_and_everybody_else_has_the_countys(house):
    client = house.app.test_client()
    assert "Sign in" in client.get("/sign-in").text, "the county of these tests speaks English"
    assert client.get("/language/zh_Hans_CN?next=/sign-in").location == "/sign-in"
    assert "登录" in client.get("/sign-in").text
    assert "Sign in" in house.app.test_client().get("/sign-in").text


@pytest.mark.parametrize("code", ["fr", "zh", "EN", "en%00", "../en"])
def test_a_language_there_is_not_is_not_found(house, code):
    answer = house.nobody().get(f"/language/{code}")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_a_made_up_language_cookie_is_passed_over(house):
    browser = house.nobody("../../etc/passwd")
    assert "Sign in" in browser.get("/sign-in").text


def test_the_language_of_a_page_can_be_changed_where_one_stands(house):
    browser = house.sit("lin")
    for path, back in [
        ("/books/LY01/entries?kind=redemption", "/books/LY01/entries?kind=redemption"),
        ("/books/LY01/", "/books/LY01/"),
    ]:
        link = next(one["href"] for one in browser.open(path).all("a") if one["href"].startswith("/language/"))
        assert browser.get(link).location == back
        browser.client.set_cookie("language", "en")
    refused = Page(browser.send("/books/LY01/redemptions", household="H001").text)
    assert not any(one["href"].startswith("/language/") for one in refused.all("a")), "it would lose what was typed"


def test_a_page_that_is_not_there_or_used_otherwise_says_so(house):
    browser = house.sit("lin")
    assert browser.get("/books/LY01/nothing").status_code == 404
    answer = browser.send("/books/LY01/entries")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "This page is not used that way" in Page(answer.text).main.text
    assert browser.get("/books/LY01").location.endswith("/books/LY01/")


def test_a_head_request_gets_no_body(house):
    answer = house.sit("lin").client.head("/books/LY01/", headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.data) == (200, b"")
