"""The signing register: fifteen lines a page, twenty pages a volume, and each redemption has its own line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.registers.signing import LINES, PAGES, Line, line_of, lines_of, number_of


def test_the_first_redemption_of_a_year_is_signed_on_the_first_line() -> None:
    assert line_of(1) == Line(volume=1, page=1, line=1)


def test_the_sixteenth_begins_the_second_page_and_the_three_hundred_and_first_the_second_volume() -> None:
    assert line_of(15) == (1, 1, 15)
    assert line_of(16) == (1, 2, 1)
    assert line_of(300) == (1, 20, 15)
    assert line_of(301) == (2, 1, 1)


def test_a_line_is_named_by_volume_page_and_line() -> None:
    assert (line_of(622), line_of(622).place, line_of(622).sheet) == ((3, 2, 7), "3-2-7", "3-2")
    assert number_of("3-2-7") == 622
    assert number_of("34-7-10") == 10_000


@pytest.mark.parametrize("paper", [
    "", "7", "3-2", "3-2-16", "3-21-1", "0-1-1", "1-0-1", "1-1-0", "03-2-7", "261124-1-7", "3-2-7-1", "3-2-7 ",
    "兑-2026-0007", "1000-1-1", "３-2-7",
])
def test_other_papers_are_no_line_of_the_register(paper: str) -> None:
    assert number_of(paper) is None


def test_a_page_holds_fifteen_redemptions() -> None:
    assert list(lines_of(1, 1)) == list(range(1, 16))
    assert lines_of(3, 2) == range(616, 631)


@given(st.integers(1, 1_000_000))
def test_each_redemption_stands_on_the_page_it_is_signed_on(n: int) -> None:
    volume, page, line = line_of(n)
    assert lines_of(volume, page)[line - 1] == n
    assert volume > 999 or number_of(line_of(n).place) == n
    assert 1 <= line <= LINES and 1 <= page <= PAGES
