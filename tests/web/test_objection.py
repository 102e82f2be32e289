"""The pages of a notice and its objections: what hangs and why so long, who objects, who answers, and the paper.

In the house of 6 March sheet 2 of Liuhe (the Wangs, CLEAN) has hung since 26 February and may be credited; Mei drew it.
Sheet 3 (the Wangs, WORK) waits for its notice.
"""

import pytest

from tests.web.page import Page

SHEET, OBJECTIONS = "/books/LY01/sheets/2", "/books/LY01/sheets/2/objections"
SAID = {"line": "1", "way": "spoken", "words": "the yard was not swept", "objector": "H003"}
ANSWER = {"result": "not-upheld", "decided_by": "committee", "words": "we looked: it is swept"}


@pytest.fixture
def raised(house):
    """An objection of the Zhangs, taken in by the supervisor."""
    answer = house.sit("gao").fill(f"{SHEET}?do=object", SAID, "/objections")
    assert (answer.status_code, answer.location) == (303, f"{OBJECTIONS}/1")
    return answer.location


def cells(page, caption):
    """Return the rows of a table of a page, cell by cell."""
    (table,) = [one for one in page.main.all("table") if caption in next(one.all("caption")).text]
    return [[cell.text for cell in row.all("td")] for row in list(table.all("tr"))[1:]]


# The notice

def test_before_it_hangs_the_page_says_through_which_day_it_would_and_why(house):
    seen = house.sit("mei").open("/books/LY01/sheets/3").text
    assert "If it goes up today, it hangs through 2026-03-13." in seen
    assert "7 days are counted after the day it goes up, weekends and holidays too." in seen


def test_working_days_name_the_holidays_left_out_and_the_weekends_worked(house):
    house.county.setting("notice_kind", "working", since="2026-01-01")
    house.county.book("LY01").hang(3)
    assert "7 working days are counted after the day it goes up" in house.sit("mei").open("/books/LY01/sheets/3").text
    house.county.move_to("2026-09-18")
    house.county.book("LY01").hang(3, reason="rain")
    seen = house.sit("mei").open("/books/LY01/sheets/3").text
    assert "2026-09-18 through 2026-09-29" in seen
    assert "Not counted: 中秋节, 2026-09-25 to 2026-09-27." in seen
    assert "Worked and counted: 2026-09-20." in seen
    assert "not known" not in seen


def test_a_year_whose_holidays_nobody_has_published_is_named(house):
    house.county.setting("notice_kind", "working", since="2026-01-01")
    house.county.move_to("2026-12-29")
    house.county.book("LY01").hang(3)
    seen = house.sit("mei").open("/books/LY01/sheets/3").text
    assert "The public holidays of 2027 are not known here yet; every Monday to Friday is counted." in seen


def test_a_sheet_is_hung_again_with_a_reason_and_taken_down(house):
    mei = house.sit("mei")
    again = mei.fill(f"{SHEET}?do=again", {"reason": "rain", "place": "at the mill"}, "/notice")
    assert (again.status_code, again.location) == (303, SHEET)
    seen = mei.open(SHEET).text
    assert "at the mill · 2026-03-06 through 2026-03-13" in seen
    assert "Hung again, so its days count anew: rain." in seen
    page = mei.open(f"{SHEET}?do=down")
    assert "Taken down before, it must hang again with all its days." in page.text
    assert mei.fill(f"{SHEET}?do=down", {}, "/notice/end").status_code == 303
    assert "Taken down LY01-13 2026-03-06 梅小雨 (mei)" in mei.open(SHEET).text


def test_hanging_it_again_without_a_reason_is_refused_at_its_field_with_what_was_typed(house):
    with house.untouched():
        refused = house.sit("mei").fill(f"{SHEET}?do=again", {"reason": " ", "place": "at the mill"}, "/notice")
    page = Page(refused.text)
    assert refused.status_code == 422
    assert page.errors() == {
        "reason": ["Sheet 2 hangs already. To hang it again, so that its days count anew, say why."]
    }
    assert page.form("/notice")[1]["place"] == "at the mill"


# Objections

