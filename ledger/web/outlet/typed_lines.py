"""Lines of a paper as they are typed: households and goods by code, name or initials, read as codes."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.registers.households import search
from ledger.registers.items import Item, all_items, prices_on
from ledger.registers.pinyin import initials_of
from ledger.terms import BIGGEST_QUANTITY, N_, Sentence
from schemas.fields import plain

SEVERAL = N_("“%(words)s” may mean several: %(codes)s. Write the code.")
NOWHERE = N_("“%(words)s” is in no register here.")
BETWEEN = re.compile(r"\s*[,、;+]\s*|\s+(?![0-9]|[x×*]\s*[0-9])", re.IGNORECASE)
"""What stands between two kinds of goods in one cell: a comma, or a space that no number follows."""


class Goods:
    """What can be handed out on a day, and what people call it when they write fast."""

    def __init__(self, session: Session, book: str, day: date) -> None:
        prices = prices_on(session, book, day)
        self.items = [item for item in all_items(session) if item.code in prices]
        self.initials = {item.code: initials_of(item.name) for item in self.items}

    def meant(self, words: str) -> list[Item]:
        """Return the items that words may mean: by code, else by name, by initials, by the beginning of a name."""
        ways: tuple[Callable[[Item], bool], ...] = (
            lambda item: item.code == words.upper(), lambda item: item.name == words,
            lambda item: self.initials[item.code] == words.lower(), lambda item: item.name.startswith(words),
        )
        return next((found for way in ways if (found := list(filter(way, self.items)))), [])

    def parted(self, part: str) -> tuple[str, int]:
        """Part “肥皂×2”, “肥皂 2” or “肥皂2” into words and number; the digits of a code are no number."""
        at = re.fullmatch(r"(.+?)(?:\s*[x×*]\s*|\s+)([0-9]{1,5})", part, re.IGNORECASE)
        if at is None and not self.meant(part):
            at = re.fullmatch(r"(.*?[^0-9])([0-9]{1,5})", part)
        return (at[1], min(int(at[2]), BIGGEST_QUANTITY + 1)) if at else (part, 1)

    def read(self, text: str) -> list[dict[str, Any]] | Sentence:
        """Return the basket that a cell holds, or what of it cannot be understood."""
        basket = []
        for part in filter(None, BETWEEN.split(plain(text))):
            words, many = self.parted(part)
            found = self.meant(words)
            if len(found) != 1:
                return unclear(words, [f"{item.code} {item.called}" for item in found])
            basket.append({"item": found[0].code, "quantity": many})
        return basket


def household_of(session: Session, book: str, text: str) -> str | Sentence:
    """Return the number of the household that a cell means, or what is wrong with it."""
    words = plain(text)
    found = search(session, book, words, limit=7)
    exact = [one for one in found if words.upper() in (one.number, one.card, one.name)] or found
    return exact[0].number if len(exact) == 1 else unclear(words, [one.number for one in exact])


def unclear(words: str, codes: list[str]) -> Sentence:
    """Return the sentence for words that mean several things, or nothing."""
    return Sentence(SEVERAL if codes else NOWHERE, {"words": words, "codes": ", ".join(codes[:6])})
