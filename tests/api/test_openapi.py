"""The description of the doors for programs: in the form of OpenAPI 3.1, and it tells of each door and of no other."""

import re

import pytest

from ledger.web.api.acts import ACTS
from tests.api.calls import CALLS

METHODS = {"get", "post"}


@pytest.fixture
def told(house):
    """The description, as anybody may read it."""
    answer = house.nobody().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


def test_it_says_what_it_is(told):
    assert told["openapi"] == "3.1.0"
    assert told["info"].keys() >= {"title", "version"} and all(told["info"].values())
    assert told["servers"] == [{"url": "/api/v1"}]
    assert told["security"] == [{"token": []}]
    assert told["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
    assert told.keys() <= {"openapi", "info", "servers", "security", "components", "paths", "tags"}


def test_it_tells_of_each_door_and_of_no_other(app, told):
    there = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule).removeprefix("/api/v1"), method.lower())
        for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.endpoint != "api.openapi"
    }
    assert {(path, method) for path, doors in told["paths"].items() for method in doors if method in METHODS} == there


def operations(told):
    """Return (path, method, operation, parameters of path and operation) of every door."""
    return [
        (path, method, doors[method], doors.get("parameters", []) + doors[method].get("parameters", []))
        for path, doors in told["paths"].items() for method in doors if method in METHODS
    ]


def test_every_part_of_a_path_is_told(told):
    for path, _, _, parameters in operations(told):
        within = [one["name"] for one in parameters if one["in"] == "path"]
        assert sorted(within) == sorted(re.findall(r"{(\w+)}", path))
        for one in parameters:
            if one["in"] == "path":
                assert one["required"] is True and one["schema"]["type"] in ("string", "integer")


def test_every_door_has_a_name_a_sentence_and_its_answers(told):
    names = [door["operationId"] for _, _, door, _ in operations(told)]
    assert len(names) == len(set(names))
    for path, method, door, _ in operations(told):
        assert door["summary"].endswith("."), path
        assert ("201" if method == "post" else "200") in door["responses"]
        assert {"401", "403"} <= door["responses"].keys() or door.get("security") == []
        for code, answer in door["responses"].items():
            assert re.fullmatch("[1-5][0-9]{2}", code) and answer["description"]
            if code >= "400":
                assert set(answer["content"]) == {"application/problem+json"}


def test_every_act_asks_for_a_key_and_for_json(told):
    for _, method, door, parameters in operations(told):
        keys = [one for one in parameters if one["in"] == "header"]
        assert [one["name"] for one in keys] == (["Idempotency-Key"] if method == "post" else [])
        if method == "post":
            assert keys[0]["required"] is True
            assert set(door["requestBody"]["content"]) == {"application/json"}


def test_every_list_says_how_it_is_paged(told):
    lists = {"/books": set(), "/books/{book}/households": {"q"}, "/books/{book}/stock": set(),
             "/books/{book}/entries": {"kind", "since", "until", "household"}}
    for path, _, _, parameters in operations(told):
        asked = {one["name"] for one in parameters if one["in"] == "query"}
        assert asked == ({"after", "limit"} | lists[path] if path in lists else set())


def references(value):
    """Yield every reference within."""
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_whatever_is_referred_to_is_there(told):
    found = set(references(told))
    assert found
    for reference in found:
        place = told
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]
        assert place["type"] == "object"


def shape(told, schema):
    """Return a schema itself, where it is only referred to."""
    return told["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_what_the_tests_send_and_are_answered_is_what_is_described(told, house, call):
    path = next(act.path for act in ACTS if act.name == call.name)
    door = told["paths"][re.sub(r"<(?:int:)?(\w+)>", r"{\1}", path)]["post"]
    asked = shape(told, door["requestBody"]["content"]["application/json"]["schema"])
    fits(told, asked, call.content)
    fits(told, shape(told, door["responses"]["201"]["content"]["application/json"]["schema"]), call.do(house).json)


def fits(told, schema, value):
    """Fail unless a value is as a schema says: no field it does not know, none missing, each of its kind."""
    schema = shape(told, schema)
    if schema.get("type") == "object" and "properties" in schema:
        assert value.keys() <= schema["properties"].keys()
        assert set(schema.get("required", [])) <= value.keys()
        for name, inner in value.items():
            fits(told, schema["properties"][name], inner)
    elif schema.get("type") == "array":
        for inner in value:
            fits(told, schema["items"], inner)
    elif isinstance(value, str):
        assert schema["type"] in ("string", ["string", "null"]), schema
        assert re.search(schema.get("pattern", ""), value)
        assert value in schema.get("enum", [value])
    elif isinstance(value, int):
        assert schema["type"] == "integer" and schema.get("minimum", value) <= value <= schema.get("maximum", value)


def test_what_a_quantity_may_be_stands_in_it(told):
    line = told["components"]["schemas"]["BasketLine"]["properties"]
    assert (line["quantity"]["type"], line["quantity"]["minimum"], line["quantity"]["maximum"]) == ("integer", 1, 9999)
    assert re.fullmatch(line["points"]["pattern"], "36.5") and not re.fullmatch(line["points"]["pattern"], "36.55")


@pytest.mark.parametrize("path", [
    "/books", "/books/{book}", "/books/{book}/households", "/books/{book}/households/{number}", "/books/{book}/stock",
    "/books/{book}/entries", "/books/{book}/entries/{number}",
])
def test_what_is_read_is_what_is_described(told, house, path):
    described = shape(told, told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"])
    number = "H001" if "households" in path else "9"
    answer = house.program("gao").get(path.format(book="LY01", number=number)).json
    assert answer.keys() == described["properties"].keys()
    if "items" in answer:
        line = shape(told, described["properties"]["items"]["items"])
        assert answer["items"] and all(one.keys() <= line["properties"].keys() for one in answer["items"])


def test_a_problem_is_described_with_its_sentences_by_field(told):
    problem = told["components"]["schemas"]["Problem"]
    assert problem["properties"].keys() == {"type", "title", "status", "detail", "errors"}
