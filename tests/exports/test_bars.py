"""Codes that a machine reads: the bars of the standard, and squares that hold the whole text."""

import pytest
import segno

from ledger.exports.bars import card_bars, drawn, ean_bars, qr_squares

# Source: the worked example of https://en.wikipedia.org/wiki/International_Article_Number, 4003994155486: set G at
# places 2, 5 and 6 of the left half for a first digit 4 (LGLLGG); and a book's number, first digit 9 (LGGLGL).
EXAMPLES = {
    "4003994155486": [
        "101", "0001101", "0100111", "0111101", "0001011", "0010111", "0011101",
        "01010", "1100110", "1001110", "1001110", "1011100", "1001000", "1010000", "101",
    ],
    "9780201379624": [
        "101", "0111011", "0001001", "0100111", "0010011", "0100111", "0011001",
        "01010", "1000010", "1000100", "1110100", "1010000", "1101100", "1011100", "101",
    ],
}


@pytest.mark.parametrize(("ean", "parts"), EXAMPLES.items(), ids=EXAMPLES)
def test_bars_are_those_of_the_standard(ean, parts):
    assert ean_bars(ean) == "".join(parts)


@pytest.mark.parametrize("first", range(10))
def test_every_first_digit_is_told_by_the_sets_of_the_left_half(first):
    bars = ean_bars(f"{first}000000000000")
    assert len(bars) == 95
    odd = ["A" if bars[3 + 7 * place : 10 + 7 * place].count("1") % 2 else "B" for place in range(6)]
    assert [ean for ean in range(10) if sets_of(f"{ean}000000000000") == odd] == [first]


def sets_of(ean):
    """Return by the number of dark bars which set each digit of the left half is in."""
    bars = ean_bars(ean)
    return ["A" if bars[3 + 7 * place : 10 + 7 * place].count("1") % 2 else "B" for place in range(6)]


# Source: the table of https://en.wikipedia.org/wiki/Code_39, bars and gaps one by one, wide ones W.
SIGNS = {"*": "nWnnWnWnn", "0": "nnnWWnWnn", "1": "WnnWnnnnW", "7": "nnnWnnWnW", "A": "WnnnnWnnW", "H": "WnnnnWWnn",
         "-": "nWnnnnWnW"}


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if sign != "*"])
def test_the_number_of_a_card_stands_between_two_stars_in_the_bars_of_code_39(sign):
    wanted = "0".join(
        "".join(("1" if place % 2 == 0 else "0") * (3 if kind == "W" else 1) for place, kind in enumerate(SIGNS[one]))
        for one in f"*{sign}*"
    )
    assert card_bars(sign) == wanted


def test_every_sign_a_code_may_have_has_bars_of_its_own():
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
    assert len({card_bars(sign) for sign in signs}) == len(signs)
    assert {len(card_bars(sign)) for sign in signs} == {3 * 15 + 2}


def test_a_qr_code_has_its_quiet_zone_and_the_squares_of_its_text():
    squares = qr_squares("https://ledger.example/h/AbCdEfGhIjKlMnOpQrStUvWx")
    assert {len(row) for row in squares} == {len(squares)}
    assert all("1" not in row for row in [*squares[:4], *squares[-4:]])
    assert all(row[:4] == row[-4:] == "0000" for row in squares)
    made = segno.make_qr("https://ledger.example/h/AbCdEfGhIjKlMnOpQrStUvWx", error="m")
    assert [row[4:-4] for row in squares[4:-4]] == ["".join(map(str, row)) for row in made.matrix]


def test_a_drawing_has_one_stroke_for_each_run_of_dark_squares():
    assert drawn(["0110", "1011", "0000"]) == "M1 0h2v1h-2zM0 1h1v1h-1zM2 1h2v1h-2z"
    assert drawn(["11"]) == "M0 0h2v1h-2z"
