"""Words at the door: kept as they were typed, without what nobody sees. Choices: one of a few, yes or no."""

import pytest

from ledger.terms import Purse
from schemas.fields import OneOf, Words, YesNo
from tests.schemas.reading import meant, refusal, shortly

YOUNG = "王\U0002ebf0兰"
"""A name with a letter of Unicode 15.1, made for people's names; Python 3.11 does not know it yet."""


@pytest.mark.parametrize(
    "typed",
    ["王秀兰", "买买提·吐尔逊", YOUNG, "王\ue863", "O'Neil", "<b>&\"", "=1+1", "%s %(name)s {0}", "'; DROP TABLE x",
     "–5 °C", "🧧"],
    ids=shortly,
)
def test_words_are_kept_letter_by_letter(typed):
    assert meant(Words(), typed) == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" 王秀兰 ", "王秀兰"), ("　王　秀兰", "王 秀兰"), ("王\t秀兰", "王 秀兰"), ("wet\r\nand torn", "wet and torn"),
     ("王\x00秀\x7f兰", "王秀兰"), ("\u202eabc", "abc"), ("\ufeff王\u200b秀兰", "王秀兰"), ("王\ud800秀兰", "王秀兰")],
    ids=shortly,
)
def test_blanks_and_control_signs_are_put_in_order(typed, kept):
    assert meant(Words(), typed) == kept


def test_words_have_a_length_and_tell_how_far_it_was_passed():
    assert meant(Words(most=20), "好" * 20) == "好" * 20
    assert refusal(Words(most=20), "好" * 21) == "At most 20 characters; this has 21."
    assert refusal(Words(most=20), "x" * 5000) == "At most 20 characters; this has 5000."


def test_what_nobody_sees_does_not_count_as_length():
    assert meant(Words(most=3), "\u200b" * 5000 + "王 秀" + " " * 5000) == "王 秀"


@pytest.mark.parametrize(
    "typed", ["", "   ", "　", "\n\t", "\x00", "\x00 \x00", "\u200b\u200b", "\ud800", None], ids=shortly
)
def test_words_of_blanks_only_are_no_words(typed):
    assert refusal(Words(required=True), typed) == "Please fill this in."
    assert not meant(Words(load_default=""), typed)


@pytest.mark.parametrize("typed", [0, 12, 2.9, True, [], ["x"], {}], ids=shortly)
def test_what_is_no_text_is_no_words(typed):
    assert refusal(Words(), typed) == "Enter words here."


@pytest.mark.parametrize("typed", ["merit", Purse.MERIT], ids=repr)
def test_a_choice_is_one_of_its_words(typed):
    assert meant(OneOf(Purse), typed) == "merit"


@pytest.mark.parametrize(
    "typed", ["Merit", "merit ", "x", "support merit", 0, True, [], ["merit"], {}, "m" * 5000], ids=shortly
)
def test_any_other_choice_is_told_what_there_is(typed):
    assert refusal(OneOf(Purse), typed) == "Choose one of: support, merit."


def test_a_choice_that_is_needed_is_asked_for():
    assert refusal(OneOf(Purse, required=True), "") == "Please fill this in."


@pytest.mark.parametrize("typed", [True, 1, "1", "on", "true", "yes"], ids=shortly)
def test_a_ticked_box_is_yes(typed):
    assert meant(YesNo(), typed) == 1


@pytest.mark.parametrize("typed", [False, 0, "0", "false", "no", "", None], ids=shortly)
def test_a_box_not_ticked_is_no(typed):
    assert meant(YesNo(load_default=0), typed) == 0


@pytest.mark.parametrize("typed", [2, -1, 0.5, "2", "x", "maybe", [], [1], {}, "1" * 5000], ids=shortly)
def test_anything_else_is_neither(typed):
    assert refusal(YesNo(), typed) == "Answer yes or no."
