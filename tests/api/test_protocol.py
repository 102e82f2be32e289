"""How programs speak: keys, kinds of content, what is refused before an act, and answers that are always JSON."""

import pytest

from tests.api.calls import CALLS, REVERSAL

PROBLEM = "application/problem+json"
BAD_KEYS = ("", "short", "x" * 81, "a key with spaces", "schlüssel", "'--drop", "a/b/c/d/e", "<b>1234567</b>")


def is_problem(answer, status):
    """Tell whether an answer is a problem as RFC 9457 has it."""
    told = answer.json
    return (
        answer.status_code == status and answer.mimetype == PROBLEM and told["status"] == status
        and told["type"] == "about:blank" and told["title"] and told["detail"]
    )


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_an_act_needs_a_key(house, call):
    program = house.program(call.person)
    with house.untouched():
        answer = program.client.post(f"/api/v1{call.path}", json=call.content, headers=program.headers)
        assert is_problem(answer, 400)
        assert "Idempotency-Key" in answer.json["detail"]
        for key in BAD_KEYS:
            headers = {**program.headers, "Idempotency-Key": key.encode().decode("latin-1")}
            assert is_problem(program.client.post(f"/api/v1{call.path}", json=call.content, headers=headers), 400)


@pytest.mark.parametrize(
    "body",
    ["", "{", '{"reason": }', "{'reason': 'x'}", "\xff\xfe", '{"reason": "x"} {}', "[" * 100_000, "nul", "\x00",
     '{"a":' * 50_000],
    ids=range(10),
)
def test_broken_json_is_400(house, body):
    with house.untouched():
        answer = house.program("gao").post(REVERSAL.path, data=body.encode("latin-1"), content_type="application/json")
    assert is_problem(answer, 400)
    assert (answer.json["title"], answer.json["detail"]) == (
        "This could not be read", "The JSON that was sent cannot be read."
    )


def test_numbers_no_machine_can_hold_are_refused_and_not_read_for_long(house):
    for number in ("9" * 4000, "9" * 1_000_000, "1e999999", "-" + "9" * 5000, "NaN", "Infinity"):
        basket = f'[{{"item": "SALT", "quantity": {number}}}]'
        body = f'{{"household": "H001", "occurred_on": "2026-03-06", "basket": {basket}}}'
        with house.untouched():
            answer = house.program("lin").post("/books/LY01/redemptions", data=body, content_type="application/json")
        assert answer.status_code in (400, 422)
        assert answer.mimetype == PROBLEM


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json"]
)
def test_another_kind_of_content_is_415(house, kind):
    with house.untouched():
        answer = house.program("gao").post(REVERSAL.path, data='{"reason": "x"}', content_type=kind)
    assert is_problem(answer, 415)
    assert answer.json["detail"] == "Send JSON, with Content-Type: application/json."


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_may_say_its_letters(house, kind):
    answer = house.program("gao").post(REVERSAL.path, data='{"reason": "错户"}'.encode(), content_type=kind)
    assert answer.status_code == 201


def test_too_much_content_is_413(house):
    with house.untouched():
        answer = house.program("gao").post(REVERSAL.path, {"reason": "x" * 2_100_000})
    assert is_problem(answer, 413)


@pytest.mark.parametrize(
    "path", ["/nothing", "/books/LY01/nothing", "/books/LY01/entries/one", "/books/LY01/entries/-1", "/", ""]
)
def test_an_unknown_path_is_404_as_a_problem(house, path):
    for answer in (house.program("lin").get(path), house.nobody().client.get(f"/api/v1{path}")):
        assert answer.status_code == 404
        assert answer.mimetype == (PROBLEM if f"/api/v1{path}".startswith("/api/") else "text/html")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/books/LY01/entries/9", {"GET", "HEAD", "OPTIONS"}),
        ("PUT", "/books/LY01", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "/books/LY01/redemptions", {"POST", "OPTIONS"}),
        ("PATCH", "/books/LY01/sheets/2/credit", {"POST", "OPTIONS"}),
        ("POST", "/books/LY01/entries", {"GET", "HEAD", "OPTIONS"}),
        ("DELETE", "/openapi.json", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_another_method_is_405_and_the_right_ones_are_named(house, method, path, allowed):
    program = house.program("wei")
    answer = program.client.open(f"/api/v1{path}", method=method, headers=program.headers)
    assert is_problem(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == allowed


def test_a_closed_door_is_403_as_a_problem(house):
    with house.untouched():
        for name, path, content in [
            ("lin", "/books/LY02/redemptions", {}), ("chen", REVERSAL.path, REVERSAL.content),
            ("bao", "/books/LY01/sheets", {}),
            ("lin", "/books/COUNTY/donations", {}), ("gao", "/books/LY99/closings", {}),
        ]:
            answer = house.program(name).post(path, content)
            assert is_problem(answer, 403)
            assert answer.json["detail"] == "This is not for your role or your outlet."


def test_the_door_is_asked_before_the_content(house):
    answer = house.program("chen").post(REVERSAL.path, data="{", content_type="application/json")
    assert answer.status_code == 403


def test_nothing_of_a_page_comes_with_an_answer(house):
    for answer in (house.program("lin").get("/books"), REVERSAL.do(house), house.program("lin").get("/nothing")):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_problem_is_told_in_the_countys_language_unless_a_cookie_says_otherwise(house):
    client = house.app.test_client()
    assert client.get("/api/v1/books").json["title"] == "Sign in first"
    assert house.nobody("zh_Hans_CN").client.get("/api/v1/books").json["title"] == "请先登录"


@pytest.mark.parametrize(("asks", "sentence"), [
    ("en", "There is no such field"), ("zh-CN,zh;q=0.9", "没有这一项"), ("fr", "There is no such field"),
])
def test_a_program_is_answered_in_the_language_it_asks_for(house, asks, sentence):
    program = house.program("gao")
    headers = {**program.headers, "Accept-Language": asks, "Idempotency-Key": "language-1"}
    answer = program.client.post("/api/v1/books/LY01/entries/9/reversal", json={"reasons": "x"}, headers=headers)
    assert sentence in answer.json["detail"]


def test_who_has_no_token_is_told_how_to_show_one(house):
    answer = house.nobody().get("/api/v1/books")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
