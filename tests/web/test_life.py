"""The pages of a household's life: an event by its paper, a cancellation with two people, a move taken in."""

import pytest

from ledger.registers.sheets import SheetLine
from tests.web.page import Page

LIFE = "/books/LY01/households/H001/life"
PAPER = {"paper_number": "2026-12"}


@pytest.fixture
def settled(house):
    """The house, where no line of the Wangs waits: those of sheets 2 and 3 were struck."""
    for sheet in (2, 3):
        house.county.edit(SheetLine, ("LY01", sheet, 1), status="withdrawn")
    return house


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_a_freeze_is_entered_with_its_paper_and_stands_in_the_list(house, language):
    browser = house.sit("mei", language)
    assert f"{LIFE}?event=freeze" in [one["href"] for one in browser.open(LIFE).all("a")]
    done = browser.fill(f"{LIFE}?event=freeze", {"cause": "death", **PAPER, "reason": "the old man died"}, to="/life")
    assert (done.status_code, done.location) == (303, LIFE)
    page = browser.open(LIFE).text
    assert "2026-12" in page and "mei" in page
    assert ("Freeze Death" if language == "en" else "冻结 身故") in page
    assert "the old man died" in browser.open("/books/LY01/entries/12").text


def test_the_paper_may_be_an_office_s(house):
    paper = {"paper_number": "略民发〔2026〕3号"}
    assert house.sit("mei").fill(f"{LIFE}?event=freeze", {"cause": "death", **paper}, to="/life").status_code == 303
    assert "略民发〔2026〕3号" in house.sit("mei").open(LIFE).main.text


