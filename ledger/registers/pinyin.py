"""Pinyin initials: 王秀兰 is found by typing wxl."""

import re

SURNAMES = {
    "单": "s", "仇": "q", "解": "x", "区": "o", "曾": "z", "翟": "z", "查": "z",
    "尉迟": "yc", "万俟": "mq", "单于": "cy",
}
"""Surnames read otherwise than the same signs within a word."""


AS_IN_A_WORD = {"单": "d", "仇": "c", "解": "j", "区": "q", "曾": "c", "翟": "d", "查": "c"}
"""How the same signs are read elsewhere: who types such a surname so finds it too."""


def surnames_meant(letters: str) -> list[tuple[str, str]]:
    """Return the surnames that typed initials may mean by another reading, each with the initials of the name."""
    read = [sign for sign, usual in AS_IN_A_WORD.items() if letters[:1].lower() == usual]
    return [(sign, SURNAMES[sign] + letters[1:].lower()) for sign in read]


def initials_of(name: str) -> str:
    """Return the first letters of a name's syllables, lower case; a Latin name gives its words' first letters."""
    # The dictionary takes a moment to load; only who registers people pays for it.
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(re.split(r"[\W_]+", name), style=Style.FIRST_LETTER)
    # A sign too rare for the dictionary comes back as it is, and nobody can type it: it has no initial.
    letters = "".join(syllable[:1].lower() for syllable in syllables if syllable.isascii())
    surname = next((signs for signs in (name[:2], name[:1]) if signs in SURNAMES), "")
    return SURNAMES.get(surname, "") + letters[len(surname):]
