"""Household cards, and the page a card's code opens: only if the household wants it, without a name, not for ever."""

import logging
import re
from urllib.parse import urlsplit

import pytest

from ledger.operations.life import change_life
from ledger.registers.household_pages import HouseholdPage
from ledger.registers.households import Household
from ledger.registers.passwords import token_digest
from ledger.web.outlet import card
from ledger.web.words import LANGUAGES
from tests.web.faults import faults
from tests.web.page import Page

SHOWN, CARDS = "/books/LY01/households/H001", "/books/LY01/cards/paper"


def switch(house, on="1", name="lin", household="H001"):
    """Press a switch at the household's page."""
    browser = house.sit(name)
    page = browser.open(f"/books/LY01/households/{household}")
    forms = [one for one in page.main.all("form") if one["action"].endswith("/page")]
    inputs = [{field["name"]: field["value"] for field in form.all("input")} for form in forms]
    done = browser.send(forms[0]["action"], next(one for one in inputs if one["on"] == on))
    assert done.status_code == 303
    return done


def code(house, monkeypatch):
    """Return the address that stands in the code on the card of the Wangs, "" if there is none."""
    drawn = []
    squares = card.qr_squares
    monkeypatch.setattr(card, "qr_squares", lambda text: drawn.append(text) or squares(text))
    house.sit("lin").open(f"{CARDS}?households=H001")
    monkeypatch.setattr(card, "qr_squares", squares)
    return urlsplit(drawn[0]).path if drawn else ""


def test_a_card_shows_number_group_name_and_shop_and_a_code_only_where_it_is_wanted(house, monkeypatch):
    (shown,) = house.sit("lin").open(f"{CARDS}?households=h001").all("article")
    assert shown.text == "六河村爱心超市 王秀兰 group 1 · H001 Card no. 610001"
    assert code(house, monkeypatch) == ""
    switch(house)
    (shown,) = house.sit("lin").open(f"{CARDS}?households=H001").all("article")
    assert [one["aria-label"] for one in shown.all("svg")] == [
        "Barcode of the card of household H001", "Code that opens the page of household H001",
    ]
    assert re.fullmatch(r"/h/[\w-]{24}", code(house, monkeypatch)), "144 bits"


def test_ten_cards_stand_on_a_sheet_for_a_group_or_for_the_households_named(house):
    lin = house.sit("lin")
    assert any(one["href"] == f"{CARDS}?group=1" for one in lin.open("/books/LY01/cards").all("a"))
    for n in range(12):
        house.sit("mei").fill("/books/LY01/households/new", {"name": f"郑{n}", "group": "7"}, "/households")
    page = lin.open(f"{CARDS}?group=7")
    assert [len(list(sheet.all("article"))) for sheet in page.all("section")] == [10, 2]
    named = lin.open(f"{CARDS}?households=H0002，h0001 H0002+H999 H101")
    assert [re.search(r"H\d+", one.text)[0] for one in named.all("article")] == ["H0002", "H0001"]


@pytest.mark.parametrize("asked", ["", "?households=", "?households=H999", "?group=9", "?households=%00"])
def test_where_no_household_is_meant_the_page_says_so_and_leads_on(house, asked):
    page = house.sit("lin").open(f"{CARDS}{asked}")
    assert "No household was chosen" in page.text
    assert any(one["href"] == f"{CARDS}?group=1" for one in page.all("a"))
    assert [one["name"] for one in page.main.all("input")] == ["households"]


def test_the_code_opens_points_and_last_lines_in_large_letters_without_a_name_or_a_need(house, monkeypatch):
    switch(house)
    at = code(house, monkeypatch)
    answer = house.nobody().get(at)
    assert answer.status_code == 200
    page = house.nobody().open(at)
    assert page.all("html")[0]["class"] == "large"
    assert "王**" in page.text and "Points left 39.5" in page.text
    assert "2026-03-06 Redemption -60.5" in page.text and "2026-02-26 Credited +100.0" in page.text
    for hidden in ("王秀兰", "H001", "610001", "Support", "BASE", "基本"):
        assert hidden not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"] and "noindex" in answer.text
    assert at not in answer.text, "no link takes the code along"


def test_a_new_code_a_new_card_or_the_switch_end_it(house, monkeypatch):
    switch(house)
    first = code(house, monkeypatch)
    switch(house)
    second = code(house, monkeypatch)
    assert first != second
    assert [house.nobody().get(at).status_code for at in (first, second)] == [404, 200]
    county = house.county
    said = {"event": "card", "card": "619999", "paper_number": "卡-1", "occurred_on": county.day}
    county.book("LY01").do(change_life, by="lin", household="H001", **said)
    assert (house.nobody().get(second).status_code, code(house, monkeypatch)) == (404, "")
    switch(house)
    third = code(house, monkeypatch)
    switch(house, "0")
    assert (house.nobody().get(third).status_code, code(house, monkeypatch)) == (404, "")
    page = house.sit("lin").open(SHOWN)
    assert "Page by the code on the card yes no" in page.text and "The card shows no code." in page.text


