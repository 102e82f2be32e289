"""Lines of a paper as they are typed: households and goods by code, name or initials, read as codes."""

import re
from datetime import date
from typing import Any

from sqlmodel import Session

from ledger.registers.households import search, typed
from ledger.registers.items import Item, all_items, prices_on
from ledger.registers.pinyin import initials_of
from ledger.terms import BIGGEST_QUANTITY, N_, Sentence
from schemas.fields import plain

SEVERAL = N_("“%(words)s” may mean several: %(codes)s. Write the code.")
NOWHERE = N_("“%(words)s” is in no register here.")
MEASURED = N_("%(goods)s is counted by %(unit)s; write how many %(unit)s.")
APART = re.compile(r"\s*[,、;+]\s*")
SPACED = re.compile(r"\s+(?![0-9]|[x×*]\s*[0-9])", re.IGNORECASE)
"""What stands between two kinds of goods in one cell: a comma, or a space that no number follows."""
NUMBERED = re.compile(r"(.+?)(?:\s*[x×*]\s*|\s+)([0-9]{1,5})\s*([^0-9\s]*)", re.IGNORECASE)
RUN_ON = re.compile(r"(.*?[^0-9])([0-9]{1,5})([^0-9\s]*)")
"""肥皂×2, 肥皂 2, 肥皂2 and 肥皂2块; without a number it is one."""


def goods_of(session: Session, book: str, day: date) -> list[Item]:
    """Return the goods that can be handed out."""
    prices = prices_on(session, book, day)
    return [item for item in all_items(session) if item.code in prices]


def meant(words: str, items: list[Item]) -> list[Item]:
    """Return the items that words may mean: by code or name, else by initials."""
    named = [item for item in items if words.upper() == item.code or words == item.name]
    return named or [item for item in items if words.lower() == initials_of(item.name)]


def basket_of(text: str, items: list[Item]) -> list[dict[str, Any]] | Sentence:
    """Return the basket that a cell holds, or what of it cannot be understood."""
    basket = []
    units = "|".join({re.escape(plain(item.unit)) for item in items})
    # A unit belongs to the number before it: 肥皂 2 块.
    joined = re.sub(rf"(?<=[0-9])\s+(?=(?:{units})(?:[\s,、;+]|$))", "", plain(text)) if units else plain(text)
    for chunk in filter(None, APART.split(joined)):
        printed = as_printed(chunk, items)
        for part in [""] if printed else filter(None, SPACED.split(chunk)):
            one = printed or line_of(part, items)
            if isinstance(one, Sentence):
                return one
            basket.append(one)
    return basket


def as_printed(words: str, items: list[Item]) -> dict[str, Any] | None:
    """Return the goods and number of a line as the register prints it, 大米 5千克 1袋: its size is no number."""
    for item in items:
        at = re.fullmatch(rf"{re.escape(plain(item.called))}\s*([0-9]{{1,5}})\s*{re.escape(plain(item.unit))}", words)
        if at:
            return {"item": item.code, "quantity": int(at[1])}
    return None


def line_of(part: str, items: list[Item]) -> dict[str, Any] | Sentence:
    """Return the goods and number of one part of a cell, or what of it cannot be understood."""
    # The digits of a code are no number.
    at = NUMBERED.fullmatch(part) or (None if meant(part, items) else RUN_ON.fullmatch(part))
    words, many, unit = (at[1], min(int(at[2]), BIGGEST_QUANTITY + 1), at[3]) if at else (part, 1, "")
    found = meant(words, items)
    if len(found) != 1:
        return unclear(words, [f"{item.code} {item.called}" for item in found])
    if unit not in ("", plain(found[0].unit)):
        return Sentence(MEASURED, {"goods": found[0].called, "unit": found[0].unit})
    return {"item": found[0].code, "quantity": many}


def household_of(session: Session, book: str, text: str) -> str | Sentence:
    """Return the number of the household that a cell means, or what is wrong with it."""
    words = typed(plain(text)).strip()
    found = search(session, book, words, limit=7) if words else []
    wanted = (words.upper(), f"H{words.zfill(4)}")
    exact = [one for one in found if one.number in wanted or words.upper() in (one.card, one.name)] or found
    return exact[0].number if len(exact) == 1 else unclear(words, [one.number for one in exact])


def unclear(words: str, codes: list[str]) -> Sentence:
    """Return the sentence for words that mean several things, or nothing."""
    return Sentence(SEVERAL if codes else NOWHERE, {"words": words, "codes": ", ".join(codes[:6])})