@pytest.mark.parametrize(
    ("event", "typed", "errors"),
    [
        ("freeze", {"paper_number": ""}, {"paper_number": ["Please fill this in."]}),
        ("merge", {**PAPER, "to": ""}, {"to": ["Please fill this in."]}),
        ("merge", {**PAPER, "to": "H002"}, {"to": ["Household H002 is frozen or closed; ask the supervisor."]}),
        ("split", {**PAPER, "name": "王二", "merit": "1000"},
         {"merit": ["The household has 0.0 of these points; 1000.0 cannot be divided off."]}),
        ("card", {**PAPER, "card": "6 1"},
         {"card": ["Enter a code of letters, digits and hyphens, such as 610001."]}),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(house, event, typed, errors):
    with house.untouched():
        refused = house.sit("gao").fill(f"{LIFE}?event={event}", typed, to="/life")
    assert refused.status_code == 422
    page = Page(refused.text)
    assert page.errors() == errors
    assert page.form("/life")[1]["event"] == event


def test_the_counter_is_offered_what_it_may_enter(house):
    for name, offered in (("lin", {"freeze", "cancel", "card"}),
                          ("gao", {"freeze", "merge", "split", "move-out", "cancel", "card"})):
        links = [one["href"] for one in house.sit(name).open(LIFE).all("a")]
        assert {link.partition("event=")[2] for link in links if "event=" in link} == offered
    house.sit("gao").fill(f"{LIFE}?event=freeze", PAPER, to="/life")
    links = [one["href"] for one in house.sit("gao").open(LIFE).all("a")]
    frozen = {"freeze", "thaw", "inherit", "merge", "move-out", "cancel", "card"}
    assert {link.partition("event=")[2] for link in links if "event=" in link} == frozen
    assert not [one for one in house.sit("chen").open(LIFE).all("a") if "event=" in one["href"]]
    refused = house.sit("lin").send(LIFE, event="merge", to="H004", occurred_on="2026-03-06", **PAPER)
    assert (refused.status_code, "This is decided by the supervisor" in refused.text) == (422, True)


def test_a_cancellation_waits_on_today_and_a_second_person_confirms(settled):
    asked = settled.sit("mei").fill(f"{LIFE}?event=cancel", PAPER, to="/life")
    assert (asked.status_code, asked.location) == (303, "/books/LY01/cancellations/2")
    assert "Waits for a second person" in settled.sit("mei").open(asked.location).text
    assert "The cancellation of household H001 waits" in settled.sit("gao").open("/books/LY01/").text
    done = settled.sit("gao").fill(asked.location, {}, to="/confirmation")
    assert (done.status_code, done.location) == (303, LIFE)
    assert "Closed" in settled.sit("gao").open(LIFE).text
    assert settled.county.book("LY01").holds("withdrawn", "POINT") == 395
    assert "taken back 39.5" in settled.sit("gao").open("/books/LY01/").text


def test_a_household_that_moved_is_taken_in_with_one_press_and_both_rates_are_shown(settled):
    settled.county.setting("rate_fen", "200", book="LY02")
    right = {"household": "H001", "points": "20", "paper_number": "评2026-3"}
    settled.sit("gao").fill("/books/LY01/support", right, to="/support")
    settled.sit("gao").fill(f"{LIFE}?event=move-out", {"outlet": "LY02", **PAPER}, to="/life")
    assert "moved to other outlets 39.5" in settled.sit("gao").open("/books/LY01/").text
    keeper = settled.sit("zhao")
    assert "moves here: take it in" in keeper.open("/books/LY02/").text
    page = keeper.open("/books/LY02/moves")
    assert "(LY01) 王秀兰 39.5 0.0 1.00 2.00 2026-12" in page.text
    assert "王秀兰" not in settled.sit("luo").open("/books/LY02/moves").text
    done = keeper.fill("/books/LY02/moves", {}, to="/moves/LY01/12")
    assert (done.status_code, done.location) == (303, "/books/LY02/households/H0001/life")
    assert "Moved in" in keeper.open(done.location).text
    assert "H0001 王秀兰 1 20.0 2026-03-06 评2026-3" in keeper.open("/books/LY02/support").main.text
    told = keeper.open("/books/LY02/entries/2").text
    assert "here 2.00 yuan, there 1.00 yuan" in told
    again = keeper.send("/books/LY02/moves/LY01/12")
    assert (again.status_code, "has been taken in already" in again.text) == (422, True)


def test_who_collects_no_more_is_struck_off_the_list(house):
    page = house.sit("lin").open(LIFE).text
    assert "P1 郑果 侄女" in page
    assert "郑果" not in house.sit("luo").open(LIFE).text
    done = house.sit("lin").fill(LIFE, {}, to="/collectors/P1")
    assert done.location == LIFE
    assert "郑果" not in house.sit("lin").open(LIFE).text


def test_a_program_enters_an_event_and_the_list_is_a_file(settled):
    program = settled.program("gao")
    answer = program.post("/books/LY01/households/H001/life", {
        "event": "split", "name": "王二", "support": "12.5", "occurred_on": "2026-03-06", **PAPER,
    })
    assert (answer.status_code, answer.json["number"], answer.json["to"]) == (201, 12, "H0001")
    asked = program.post("/books/LY01/households/H004/life", {"event": "cancel", "occurred_on": "2026-03-06", **PAPER})
    assert asked.json["status"] == "waiting"
    assert settled.program("luo").post(f"/books/LY01/cancellations/{asked.json['n']}/confirmation").status_code == 201
    move = program.post("/books/LY01/households/H001/life", {
        "event": "move-out", "outlet": "LY02", "occurred_on": "2026-03-06", **PAPER,
    })
    there = settled.program("zhao").post(f"/books/LY02/moves/LY01/{move.json['number']}")
    assert there.status_code == 201
    file = settled.sit("gao").get(f"{LIFE}?format=csv").text
    assert "move-out" in file or "Move to another outlet" in file


# Something is open

@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_a_line_that_is_not_credited_stops_who_goes_for_good_and_follows_who_is_merged(house, language):
    browser = house.sit("gao", language)
    refused = browser.fill(f"{LIFE}?event=move-out", {"outlet": "LY02", **PAPER}, to="/life")
    sentence = {
        "en": "Line 1 of sheet 2 is not credited yet. Credit it first, or have it struck.",
        "zh_Hans_CN": "积分评定表2第1行还没入账。请先入账，或经异议把它取消。",
    }[language]
    assert (refused.status_code, Page(refused.text).errors()) == (422, {"event": [sentence]})
    house.sit("luo").fill(f"{LIFE}?event=merge", {"to": "H003", **PAPER}, to="/life")
    old, new = (browser.open(f"/books/LY01/households/{number}") for number in ("H001", "H003"))
    goes = {"en": "13.0 · They go to the household that took this one over: H003",
            "zh_Hans_CN": "13.0 · 将入账到接手这户的农户： H003"}[language]
    assert goes in old.text and "13.0" in new.text and goes not in new.text
    number = house.county.book("LY01").credit(2)["number"]
    entry = browser.open(f"/books/LY01/entries/{number}").text
    assert ("Given to H001" if language == "en" else "原评给 H001") in entry


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_a_claw_back_stops_a_merger_and_the_sentence_stands_on_the_page(house, language):
    house.county.book("LY01").claw_back("H001", 50)
    refused = house.sit("gao", language).fill(f"{LIFE}?event=merge", {"to": "H003", **PAPER}, to="/life")
    sentence = {
        "en": "A claw-back (notice 12) waits for this household; confirm or decline it first.",
        "zh_Hans_CN": "这户有一笔追回（公示凭证12）还没办完，请先确认或不同意。",
    }[language]
    assert (refused.status_code, Page(refused.text).errors()) == (422, {"event": [sentence]})


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_a_closed_household_that_got_points_back_says_so_and_is_offered_to_hand_them_over(settled, language):
    settled.sit("gao").fill(f"{LIFE}?event=merge", {"to": "H003", **PAPER}, to="/life")
    assert not [one for one in settled.sit("gao").open(LIFE).all("a") if "event=" in one["href"]]
    settled.county.book("LY01").reverse(9, by="luo")
    browser = settled.sit("gao", language)
    left = {
        "en": "Closed, but holds 60.5 points: hand them over.", "zh_Hans_CN": "已销户，但还有60.5分：请转给别的户。",
    }[language]
    for address in (LIFE, "/books/LY01/households/H001"):
        assert left in browser.open(address).text
    links = [one["href"] for one in browser.open(LIFE).all("a")]
    assert {link.partition("event=")[2] for link in links if "event=" in link} == {"merge", "cancel"}
    assert browser.fill(f"{LIFE}?event=merge", {"to": "H003", **PAPER}, to="/life").status_code == 303
    assert left not in browser.open(LIFE).text