def test_pressed_twice_the_code_is_the_same(house, monkeypatch):
    form = {"key": "the key of one form", "on": "1"}
    form["key"] = form["key"].replace(" ", "-")
    codes = []
    for _ in range(2):
        assert house.sit("lin").send(f"{SHOWN}/page", form).status_code == 303
        codes.append(code(house, monkeypatch))
    assert codes[0] == codes[1] != ""


def test_no_table_no_answer_and_no_log_holds_the_code(house, monkeypatch, caplog):
    with caplog.at_level(logging.DEBUG):
        done = switch(house)
        secret = code(house, monkeypatch).removeprefix("/h/")
        house.nobody().get(f"/h/{secret}")
        house.nobody().get(f"/h/{secret}x")
    assert secret
    assert not [table for table, rows in house.county.state().items() if secret in str(rows)]
    assert secret not in done.location + done.text + caplog.text
    assert secret not in house.sit("lin").get(SHOWN).text
    assert secret not in house.sit("lin").get(f"{CARDS}?households=H001").text, "it stands there as squares alone"


def test_when_the_secret_of_the_service_changes_old_cards_go_on_and_new_ones_ask_for_a_new_code(
    house, monkeypatch
):
    switch(house)
    at = code(house, monkeypatch)
    monkeypatch.setitem(house.app.config, "SECRET_KEY", "another secret of the tests")
    assert house.nobody().get(at).status_code == 200
    assert code(house, monkeypatch) == ""
    assert "Household H001 needs a new code" in house.sit("lin").open(f"{CARDS}?households=H001").text


@pytest.mark.parametrize("wrong", ["", "x" * 5000, "%00", "ABCDEFGHIJKLMNOPQRSTUVWX", "' OR 1=1 --"])
def test_a_wrong_code_opens_nothing(standing, wrong):
    assert standing.nobody().get(f"/h/{wrong}").status_code == 404


def test_a_page_that_was_switched_off_is_kept_without_a_digest(house, monkeypatch):
    switch(house)
    secret = code(house, monkeypatch).removeprefix("/h/")
    row = ("LY01", "H001")
    assert house.county.ask(lambda session: session.get_one(HouseholdPage, row).digest) == token_digest(secret)
    switch(house, "0")
    assert house.county.ask(lambda session: session.get_one(HouseholdPage, row).digest) is None


def test_only_the_outlets_own_people_have_the_switch_and_not_for_their_own_household(house):
    for name in ("luo", "wei", "chen", "bao"):
        assert not [one for one in house.sit(name).open(SHOWN).all("form") if one["action"].endswith("/page")]
    refused = house.sit("lin").send("/books/LY01/households/H003/page", {"on": "1"})
    assert refused.status_code == 422
    assert "your own or a relative's" in Page(refused.text).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_well(house, monkeypatch, language):
    switch(house)
    at = code(house, monkeypatch)
    assert faults(house.nobody(language).get(at).text, language) == []
    for path in (SHOWN, f"{CARDS}?group=1", "/books/LY01/cards"):
        assert faults(house.sit("lin", language).get(path).text, language) == []


def test_who_moved_away_or_left_the_register_gets_no_card_and_who_waits_for_papers_does(house):
    house.county.edit(Household, ("LY01", "H006"), retired=1)
    named = house.sit("lin").open(f"{CARDS}?households=H002 H005 H006 H101")
    assert [re.search(r"H\d+", one.text)[0] for one in named.all("article")] == ["H002"]


@pytest.mark.parametrize(("number", "bars"), [("", True), ("6100010001", True), ("61000100010", False)])
def test_a_card_has_bars_as_long_as_a_scanner_can_read_them(house, number, bars):
    house.county.edit(Household, ("LY01", "H001"), card=number)
    (shown,) = house.sit("lin").open(f"{CARDS}?households=H001").all("article")
    assert bool(list(shown.all("svg"))) is bars
    assert ("Card no." in shown.text) is bool(number)


@pytest.mark.parametrize("asked", ["households=", "households=%00", "households=" + "%27%20", "group=x", "group=-1",
                                   "group=99999999999999999999"])
def test_cards_of_nobody_are_an_empty_page_and_no_fault(standing, asked):
    page = standing.sit("lin").open(f"{CARDS}?{asked}")
    assert list(page.all("article")) == []


def test_whoever_may_not_see_names_prints_no_card_with_a_whole_name(house):
    for name in ("wei", "chen", "zhao"):
        assert "王秀兰" not in house.sit(name).get(f"{CARDS}?households=H001").text
