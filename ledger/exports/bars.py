"""Codes that a machine reads, as drawings: EAN-13 bars for goods, Code 39 bars and QR squares for cards."""

from collections.abc import Sequence

import segno

# Source: GS1 General Specifications, 5.2.1: the digits of the left half in sets A and B, and which set at which place.
SET_A = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
PLACES = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")
# Source: ISO/IEC 16388: two of a sign's five bars are wide, by its column, and one of its four gaps, by its row.
COLUMNS = ("10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010", "00110")
ROWS = {"1234567890": 1, "ABCDEFGHIJ": 2, "KLMNOPQRST": 3, "UVWXYZ-. *": 0}
QUIET = 4
"""Empty squares that a reader needs around a QR code."""


def ean_bars(ean: str) -> str:
    """Return the 95 bars (1) and gaps (0) of an EAN-13."""
    right = [SET_A[int(digit)].translate(str.maketrans("01", "10")) for digit in ean[1:]]
    left = [
        SET_A[int(digit)] if kind == "A" else right[place][::-1]
        for place, (digit, kind) in enumerate(zip(ean[1:7], PLACES[int(ean[0])], strict=True))
    ]
    return f"101{''.join(left)}01010{''.join(right[6:])}101"


def card_bars(number: str) -> str:
    """Return the bars and gaps of the number of a card in Code 39, which every scanner at a till types out."""
    return "0".join(map(sign_bars, f"*{number}*"))


def sign_bars(sign: str) -> str:
    """Return the bars and gaps of one sign; a wide one is three times a narrow one."""
    row, wide_gap = next((row, gap) for row, gap in ROWS.items() if sign in row)
    bars = ["111" if wide == "1" else "1" for wide in COLUMNS[row.index(sign)]]
    gaps = ["000" if gap == wide_gap else "0" for gap in range(4)]
    return "".join(bar + gap for bar, gap in zip(bars, [*gaps, ""], strict=True))


def qr_squares(text: str) -> list[str]:
    """Return the rows of a QR code, dark 1 and light 0, with the quiet zone around them."""
    rows = segno.make_qr(text, error="m").matrix_iter(border=QUIET)
    return ["".join("1" if dark else "0" for dark in row) for row in rows]


def drawn(rows: Sequence[str]) -> str:
    """Return rows of squares as the path of an SVG drawing in which a square is one unit; runs are one stroke."""
    strokes = []
    for y, row in enumerate(rows):
        start = row.find("1")
        while start >= 0:
            end = row.find("0", start) % (len(row) + 1)
            strokes.append(f"M{start} {y}h{end - start}v1h-{end - start}z")
            start = row.find("1", end)
    return "".join(strokes)
