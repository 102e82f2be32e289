"""The page of claw-backs: proposed after a re-visit, told by a notice, confirmed by a second person.

In the house of 6 March entry 6 credited the Wangs 100 support points; 39.5 of them are left.
"""

import pytest

from tests.web.page import Page

PAGE = "/books/LY01/claw-backs"
PROPOSAL = {
    "household": "H001", "purse": "merit", "points": "5", "credit": "12", "reason": "the yard was not swept",
    "place": "at the well",
}


@pytest.fixture
def credited(house):
    """The Wangs' five merit points of sheet 2, credited by entry 12."""
    assert house.county.book("LY01").credit(2)["number"] == 12
    return house


def test_the_page_of_a_credit_offers_to_take_its_points_back(credited):
    entry = credited.sit("lin").open("/books/LY01/entries/12")
    (offer,) = [one["href"] for one in entry.main.all("a") if "take these points back" in one.text]
    _, inputs = credited.sit("lin").open(offer).form("/claw-backs")
    assert (inputs["household"], inputs["points"], inputs["credit"]) == ("H001", "5.0", "12")
    assert "take these points back" not in credited.sit("chen").open("/books/LY01/entries/12").text


def test_it_is_proposed_hangs_its_days_and_is_confirmed_with_one_tap(credited):
    lin, gao = credited.sit("lin"), credited.sit("gao")
    proposed = lin.fill(PAGE, PROPOSAL, "/claw-backs")
    assert (proposed.status_code, proposed.location) == (303, PAGE)
    words = (
        "林玉芳 (lin) proposes to take 5.0 points of household H001 back (Merit points): the yard was not swept. "
        "The notice hangs through 2026-03-13."
    )
    assert words in gao.open(PAGE).text
    assert "/confirmation" not in gao.get(PAGE).text, "the notice still runs"
    assert "Points to take back from household H001: on notice through 2026-03-13" in gao.open("/books/LY01/").text
    credited.county.move_to("2026-03-14")
    assert "the notice has run, a second person confirms" in gao.open("/books/LY01/").text
    assert "/confirmation" not in lin.get(PAGE).text, "who proposed does not confirm"
    done = gao.fill(PAGE, {}, "/confirmation")
    assert (done.status_code, done.location) == (303, "/books/LY01/entries/14")
    assert "Points taken back" in gao.open(done.location).text
    row = [cell.text for cell in list(gao.open(PAGE).main.all("tr"))[1].all("td")]
    assert row == ["2", "H001", "Merit points", "5.0", "林玉芳 (lin)", "13", "2026-03-13", "Confirmed", "5.0", "14"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"household": "H999"}, "household", "There is no household H999."),
        ({"points": "-1"}, "points", "Enter points from 0.1 to 9999.9, with at most one decimal."),
        ({"points": "6"}, "points", "Entry 12 credited 5.0 points; 5.0 of them are left to be taken back."),
        ({"credit": "99"}, "credit", "Entry 99 is not a credit of this household and purse that still stands."),
        ({"purse": "support", "credit": ""}, "credit",
         "Support points are taken back only where a line was credited by mistake. Enter its entry."),
        ({"reason": ""}, "reason", "Please fill this in."),
    ],
)
def test_a_wrong_proposal_is_refused_at_its_field_with_what_was_typed(credited, typed, field, sentence):
    with credited.untouched():
        refused = credited.sit("lin").fill(PAGE, {**PROPOSAL, **typed}, "/claw-backs")
    page = Page(refused.text)
    assert (refused.status_code, page.errors()) == (422, {field: [sentence]})
    assert page.form("/claw-backs")[1]["place"] == "at the well"


def test_a_proposal_confirmed_too_early_is_refused_on_the_same_page(credited):
    credited.sit("lin").fill(PAGE, PROPOSAL, "/claw-backs")
    with credited.untouched():
        refused = credited.sit("luo").send(f"{PAGE}/2/confirmation")
    assert refused.status_code == 422
    assert "The notice hangs through 2026-03-13" in Page(refused.text).summary()[0]


def test_the_reason_does_not_leave_with_the_table(credited):
    credited.sit("lin").fill(PAGE, PROPOSAL, "/claw-backs")
    lines = credited.sit("lin").get(f"{PAGE}?format=csv").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and "H001" in lines[1] and "swept" not in lines[1]


def test_the_sheet_and_its_file_tell_what_was_taken_back_of_a_line(credited):
    lin, sheet = credited.sit("lin"), "/books/LY01/sheets/2"
    assert "Taken back" not in lin.open(sheet).text
    lin.fill(PAGE, {**PROPOSAL, "points": "1"}, "/claw-backs")
    credited.county.move_to("2026-03-14")
    credited.sit("gao").fill(PAGE, {}, "/confirmation")
    cells = {cell["data-label"]: cell.text for cell in lin.open(sheet).main.all("td")}
    assert (cells["Points"], cells["Taken back"], cells["State"]) == ("5.0", "1.0", "In the purse")
    assert "追回" in credited.sit("lin", "zh_Hans_CN").open(sheet).text
    heading, line = credited.sit("lin").get(f"{sheet}?format=csv").data.decode("utf-8-sig").splitlines()
    told = dict(zip(heading.split(","), line.split(","), strict=True))
    assert (told["Points"], told["Taken back"]) == ("5.0", "1.0")


def test_the_page_is_chinese_for_who_reads_chinese(credited):
    seen = credited.sit("lin", "zh_Hans_CN").open(PAGE).text
    assert "追回积分" in seen and "余额不会扣成负数" in seen


