"""A form must come from a page of this service: no other site's page can act in a clerk's name."""

import pytest

from tests.web.acts import REVERSAL
from tests.web.house import HERE
from tests.web.page import Page

ALLOWED = [
    HERE, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"},
    {"Referer": "http://localhost/books/LY01/entries/9"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, {"Origin": "http://localhost", "Referer": ""},
]
REFUSED = [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "whatever"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:8080"}, {"Origin": "http://localhost.evil.example"}, {"Origin": "localhost"},
    {"Origin": "http://evil.example", "Referer": "http://localhost/"},
    {"Referer": "http://evil.example/http://localhost/"},
    {"Referer": "http://localhost@evil.example/"}, {},
]


@pytest.mark.parametrize("headers", ALLOWED, ids=str)
def test_a_form_from_a_page_of_ours_is_taken(house, headers):
    action, inputs = REVERSAL.inputs(house)
    assert house.sit("gao").client.post(action, data=inputs, headers=headers).location == REVERSAL.done


@pytest.mark.parametrize("headers", REFUSED, ids=str)
def test_a_form_from_elsewhere_or_from_nowhere_is_refused_and_nothing_is_written(house, headers):
    action, inputs = REVERSAL.inputs(house)
    with house.untouched():
        answer = house.sit("gao").client.post(action, data=inputs, headers=headers)
    assert answer.status_code == 403
    assert "This form did not come from this service." in Page(answer.text).main.text


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/password", "/registers/items/", "/nothing/here"])
def test_no_form_is_left_out(house, path):
    assert house.sit("wei").client.post(path, headers={"Origin": "http://evil.example"}).status_code == 403


def test_a_page_may_be_asked_for_from_everywhere(house):
    answer = house.sit("lin").get("/books/LY01/",
                                  headers={"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"})
    assert answer.status_code == 200


def test_a_program_brings_its_token_and_no_origin(house):
    answer = house.program("gao").post("/books/LY01/entries/9/reversal", {"reason": "wrong household"})
    assert answer.status_code == 201
