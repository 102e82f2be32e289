"""Words on the page: the catalogue, the language of the reader, and how values are written."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g, request
from jinja2 import pass_context

from ledger.exports.words import catalogue
from ledger.terms import Sentence
from ledger.web.labels import LABELS

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
COOKIE = "language"


def language() -> str:
    """Return the language of this reader: chosen, else the county's setting."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else current_app.config["SETTINGS"].language


def translated(message: str) -> str:
    """Return a sentence in the reader's language."""
    return catalogue(g.get("language") or language()).get(message, message)


def say(sentence: Any) -> str:
    """Return a sentence with its values, or a term of the ledger, in the reader's language."""
    if isinstance(sentence, Sentence):
        return translated(sentence.message) % {name: filled_in(name, value) for name, value in sentence.values.items()}
    text = str(sentence)
    return translated(LABELS.get(text, text))


def filled_in(name: str, value: Any) -> str:
    """Return what fills a place of a sentence. `what` is a word such as "sheet", which as a term means otherwise."""
    return translated(value) if name == "what" else say(value)


@pass_context
def said_on_page(_: Any, sentence: Any) -> str:
    """Say a word of a template. It asks for the page: else Jinja says "none"|say once, in one reader's language."""
    return say(sentence)


def points(tenths: int) -> str:
    """Write points with one place: 380 tenths are 38.0."""
    return f"{tenths / 10:.1f}"


def yuan(fen: int) -> str:
    """Write money in yuan."""
    return f"{fen / 100:.2f}"


def local_time(value: datetime) -> str:
    """Write an instant as it was on the wall clock of the county."""
    return value.astimezone(ZoneInfo(g.county.timezone)).strftime("%Y-%m-%d %H:%M")


WAYS: dict[str, Callable[[Any], str]] = {
    "points": points,
    "money": yuan,
    "day": lambda value: value.isoformat() if isinstance(value, date) else str(value),
    "instant": local_time,
    "word": say,
    "number": str,
    "yes": lambda value: translated("yes") if value else "",
    "digest": lambda value: str(value)[:8],
}


def written(value: Any, kind: str = "text") -> str:
    """Write a value as a reader of the table sees it; nothing is written for nothing."""
    return "" if value is None else WAYS.get(kind, str)(value)


def install(app: Any) -> None:
    """Give the templates their words."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    plural = lambda one, many, n: translated(one if n == 1 else many)  # noqa: E731
    app.jinja_env.install_gettext_callables(translated, plural, newstyle=True)
    app.jinja_env.filters.update(say=said_on_page, written=written, points=points, yuan=yuan, local_time=local_time)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
