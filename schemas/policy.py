"""A setting from a day on; what its value may be follows from its kind."""

from typing import Any, cast

from schemas.fields import Code, Day, OneOf, Points, Spoken, WholeNumber, Yuan
from schemas.form import Form, Papered


def policy_form(kind: str) -> type[Form]:
    """Return the form of a setting of a kind; a kind with a question mark may be left empty."""
    said: dict[str, Any] = {"load_default": None} if kind.endswith("?") else {"required": True}
    inputs: dict[str, Any] = {
        "value": value_field(kind.rstrip("?"), said), "valid_from": Day(required=True),
        "outlet": Code(load_default=None, example="LY12"),
    }
    return cast(type[Form], Papered.from_dict(inputs))


def value_field(kind: str, said: dict[str, Any]) -> Spoken:
    """Return the input of a value of a kind."""
    if kind in ("whole", "some"):
        return WholeNumber(least=0 if kind == "whole" else 1, **said)
    if kind == "percent":
        return WholeNumber(least=0, most=100, **said)
    if kind == "points":
        return Points(least=0, **said)
    return Yuan(**said) if kind == "fen" else OneOf(kind.split("|"), **said)