def test_an_objection_is_taken_in_and_the_line_says_that_it_waits(house, raised):
    page = house.sit("mei").open(SHEET)
    assert cells(page, "Points sheet")[0][-1] == "Objection being looked into"
    assert cells(page, "Objections")[0][:7] == [
        "1", "2026-03-06", "By word of mouth", "1", "H001", "the yard was not swept", "2026-03-16"
    ]
    shown = house.sit("mei").open(raised).text
    assert "王秀兰 H001 · CLEAN · 5.0" in shown and "To be answered" in shown and "H003" in shown


def test_who_objects_is_shown_only_to_who_may_answer(house, raised):
    assert "H003" not in house.sit("chen").open(raised).text
    assert "H003" not in house.sit("gao").open(SHEET).text


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"line": "9"}, "line", "There is no line 9."),
        ({"line": "2.9"}, "line", "Enter a whole number from 1 to 9999."),
        ({"words": ""}, "words", "Please fill this in."),
        ({"objector": "H999"}, "objector", "There is no household H999."),
        ({"way": "anonymous"}, "objector", "An anonymous objection names no household."),
    ],
)
def test_a_wrong_objection_is_refused_at_its_field(house, typed, field, sentence):
    with house.untouched():
        refused = house.sit("bao").fill(f"{SHEET}?do=object", {**SAID, **typed}, "/objections")
    page = Page(refused.text)
    assert (refused.status_code, page.errors()) == (422, {field: [sentence]})
    assert page.form("/objections")[1]["words"] == {**SAID, **typed}["words"]


def test_it_is_answered_once_with_words_and_a_result(house, raised):
    done = house.sit("gao").fill(raised, ANSWER, "/answer")
    assert (done.status_code, done.location) == (303, raised)
    shown = house.sit("mei").open(raised).text
    assert "Not upheld" in shown and "we looked: it is swept" in shown
    assert cells(house.sit("mei").open(SHEET), "Points sheet")[0][-1] == "Notice has run"
    with house.untouched():
        again = house.sit("gao").send(f"{raised}/answer", {**ANSWER, "occurred_on": "2026-03-06"})
    assert Page(again.text).summary() == ["Objection 1 has been answered already."]


def test_no_answer_is_chosen_beforehand(house, raised):
    with house.untouched():
        refused = house.sit("gao").fill(raised, {"words": "we looked"}, "/answer")
    assert Page(refused.text).errors() == {"result": ["Please fill this in."]}


def test_what_is_put_right_leads_to_a_sheet_of_its_own(house):
    liuhe = house.county.book("LY01")
    liuhe.hang(3)
    liuhe.object(3, 1, by="gao")
    at = "/books/LY01/sheets/3/objections/1"
    with house.untouched():
        refused = house.sit("gao").fill(at, {**ANSWER, "result": "corrected", "points": "10.5"}, "/answer")
    page = Page(refused.text)
    assert page.errors() == {"points": ["WORK gives from 5.0 to 10.0 points."]}
    assert page.form("/answer")[1]["result"] == "corrected"
    with house.untouched():
        refused = house.sit("gao").fill(at, {**ANSWER, "points": "6"}, "/answer")
    assert Page(refused.text).errors() == {"points": ["Leave the points empty, or choose that the line is put right."]}
    house.sit("gao").fill(at, {**ANSWER, "result": "corrected", "points": "６"}, "/answer")
    assert "Upheld: put right · Sheet 4" in house.sit("gao").open(at).text
    assert cells(house.sit("gao").open("/books/LY01/sheets/3"), "Points sheet")[0][-1] == "Upheld: put right"
    assert "WORK 公益劳动 6.0" in house.sit("gao").open("/books/LY01/sheets/4").text
    paper = house.sit("gao").open("/books/LY01/sheets/4/notice").text
    assert "Put right and hung again" in paper and "Puts right sheet 3" in paper
    assert "(batch 4 of the month; □ first time, ☑ put right and hung again)" in paper


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Meeting 2026-03-06", "Minutes no. 7", "Puts right sheet 4 Put right on 2026-03-09"]),
    ("zh_Hans_CN", ["评议会日期 2026-03-06", "会议记录号 7", "更正评议表 4 更正日期 2026-03-09"]),
])
def test_what_is_put_right_names_the_meeting_that_gave_the_points_and_the_day_it_was_put_right(house, language, words):
    """The meeting of 6 March, minutes 7, draws up sheet 4; on the 9th the committee puts its line right."""
    liuhe = house.county.book("LY01")
    n = liuhe.on_notice(("H003", "WORK", 80), minutes="7")
    liuhe.object(n, 1)
    house.county.move_to("2026-03-09")
    liuhe.answer(n, 1, "corrected", by="gao", points=60)
    paper = house.sit("gao", language).open(f"/books/LY01/sheets/{n + 1}/notice").text
    for said in words:
        assert said in paper


