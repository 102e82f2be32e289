"""Writing a sheet: a grid of households by rules, lines one by one or pasted from Excel, deeds that wait."""

from datetime import date

import pytest
from sqlalchemy import Engine, event

from ledger.registers.deeds import proposed_deeds
from ledger.registers.households import Household, take_in_all
from ledger.registers.rules import Rule, set_rule
from ledger.registers.sheets import lines_of
from tests.web import acts
from tests.web.page import Page

NEW, POSTED = "/books/LY01/sheets/new", "/books/LY01/sheets"
GRID = f"{NEW}?rule=CLEAN&rule=WORK"
HEAD = {"period": "2026-03", "purse": "merit", "occurred_on": "2026-03-06"}


def lines(house, n=4):
    """Return the lines of a sheet as the register keeps them."""
    return [
        (line.household, line.rule, line.points_tenths, line.status)
        for line in house.county.ask(lines_of, "LY01", n)
    ]


def cell(page, household, rule):
    """Return the name of the grid's input for a household and a rule."""
    inputs = page.form(POSTED)[1]
    row = next(name.split("-")[1] for name, value in inputs.items() if name.startswith("rows-") and value == household)
    column = next(name[8:] for name, value in inputs.items() if name.startswith("columns-") and value == rule)
    return f"lines-{1000 + int(row) * 12 + int(column)}-points"


# The grid

def test_the_rules_of_the_month_are_chosen_and_become_the_columns_of_a_grid(house):
    browser = house.sit("mei")
    assert not [one for one in browser.open(NEW).all("table") if "grid" in one["class"]]
    [grid] = [one for one in browser.open(GRID).all("table") if "grid" in one["class"]]
    heads = [one.text for one in next(grid.all("thead")).all("th")]
    assert heads == ["Household", "CLEAN 庭院整洁 5.0–5.0", "WORK 公益劳动 5.0–10.0", "Total"]
    rows = [next(row.all("th")).text for row in next(grid.all("tbody")).all("tr")]
    assert rows == ["H001 王秀兰 · 1", "H003 张玉芳 · 2", "H004 马老四 · 2", "H006 苏平 · 3"]


def test_the_rules_of_the_last_sheet_are_ticked_at_first(house):
    boxes = [one for one in house.sit("mei").open(NEW).all("input") if one["name"] == "rule"]
    assert {one["value"]: "checked" in one.attributes for one in boxes} == {"BASE": False, "CLEAN": False, "WORK": True}


def test_points_in_cells_are_lines_of_the_sheet_and_empty_cells_are_none(house):
    browser = house.sit("mei")
    page = browser.open(GRID)
    _, inputs = page.form(POSTED)
    typed = {cell(page, "H001", "WORK"): "８", cell(page, "H003", "CLEAN"): "5"}
    assert browser.send(POSTED, {**inputs, **HEAD, **typed}).location == "/books/LY01/sheets/4"
    assert lines(house) == [("H001", "WORK", 80, "passed"), ("H003", "CLEAN", 50, "passed")]


def test_a_wrong_cell_is_told_at_the_cell_and_the_grid_stands_as_it_was_typed(house):
    browser = house.sit("mei")
    page = browser.open(GRID)
    _, inputs = page.form(POSTED)
    many, own, good = (cell(page, *place) for place in (("H001", "WORK"), ("H004", "CLEAN"), ("H003", "WORK")))
    with house.untouched():
        answer = browser.send(POSTED, {**inputs, **HEAD, many: "80", own: "5", good: "7.5"})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.errors() == {
        many: ["WORK gives from 5.0 to 10.0 points."],
        own: ["Household H004 is your own or a relative's; another person must do this."],
    }
    assert "H001 WORK: WORK gives from 5.0 to 10.0 points." in page.main.text
    shown = page.form(POSTED)[1]
    assert (shown[many], shown[good], cell(page, "H003", "WORK")) == ("80", "7.5", good)


