"""Words on the page: the catalogue, the language of the reader, and how values are written."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, after_this_request, current_app, g, request
from jinja2 import pass_context
from markupsafe import Markup

from ledger.exports.labels import LABELS
from ledger.exports.words import catalogue
from ledger.terms import Sentence, TwoNames
from ledger.web.naming import NAMED, counted

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
BY_TAG = {"zh": "zh_Hans_CN", "zh-CN": "zh_Hans_CN", "zh-Hans": "zh_Hans_CN", "en": "en"}
"""By what a program names a language in its Accept-Language."""
COOKIE = "language"
KEPT = 365 * 86400
"""Seconds for which a browser keeps the language it was given."""


def language() -> str:
    """Return the language of this reader: chosen, else the county's setting. A program chooses by Accept-Language."""
    chosen = g.get("language") or request.cookies.get(COOKIE, "")
    if request.path.startswith("/api/") and request.accept_languages:
        chosen = BY_TAG.get(request.accept_languages.best_match(BY_TAG) or "", "")
    return chosen if chosen in LANGUAGES else current_app.config["SETTINGS"].language


def choose_language(code: str) -> None:
    """Answer in this language from now on, and remember it in this browser."""
    g.language = code

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(COOKIE, code, max_age=KEPT, samesite="Lax", httponly=True, secure=request.is_secure)
        return response


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
    if name == "what":
        return translated(value)
    if name == "code":
        # A sign-in may be called "county"; what was typed is not a word of the ledger.
        return str(value)
    if name == "choices" and not request.path.startswith("/api/"):
        return " / ".join(say(choice) for choice in value.split(", "))
    return say(NAMED[name](str(value)) if name in NAMED else value)


@pass_context
def said_on_page(_: Any, sentence: Any) -> str:
    """Say a word of a template. It asks for the page: else Jinja says "none"|say once, in one reader's language."""
    return say(sentence)


@pass_context
def sentence_on_page(_: Any, message: str, **values: Any) -> Markup:
    """Say a sentence of a template; a place with a code's name, such as who, is filled in with what it is called."""
    said = {name: say(NAMED[name](str(value))) if name in NAMED else value for name, value in values.items()}
    return Markup(translated(message)) % said


def plainly(value: Any) -> str:
    """Write a value as it stands; what has two names by the one this reader reads."""
    return (value.english if isinstance(value, TwoNames) and language() == "en" else "") or str(value)


def points(tenths: int) -> str:
    """Write points with one place: 380 tenths are 38.0."""
    return f"{tenths / 10:.1f}"


def yuan(fen: int) -> str:
    """Write money in yuan."""
    return f"{fen / 100:.2f}"


def local_time(value: datetime) -> str:
    """Write an instant as it was on the wall clock of the county."""
    return value.astimezone(ZoneInfo(g.county.timezone)).strftime("%Y-%m-%d %H:%M")


def called(name: str) -> Callable[[Any], str]:
    """Return how a code of this kind is written: as what it names is called."""
    return lambda value: say(NAMED[name](str(value)))


WAYS: dict[str, Callable[[Any], str]] = {
    "points": points,
    "money": yuan,
    "day": lambda value: value.isoformat() if isinstance(value, date) else str(value),
    "instant": local_time,
    "word": say,
    "number": str,
    "yes": lambda value: translated("yes") if value else "",
    "digest": lambda value: str(value)[:8],
    **{name: called(name) for name in NAMED},
}


def written(value: Any, kind: str = "text") -> str:
    """Write a value as a reader of the table sees it; nothing is written for nothing."""
    return "" if value is None else WAYS.get(kind, plainly)(value)


def install(app: Any) -> None:
    """Give the templates their words."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    plural = lambda one, many, n: translated(one if n == 1 else many)  # noqa: E731
    app.jinja_env.install_gettext_callables(sentence_on_page, plural)
    app.jinja_env.filters.update(
        say=said_on_page, written=written, points=points, yuan=yuan, local_time=local_time,
        counted=lambda leg: say(counted(leg)),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
