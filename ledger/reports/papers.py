"""Papers of more than one page: the rows of each, what was carried forward and what its rows add up to; capitals."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ACROSS = 14
"""Rows of a table that a page across holds beside its head and foot."""
WITH_HANDS = 2
"""Rows that go over to another page with the signatures, where these find no room."""
DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿", "拾", "佰", "仟")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """One page of a table: its rows, the place of its first, and the sums before, on and through it."""

    rows: Sequence[Row]
    start: int
    carried: dict[str, int]
    here: dict[str, int]
    through: dict[str, int]


def in_pages(rows: Sequence[Row], size: int, *summed: str, last: int | None = None) -> list[Page]:
    """Return a table page by page with the sums of some of its columns; an empty table is one page.

    With `last` the last page, on which the signatures stand, holds at most so many rows, and never none of many.
    """
    starts = list(range(0, max(len(rows), 1), size))
    if last and len(rows) - starts[-1] > last:
        starts.append(len(rows) - WITH_HANDS)
    pages: list[Page] = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        part = rows[start:end]
        carried = pages[-1].through if pages else dict.fromkeys(summed, 0)
        here = {name: sum(row[name] or 0 for row in part) for name in summed}
        pages.append(Page(part, start, carried, here, {name: carried[name] + here[name] for name in summed}))
    return pages


def capitals(fen: int) -> str:
    """Return a sum of money as it is written on papers so that nobody adds a stroke: 壹佰零伍元叁角整."""
    yuan, jiao, left = fen // 100, fen // 10 % 10, fen % 10
    words = f"{whole(yuan)}元" if yuan or not fen else ""
    words += f"{DIGITS[jiao]}角" if jiao else "零" if left and yuan else ""
    return words + (f"{DIGITS[left]}分" if left else "整")


def whole(number: int) -> str:
    """Return a whole number below ten thousand times a hundred million in capitals; noughts between are said once."""
    digits = str(number)
    words = "".join(DIGITS[int(digit)] + UNITS[len(digits) - 1 - n] for n, digit in enumerate(digits))
    words = re.sub("零[拾佰仟]", "零", words)
    for _ in "亿", "万":
        words = re.sub("零+([万亿])", r"\1零", re.sub("零+", "零", words))
    return re.sub("零+", "零", words.replace("亿万", "亿")).strip("零") or "零"
