"""The pages of a household's life: an event by its paper, a cancellation with two people, a move taken in."""

import pytest

from tests.web.page import Page

LIFE = "/books/LY01/households/H001/life"
PAPER = {"paper_number": "2026-12"}


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


def test_a_cancellation_waits_on_today_and_a_second_person_confirms(house):
    asked = house.sit("mei").fill(f"{LIFE}?event=cancel", PAPER, to="/life")
    assert (asked.status_code, asked.location) == (303, "/books/LY01/cancellations/2")
    assert "Waits for a second person" in house.sit("mei").open(asked.location).text
    assert "The cancellation of household H001 waits" in house.sit("gao").open("/books/LY01/").text
    done = house.sit("gao").fill(asked.location, {}, to="/confirmation")
    assert (done.status_code, done.location) == (303, LIFE)
    assert "Closed" in house.sit("gao").open(LIFE).text
    assert house.county.book("LY01").holds("withdrawn", "POINT") == 395
    assert "taken back 39.5" in house.sit("gao").open("/books/LY01/").text


def test_a_household_that_moved_is_taken_in_with_one_press_and_both_rates_are_shown(house):
    house.county.setting("rate_fen", "200", book="LY02")
    house.sit("gao").fill(f"{LIFE}?event=move-out", {"outlet": "LY02", **PAPER}, to="/life")
    assert "moved to other outlets 39.5" in house.sit("gao").open("/books/LY01/").text
    keeper = house.sit("zhao")
    assert "moves here: take it in" in keeper.open("/books/LY02/").text
    page = keeper.open("/books/LY02/moves")
    assert "(LY01) 王秀兰 39.5 0.0 1.00 2.00 2026-12" in page.text
    assert "王秀兰" not in house.sit("luo").open("/books/LY02/moves").text
    done = keeper.fill("/books/LY02/moves", {}, to="/moves/LY01/12")
    assert (done.status_code, done.location) == (303, "/books/LY02/households/H0001/life")
    assert "Moved in" in keeper.open(done.location).text
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


def test_a_program_enters_an_event_and_the_list_is_a_file(house):
    program = house.program("gao")
    answer = program.post("/books/LY01/households/H001/life", {
        "event": "split", "name": "王二", "support": "12.5", "occurred_on": "2026-03-06", **PAPER,
    })
    assert (answer.status_code, answer.json["number"], answer.json["to"]) == (201, 12, "H0001")
    asked = program.post("/books/LY01/households/H004/life", {"event": "cancel", "occurred_on": "2026-03-06", **PAPER})
    assert asked.json["status"] == "waiting"
    assert house.program("luo").post(f"/books/LY01/cancellations/{asked.json['n']}/confirmation").status_code == 201
    move = program.post("/books/LY01/households/H001/life", {
        "event": "move-out", "outlet": "LY02", "occurred_on": "2026-03-06", **PAPER,
    })
    there = house.program("zhao").post(f"/books/LY02/moves/LY01/{move.json['number']}")
    assert there.status_code == 201
    file = house.sit("gao").get(f"{LIFE}?format=csv").text
    assert "move-out" in file or "Move to another outlet" in file
