"""The pages of the year's end and of support points: seen by the outlet, announced, and booked with one tap."""

import pytest

from tests.web.faults import faults
from tests.web.page import Page
from tests.web.test_printing import mark, press


@pytest.fixture
def quarterly(house):
    """The house on 2 April, where points lapse at a quarter's end above 5; the Wangs hold 30 merit points."""
    house.county.setting("lapse_period", "quarter")
    house.county.setting("carry_over", "50")
    house.county.book("LY01").write("2026-03-20 credit\n fund:merit -> purse:H001:merit POINT 300")
    house.county.move_to("2026-04-02")
    return house


def test_the_page_says_where_points_never_lapse(house):
    page = house.sit("lin").open("/books/LY01/lapses")
    assert "points do not lapse" in page.main.text
    assert not [form for form in page.all("form") if form["method"] == "post" and "lapses" in form["action"]]


def test_the_notice_hangs_and_the_run_is_booked_by_the_supervisor_with_one_tap(quarterly):
    mei, gao = quarterly.sit("mei"), quarterly.sit("gao")
    assert "25.0" in mei.open("/books/LY01/lapses").main.text
    shown = mei.fill("/books/LY01/lapses", {"place": "村务公开栏"}, to="/lapses")
    assert shown.status_code == 303
    assert "王秀兰" in mei.open(shown.location).main.text
    quarterly.county.move_to("2026-04-10")
    quarterly.county.book("LY01").redeem("H001", salt=1)
    quarterly.county.move_to("2026-04-20")
    assert "梅小雨 (mei)" in mei.open("/books/LY01/lapses").main.text
    assert "Let these points lapse" not in mei.open(shown.location).main.text
    booked = gao.fill(shown.location, {}, to="/confirmation")
    assert booked.status_code == 303
    assert "Lapsed at year's end" in gao.open(booked.location).main.text


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Points that lapse", "Serial no. 示-2026-0003", "On the board 2026-04-02 through 2026-04-17",
            "Where it hangs 村务公开栏", "Posted by 梅小雨 (mei)", "what is above 5.0 lapses", "Objections to"]),
    ("zh_Hans_CN", ["失效积分公告", "单据号 示-2026-0003", "公示起止 2026-04-02 至 2026-04-17",
                    "公示地点 村务公开栏", "张贴人 梅小雨 (mei)", "异议受理人"]),
])
def test_what_lapses_is_a_paper_for_the_board_with_its_number_and_its_prints_are_counted(quarterly, language, words):
    run = quarterly.sit("mei", language).fill("/books/LY01/lapses", {"place": "村务公开栏"}, to="/lapses").location
    page = quarterly.sit("mei", language).open(run)
    [at] = [one["href"] for one in page.main.all("a") if one["href"].endswith("/paper")]
    paper = press(quarterly, "mei", at, language)
    rows = [[cell.text for cell in row.all("td", "th")] for row in next(paper.main.all("table")).all("tr")]
    assert rows[1] == ["1", "1", "王秀兰", "H001", "25.0", ""] and rows[-1][1] == "25.0"
    for said in words:
        assert said in paper.text
    assert [mark(paper), mark(press(quarterly, "gao", at))] == ["", "Copy, print no. 2"]
    assert faults(quarterly.sit("mei", language).get(at).text, language) == []
    assert "王秀兰" not in quarterly.sit("luo").open(at).text


def test_the_paper_of_a_run_that_was_taken_back_says_so(quarterly):
    quarterly.sit("mei").fill("/books/LY01/lapses", {"place": "村务公开栏"}, to="/lapses")
    liuhe = quarterly.county.book("LY01")
    liuhe.reverse({"number": len(liuhe.kinds())}, by="gao", reason="a slip")
    assert mark(quarterly.sit("mei").open("/books/LY01/lapses/1/paper")) == "Preview Withdrawn"
    assert quarterly.sit("mei").get("/books/LY01/lapses/2/paper").status_code == 404


def test_what_is_refused_stands_on_the_same_page_with_what_was_typed(quarterly):
    mei = quarterly.sit("mei", "zh_Hans_CN")
    refused = mei.fill("/books/LY01/lapses", {"place": "大槐树", "through": "2026-03-30"}, to="/lapses")
    assert refused.status_code == 422
    assert "大槐树" in refused.text and "最后一天" in refused.text


def test_the_list_that_leaves_masks_names(quarterly):
    file = quarterly.sit("mei").get("/books/LY01/lapses?format=csv").get_data().decode("utf-8-sig")
    assert "王**" in file and "王秀兰" not in file


def test_a_right_is_recorded_and_the_months_sheet_is_drawn_with_one_press(house):
    mei, lin = house.sit("mei"), house.sit("lin")
    recorded = mei.fill(
        "/books/LY01/support", {"household": "H006", "points": "20", "paper_number": "评2026-3"}, to="/support"
    )
    assert recorded.status_code == 303
    assert "20.0" in lin.open("/books/LY01/support").main.text
    drawn = lin.fill("/books/LY01/support", {"minutes": "2026-3"}, to="/sheets")
    assert drawn.status_code == 303
    sheet = lin.open(drawn.location).main.text
    assert "H006" in sheet and "20.0" in sheet
    assert "Nobody is left" in lin.open("/books/LY01/support").main.text


