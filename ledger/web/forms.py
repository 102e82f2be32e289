"""Forms as they were typed: read by their schema, shown again with each sentence at its field."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from operator import itemgetter
from typing import Any
from uuid import uuid4

from flask import request
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from ledger.errors import LedgerError
from ledger.terms import N_, Sentence
from schemas.form import Form, Lines

KEY_FORM = re.compile(r"[A-Za-z0-9_.:-]{8,80}")
PLACE = re.compile(r"[0-9]{1,4}")
DEEPEST = 3
"""How many parts a name has at the most: lines-0-item."""
Typed = dict[str, Any]


@dataclass
class Filled:
    """A form in hand: what was typed, what it means, and what is wrong with it, by the name of the input."""

    typed: Typed = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[Sentence]] = field(default_factory=dict)
    key: str = field(default_factory=lambda: uuid4().hex)
    places: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def refuse(self, refusal: LedgerError) -> "Filled":
        """Put the sentences of a refusal at their fields; what belongs to no field stands at the head."""
        for at, message, values in refusal.sentences():
            self.errors.setdefault(self.input_name(at or ""), []).append(Sentence(message, values))
        return self

    def input_name(self, path: str) -> str:
        """Return the name of the input that a path such as basket.0.item means, as it was typed."""
        parts = path.split(".")
        parts[0] = self.names.get(parts[0], parts[0])
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

    def lines(self, name: str) -> dict[int, Typed]:
        """Return the lines of a table as they were typed, by the place of each on the page."""
        lines = self.value(name, {})
        return {
            int(place): line for place, line in (lines.items() if isinstance(lines, dict) else ())
            if PLACE.fullmatch(place) and isinstance(line, dict)
        }

    def rows(self, name: str) -> int:
        """Return how many lines the page needs to show what was typed."""
        return max(self.lines(name), default=-1) + 1

    def placed(self, name: str, rows: Iterable[Mapping[str, Any]], *keys: str) -> list[dict[str, Any]]:
        """Return rows with the `place` of each in a table of the form, by the codes that name it.

        What was typed stays with its goods: between showing and sending a page some may have come or gone.
        """
        typed = {
            tuple(str(line.get(key, "")) for key in keys): place for place, line in self.lines(name).items()
        }
        free = count(max(typed.values(), default=-1) + 1)
        named = [(tuple(str(row[key]) for key in keys), row) for row in rows]
        return [{**row, "place": typed[codes] if codes in typed else next(free)} for codes, row in named]


def read_form(schema: type[Form]) -> Filled:
    """Read the form that was sent: typed text, its meaning, and every sentence about what is wrong."""
    typed = nested(request.form)
    filled = Filled(typed=typed, key=str(typed.pop("key", "")))
    if not KEY_FORM.fullmatch(filled.key):
        filled.key = uuid4().hex
        filled.errors["key"] = [Sentence(N_("This page was not complete. Please send the form again."))]
    form = schema()
    filled.names = {name: one.data_key for name, one in form.fields.items() if one.data_key}
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
    for name, values in form.lists():
        # Of a name that comes twice the last counts: a box that is ticked follows the hidden "no" before it.
        if not put(typed, name.split("-"), values[-1]):
            # What fits nowhere gets a name that no schema knows; so it is refused and not passed over.
            typed[f"-{name}"] = values[-1]
    return typed


def put(inside: Typed, parts: list[str], value: str) -> bool:
    """Put a value where its name says; tell whether there was room for it."""
    *path, last = parts
    if len(parts) > DEEPEST:
        return False
    for part in path:
        inside = inside.setdefault(part, {})
        if not isinstance(inside, dict):
            return False
    if isinstance(inside.get(last), dict):
        return False
    inside[last] = value
    return True


def lines_of(form: Form, name: str, value: Any, filled: Filled) -> Any:
    """Return the lines of a table that were filled in, remembering where each stood on the page."""
    lines = next((known for known in form.fields.values() if (known.data_key or known.name) == name), None)
    if not isinstance(lines, Lines) or not isinstance(value, dict):
        return value
    if not all(PLACE.fullmatch(place) and isinstance(line, dict) for place, line in value.items()):
        return value
    placed = sorted(((int(place), line) for place, line in value.items()), key=itemgetter(0))
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
