"""The OpenAPI 3.1 description, made from the schemas that serve form and JSON alike."""

import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from marshmallow import fields

from ledger.web.doors import DOORS, PUBLIC
from schemas.allocation import Shares
from schemas.answers import AnswerShape, BookShape, EntryShape, HouseholdShape, StockShape
from schemas.fields import Code, Codes, Day, OneOf, Spoken, Tenths, WholeNumber, Words, YesNo

KEY = {
    "name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string", "minLength": 8},
    "description": "The same key with the same content gives the first answer again.",
}

PAGED = ("after", "limit")
ASKED = {
    "api.books": PAGED, "api.households": ("q", *PAGED), "api.stock": PAGED,
    "api.entries": ("kind", "since", "until", "household", *PAGED),
}
"""What a list can be asked for in its address."""
SHAPES = {
    "api.books": BookShape, "api.book": BookShape, "api.households": HouseholdShape, "api.household": HouseholdShape,
    "api.stock": StockShape, "api.entries": EntryShape, "api.entry": EntryShape,
}
"""What a reading door answers with, once or in a list."""
PROBLEM = {
    "type": "object", "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "description": "With 422: the sentences at each field, lines by their place: lines.0.quantity.",
        },
    },
}
REPLAYED = {
    "Idempotency-Replayed": {
        "schema": {"type": "string", "enum": ["true"]},
        "description": "There if the form had been booked before: this is its first answer.",
    },
}


def properties(_: Any, field: fields.Field[Any], **__: Any) -> dict[str, Any]:
    """Say in JSON Schema what a kind of input takes."""
    if isinstance(field, WholeNumber):
        return {"type": "integer", "minimum": field.least, "maximum": field.most}
    if isinstance(field, Tenths):
        return {"type": "string", "pattern": rf"^-?[0-9]+(\.[0-9]{{1,{field.places}}})?$"}
    if isinstance(field, Day):
        return {"type": "string", "format": "date"}
    if isinstance(field, OneOf):
        return {"type": "string", "enum": field.choices}
    if isinstance(field, YesNo):
        return {"type": "boolean"}
    if isinstance(field, Words):
        return {"type": "string", "maxLength": field.most}
    if isinstance(field, Codes):
        return {"type": "array", "items": {"type": "string"}}
    if isinstance(field, Shares):
        return {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    if isinstance(field, Code):
        return {"type": "string", "examples": [field.example]}
    return {"type": "string"} if isinstance(field, Spoken) else {}


def description(app: Flask, acts: Iterable[Any]) -> dict[str, Any]:
    """Return the description of all doors for programs."""
    plugin = MarshmallowPlugin()
    spec = APISpec("Aixin Ledger", release(), openapi_version="3.1.0", plugins=[plugin])
    converter = plugin.converter
    assert converter is not None, "the description above has set it"
    converter.add_attribute_function(properties)  # type: ignore[no-untyped-call]
    spec.components.schema("Problem", PROBLEM)
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for act in acts:
        spec.path(openapi_path(act.path), operations={"post": post_of(act)}, parameters=parameters(act.path))
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api.") and "GET" in (rule.methods or ()) and rule.endpoint != "api.openapi":
            path = rule.rule.removeprefix("/api/v1")
            spec.path(openapi_path(path), operations={"get": get_of(app, rule.endpoint)}, parameters=parameters(path))
    return {**spec.to_dict(), "servers": [{"url": "/api/v1"}], "security": [{"token": []}]}


def release() -> str:
    """Return the version of the installed distribution."""
    try:
        return version("aixin-ledger")
    except PackageNotFoundError:
        return "0"


def openapi_path(path: str) -> str:
    """Return a path in the words of OpenAPI: {book} for <book>."""
    return re.sub(r"<(?:int:)?(\w+)>", r"{\1}", path)


def parameters(path: str) -> list[dict[str, Any]]:
    """Return the parts of a path that the caller fills in."""
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer" if kind else "string"}}
        for kind, name in re.findall(r"<(int:)?(\w+)>", path)
    ]


def post_of(act: Any) -> dict[str, Any]:
    """Return the description of an act."""
    return {
        "operationId": act.name,
        "summary": first_sentence(act.operation.__doc__),
        "parameters": [KEY],
        "requestBody": {"required": True, "content": {"application/json": {"schema": act.schema}}},
        "responses": {
            "201": {
                "description": "Booked.", "headers": REPLAYED,
                "content": {"application/json": {"schema": AnswerShape}},
            },
            **problems("400", "401", "403", "404", "413", "415", "422", "503"),
        },
    }


def get_of(app: Flask, endpoint: str) -> dict[str, Any]:
    """Return the description of a reading door."""
    view = app.view_functions[endpoint]
    return {
        **({"security": []} if DOORS[endpoint] is PUBLIC else {}),
        "operationId": endpoint.removeprefix("api."),
        "summary": first_sentence(view.__doc__),
        "parameters": [
            {"name": name, "in": "query", "schema": {"type": "string"}} for name in ASKED.get(endpoint, ())
        ],
        "responses": {
            "200": {"description": "Found.", "content": found_at(endpoint)},
            **problems("401", "403", "404", *(["422"] if endpoint in ASKED else [])),
        },
    }


def found_at(endpoint: str) -> dict[str, Any]:
    """Return what a reading door answers with: one thing, a page of a list, or the text of a checkpoint."""
    if endpoint not in SHAPES:
        return {"text/plain": {"schema": {"type": "string"}}}
    one: Any = SHAPES[endpoint]
    page = {
        "type": "object",
        "properties": {"items": {"type": "array", "items": one}, "next": {"type": ["string", "null"]}},
    }
    return {"application/json": {"schema": page if endpoint in ASKED else one}}


def first_sentence(told: str | None) -> str:
    """Return the first sentence of what a function says of itself."""
    words = " ".join((told or "").split())
    return words.partition(". ")[0].removesuffix(".") + "."


def problems(*codes: str) -> dict[str, Any]:
    """Return the refusals a caller has to expect."""
    shape = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {code: {"description": "RFC 9457 problem.", "content": shape} for code in codes}
