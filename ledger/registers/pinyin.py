"""Pinyin initials: 王秀兰 is found by typing wxl."""

SURNAMES = {"单": "s", "仇": "q", "解": "x", "区": "o", "曾": "z"}
"""Surnames read otherwise than the same sign within a word."""


def initials_of(name: str) -> str:
    """Return the first letters of a name's syllables, lower case; a Latin name gives its words' first letters."""
    # The dictionary takes a moment to load; only who registers people pays for it.
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(name.replace("·", " ").split(), style=Style.FIRST_LETTER)
    letters = [syllable[:1].lower() for syllable in syllables]
    if name[:1] in SURNAMES:
        letters[0] = SURNAMES[name[0]]
    return "".join(letters)
