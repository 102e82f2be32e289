"""Days, months and codes at the door: written in many ways, kept in one."""

from datetime import date

import pytest

from ledger.operations.serial import SIGNS
from schemas.fields import Code, Day, PaperNumber
from schemas.registers import Digits, IdTail, Phone, SignInName
from schemas.sheet import Month
from tests.schemas.reading import meant, refusal, shortly

LONG = "A" * 5000
NO_TEXT = [0, 31, 20260306, 2.9, True, [], ["H0031"], {}]


@pytest.mark.parametrize(
    "typed",
    ["2026-03-06", "2026-3-6", "2026/03/06", "2026.3.6", "2026年3月6日", " 2026-03-06 ",
     "２０２６－０３－０６", "２０２６／３／６"],
    ids=shortly,
)
def test_a_day_may_be_written_in_many_ways(typed):
    assert meant(Day(), typed) == date(2026, 3, 6)


def test_a_leap_day_is_a_day():
    assert meant(Day(), "2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "typed",
    ["2026-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "10000-01-01", "06-03-2026",
     "20260306", "2026-03", "2026-03-06T10:00", "٢٠٢٦-٠٣-٠٦", "today", "三月六日", "2026-03-06'; --", LONG, *NO_TEXT],
    ids=shortly,
)
def test_what_is_no_day_is_told_how_to_write_one(typed):
    assert refusal(Day(), typed) == "Enter a day as year-month-day, such as 2026-03-06."


@pytest.mark.parametrize("typed", ["2026-10", "２０２６－１０", " 2026-10 "], ids=shortly)
def test_a_month_is_kept_in_narrow_signs(typed):
    assert meant(Month(), typed) == "2026-10"


@pytest.mark.parametrize(
    "typed",
    ["2026-13", "2026-00", "0000-10", "2026-1", "2026", "202610", "26-10", "٢٠٢٦-١٠", "2026-10-01", LONG, *NO_TEXT],
    ids=shortly,
)
def test_what_is_no_month_is_told_how_to_write_one(typed):
    assert refusal(Month(), typed) == "Enter a month as year-month, such as 2026-10."


@pytest.mark.parametrize(
    ("typed", "code"),
    [("H0031", "H0031"), ("h0031", "H0031"), ("Ｈ００３１", "H0031"), ("ｈ００３１", "H0031"), (" G001 ", "G001"),
     ("rice-5kg", "RICE-5KG"), ("7", "7"), ("A" * 24, "A" * 24)],
    ids=shortly,
)
def test_a_code_is_read_as_meant(typed, code):
    assert meant(Code(), typed) == code


WRONG_CODES = [
    "王", "H0031号", "A B", "-A", "A-", "-", "A_B", "A.B", "A" * 25, LONG, "../../etc/passwd", "LY01/H0031", "Ａ／Ｂ",
    "..", "A\\B", "A\x00B", "A\nB", "A%", "=A1", "<b>", "A;B", "ß1", "ı1", "é1", *NO_TEXT,
]


@pytest.mark.parametrize("typed", WRONG_CODES, ids=shortly)
def test_what_is_no_code_is_told_what_one_looks_like(typed):
    assert refusal(Code(example="G001"), typed) == "Enter a code of letters, digits and hyphens, such as G001."


@pytest.mark.parametrize(
    "typed", ["610727195001011234", "61072719500101123X", "61072719500101123x", "610727-19500101-1234",
              "６１０７２７１９５００１０１１２３４", "H-610727195001011234", "H61072719500101123X"],
)
def test_a_whole_id_number_is_no_code(typed):
    said = "This is a whole ID number, and none is kept here. Enter another one, such as 610001."
    assert refusal(Code(example="610001"), typed) == said


@pytest.mark.parametrize("typed", ["61072719500101123", "6107271950010112345", "91610727MA6XABCD1X", "6901234567892"])
def test_what_is_longer_or_shorter_or_has_letters_within_is_none(typed):
    assert meant(Code(), typed) == typed


@pytest.mark.parametrize(
    ("typed", "name"),
    [("lin", "lin"), ("Lin", "lin"), ("ｌｉｎ", "lin"), ("ly01-lin", "ly01-lin"), (" ab ", "ab")],
    ids=shortly,
)
def test_a_sign_in_name_is_kept_small(typed, name):
    assert meant(SignInName(), typed) == name


@pytest.mark.parametrize(
    "typed", ["a", "a" * 25, "l i", "林", "lin_", "--", "-lin", "lin-", "ßß", LONG, *NO_TEXT], ids=shortly
)
def test_what_is_no_sign_in_name_is_told_what_one_looks_like(typed):
    said = "Enter 2 to 24 small letters, digits or hyphens, such as ly01-lin."
    assert refusal(SignInName(), typed) == said


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0031", "0031"), ("兑-2026-0007", "兑-2026-0007"), ("调－２０２６－０７", "调-2026-07"), ("a12", "A12"),
     ("2026/31", "2026/31")],
    ids=shortly,
)
def test_the_number_of_a_paper_is_kept_as_it_is_printed(typed, number):
    assert meant(PaperNumber(), typed) == number


@pytest.mark.parametrize("sign", [*SIGNS.values(), "评", "册"])
def test_every_paper_of_the_county_may_be_named_by_its_own_number(sign):
    assert meant(PaperNumber(), f"{sign}-2026-0012") == f"{sign}-2026-0012"
    assert meant(PaperNumber(), f"{sign}-12") == f"{sign}-12"


@pytest.mark.parametrize(
    "typed",
    ["王秀兰", "王7", "兑", "兑兑7", "---", "paper", "给 7", "7 号", "ß1", "1" * 25, LONG, *NO_TEXT],
    ids=shortly,
)
def test_a_paper_number_has_no_room_for_a_name(typed):
    assert refusal(PaperNumber(), typed) == "Enter the number as it is printed, such as 0031 or 兑-2026-0007."


@pytest.mark.parametrize(
    ("typed", "tail"),
    [("123X", "123X"), ("123x", "123X"), ("１２３Ｘ", "123X"), (1234, "1234"), ("4", "4")],
    ids=shortly,
)
def test_the_end_of_an_id_number_is_at_most_four_signs(typed, tail):
    assert meant(IdTail(), typed) == tail


@pytest.mark.parametrize(
    "typed", ["610727195003061234", "12345", "X123", "王", "12-4", -12, 1.5, True, [], LONG], ids=shortly
)
def test_a_whole_id_number_is_refused(typed):
    assert refusal(IdTail(), typed) == "Enter at most the last four signs of the ID number, such as 123X."


@pytest.mark.parametrize(("typed", "kept"), [("0916-4822333", "0916-4822333"),
                                             ("１３８００００１１１１", "13800001111"),
                                             ("+86 138 0000 1111", "+86 138 0000 1111"), ("(0916) 482", None),
                                             ("not a phone", None), ("12", None), ("1" * 40, None)])
def test_a_phone_number_is_one(typed, kept):
    said = refusal(Phone(), typed) if kept is None else meant(Phone(), typed)
    assert said == (kept or "Enter a phone number, such as 0916-4822333.")


@pytest.mark.parametrize(("typed", "kept"), [("610727101208", "610727101208"),
                                             ("６１０７２７１０１２０８", "610727101208"),
                                             ("abc", None), ("61072710120", None), ("6107271012080", None)])
def test_a_division_code_has_twelve_digits(typed, kept):
    said = refusal(Digits(12), typed) if kept is None else meant(Digits(12), typed)
    assert said == (kept or "Enter 12 digits.")