def test_a_rule_that_gives_one_number_says_it_once(house):
    page = house.sit("mei").fill(NEW, {"paste": "H001\tCLEAN\t9"}, POSTED)
    assert Page(page.text).errors()["paste"] == ["Line 1: CLEAN gives 5.0 points, neither more nor less."]


def test_cells_lines_and_pasted_lines_make_one_sheet(house):
    browser = house.sit("mei")
    page = browser.open(GRID)
    _, inputs = page.form(POSTED)
    typed = {
        cell(page, "H001", "WORK"): "8", "lines-2-household": "H003", "lines-2-rule": "CLEAN",
        "lines-2-status": "deferred", "paste": "H006\tCLEAN\t5\tseen",
    }
    browser.send(POSTED, {**inputs, **HEAD, **typed})
    assert lines(house) == [
        ("H003", "CLEAN", 0, "deferred"), ("H001", "WORK", 80, "passed"), ("H006", "CLEAN", 50, "passed"),
    ]


@pytest.mark.parametrize("names", [
    {"rows-0": "H001"}, {"rows": "H001", "columns": "WORK"}, {"rows-0": "\x00", "columns-0": "WORK"},
    {"rows-x": "H001", "columns-99999": "WORK"}, {"rows-0-1": "H001", "columns-0-1": "WORK"},
])
def test_a_grid_without_its_rows_or_columns_is_refused_and_breaks_nothing(house, names):
    with house.untouched():
        answer = house.sit("mei").send(POSTED, {**HEAD, **names, "lines-1000-points": "5"})
    assert answer.status_code == 422


# Pasted from Excel

def test_pasted_lines_name_household_and_rule_by_code_or_by_name(house):
    text = "H001\tWORK\t8\tcleared the path\r\n\r\n张玉芳\t庭院整洁\t\t\nｈ００６\tclean\t５"
    house.sit("mei").fill(NEW, {"paste": text}, POSTED)
    assert lines(house) == [
        ("H001", "WORK", 80, "passed"), ("H003", "CLEAN", 50, "passed"), ("H006", "CLEAN", 50, "passed"),
    ]


def test_every_wrong_pasted_line_is_told_by_its_number(house):
    house.county.edit(Household, ("LY01", "H006"), name="王秀兰")
    text = "王秀兰\tWORK\t8\nH001\tDANCE\t5\nH003\tWORK\t2.55\nH003\tWORK\t5\n王五\tWORK\n\nH001"
    with house.untouched():
        page = Page(house.sit("mei").fill(NEW, {"paste": text}, POSTED).text)
    assert page.errors()["paste"] == [
        "Line 1: “王秀兰” is the name of several: H001, H006. Write the code.",
        "Line 2: “DANCE” is in no register here.",
        "Line 5: “王五” is in no register here.",
        "Line 7: household and rule are both needed.",
        "Line 3: Enter points from 0.1 to 9999.9, with at most one decimal.",
    ]
    assert next(page.main.all("textarea")).text.startswith("王秀兰 WORK 8")


@pytest.mark.parametrize("language, heading", [("en", "Household\tRule"), ("zh_Hans_CN", "户编号\t规则\t积分")])
def test_headings_that_were_copied_too_are_passed_over(house, language, heading):
    house.sit("mei", language).fill(NEW, {"paste": f"{heading}\nH001\tWORK\t8"}, POSTED)
    assert lines(house) == [("H001", "WORK", 80, "passed")]


def test_of_many_wrong_lines_twenty_are_told_and_how_many_more_there_are(house):
    with house.untouched():
        page = Page(house.sit("mei").fill(NEW, {"paste": "H001\tDANCE\n" * 300}, POSTED).text)
    told = page.errors()["paste"]
    assert told[19:] == ["Line 20: “DANCE” is in no register here.", "There are 280 more of this kind."]


def test_more_lines_than_a_sheet_holds_are_refused_and_none_is_lost_in_silence(house):
    with house.untouched():
        page = Page(house.sit("mei").fill(NEW, {"paste": "H001\tWORK\t8\n" * 5001}, POSTED).text)
    assert page.errors()["paste"] == ["Please paste at most 5000 lines at once."]


