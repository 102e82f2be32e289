"""The signing register 登记册: its numbered lines, counted by outlet and year and named by volume, page and line."""

import re
from typing import NamedTuple

LINES = 15
"""Lines on a page."""

PAGES = 20
"""Pages in a volume."""


class Line(NamedTuple):
    """One line of the register of one outlet and year; all three are counted from 1."""

    volume: int
    page: int
    line: int

    @property
    def sheet(self) -> str:
        """Return the number of its page, as it is printed at the head: 3-2."""
        return f"{self.volume}-{self.page}"

    @property
    def place(self) -> str:
        """Return its name in an entry: 3-2-7."""
        return f"{self.sheet}-{self.line}"


def line_of(n: int) -> Line:
    """Return the nth line of a year."""
    sheet, line = divmod(n - 1, LINES)
    volume, page = divmod(sheet, PAGES)
    return Line(volume + 1, page + 1, line + 1)


def number_of(place: str) -> int | None:
    """Return which line of a year a place names; None if it is on another paper than the register."""
    at = re.fullmatch(r"([1-9][0-9]{0,2})-([1-9][0-9]?)-([1-9][0-9]?)", place)
    volume, page, line = map(int, at.groups()) if at else (0, 0, 0)
    return lines_of(volume, page)[line - 1] if at and page <= PAGES and line <= LINES else None


def lines_of(volume: int, page: int) -> range:
    """Return which lines of a year stand on a page."""
    first = ((volume - 1) * PAGES + page - 1) * LINES + 1
    return range(first, first + LINES)
