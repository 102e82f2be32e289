"""Large letters: one press on any page, kept in this browser, without script."""

from tests.web.page import Page

PAGES = ["/books/LY01/", "/books/LY01/redemptions/new", "/sign-in"]


def press(browser, page):
    """Press the switch that stands on a page; return where it leads."""
    form = next(one for one in browser.open(page).all("form") if one["action"] == "/letters")
    inputs = {one["name"]: one["value"] for one in form.all("input", "button")}
    return browser.client.post("/letters", data=inputs, headers={"Sec-Fetch-Site": "same-origin"})


def letters(browser, page="/books/LY01/"):
    """Return how large the letters of a page are."""
    return browser.open(page).all("html")[0]["class"]


def test_one_press_makes_all_pages_large_and_one_more_the_usual_ones_again(house):
    lin = house.sit("lin")
    assert letters(lin) == ""
    assert press(lin, "/books/LY01/stock").location == "/books/LY01/stock"
    assert {letters(lin, page) for page in PAGES} == {"large"}
    press(lin, "/books/LY01/")
    assert letters(lin) == ""


def test_it_works_before_signing_in_stays_in_its_own_browser_and_writes_nothing(house):
    nobody = house.nobody()
    with house.untouched():
        answer = press(nobody, "/sign-in")
    assert letters(nobody, "/sign-in") == "large"
    assert letters(house.sit("lin")) == ""
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("letters=large;") and "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_it_leads_to_no_other_site_and_no_other_site_presses_it(house):
    lin = house.sit("lin")
    for next_page in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        assert lin.send("/letters", {"size": "large", "next": next_page}).location == "/"
    foreign = lin.client.post("/letters", data={"size": "large"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


def test_a_page_that_was_refused_keeps_what_was_typed_and_has_no_switch(house):
    refused = house.sit("lin").send("/books/LY01/redemptions", {"household": "H001"})
    assert refused.status_code == 422
    assert not [one for one in Page(refused.text).all("form") if one["action"] == "/letters"]
