"""How the tests at the door read one input, name it shortly, and know the sentences that have a Chinese."""

import runpy
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields

from schemas.form import Form


def meant(field: fields.Field[Any], typed: Any) -> Any:
    """Return what one input of a form means."""
    return Form.from_dict({"input": field})().load({"input": typed})["input"]


def refusal(field: fields.Field[Any], typed: Any) -> str:
    """Return the one sentence with which an input is refused; fail if it is taken."""
    try:
        taken = meant(field, typed)
    except ValidationError as error:
        (sentence,) = error.messages["input"]  # type: ignore[call-overload, index]
        return str(sentence)
    raise AssertionError(f"taken as {taken!r}")


@cache
def catalogue() -> frozenset[str]:
    """Return every sentence that is marked for translation."""
    project = Path(__file__).parent.parent.parent
    sentences = runpy.run_path(str(project / "scripts/catalogue.py"))["sentences"]
    return frozenset(message.id for message in sentences(project) if message.id)


def shortly(value: Any) -> str:
    """Return the name of an example in a table: text and number look different, and nobody prints 5,000 signs."""
    return ascii(value)[:40]