def test_a_word_of_five_thousand_letters_is_not_repeated(house):
    with house.untouched():
        page = Page(house.sit("mei").fill(NEW, {"paste": "长" * 5000 + "\tWORK"}, POSTED).text)
    assert page.errors()["paste"] == [f"Line 1: “{'长' * 30}” is in no register here."]


def test_what_the_rules_refuse_of_a_pasted_line_is_told_by_its_number_too(house):
    text = "H001\tWORK\t8\nH003\tWORK\t80\nH002\tWORK\t5"
    with house.untouched():
        page = Page(house.sit("mei", "zh_Hans_CN").fill(NEW, {"paste": text}, POSTED).text)
    assert page.errors()["paste"] == [
        "第2行：WORK 只能给 5.0 至 10.0 分，请改分数。", "第3行：H002 户已冻结或注销，请问监督员。",
    ]


# Deeds that wait

def test_the_months_deeds_are_drawn_into_the_sheet_with_one_press(house):
    acts.DEED.do(house)
    browser = house.sit("mei")
    page = browser.open(NEW)
    [press] = [one["href"] for one in page.main.all("a") if one.text == "Bring in the 1 deeds that wait"]
    assert browser.fill(f"{NEW}{press}", {}, POSTED).status_code == 303
    assert lines(house) == [("H001", "WORK", 50, "passed")]
    assert house.county.ask(proposed_deeds, "LY01") == []
    assert "H001 WORK 公益劳动 cleared the path On a sheet 4 包小红 (bao)" in browser.open("/books/LY01/deeds").text


def test_what_was_put_off_stands_on_the_next_sheet_by_itself(house):
    browser = house.sit("mei")
    browser.fill(NEW, {"lines-0-household": "H003", "lines-0-rule": "WORK", "lines-0-points": "8",
                       "lines-0-status": "deferred"}, POSTED)
    assert "What was put off comes back by itself on the next sheet." in browser.open("/books/LY01/sheets/4").text
    inputs = browser.open(NEW).form(POSTED)[1]
    brought = [inputs[f"lines-0-{name}"] for name in ("household", "rule", "points", "deed")]
    assert brought == ["H003", "WORK", "8.0", "1"]


def test_a_row_that_looks_like_a_deed_that_waits_is_pointed_out_with_a_tick_to_let_it_pass(house):
    acts.DEED.do(house)
    browser = house.sit("mei")
    assert "other deeds" not in browser.open(NEW).text
    pasted = "H003\tWORK\t8\tfire watch\nH003\tWORK\t8\tfire watch"
    with house.untouched():
        answer = browser.fill(
            NEW, {"lines-0-household": "H001", "lines-0-rule": "WORK", "paste": pasted}, POSTED
        )
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.errors() == {
        "lines-0-deed": ["Deed 1 of 2026-03-06 waits for this household and rule. Bring it in instead of this line."],
        "paste": ["Line 2: Household, rule and evidence are the same as in an earlier line of this sheet."],
        "another": ["Some lines look like deeds that are known already. If they are others, say so."],
    }
    _, inputs = page.form(POSTED)
    assert browser.send(POSTED, {**inputs, "paste": pasted, "another": "1"}).status_code == 303
    assert [line[:2] for line in lines(house)] == [("H001", "WORK"), ("H003", "WORK"), ("H003", "WORK")]


