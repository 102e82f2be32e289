"""Masking: what the web may show of a name, a phone number and the end of an ID number."""

import pytest

from ledger.registers.masking import masked


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("name", "王秀兰", "王**"), ("name", "李旺", "李*"), ("name", "王", "王*"), ("name", "欧阳修文", "欧**"),
        ("name", "买买提·吐尔逊", "买**"), ("name", "John Smith", "J**"), ("name", "\U0002ebf0兰", "\U0002ebf0*"),
        ("phone", "13812345678", "138****5678"), ("phone", "138 1234 5678", "138****5678"),
        ("phone", "029-88123456", "029****3456"), ("phone", "2212345", "****45"), ("phone", "12345", "****5"),
        ("phone", "1234", "****"), ("phone", "12", "****"),
        ("id_tail", "123X", "***X"), ("id_tail", "7", "***7"),
        ("name", "", ""), ("phone", "", ""), ("id_tail", "", ""),
    ],
)
def test_a_personal_value_is_shown_in_part(kind, text, shown):
    assert masked(kind, text) == shown


@pytest.mark.parametrize("kind", ["name", "phone", "id_tail"])
@pytest.mark.parametrize("length", range(2, 20))
def test_a_mask_never_shows_the_whole_and_never_more_than_seven_signs(kind, length):
    text = "abcdefghijklmnopqrst"[:length]
    shown = masked(kind, text).replace("*", "")
    assert len(shown) < length
    assert len(shown) <= 7


def test_what_has_no_mask_is_a_fault_and_not_shown():
    with pytest.raises(ValueError, match="no mask for address"):
        masked("address", "六河村 3 号")
