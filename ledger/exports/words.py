"""The words of a file: what stands in the catalogue of its language."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from ledger.exports.labels import LABELS

CATALOGUES = Path(__file__).parent.parent / "locale"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the sentences of a language; English is what stands in the code."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in messages if message.id and message.string}


def in_language(language: str) -> Callable[[str], str]:
    """Return the function that says a sentence, or a term of the ledger, in a language."""
    sentences = catalogue(language)

    def say(sentence: str) -> str:
        words = LABELS.get(sentence, sentence)
        return sentences.get(words, words)

    return say
