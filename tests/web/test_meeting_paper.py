"""The paper of the meeting: each line with its decision, and room for the members to sign."""

import pytest

from ledger.web.words import LANGUAGES
from tests.web.faults import faults
from tests.web.test_printing import mark, press

WORDS = {
    "en": ["points assessed for 2026-03", "Meeting 2026-03-06", "Minutes no. 7", "Members due 7 Members present 5",
           "Members present: name, signature or thumb print", "Who led the meeting"],
    "zh_Hans_CN": ["六河村2026年03月积分评议表", "评议会日期 2026-03-06", "会议记录号 7", "应到人数 7 实到人数 5",
                   "到会成员签名或按手印", "主持人"],
}
DECIDED = {
    "en": ["Passed", "Not passed", "Put off"], "zh_Hans_CN": ["评议通过", "未通过", "暂缓"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_of_the_meeting_names_every_line_with_its_decision_and_has_room_for_who_signs(house, language):
    """Seven were due and five came on 6 March; they gave the Wangs 8 points, refused one line and put one off."""
    n = house.county.book("LY01").draw(due=7, present=5, minutes="7", lines=[
        {"household": "H001", "rule": "WORK", "points": 80, "evidence": "修桥"},
        {"household": "H003", "rule": "CLEAN", "status": "refused"},
        {"household": "H006", "rule": "CLEAN", "status": "deferred"},
    ])["n"]
    at = house.sit("mei", language).open(f"/books/LY01/sheets/{n}").main
    [leads] = [one["href"] for one in at.all("a") if one["href"].endswith("/paper")]
    page = house.sit("mei", language).open(leads)
    lines, hands = page.main.all("table")
    rows = [[cell.text for cell in row.all("td", "th")] for row in lines.all("tr")][1:]
    assert rows[0][2:-1] == ["H001", "王秀兰", "WORK 公益劳动 修桥", "8.0", "8.0"]
    assert [row[-1] for row in rows[:3]] == DECIDED[language]
    assert [row[6] for row in rows[1:3]] == ["", ""] and rows[-1][1] == "8.0"
    assert [cell.text for cell in hands.all("td")] == ["1", "2", "3", "4", "5", "", "", ""]
    for said in WORDS[language]:
        assert said in page.text
    assert faults(house.sit("mei", language).get(leads).text, language) == []
    elsewhere = house.sit("luo", language).open(leads).text
    assert "王**" in elsewhere and "王秀兰" not in elsewhere and "修桥" not in elsewhere


def test_the_paper_of_a_sheet_of_support_points_gives_no_reason_and_a_sheet_of_nothing_says_so(house):
    text = house.sit("mei").open("/books/LY01/sheets/1/paper").text
    assert "held at the Wus" in text and "BASE" not in text and "基本保障" not in text
    n = house.county.book("LY01").draw(nothing=1)["n"]
    page = house.sit("mei").open(f"/books/LY01/sheets/{n}/paper")
    assert "the meeting gave no points" in page.text
    assert len(list(list(page.main.all("table"))[1].all("td"))) == 12, "how many came is not said, so there is room"


def test_the_paper_of_the_meeting_is_counted_and_says_that_the_sheet_was_reversed(house):
    at = "/books/LY01/sheets/3/paper"
    assert [mark(press(house, "mei", at)) for _ in range(2)] == ["", "Copy, print no. 2"]
    house.county.book("LY01").reverse({"number": 8}, by="gao", reason="another month")
    assert "Reversed" in house.sit("mei").open(at).text
