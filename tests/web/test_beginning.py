"""A new outlet, and pages on which there is nothing yet: each says what comes next, to who can do it and who cannot."""

import pytest

from ledger.registers.sites import Site, open_site
from ledger.registers.staff import Staff
from ledger.reports.table import Column, Table
from tests.web.page import Page


def steps(house, name, book="LY02"):
    """Return the first steps as a page tells them, and where those lead that are still to be done."""
    page = house.sit(name).open(f"/books/{book}/")
    lists = [one for one in page.main.all("ol") if one["class"] == "begin"]
    lines = [line for one in lists for line in one.all("li")]
    return [line.text for line in lines], [one["href"] for line in lines for one in line.all("a")]


def test_a_new_outlet_is_told_its_first_steps_and_which_are_done(house):
    words, leads = steps(house, "zhao")
    assert [line.startswith("✓") for line in words] == [True, True, True, False, False]
    assert leads == ["/books/LY02/sheets/new", "/books/LY02/redemptions/new"]
    assert steps(house, "luo") == (words, []), "the town's checker reads them, and none is the checker's"


def test_the_county_is_led_to_the_staff_of_an_outlet_that_has_none(house):
    house.county.edit(Staff, "zhao", book="LY01")
    words, leads = steps(house, "wei")
    assert not words[0].startswith("✓")
    assert leads == ["/registers/staff/"]


def test_the_page_of_new_staff_says_that_a_password_is_still_to_be_given(house):
    browser, page, note = house.sit("wei"), "/registers/staff/ly02-bai", "Cannot sign in yet: give a one-time password."
    form = {"name": "ly02-bai", "full_name": "白云", "role": "keeper", "book": "LY02"}
    browser.fill("/registers/staff/new", form, to="/staff/")
    assert note in browser.open(page).main.text
    browser.fill(page, {}, to="/password")
    assert note not in browser.open(page).main.text


def test_once_a_household_has_been_served_the_steps_are_gone(house):
    assert steps(house, "lin", "LY01") == ([], [])
    assert steps(house, "wei", "COUNTY") == ([], []), "the county store serves nobody"


@pytest.mark.parametrize(
    ("name", "path", "says"),
    [
        ("lin", "/books/LY01/households?q=zzz", "No household found for “zzz”."),
        ("wei", "/books/COUNTY/households", "The county store has no households: each belongs to an outlet."),
        ("lin", "/books/LY01/entries?kind=close",
         "No entry is found. Each thing that is done at this site makes one."),
        ("zhao", "/books/LY02/sheets", "No sheet yet. The points clerk draws one up after the meeting."),
    ],
)
def test_an_empty_page_says_what_is_the_case_and_names_no_button_it_has_not(standing, name, path, says):
    page = standing.sit(name).open(path)
    empty = [one.text for one in page.main.all("p") if one["class"] == "empty"]
    assert empty == [says]
    assert "button" not in " ".join(empty)


def test_an_outlet_without_households_tells_who_enters_them_and_shows_the_button_to_who_can(house):
    with house.county.store.writing() as session:
        open_site(session, Site(code="LY04", name="新村爱心超市", town="演示镇"), by="wei", now=house.county.now)
    house.county.edit(Staff, "zhao", book="LY04")
    for name, says, button in [
        ("zhao", "The points clerk, the supervisor or the county office enters the households.", False),
        ("wei", "Enter the first with the button above.", True),
    ]:
        page = house.sit(name).open("/books/LY04/households")
        assert f"No household in the register yet. {says}" in page.main.text
        assert any(one.text == "New household" for one in page.main.all("a")) is button


def test_the_board_leads_to_a_site_by_its_code_and_by_its_name(standing):
    page = standing.sit("wei").open("/county/")
    leads = [one.text for one in page.main.all("a") if one["href"] == "/books/LY02/"]
    assert leads == ["LY02", "石磨村爱心超市"]


def test_below_a_column_stands_its_sum_where_a_table_asks_for_it(standing):
    columns = (Column("name", "Name"), Column("points", "Points", "points"), Column("pieces", "Pieces", "number"))
    rows = [{"name": "A", "points": 365, "pieces": 1}, {"name": "B", "points": 120, "pieces": None}]
    with standing.app.test_request_context("/"):
        macro = standing.app.jinja_env.get_template("macros/table.html").module.table
        html = macro(Table("t", "Table", columns, rows, sums=("points", "pieces")))
        plain = macro(Table("t", "Table", columns, rows))
    foot = [row.text for row in Page(f"<main>{html}</main>").all("tfoot")]
    assert foot == ["Total 48.5 1"]
    assert "tfoot" not in plain


def test_the_store_s_first_page_tells_of_goods_and_not_of_points(house):
    page = house.sit("wei").open("/books/COUNTY/").main.text
    assert "On the road from here" in page and "On the shelf" in page
    assert "Redeemed today" not in page and "Points: issued" not in page
    assert "Redeemed today" in house.sit("lin").open("/books/LY01/").main.text


def test_each_sheet_of_a_demo_says_that_it_is_none_and_the_guide_is_like_any_other(house):
    lin = house.sit("lin")
    for paper in ("/books/LY01/signing-register/pack?pages=1", "/books/LY01/redemptions/9/slip"):
        [mark] = [one for one in lin.open(paper).all("p") if one["class"] == "practice"]
        assert mark.text == "DEMO"
    assert "practice" not in [one["class"] for one in lin.open("/guide").all("p")]
