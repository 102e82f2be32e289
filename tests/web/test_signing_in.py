"""Signing in and out: name and password, the first password, sessions that end, and the page asked for before."""

import pytest

from ledger.registers.staff import Staff
from tests.web.acts import REDEMPTION
from tests.web.house import HERE, PASSWORD
from tests.web.page import Page


def sign_in(house, name="lin", password=PASSWORD, **more):
    browser = house.nobody()
    return browser, browser.send("/sign-in", name=name, password=password, **more)


@pytest.mark.parametrize(
    ("name", "first_page"),
    [
        ("bao", "/books/LY01/"), ("mei", "/books/LY01/"), ("lin", "/books/LY01/"), ("gao", "/books/LY01/"),
        ("luo", "/county/"), ("wei", "/county/"), ("chen", "/county/"),
    ],
)
def test_who_signs_in_comes_to_the_own_first_page(house, name, first_page):
    browser, answer = sign_in(house, name)
    assert (answer.status_code, answer.location) == (303, first_page)
    assert browser.get(first_page).status_code == 200
    assert browser.get("/").location == first_page


def test_a_name_is_read_as_meant(house):
    assert sign_in(house, "  LIN ")[1].status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("lin", "no secret"), ("nobody", PASSWORD), ("old", PASSWORD), ("lin", "x" * 200)]
)
def test_a_wrong_password_an_unknown_name_and_a_retired_keeper_get_the_same_answer(house, name, password):
    with house.untouched():
        browser, answer = sign_in(house, name, password)
    page = Page(answer.text)
    assert answer.status_code == 422
    said = "Name and password do not fit. Ask the county office if you have forgotten them."
    assert page.errors() == {"password": [said]}
    assert page.form()[1]["name"] == name
    assert password not in answer.text
    assert browser.get("/books/LY01/").status_code == 303


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({}, {"name", "password"}), ({"name": "lin"}, {"password"}), ({"password": PASSWORD}, {"name"}),
        ({"name": "l" * 5000, "password": PASSWORD}, {"name"}), ({"name": "lin", "password": "p" * 5000}, {"password"}),
    ],
)
def test_both_are_asked_for(house, form, errors):
    answer = house.nobody().send("/sign-in", form)
    assert answer.status_code == 422
    assert set(Page(answer.text).errors()) == errors


