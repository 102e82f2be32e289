"""Forms as they were typed: read by their schema, shown again with each sentence at its field."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from operator import itemgetter
from typing import Any
from uuid import uuid4

from flask import g, request
from marshmallow import Schema, ValidationError
from marshmallow.fields import Field, Nested
from werkzeug.datastructures import MultiDict

from ledger.db import database
from ledger.errors import LedgerError
from ledger.registers.register import Registered, Stale, noted, values_then
from ledger.terms import N_, Sentence
from ledger.web.words import LANGUAGES, choose_language
from schemas.form import Form, Lines

NOT_YET = N_("Nothing has been booked yet. What was typed is still here.")
KEY_FORM = re.compile(r"[A-Za-z0-9_.:-]{8,80}")
PLACE = re.compile(r"[0-9]{1,4}")
DEEPEST = 4
"""How many parts a name has at the most: right-basket-0-item."""
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
    called: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    shown_again: bool = False

    def refuse(self, refusal: LedgerError) -> "Filled":
        """Put the sentences of a refusal at their fields; what belongs to no field stands at the head."""
        for at, message, values in refusal.sentences():
            self.errors.setdefault(self.input_name(at or ""), []).append(Sentence(message, values))
        return self

    def input_name(self, path: str) -> str:
        """Return the name of the input that a path such as basket.0.item means, as it was typed."""
        parts = path.split(".")
        parts[0] = self.names.get(parts[0], parts[0])
        for depth in range(1, len(parts)):
            places = self.places.get("-".join(parts[:depth]), [])
            if parts[depth].isdigit() and int(parts[depth]) < len(places):
                parts[depth] = str(places[int(parts[depth])])
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

    def has(self, name: str) -> bool:
        """Tell whether something was typed into a part of the form, or is wrong in it; such a part is shown open."""
        typed = self.value(name)
        wrong = any(at == name or at.startswith(f"{name}-") for at in self.errors)
        return wrong or any(map(filled_in, typed.values() if isinstance(typed, dict) else [typed]))

    def line_of(self, name: str) -> str | int:
        """Return what the line of an input is called: its goods, else its number; "" outside a table."""
        parts = name.split("-")
        if len(parts) < 3 or not parts[1].isdigit():
            return ""
        return self.called.get("-".join(parts[:2]), int(parts[1]) + 1)

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
        placed = [{**row, "place": typed[codes] if codes in typed else next(free)} for codes, row in named]
        # Goods that have gone since have no name here; what is wrong with them names them itself.
        self.called |= {f"{name}-{place}": "" for place in typed.values()}
        self.called |= {f"{name}-{row['place']}": goods_called(row) for row in placed if "name" in row}
        return placed


def form_in_hand(offered: Typed | None = None) -> Filled:
    """Return the form that was sent with this request, as it was read; a page that was only asked for has an empty one,
    or one with what is `offered`.
    """
    if "form" not in g:
        g.form = Filled(typed=offered or {})
    form: Filled = g.form
    return form


def goods_called(row: Mapping[str, Any]) -> str:
    """Return what the goods of a row are called: two sizes of rice are two things."""
    return str(row["name"] if row.get("spec", "") in ("", row.get("unit")) else f"{row['name']} {row['spec']}")


def read_form(schema: type[Form], prepare: Callable[[Filled], Typed] | None = None) -> Filled:
    """Read the form that was sent, which is in hand from now on: typed text, its meaning, and every sentence about what
    is wrong. `prepare` may put what was typed in the order of the schema, and refuse what it cannot.
    """
    typed = nested(request.form)
    filled = g.form = Filled(typed=typed, key=str(typed.pop("key", "")))
    if not KEY_FORM.fullmatch(filled.key):
        filled.key = uuid4().hex
        filled.errors["key"] = [Sentence(N_("This page was not complete. Please send the form again."))]
    if asks_for_the_page(typed):
        filled.shown_again, filled.errors[""] = True, [Sentence(NOT_YET)]
        return filled
    form = schema()
    filled.names = {name: one.data_key for name, one in form.fields.items() if one.data_key}
    try:
        filled.content = form.load(as_sent(form, prepare(filled) if prepare else typed, filled))
    except ValidationError as error:
        for path, sentence in flat(error.messages):
            filled.errors.setdefault(filled.input_name(path), []).append(sentence)
            filled.unread.add(filled.input_name(path))
    return filled


def over_line(schema: type[Form], line: Registered) -> None:
    """Put the form in hand over the line of a register it is about: what it does not say stands there.

    After a refusal for what somebody else changed, what was left alone says what stands by now; who sends it again has
    seen both.
    """
    form, stands = form_in_hand(), schema().dump(line)
    if any(one.message == Stale.message for said in form.errors.values() for one in said):
        with database().reading() as session:
            then = values_then(session, line, form.content["version"])
        left = [name for name in then if name in form.content and noted(form.content[name]) == then[name]]
        form.typed.update({at: stands[at] for at in (form.names.get(name, name) for name in left)})
        form.typed["version"] = line.version
    form.typed = {**stands, **form.typed}


def asks_for_the_page(typed: Typed) -> bool:
    """Tell whether a form only asks for its page again, with what was typed: in another language, or with more lines.

    These are buttons of the form, so that nothing is lost without JavaScript either.
    """
    language, more = typed.pop("language", ""), typed.pop("more", "")
    if language in LANGUAGES:
        choose_language(str(language))
    return bool(language or more)


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


def as_sent(form: Schema, typed: Typed, filled: Filled, path: str = "") -> Typed:
    """Return what was typed as a program would send it: tables become lists, also those within a part of the form."""
    known = {one.data_key or name: one for name, one in form.fields.items()}
    return {name: part_of(known.get(name), value, filled, f"{path}{name}") for name, value in typed.items()}


def part_of(field: Field[Any] | None, value: Any, filled: Filled, path: str) -> Any:
    """Return one input or a part of a form, a table as the lines that were filled in and where each stood."""
    if isinstance(field, Nested) and isinstance(value, dict):
        return as_sent(field.schema, value, filled, f"{path}-")
    if not isinstance(field, Lines) or not isinstance(value, dict):
        return value
    if not all(PLACE.fullmatch(place) and isinstance(line, dict) for place, line in value.items()):
        return value
    placed = sorted(((int(place), line) for place, line in value.items()), key=itemgetter(0))
    used = [(place, line) for place, line in placed if any(filled_in(line.get(part)) for part in field.line.filled_by)]
    filled.places[path] = [place for place, _ in used]
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
