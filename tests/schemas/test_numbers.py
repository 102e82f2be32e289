"""Numbers at the door: whole ones, points and yuan mean what was typed, or say their limits."""

import pytest

from schemas.fields import Points, WholeNumber, Yuan
from tests.schemas.reading import meant, refusal, shortly

FIVE_THOUSAND_DIGITS = pytest.param(10**5000, id="5,000 digits")
NOT_A_NUMBER = ["x", "十二", "1e3", "0x10", "1,000", "1 2", "+5", "--1", "٣", "१२", "½", "NaN", "12\x00", "9" * 5000]
NOT_EVEN_TEXT = [True, False, float("nan"), float("inf"), [], [7], {}, {"value": 7}]


@pytest.mark.parametrize(
    ("typed", "number"),
    [(12, 12), ("12", 12), ("１２", 12), (" 7 ", 7), ("　7", 7), ("007", 7), (1, 1), (9999, 9999), ("⑦", 7)],
    ids=shortly,
)
def test_a_whole_number_is_taken_as_text_or_number_in_narrow_or_wide_signs(typed, number):
    assert meant(WholeNumber(), typed) == number


@pytest.mark.parametrize(
    "typed",
    [-1, "-1", 0, "0", 2.9, "2.9", "２．９", 2.0, "2.0", 1e3, 10_000, 10**9, "1000000000", FIVE_THOUSAND_DIGITS,
     *NOT_A_NUMBER, *NOT_EVEN_TEXT],
    ids=shortly,
)
def test_what_is_no_whole_number_within_the_limits_is_told_them(typed):
    assert refusal(WholeNumber(required=True), typed) == "Enter a whole number from 1 to 9999."


def test_each_whole_number_has_its_own_limits():
    assert meant(WholeNumber(least=0), "0") == 0
    assert meant(WholeNumber(least=-5), "-5") == -5
    assert refusal(WholeNumber(least=0, most=99), 100) == "Enter a whole number from 0 to 99."


@pytest.mark.parametrize("typed", ["", "  ", "　", None], ids=shortly)
@pytest.mark.parametrize("kind", [WholeNumber, Points, Yuan])
def test_a_number_that_is_needed_and_was_not_typed_is_asked_for(kind, typed):
    assert refusal(kind(required=True), typed) == "Please fill this in."


@pytest.mark.parametrize("typed", ["", "  ", "　", None], ids=shortly)
@pytest.mark.parametrize("kind", [WholeNumber, Points, Yuan])
def test_a_number_that_may_be_left_out_has_its_usual_value(kind, typed):
    assert meant(kind(load_default=0), typed) == 0


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [("36.5", 365), (36.5, 365), ("36.50", 365), ("３６．５", 365), (" 36.5 ", 365), (36, 360), ("36", 360),
     ("0.1", 1), (0.1, 1), ("9999.9", 99_999), (1e3, 10_000)],
    ids=shortly,
)
def test_points_are_kept_in_tenths(typed, tenths):
    assert meant(Points(), typed) == tenths


@pytest.mark.parametrize(
    "typed",
    ["36.55", 36.55, "0.01", 0.1 + 0.2, "-1", -1, "-0.5", "0", 0, "10000", 10_000, 10**9, 1e300, 1e-7, ".5", "36.",
     "36,5", "36.5分", FIVE_THOUSAND_DIGITS, *NOT_A_NUMBER, *NOT_EVEN_TEXT],
    ids=shortly,
)
def test_what_is_no_number_of_points_is_told_how_to_write_them(typed):
    assert refusal(Points(required=True), typed) == "Enter points from 0.1 to 9999.9, with at most one decimal."


def test_a_price_may_be_no_points_at_all():
    assert meant(Points(least=0), "0") == 0
    assert refusal(Points(least=0), "-0.1") == "Enter points from 0.0 to 9999.9, with at most one decimal."


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("12.34", 1234), (12.34, 1234), ("12.3", 1230), (12.5, 1250), (50, 5000), ("１２．３４", 1234), ("0.01", 1),
     ("999999.99", 99_999_999)],
    ids=shortly,
)
def test_yuan_are_kept_in_fen(typed, fen):
    assert meant(Yuan(), typed) == fen


@pytest.mark.parametrize(
    "typed",
    ["12.345", 12.345, "0", "-1", "1000000", 10**9, "¥5", "￥5", "5元", FIVE_THOUSAND_DIGITS, *NOT_A_NUMBER,
     *NOT_EVEN_TEXT],
    ids=shortly,
)
def test_what_is_no_amount_of_money_is_told_how_to_write_it(typed):
    assert refusal(Yuan(), typed) == "Enter an amount in yuan from 0.01 to 999999.99, with at most two decimals."


@pytest.mark.parametrize(("kind", "kept", "said"), [(Points, 365, "36.5"), (Points, 0, "0.0"), (Yuan, 1234, "12.34")])
def test_what_is_kept_in_the_smallest_part_goes_out_as_a_decimal(kind, kept, said):
    assert kind().serialize("points", {"points": kept}) == said
    assert kind().serialize("points", {"points": None}) is None