def test_what_looks_like_a_known_deed_is_said_in_chinese_too(house):
    acts.DEED.do(house)
    with house.untouched():
        answer = house.sit("mei", "zh_Hans_CN").fill(NEW, {"paste": "H001\tWORK\t8\nH001\tWORK\t8"}, POSTED)
    page = Page(answer.text)
    assert page.errors()["paste"] == [
        f"第{n}行：第1号好事（2026-03-06）还没评议，就是这户这条细则的。请把它带进来，不要另写这一行。" for n in (1, 2)
    ]
    assert "这些是另外的好事，不是已记过的" in page.text


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "Deed 1 is of 2026-03-06, after the month of this sheet. Leave it for the sheet of its own month."),
    ("zh_Hans_CN", "第1号好事是 2026-03-06 的，在这张表的月份之后，请留到它自己那个月的表上。"),
])
def test_a_deed_of_after_the_month_is_refused_at_its_line(house, language, sentence):
    acts.DEED.do(house)
    with house.untouched():
        answer = house.sit("mei", language).fill(f"{NEW}?deeds=1", {"period": "2026-02"}, POSTED)
    assert (answer.status_code, Page(answer.text).errors()) == (422, {"lines-0-deed": [sentence]})


def test_the_page_offers_the_rules_of_last_month_and_of_the_deeds_that_wait(house):
    acts.DEED.do(house)
    browser = house.sit("mei")
    house.county.edit(Rule, ("CLEAN", 1), valid_to=date(2026, 3, 20))
    house.county.edit(Rule, ("WORK", 1), valid_to=date(2026, 3, 20))

    def offered():
        return [one["value"] for one in browser.open(NEW).all("input") if one["name"] == "rule"]

    for day, rules in (("2026-04-03", ["BASE", "CLEAN", "WORK"]), ("2026-05-03", ["BASE", "CLEAN", "WORK"])):
        house.county.move_to(day)
        assert offered() == rules
    typed = {"period": "2026-04", "lines-0-points": "8"}
    assert browser.fill(f"{NEW}?deeds=1", typed, POSTED).status_code == 303
    assert lines(house) == [("H001", "WORK", 80, "passed")]
    assert offered() == ["BASE"]


# More lines

def test_more_lines_are_a_press_away_and_what_was_typed_stays(house):
    browser = house.sit("mei")
    _, inputs = browser.open(NEW).form(POSTED)
    with house.untouched():
        page = Page(browser.send(POSTED, {**inputs, "lines-11-household": "H003", "more": "12"}).text)
    _, shown = page.form(POSTED)
    assert (shown["lines-11-household"], "lines-23-household" in shown, page.errors()) == ("H003", True, {})


# What the sheet shows

def test_points_beyond_the_goods_are_pointed_out_before_they_are_credited(house):
    mei = house.sit("mei")
    mei.fill(NEW, {"lines-0-household": "H001", "lines-0-rule": "WORK"}, POSTED)
    assert "Once credited" not in mei.open("/books/LY01/sheets/4").text
    for item in ("SOAP", "RICE", "SALT"):
        house.county.price(item, 1, since="2026-03-06")
    assert "Once credited, households hold" in mei.open("/books/LY01/sheets/4").text


def test_a_line_that_a_cap_cut_says_what_was_asked_and_which_cap(house):
    house.county.rule("WORK", since="2026-01-03", cap_year=120)
    house.sit("mei").fill(NEW, {"lines-0-household": "H001", "lines-0-rule": "WORK", "lines-0-points": "10"}, POSTED)
    shown = house.sit("mei").open("/books/LY01/sheets/4").text
    assert "H001 WORK 公益劳动 4.0 10.0 the year's cap" in shown


def test_nothing_this_month_is_ticked_and_said(house):
    browser = house.sit("mei")
    refused = Page(browser.fill(NEW, {}, POSTED).text)
    assert refused.errors() == {"lines": ["Enter at least one line, or tick that there is nothing this month."]}
    _, inputs = browser.open(NEW).form(POSTED)
    assert browser.send(POSTED, {**inputs, "nothing": "1", "due": "9", "present": "7"}).status_code == 303
    shown = browser.open("/books/LY01/sheets/4").text
    assert "Nothing this month: the meeting gave no points." in shown
    assert "Members due 9, present 7" in shown


