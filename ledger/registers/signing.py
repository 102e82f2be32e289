"""The signing register 登记册: which numbered line a redemption is signed on, worked out from its serial number."""

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


def line_of(n: int) -> Line:
    """Return the line on which the nth redemption of a year is signed."""
    sheet, line = divmod(n - 1, LINES)
    volume, page = divmod(sheet, PAGES)
    return Line(volume + 1, page + 1, line + 1)


def line_of_serial(serial: str) -> Line:
    """Return the line of a redemption by the serial on its paper (兑-2026-0007)."""
    return line_of(int(serial.rsplit("-", 1)[1]))


def lines_of(volume: int, page: int) -> range:
    """Return which redemptions of a year stand on a page."""
    first = ((volume - 1) * PAGES + page - 1) * LINES + 1
    return range(first, first + LINES)