def test_a_right_to_more_than_the_rule_gives_is_named_and_left_out_of_the_sheet(house):
    mei = house.sit("mei", "zh_Hans_CN")
    for household, points in (("H006", "20"), ("H001", "200")):
        mei.fill("/books/LY01/support", {"household": household, "points": points, "paper_number": "3"}, to="/support")
    april = "/books/LY01/support?rule=BASE&period=2026-04"
    assert "未列入：H001" in mei.open(april).main.text and "基本保障积分" in mei.open(april).main.text
    sheet = mei.open(mei.fill(april, {"minutes": "2026-4"}, to="/sheets").location).main.text
    assert "H006" in sheet and "H001" not in sheet


@pytest.mark.parametrize(("language", "sentences"), [
    ("en", ["Household H006 has no right to support points in 2026-03. Record the right from its paper first.",
            "The right of household H003 is to 20.0 points each time, not to 30.0.",
            "Household H001 has been given its support points of 2026-03 by rule BASE already."]),
    ("zh_Hans_CN", ["H006 这户在 2026-03 没有保障资格，请先凭文件登记资格。",
                    "H003 这户的资格是每次 20.0 分，不是 30.0 分。",
                    "H001 这户 2026-03 的保障积分已按 BASE 发过了。"]),
])
def test_support_points_are_drawn_by_right_and_once_also_by_hand(house, language, sentences):
    # Sheet 1 of March holds 100 points for the Wangs.
    house.county.rule("BASE", since="2026-01-03", cap_month=1000)
    mei = house.sit("mei", language)
    for household in ("H001", "H003"):
        right = {"household": household, "points": "20", "paper_number": "3", "valid_from": "2026-03-01"}
        assert mei.fill("/books/LY01/support", right, to="/support").status_code == 303
    typed = {"period": "2026-03", "purse": "support"}
    for place, (household, points) in enumerate([("H006", "10"), ("H003", "30"), ("H001", "20")]):
        typed |= {f"lines-{place}-household": household, f"lines-{place}-rule": "BASE", f"lines-{place}-points": points}
    with house.untouched():
        answer = mei.fill("/books/LY01/sheets/new", typed, to="/books/LY01/sheets")
    fields = ("lines-0-household", "lines-1-points", "lines-2-household")
    assert (answer.status_code, Page(answer.text).errors()) == (
        422, {field: [sentence] for field, sentence in zip(fields, sentences, strict=True)}
    )


@pytest.mark.parametrize(("language", "free"), [
    ("en", "BASE has no cap for the month, so it is help in hardship and asks for no right."),
    ("zh_Hans_CN", "BASE 没有每月上限，按临时救助算，不要求有保障资格。"),
])
def test_the_page_says_of_a_rule_that_it_asks_for_no_right(house, language, free):
    assert free in house.sit("mei", language).open("/books/LY01/support").main.text
    house.county.rule("BASE", since="2026-01-03", cap_month=1000)
    assert free not in house.sit("mei", language).open("/books/LY01/support").main.text


def test_a_right_for_an_unknown_household_is_refused_at_its_field(house):
    refused = house.sit("mei", "zh_Hans_CN").fill(
        "/books/LY01/support", {"household": "H999", "points": "20", "paper_number": "3"}, to="/support"
    )
    assert refused.status_code == 422
    assert 'id="household-error"' in refused.text and "H999" in refused.text


def test_a_right_is_ended_by_a_paper(house):
    mei = house.sit("mei")
    mei.fill("/books/LY01/support", {"household": "H001", "points": "20", "paper_number": "评2026-3"}, to="/support")
    ended = mei.fill(
        "/books/LY01/support",
        {"household": "H001", "valid_from": "2026-03-06", "valid_through": "2026-03-31", "paper_number": "评2026-9"},
        to="/support/end",
    )
    assert ended.status_code == 303
    assert "评2026-3 / 评2026-9" in mei.open("/books/LY01/support").main.text


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_an_end_that_would_make_a_right_longer_is_refused_at_its_field(house, language):
    mei = house.sit("mei", language)
    right = {"household": "H001", "points": "20", "valid_through": "2026-06-30", "paper_number": "评2026-3"}
    mei.fill("/books/LY01/support", right, to="/support")
    end = {"household": "H001", "valid_from": "2026-03-06", "valid_through": "2027-12-31", "paper_number": "评2026-9"}
    with house.untouched():
        refused = mei.fill("/books/LY01/support", end, to="/support/end")
    sentence = {
        "en": "This right ends on 2026-06-30 already. If it is to hold longer, record a new right from the day after.",
        "zh_Hans_CN": "这项资格本来到2026-06-30止。要再延长，请从第二天起另登记一项资格。",
    }[language]
    page = Page(refused.text)
    assert (refused.status_code, page.errors()) == (422, {"valid_through": [sentence]})
    inputs = page.form("/support/end")[1]
    assert {name: inputs[name] for name in end} == end, "what was typed stands in the form it was typed in"