def test_what_did_not_pass_stands_beneath_and_not_among_the_lines_that_hang(house):
    browser = house.sit("mei")
    browser.fill(NEW, {"lines-0-household": "H001", "lines-0-rule": "WORK", "lines-1-household": "H003",
                       "lines-1-rule": "WORK", "lines-1-status": "refused"}, POSTED)
    tables = {next(one.all("caption")).text: one.text for one in browser.open("/books/LY01/sheets/4").all("table")}
    assert "H003" not in tables["Points sheet"]
    assert "H003 WORK 公益劳动 5.0 Not passed" in tables["Not passed or put off"]


# The same from a program

def test_a_program_sends_what_the_meeting_decided_and_is_told_what_was_cut(house):
    house.county.rule("WORK", since="2026-01-03", cap_month=120)
    acts.DEED.do(house)
    sent = [
        {"household": "H001", "rule": "WORK", "points": "10.0", "deed": 1},
        {"household": "H003", "rule": "WORK", "points": "8.0", "status": "deferred"},
    ]
    answer = house.program("mei").post(POSTED, {**HEAD, "due": 9, "present": 7, "lines": sent})
    assert answer.status_code == 201
    # Eight of the month's twelve points hang already.
    assert {name: answer.json.get(name) for name in ("n", "status", "points", "cut")} == {
        "n": 4, "status": "assessed", "points": "4.0", "cut": "6.0",
    }
    assert lines(house) == [("H001", "WORK", 40, "passed"), ("H003", "WORK", 0, "deferred")]


def test_a_program_is_told_of_a_known_deed_and_may_say_that_it_is_another(house):
    acts.DEED.do(house)
    sent = {**HEAD, "lines": [{"household": "H001", "rule": "WORK"}]}
    with house.untouched():
        answer = house.program("mei").post(POSTED, sent)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["lines.0.deed", "another"])
    assert house.program("mei").post(POSTED, {**sent, "another": True}).status_code == 201


@pytest.mark.parametrize(("wrong", "field", "sentence"), [
    ({"lines": []}, "lines", "Enter at least one line."),
    ({"lines": [{"household": "H001", "rule": "WORK", "status": "credited"}]}, "lines.0.status",
     "Choose one of: passed, refused, deferred."),
    ({"lines": [{"household": "H001", "rule": "WORK", "deed": 7}]}, "lines.0.deed",
     "Deed 7 does not wait for a meeting any more, or is not this household's by this rule."),
    ({"nothing": True, "present": 12, "due": 9}, "present", "More members were present (12) than were due (9)."),
])
def test_a_program_is_told_what_is_wrong_with_a_sheet_at_its_field(house, wrong, field, sentence):
    with house.untouched():
        answer = house.program("mei").post(POSTED, {**HEAD, **wrong})
    assert (answer.status_code, answer.json["errors"]) == (422, {field: [sentence]})


# A big month

def test_three_hundred_households_by_twelve_rules_are_one_sheet(house):
    with house.county.store.writing() as session:
        take_in_all(
            session, [Household(book="LY01", number=f"H1{n:03d}", name="王") for n in range(300)], by="wei",
            now=house.county.now,
        )
        for n in range(12):
            rule = Rule(code=f"R{n}", name=f"第{n}条", category="公益劳动", purse="merit", points_min=10, points_max=50,
                        valid_from=house.county.day, cap_month=30)
            set_rule(session, rule, by="wei", now=house.county.now)
    cells = {f"lines-{1000 + row * 12 + column}-points": "5" for row in range(300) for column in range(12)}
    heads = {**{f"rows-{n}": f"H1{n:03d}" for n in range(300)}, **{f"columns-{n}": f"R{n}" for n in range(12)}}
    browser, statements = house.sit("mei"), []
    counting = lambda *said: statements.append(said[2])  # noqa: E731
    event.listen(Engine, "before_cursor_execute", counting)
    try:
        assert browser.send(POSTED, {**HEAD, **heads, **cells}).status_code == 303
    finally:
        event.remove(Engine, "before_cursor_execute", counting)
    assert lines(house)[::3599] == [("H1000", "R0", 30, "passed"), ("H1299", "R11", 30, "passed")]
    # The registers are read together and the lines written together: what it costs is not a question for each line.
    assert len(statements) < 40
