"""Pinyin initials: what a keeper types to find a name in a queue."""

import pytest

from ledger.registers.pinyin import AS_IN_A_WORD, SURNAMES, initials_of, surnames_meant


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("王秀兰", "wxl"), ("李成贵", "lcg"), ("马老四", "mls"), ("王", "w"),
        # Read otherwise as a surname than within a word.
        ("单雄信", "sxx"), ("仇英", "qy"), ("解缙", "xj"), ("区大相", "odx"), ("曾国藩", "zgf"),
        ("翟让", "zr"), ("查良镛", "zly"),
        ("王小单", "wxd"), ("张解放", "zjf"), ("李区", "lq"),
        # Surnames of two signs.
        ("欧阳修", "oyx"), ("司马光", "smg"), ("诸葛亮", "zgl"), ("尉迟恭", "ycg"), ("万俟卨", "mqx"), ("单于", "cy"),
        # Names with a dot, and letters.
        ("买买提·吐尔逊", "mmttex"), ("阿依古丽•艾山", "ayglas"), ("阿依古丽・艾山", "ayglas"), ("Alim Tursun", "at"),
        ("John·Smith", "js"), ("O'Neil", "on"), ("王Ann", "wa"), ("WANG", "w"),
        # Marks and blanks have no initial, nor has a sign too rare for any dictionary.
        ("王（大）", "wd"), ("王\U0002ebf0兰", "wl"), ("\U0002ebf0兰", "l"), ("王\U00020002兰", "wl"),
        ("·", ""), ("", ""),
    ],
)
def test_a_name_has_the_initials_people_would_type(name, initials):
    assert initials_of(name) == initials


def test_a_surname_is_meant_by_its_reading_within_a_word_too():
    assert surnames_meant("cxl") == [("仇", "qxl"), ("曾", "zxl"), ("查", "zxl")]
    assert surnames_meant("D") == [("单", "s"), ("翟", "z")]
    assert surnames_meant("wxl") == surnames_meant("") == []
    assert AS_IN_A_WORD.keys() <= SURNAMES.keys()