def test_who_scored_the_line_proposes_and_the_town_gives_the_answer_with_one_tap(house, raised):
    mei, luo = house.sit("mei"), house.sit("luo")
    assert "the town checks your answer before it counts" in mei.open(raised).text
    mei.fill(raised, {**ANSWER, "result": "cancelled"}, "/answer")
    assert "梅小雨 (mei), who scored this line, proposes: Upheld: struck · we looked" in mei.open(raised).text
    assert "the answer waits for the town, 10 days left" in luo.open("/books/LY01/").text
    assert "Give this answer" not in house.sit("gao").open(raised).text
    assert luo.fill(raised, {}, "/answer/confirmation").location == raised
    assert "Upheld: struck" in mei.open(raised).text
    assert "Withdrawn" in mei.open(SHEET).text, "it was the only line"


def test_points_the_rule_does_not_give_are_refused_before_the_town_is_asked(house, raised):
    with house.untouched():
        refused = house.sit("mei").fill(raised, {**ANSWER, "result": "corrected", "points": "50"}, "/answer")
    assert Page(refused.text).errors() == {"points": ["CLEAN gives 5.0 points, neither more nor less."]}


def test_a_relative_of_who_objects_is_refused_without_being_told_who_it_is(house, raised):
    with house.untouched():
        refused = house.sit("lin").fill(raised, ANSWER, "/answer")
    assert Page(refused.text).summary() == [
        "An objection here concerns you or a relative; another person must do this."
    ]


# Today, and crediting

def test_today_counts_the_days_that_are_left_and_shows_in_red_what_is_late(house, raised):
    assert "Objection 1 to sheet 2: to be answered, 10 days left" in house.sit("gao").open("/books/LY01/").text
    house.county.move_to("2026-03-17")
    page = house.sit("gao").open("/books/LY01/")
    late = [one.text for one in page.main.all("li") if one["class"] == "expired" and "Objection" in one.text]
    assert late == ["Objection 1 to sheet 2: should have been answered by 2026-03-16"]
    assert "2026-03-16: late" in house.sit("gao").open(raised).text


def test_today_does_not_offer_to_credit_what_only_waits_for_an_answer(house, raised):
    seen = house.sit("gao").open("/books/LY01/").text
    assert "Sheet 2, 2026-03, Merit points: the rest waits for the answer to an objection" in seen


def test_crediting_leaves_what_waits_and_the_page_says_why(house):
    liuhe = house.county.book("LY01")
    n = liuhe.on_notice(("H001", "CLEAN"), ("H003", "CLEAN"), ("H006", "CLEAN"))
    house.county.move_to("2026-03-14")
    liuhe.object(n, 1, by="luo")
    assert house.sit("gao").fill(f"/books/LY01/sheets/{n}", {}, "/credit").status_code == 303
    states = [row[-1] for row in cells(house.sit("gao").open(f"/books/LY01/sheets/{n}"), "Points sheet")]
    assert states == ["Objection being looked into", "In the purse", "Waits to be credited by another person"]


def test_both_languages_say_the_same_things(house, raised):
    assert "异议核实中" in house.sit("mei", "zh_Hans_CN").open(SHEET).text
    page = house.sit("mei", "zh_Hans_CN").open(raised).text
    assert "口头" in page and "待答复" in page and "这一行由您评分" in page
    assert "待答复，还剩10日" in house.sit("mei", "zh_Hans_CN").open("/books/LY01/").text


# Who was left out

LEFT_OUT = {"household": "H006", "way": "spoken", "words": "my road work was not noted"}