def test_programs_propose_and_confirm(credited):
    content = {**PROPOSAL, "points": "5", "credit": 12, "occurred_on": "2026-03-06"}
    proposed = credited.program("lin").post("/books/LY01/claw-backs", content)
    assert (proposed.status_code, proposed.json["n"], proposed.json["until"]) == (201, 2, "2026-03-13")
    credited.county.move_to("2026-03-14")
    done = credited.program("gao").post("/books/LY01/claw-backs/2/confirmation")
    assert (done.status_code, done.json["points"], done.json["rest"]) == (201, "5.0", "0.0")


# Objections

AT = f"{PAGE}/2/objections"
SAID = {"way": "spoken", "objector": "H001", "words": "I swept it on Sunday"}
ANSWER = {"result": "not-upheld", "decided_by": "committee", "words": "three neighbours saw the yard"}


@pytest.fixture
def proposed(credited):
    """The Wangs were told that their five points are to be taken back."""
    credited.sit("lin").fill(PAGE, PROPOSAL, "/claw-backs")
    return credited


def test_an_objection_to_a_claw_back_stands_on_the_first_page_until_it_is_answered(proposed):
    lin, gao = proposed.sit("lin"), proposed.sit("gao")
    raised = proposed.sit("bao").fill(AT, SAID, "/objections")
    assert (raised.status_code, raised.location) == (303, f"{AT}/1")
    today = gao.open("/books/LY01/")
    assert "Objection 1 to claw-back 2: to be answered, 10 days left" in today.text
    assert "Points to take back from household H001: waits for the answer to an objection" in today.text
    assert f"{AT}/1" in [one["href"] for one in today.main.all("a")]
    assert "第 2 号追回的异议 1：" in proposed.sit("gao", "zh_Hans_CN").open("/books/LY01/").text
    proposed.county.move_to("2026-03-14")
    assert "/confirmation" not in gao.get(PAGE).text and "An objection waits for its answer" in gao.open(PAGE).text
    seen = lin.open(f"{AT}/1").text
    assert "Points to take back 5.0 (Merit points) · 王秀兰 H001" in seen and "I swept it on Sunday" in seen
    assert "You proposed to take these points back; another person answers the objection." in seen
    assert "/answer" not in lin.get(f"{AT}/1").text
    answered = gao.fill(f"{AT}/1", ANSWER, "/answer")
    assert (answered.status_code, answered.location) == (303, f"{AT}/1")
    assert "Result Not upheld · LY01-15" in gao.open(f"{AT}/1").text
    assert "three neighbours saw the yard" in gao.open(AT).text
    assert "Objection 1" not in gao.open("/books/LY01/").text
    assert gao.fill(PAGE, {}, "/confirmation").location == "/books/LY01/entries/16"
    assert "Objection of 2026-03-06: Not upheld." in gao.open(f"{PAGE}/2/paper").text


def test_an_objection_upheld_ends_the_claw_back(proposed):
    gao = proposed.sit("gao")
    proposed.sit("bao").fill(AT, SAID, "/objections")
    gao.fill(f"{AT}/1", {**ANSWER, "result": "cancelled"}, "/answer")
    assert "Claw-back 2 Withdrawn" in gao.open(AT).text
    assert "Enter an objection" not in gao.open(AT).text
    entry = gao.open("/books/LY01/entries/15")
    assert "Points taken back Claw-back 2" in entry.text and AT in [one["href"] for one in entry.main.all("a")]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"words": ""}, "words", "Please fill this in."),
        ({"objector": "H999"}, "objector", "There is no household H999."),
        ({"way": "anonymous"}, "objector", "An anonymous objection names no household."),
        ({"occurred_on": "2026-03-05", "paper_number": "8"}, "occurred_on",
         "The notice went up on 2026-03-06; this cannot have been before that."),
    ],
)
def test_a_wrong_objection_to_a_claw_back_is_refused_at_its_field(proposed, typed, field, sentence):
    with proposed.untouched():
        refused = proposed.sit("bao").fill(AT, {**SAID, **typed}, "/objections")
    page = Page(refused.text)
    assert (refused.status_code, page.errors()) == (422, {field: [sentence]})
    assert page.form("/objections")[1]["words"] == {**SAID, **typed}["words"]


def test_a_wrong_answer_is_refused_and_so_is_who_proposed(proposed):
    proposed.sit("bao").fill(AT, SAID, "/objections")
    for name, typed, words in (
        ("gao", {"result": "corrected"}, "Result"),
        ("lin", {}, "You proposed to take these points back; another person answers the objection."),
    ):
        with proposed.untouched():
            refused = proposed.sit(name).send(f"{AT}/1/answer", {**ANSWER, "occurred_on": "2026-03-06", **typed})
        assert refused.status_code == 422
        assert words in Page(refused.text).summary()[0]


def test_an_objection_is_shown_under_its_own_claw_back_alone(proposed):
    proposed.sit("bao").fill(AT, SAID, "/objections")
    for path in ("/books/LY01/sheets/0/objections/1", f"{PAGE}/1/objections/1", f"{AT}/2", f"{PAGE}/9/objections"):
        assert proposed.sit("gao").get(path).status_code == 404
    answer = {**ANSWER, "occurred_on": "2026-03-06"}
    assert proposed.program("gao").post("/books/LY01/sheets/0/objections/1/answer", answer).status_code == 404


def test_programs_object_to_a_claw_back_and_answer(proposed):
    raised = proposed.program("bao").post(AT, {**SAID, "occurred_on": "2026-03-06"})
    assert (raised.status_code, raised.json["n"], raised.json["due"]) == (201, 1, "2026-03-16")
    done = proposed.program("gao").post(f"{AT}/1/answer", {**ANSWER, "occurred_on": "2026-03-06"})
    assert (done.status_code, done.json["status"]) == (201, "answered")
