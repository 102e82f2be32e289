"""Forms as they were typed: read by their schema, shown again with each sentence at its field."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import request
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from ledger.errors import LedgerError
from ledger.terms import N_, Sentence
from schemas.form import Form, Lines

KEY_FORM = re.compile(r"[A-Za-z0-9_.:-]{8,80}")
Typed = dict[str, Any]


@dataclass
class Filled:
    """A form in hand: what was typed, what it means, and what is wrong with it, by the name of the input."""

    typed: Typed = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[Sentence]] = field(default_factory=dict)
    key: str = field(default_factory=lambda: uuid4().hex)
    places: dict[str, list[int]] = field(default_factory=dict)

    def refuse(self, refusal: LedgerError) -> "Filled":
        """Put the sentences of a refusal at their fields; what belongs to no field stands at the head."""
        for at, message, values in refusal.sentences():
            self.errors.setdefault(self.input_name(at or ""), []).append(Sentence(message, values))
        return self

    def input_name(self, path: str) -> str:
        """Return the name of the input that a path such as basket.0.item means, as it was typed."""
        parts = path.split(".")
        if len(parts) > 1 and parts[0] in self.places and parts[1].isdigit():
            places = self.places[parts[0]]
            parts[1] = str(places[int(parts[1])]) if int(parts[1]) < len(places) else parts[1]
        return "-".join(parts)

    def value(self, name: str, default: Any = "") -> Any:
        """Return what was typed into an input."""
        value: Any = self.typed
        for part in name.split("-"):
            value = value.get(part) if isinstance(value, dict) else None
        return default if value is None else value


def read_form(schema: type[Form]) -> Filled:
    """Read the form that was sent: typed text, its meaning, and every sentence about what is wrong."""
    typed = nested(request.form)
    filled = Filled(typed=typed, key=str(typed.pop("key", "")))
    if not KEY_FORM.fullmatch(filled.key):
        filled.key = uuid4().hex
        filled.errors["key"] = [Sentence(N_("This page was not complete. Please send the form again."))]
    form = schema()
    data = {name: lines_of(form, name, value, filled) for name, value in typed.items()}
    try:
        filled.content = form.load(data)
    except ValidationError as error:
        for path, sentence in flat(error.messages):
            filled.errors.setdefault(filled.input_name(path), []).append(sentence)
    return filled


def nested(form: MultiDict[str, str]) -> Typed:
    """Return inputs named basket-0-item, wish-kind or place as the structure they stand for."""
    typed: Typed = {}
    for name, value in form.items():
        *path, last = name.split("-")[:4]
        inside = typed
        for part in path:
            inside = inside.setdefault(part, {})
            if not isinstance(inside, dict):
                break
        else:
            inside[last] = value
    return typed


def lines_of(form: Form, name: str, value: Any, filled: Filled) -> Any:
    """Return the lines of a table that were filled in, remembering where each stood on the page."""
    lines = next((known for known in form.fields.values() if (known.data_key or known.name) == name), None)
    if not isinstance(lines, Lines) or not isinstance(value, dict):
        return value
    numbered = sorted(int(place) for place, line in value.items() if place.isdecimal() and isinstance(line, dict))
    placed = [(place, value[str(place)]) for place in numbered if str(place) in value]
    used = [(place, line) for place, line in placed if any(filled_in(line.get(part)) for part in lines.line.filled_by)]
    filled.places[name] = [place for place, _ in used]
    return [line for _, line in used]


def filled_in(value: Any) -> bool:
    """Tell whether something was typed."""
    return bool(value.strip() if isinstance(value, str) else value)


def flat(messages: Any, path: str = "") -> list[tuple[str, Sentence]]:
    """Return (path, sentence) for every refusal of a schema; a whole form's sentence has the path ""."""
    if isinstance(messages, dict):
        found = []
        for name, inner in messages.items():
            below = path if name == "_schema" else f"{path}.{name}".lstrip(".")
            found += flat(inner, below)
        return found
    if isinstance(messages, str):
        messages = [messages]
    return [(path, text if isinstance(text, Sentence) else Sentence(text)) for text in messages]