def test_who_is_not_on_the_sheet_objects_by_household_and_it_stands_on_today_and_on_the_papers_back(house):
    bao, mei = house.sit("bao"), house.sit("mei")
    done = bao.fill(f"{SHEET}?do=object", LEFT_OUT, "/objections")
    assert (done.status_code, done.location) == (303, f"{OBJECTIONS}/1")
    shown = mei.open(done.location)
    assert "Not on the sheet 苏平 H006" in shown.text
    assert "You drew up this sheet or recorded a deed on it" in shown.text
    assert [option["value"] for option in shown.main.all("option")][:3] == ["", "not-upheld", "on-another-sheet"]
    assert "Objection 1 to sheet 2: to be answered, 10 days left" in mei.open("/books/LY01/").text
    page = mei.open(SHEET)
    assert cells(page, "Points sheet")[0][-1] == "Notice has run"
    assert cells(page, "Objections")[0][:6] == ["1", "2026-03-06", "By word of mouth", "", "H006", LEFT_OUT["words"]]
    answer = {"result": "on-another-sheet", "decided_by": "committee", "words": "noted for April"}
    assert house.sit("luo").fill(done.location, answer, "/answer").status_code == 303
    back = cells(mei.open(f"{SHEET}/notice"), "Objections")[0]
    assert (back[3], *back[6:]) == ("H006", "To be noted on another sheet", "2026-03-06 罗文 (luo)")


@pytest.mark.parametrize(("language", "typed", "field", "sentence"), [
    ("en", {"household": ""}, "household", "Enter the line, or the household that misses something on the sheet."),
    ("zh_Hans_CN", {"household": ""}, "household", "请填行号；表上漏记的，请填是哪一户。"),
    ("en", {"household": "H999"}, "household", "There is no household H999."),
    ("en", {"line": "1"}, "household", "Line 1 is household H001's. Leave the line or the household empty."),
])
def test_an_objection_without_a_line_is_refused_at_its_field(house, language, typed, field, sentence):
    with house.untouched():
        refused = house.sit("bao", language).fill(f"{SHEET}?do=object", {**LEFT_OUT, **typed}, "/objections")
    assert (refused.status_code, Page(refused.text).errors()) == (422, {field: [sentence]})


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Household that misses something", "For what a household misses on the sheet no line waits."]),
    ("zh_Hans_CN", ["漏记的农户", "反映漏记的，表上各行都不用等。"]),
])
def test_the_form_says_how_to_object_to_what_is_missing(house, language, words):
    page = house.sit("bao", language).open(f"{SHEET}?do=object").main.text
    assert all(word in page for word in words)


# The paper

def test_the_paper_tells_what_neighbours_need_and_has_room_for_objections_on_its_back(house, raised):
    page = house.sit("mei").open(f"{SHEET}/notice")
    front, back = page.main.all("table")
    rows = [[cell.text for cell in row.all("td", "th")] for row in front.all("tr")]
    assert rows[0][:5] == ["No.", "Group", "Head of household", "Household no.", "For what"]
    assert rows[0][5:] == ["Points", "Cut by the cap", "Note"]
    assert rows[1] == ["1", "1", "王秀兰", "H001", "CLEAN 庭院整洁", "5.0", "", "Objection being looked into"]
    assert rows[2] == ["blank below"]
    assert rows[3][:2] == ["Households 1 · points in all", "5.0"]
    assert "(batch 2 of the month; ☑ first time, □ put right and hung again)" in page.text
    assert "示-2026-0002" in page.text and "2026-02-26 through 2026-03-05" in page.text
    assert len(list(back.all("tr"))) == 12, "one objection and ten lines to write on"
    assert "not swept" not in page.text, "what was said against a neighbour is not printed for the board"


def test_the_paper_for_support_points_gives_no_reason_and_no_number(house):
    page = house.sit("mei").open("/books/LY01/sheets/1/notice")
    front = next(page.main.all("table"))
    rows = [[cell.text for cell in row.all("td", "th")] for row in front.all("tr")]
    assert rows[:3] == [
        ["No.", "Group", "Head of household", "Points", "Note"], ["1", "1", "王秀兰", "100.0", ""],
        ["2", "2", "马老四", "50.0", ""],
    ]
    assert not any(word in page.text for word in ("BASE", "基本保障", "H004"))


def test_names_are_whole_at_the_outlet_and_masked_elsewhere(house):
    assert "王秀兰" not in house.sit("luo").open(f"{SHEET}/notice").text
    assert "王**" in house.sit("luo").open(f"{SHEET}/notice").text