def test_who_asked_for_a_page_before_signing_in_comes_to_it_afterwards(house):
    browser = house.nobody()
    asked = browser.get("/books/LY01/entries?kind=redemption")
    assert asked.status_code == 303
    answer = browser.fill(asked.location, {"name": "lin", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/books/LY01/entries?kind=redemption")


def test_a_form_that_met_an_ended_session_goes_on_after_signing_in(house):
    action, inputs = REDEMPTION.inputs(house)
    browser = house.nobody()
    asked = browser.send(action, inputs)
    assert asked.status_code == 401
    _, sign_in = Page(asked.text).form("/sign-in")
    waiting = browser.send("/sign-in", {**sign_in, "name": "lin", "password": PASSWORD})
    assert waiting.status_code == 200
    _, again = Page(waiting.text).form(action)
    assert again == inputs
    assert browser.send(action, again).location == REDEMPTION.done


def test_a_form_with_nothing_in_it_is_no_page_to_come_back_to(house):
    browser = house.nobody()
    asked = browser.send("/books/LY01/redemptions", household="")
    assert (asked.status_code, asked.location) == (303, "/sign-in")
    answer = browser.fill(asked.location, {"name": "lin", "password": PASSWORD})
    assert browser.get(answer.location).status_code == 200


def test_an_address_too_long_to_take_along_does_not_stand_in_the_way(house):
    for words in ("x" * 300, "x" * 3000, "王" * 200):
        browser = house.nobody()
        asked = browser.get("/books/LY01/households", query_string={"q": words})
        assert browser.fill(asked.location, {"name": "lin", "password": PASSWORD}).status_code == 303


ELSEWHERE = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "http:///evil.example",
    "https://evil.example/", "evil.example", "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example",
    "\t//evil.example",
    " //evil.example", "/%09/evil.example", "/\x00/evil.example", "@evil.example", "/..//evil.example",
    "ftp://evil.example",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_neither_signing_in_nor_the_language_leads_away_from_this_service(house, address):
    browser = house.nobody()
    answers = [
        browser.send("/sign-in", name="lin", password=PASSWORD, next=address),
        browser.get("/language/en", query_string={"next": address}),
    ]
    for answer in answers:
        assert answer.status_code == 303
        assert is_here(answer.location), answer.location


def is_here(location):
    """Tell whether a browser stays: it takes \\ for /, and does not see tabs, line breaks and spaces at the ends."""
    seen = location.translate({9: None, 10: None, 13: None}).strip().replace("\\", "/")
    return seen.startswith("/") and not seen.startswith("//")


def test_signing_out_ends_the_session_of_this_browser(house):
    browser, _ = sign_in(house)
    assert browser.send("/sign-out").location == "/sign-in"
    assert browser.get("/books/LY01/").status_code == 303


def test_a_cookie_that_was_copied_before_opens_nothing_after_signing_out_and_another_device_signs_in_anew(house):
    """Lin forgot to sign out at the county's PC, and does it at her telephone."""
    telephone, _ = sign_in(house)
    office, _ = sign_in(house)
    copied = house.nobody()
    copied.client.set_cookie("aixin", telephone.client.get_cookie("aixin").value)
    assert (copied.get("/books/LY01/").status_code, office.get("/books/LY01/").status_code) == (200, 200)
    gao = house.sit("gao")
    telephone.send("/sign-out")
    assert (copied.get("/books/LY01/").status_code, office.get("/books/LY01/").status_code) == (303, 303)
    assert gao.get("/books/LY01/").status_code == 200
    assert house.program("lin").get("/books").status_code == 200, "a program has a key of its own"
    assert sign_in(house)[0].get("/books/LY01/").status_code == 200


def test_signing_out_is_a_button_and_not_an_address(house):
    assert house.sit("lin").get("/sign-out").status_code == 405


def test_who_was_given_a_password_chooses_an_own_one_before_anything_else(house):
    browser, _ = sign_in(house, "xin")
    for path in ("/", "/books/LY01/", "/books/LY01/redemptions/new", "/registers/items/"):
        assert browser.get(path).location == "/password"
    with house.untouched():
        assert browser.send("/books/LY01/redemptions", household="H001").location == "/password"
    assert "works only once" in browser.open("/password").text
    done = browser.fill("/password", {"password": "a new secret", "again": "a new secret"})
    assert (done.status_code, done.location) == (303, "/books/LY01/")
    assert browser.get("/books/LY01/").status_code == 200
    assert sign_in(house, "xin")[1].status_code == 422, "the password given counts no more"
    assert sign_in(house, "xin", "a new secret")[1].status_code == 303


def test_who_was_given_a_password_may_also_sign_out_again(house):
    browser, _ = sign_in(house, "xin")
    assert browser.send("/sign-out").location == "/sign-in"


@pytest.mark.parametrize(
    ("password", "again", "errors"),
    [
        ("a new secret", "another secret", {"again": ["The two passwords differ."]}),
        ("short", "short", {"password": ["Choose at least 8 characters; it must not be your name."]}),
        ("", "", {"password": ["Please fill this in."], "again": ["Please fill this in."]}),
        ("x" * 201, "x" * 201, {name: ["At most 200 characters; this has 201."] for name in ("password", "again")}),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_not_shown(house, password, again, errors):
    with house.untouched():
        answer = house.sit("lin").fill("/password", {"old": PASSWORD, "password": password, "again": again})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.errors() == errors
    assert page.form()[1]["password"] == page.form()[1]["again"] == ""
    assert sign_in(house)[1].status_code == 303


@pytest.mark.parametrize("old", ["", "a guess", "l" * 200])
def test_who_finds_a_counter_left_open_does_not_lock_its_keeper_out(house, old):
    with house.untouched():
        answer = house.sit("lin").fill("/password", {"old": old, "password": "a new secret", "again": "a new secret"})
    assert answer.status_code == 422
    sentence = "This is not the password until now. Ask the county office if you have forgotten it."
    assert Page(answer.text).errors() == {"old": [sentence]}
    assert sign_in(house)[1].status_code == 303


def test_a_new_password_ends_the_other_sessions_of_that_person(house):
    (here, _), (elsewhere, _) = sign_in(house), sign_in(house)
    here.fill("/password", {"old": PASSWORD, "password": "a new secret", "again": "a new secret"})
    assert here.get("/books/LY01/").status_code == 200
    assert elsewhere.get("/books/LY01/").status_code == 303


def test_a_password_reset_by_the_county_ends_all_sessions(house):
    keeper, _ = sign_in(house)
    given = house.sit("wei").fill("/registers/staff/lin", {}, to="/password")
    assert given.status_code == 200
    password = Page(given.text).main.text.split("chosen there. ")[1].split()[0]
    assert keeper.get("/books/LY01/").status_code == 303
    assert sign_in(house)[1].status_code == 422
    again, _ = sign_in(house, "lin", password)
    assert again.get("/books/LY01/").location == "/password"


@pytest.mark.parametrize("change", [{"retired": 1}, {"sessions": 2}])
def test_a_session_ends_when_its_person_is_retired_or_signed_out_everywhere(house, change):
    browser, _ = sign_in(house)
    house.county.edit(Staff, "lin", **change)
    assert browser.get("/books/LY01/").status_code == 303


def test_who_moves_to_another_outlet_signs_in_anew_and_works_there(house):
    keeper, _ = sign_in(house)
    office = house.sit("wei")
    assert office.fill("/registers/staff/lin/edit", {"book": "LY02"}, to="/lin").status_code == 303
    assert keeper.get("/books/LY01/").status_code == 303
    keeper, answer = sign_in(house)
    assert answer.location == "/books/LY02/"
    assert keeper.get("/books/LY01/").status_code == 403


def test_a_session_made_up_by_somebody_is_none(house):
    browser = house.nobody()
    browser.client.set_cookie("aixin", "eyJuYW1lIjoid2VpIiwic2Vzc2lvbnMiOjF9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert browser.get("/county/").status_code == 303


def test_a_program_with_a_wrong_token_a_retired_owner_or_another_scheme_is_refused(house):
    client = house.nobody().client
    for said in ("Bearer wrong", "Bearer", "Bearer token-of-old", "bearer "):
        answer = client.get("/api/v1/books", headers={"Authorization": said})
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
        assert answer.json["detail"] == "This token is not valid."
    for said in ("Basic bGluOng=", "token-of-lin", ""):
        answer = client.get("/api/v1/books", headers={"Authorization": said})
        assert (answer.status_code, answer.json["detail"]) == (401, "Please sign in first.")


def test_a_session_is_no_token_and_a_token_no_session(house):
    assert house.sit("lin").get("/api/v1/books").status_code == 401
    token = {"Authorization": "Bearer token-of-lin"}
    assert house.nobody().get("/books/LY01/", headers=token).status_code == 303


def test_a_token_is_good_at_once_also_of_who_has_not_chosen_a_password(house):
    program = house.program("xin")
    assert program.get("/books").status_code == 200
    assert program.get("/books/LY01/stock").status_code == 200


def test_without_a_county_the_sign_in_page_says_what_to_do_first(app, store):
    client = app.test_client()
    client.set_cookie("language", "en")
    for path in ("/", "/books/LY01/", "/county/"):
        assert client.get(path).status_code == 303
    page = Page(client.get("/sign-in").text)
    assert "This ledger has no county yet" in page.text
    assert "aixin county new" in page.text
    assert client.post("/sign-in", data={"key": "12345678", "name": "lin", "password": "secret"},
                       headers=HERE).status_code == 422
    assert client.get("/api/v1/books").status_code == 401