def test_balances_stand_on_the_paper_only_where_the_setting_says_so(house):
    assert "Available before" not in house.sit("mei").open(f"{SHEET}/notice").text
    house.county.setting("notice_balances", "yes", book="LY01")
    front = house.sit("mei").open(f"{SHEET}/notice").main.all("table")
    assert [cell.text for cell in list(next(front).all("tr"))[1].all("td")][5:9] == ["5.0", "", "0.0", "5.0"]


@pytest.mark.parametrize(("language", "heads"), [
    ("en", ["Available before", "Total if nobody objects"]), ("zh_Hans_CN", ["上期可用积分", "公示无异议后合计"]),
])
def test_the_total_is_of_all_the_lines_of_a_household_that_were_not_struck(house, language, heads):
    # The Wangs have 5 points of merit. Of their lines of 8, 6 and 5 points that of 6 is struck, the Zhangs' line stays.
    book = house.county.book("LY01")
    book.write("""
        2026-03-06 credit
          fund:merit -> purse:H001:merit POINT 50
    """)
    n = book.on_notice(("H001", "WORK", 80), ("H003", "WORK", 70), ("H001", "WORK", 60), ("H001", "CLEAN"), another=1)
    book.object(n, 3)
    book.answer(n, 1, "cancelled", by="luo")
    house.county.setting("notice_balances", "yes", book="LY01")
    front = next(house.sit("mei", language).open(f"/books/LY01/sheets/{n}/notice").main.all("table"))
    head, *rows = [[cell.text for cell in row.all("td", "th")] for row in front.all("tr")]
    assert head[7:9] == heads
    assert [[row[3], *row[5:9]] for row in rows[:4]] == [
        ["H001", "8.0", "", "5.0", "18.0"], ["H003", "7.0", "", "0.0", "7.0"],
        ["H001", "6.0", "", "5.0", "18.0"], ["H001", "5.0", "", "5.0", "18.0"],
    ]


def test_many_lines_are_summed_page_by_page_and_carried_forward(house):
    n = house.county.book("LY01").on_notice(*[("H001", "CLEAN")] * 48, another=1)
    text = [table.text for table in house.sit("mei").open(f"/books/LY01/sheets/{n}/notice").main.all("table")]
    assert "Sum of this page 110.0" in text[0] and "Carried forward" not in text[0]
    assert "Carried forward 110.0" in text[1] and "Carried forward 220.0" in text[2]
    assert "Households 1 · points in all 240.0" in text[2] and "blank below" in text[2]
    assert "blank below" not in text[0] + text[1]


# Programs

def test_a_program_objects_for_who_was_left_out_too(house):
    to = "/books/LY01/sheets/2/objections"
    raised = house.program("bao").post(to, {**LEFT_OUT, "occurred_on": "2026-03-06"})
    assert (raised.status_code, raised.json["status"]) == (201, "open")
    with house.untouched():
        answer = {**ANSWER, "result": "cancelled", "occurred_on": "2026-03-06"}
        refused = house.program("luo").post(f"{to}/1/answer", answer)
    assert (refused.status_code, [*refused.json["errors"]]) == (422, ["result"])


def test_programs_object_answer_and_take_down(house):
    program = house.program
    raised = program("bao").post("/books/LY01/sheets/2/objections", {**SAID, "line": 1, "occurred_on": "2026-03-06"})
    assert raised.status_code == 201
    assert (raised.json["n"], raised.json["status"], raised.json["due"]) == (1, "open", "2026-03-16")
    to = "/books/LY01/sheets/2/objections/1/answer"
    proposed = program("mei").post(to, {**ANSWER, "occurred_on": "2026-03-06"})
    assert (proposed.status_code, proposed.json) == (201, {"book": "LY01", "n": 1, "request": 2, "status": "waiting"})
    given = program("luo").post(f"{to}/confirmation")
    assert (given.status_code, given.json["status"], given.json["number"]) == (201, "answered", 13)
    down = program("mei").post("/books/LY01/sheets/2/notice/end", {"occurred_on": "2026-03-06"})
    assert (down.status_code, down.json["n"]) == (201, 2)
    credit = program("gao").post("/books/LY01/sheets/2/credit", {"occurred_on": "2026-03-06"})
    assert (credit.status_code, credit.json["status"], credit.json["left"]) == (201, "credited", [])
