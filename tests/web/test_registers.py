"""The registers on their pages: a line is entered, shown, changed with both values kept, and retired."""

import pytest

from ledger.registers.households import Household, take_in_all
from tests.operations.test_closing import close
from tests.web.acts import LINK
from tests.web.page import Page

EDITS = [
    ("wei", "/registers/sites/LY01/edit", {"town": "大镇"}, {"town": "小镇"}),
    ("wei", "/registers/donors/D7/edit", {"contact": "赵主任"}, {"contact": "孙主任"}),
    ("wei", "/registers/items/SOAP/edit", {"name": "香皂"}, {"name": "透明皂"}),
    ("wei", "/registers/lots/L1/edit", {"unit_value": "2.50"}, {"unit_value": "3.10"}),
    ("wei", "/registers/staff/bao/edit", {"full_name": "包红"}, {"full_name": "包小小"}),
    ("mei", "/books/LY01/households/H001/edit", {"group": "7"}, {"group": "8"}),
]
EACH = pytest.mark.parametrize(("name", "page", "first", "second"), EDITS, ids=[page for _, page, *_ in EDITS])


@EACH
def test_a_change_is_shown_with_who_when_before_and_after(house, name, page, first, second):
    browser, line = house.sit(name), page.removesuffix("/edit")
    browser.fill(page, first, to=line)
    done = browser.fill(page, second, to=line)
    assert (done.status_code, done.location) == (303, line)
    (_, before), (_, after) = *first.items(), *second.items()
    shown = browser.open(line).main.text
    assert f"{before} {after}" in shown
    who = {"wei": "魏建国 (wei)", "mei": "梅小雨 (mei)"}[name]
    assert f"2026-03-06 10:00 {who}" in shown


@pytest.mark.parametrize(
    ("line", "heading"),
    [("items/SOAP", "SOAP 肥皂"), ("donors/D7", "D7 汉中粮油公司"), ("staff/bao", "bao 包小红"), ("lots/L1", "L1")],
)
def test_a_line_is_headed_by_its_code_and_what_it_is_called(house, line, heading):
    assert [one.text for one in house.sit("wei").open(f"/registers/{line}").main.all("h1")] == [heading]


@EACH
def test_a_form_that_somebody_else_overtook_is_refused_with_both_values(house, name, page, first, second):
    line = page.removesuffix("/edit")
    action, inputs = house.sit(name).open(page).form(line)
    assert house.sit(name).fill(page, first, to=line).status_code == 303
    with house.untouched():
        stale = house.sit(name).send(action, {**inputs, **second})
    assert stale.status_code == 422
    shown = Page(stale.text)
    (field, now), (_, typed) = *first.items(), *second.items()
    assert shown.errors() == {
        field: [f"Somebody changed this meanwhile: it now says “{now}”, you typed “{typed}”. Please look again."]
    }
    action, inputs = shown.form(line)
    assert inputs[field] == second[field]
    assert house.sit(name).send(action, inputs).status_code == 303, "who has looked again may decide"


@EACH
def test_nothing_changed_changes_nothing(house, name, page, first, second):
    line = page.removesuffix("/edit")
    before = house.county.state()
    assert house.sit(name).fill(page, {}, to=line).status_code == 303
    after = house.county.state()
    assert {table for table in after if after[table] != before[table]} == {"submission"}


def test_a_code_that_was_given_does_not_change(house):
    action, inputs = house.sit("wei").open("/registers/items/SOAP/edit").form("/items/SOAP")
    house.sit("wei").send(action, {**inputs, "code": "SOAP2", "name": "香皂"})
    assert "香皂" in house.sit("wei").open("/registers/items/SOAP").main.text
    assert house.sit("wei").get("/registers/items/SOAP2").status_code == 404


@pytest.mark.parametrize(("language", "words"), [
    ("en", "The size stays: goods of this size are in the book. Enter another size as an item of its own."),
    ("zh_Hans_CN", "账上已有这个规格的货，规格不能再改。别的规格请另设一个品名编号。"),
])
def test_the_size_of_goods_that_are_booked_does_not_change(house, language, words):
    refused = house.sit("wei", language).fill("/registers/items/RICE/edit", {"spec": "10千克"}, to="/items/RICE")
    assert (refused.status_code, Page(refused.text).errors()) == (422, {"spec": [words]})


@pytest.mark.parametrize(("language", "words"), [
    ("en", "is closed through 2026-02-28 and counts these goods; what was signed there stays, and so does"),
    ("zh_Hans_CN", "的账已结到2026-02-28，这批货在里面。签过字的数不再变，单价也不能再改。"),
])
def test_what_goods_in_a_closed_month_are_worth_does_not_change(house, language, words):
    close(house.county.book("COUNTY"), by="wei", second="han")
    with house.untouched():
        refused = house.sit("wei", language).fill("/registers/lots/L1/edit", {"unit_value": "5"}, to="/lots/L1")
    errors = Page(refused.text).errors()
    assert (refused.status_code, list(errors)) == (422, ["unit_value"]) and words in errors["unit_value"][0]


def test_the_base_unit_of_goods_that_are_booked_does_not_change(house):
    refused = house.sit("wei").fill("/registers/items/SOAP/edit", {"unit": "箱"}, to="/items/SOAP")
    assert refused.status_code == 422
    assert Page(refused.text).errors() == {"unit": ["This cannot change any more: the book already counts in it."]}
    assert house.sit("wei").fill("/registers/items/TOWEL/edit", {"unit": "包"}, to="/items/TOWEL").status_code == 303


@pytest.mark.parametrize(
    ("name", "page", "to"),
    [("mei", "/books/LY01/households/H001/edit", "/H001/retirement"),
     ("wei", "/registers/lots/L1/edit", "/L1/retirement"),
     ("wei", "/registers/sites/LY01/edit", "/LY01/retirement")],
)
def test_what_still_counts_in_the_book_is_not_retired(house, name, page, to):
    with house.untouched():
        refused = house.sit(name).fill(page, {}, to=to)
    assert refused.status_code == 422
    assert "still holds something in the book; that must be settled first." in Page(refused.text).summary()[0]


def test_the_county_store_is_never_retired(house):
    with house.untouched():
        refused = house.sit("wei").fill("/registers/sites/COUNTY/edit", {}, to="/retirement")
    assert refused.status_code == 422
    assert Page(refused.text).summary() == ["The county store stays in use; only outlets can be retired."]


def test_a_retired_household_is_not_found_at_the_counter_and_says_so_in_the_register(house):
    assert house.sit("mei").fill("/books/LY01/households/H006/edit", {}, to="/retirement").status_code == 303
    assert "Retired" in house.sit("mei").open("/books/LY01/households/H006").main.text
    assert "苏平" not in house.sit("lin").open("/books/LY01/redemptions/new?q=sp").main.text
    edit = house.sit("mei").open("/books/LY01/households/H006/edit")
    assert [one.text for one in edit.main.all("summary")] == ["Use this line again"]
    assert house.sit("mei").fill("/books/LY01/households/H006/edit", {}, to="/retirement").status_code == 303
    assert "苏平" in house.sit("lin").open("/books/LY01/redemptions/new?q=sp").main.text


def test_what_is_retired_is_offered_no_more(house):
    assert house.sit("wei").fill("/registers/donors/D8/edit", {}, to="/retirement").status_code == 303
    assert house.sit("wei").fill("/registers/items/TOWEL/edit", {}, to="/retirement").status_code == 303
    slip = house.sit("wei").open("/books/COUNTY/donations/new").main.text
    assert "爱心人士" not in slip and "毛巾" not in slip and "汉中粮油公司" in slip


def test_a_new_outlet_has_its_book_at_once(house):
    form = {"code": "ly04", "name": "新店村爱心超市", "town": "演示镇"}
    done = house.sit("wei").fill("/registers/sites/new", form, to="/sites/")
    assert done.location == "/registers/sites/LY04"
    page = house.sit("wei").open("/books/LY04/").text
    assert "新店村爱心超市" in page and "Nothing waits." in page
    for path in ("households", "sheets", "stock", "entries", "closings", "arrivals"):
        assert house.sit("wei").get(f"/books/LY04/{path}").status_code == 200


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_page_of_a_member_of_staff_says_how_many_programs_have_a_key_and_ends_them(house, language):
    page, office = "/registers/staff/lin", house.sit("wei", language)
    program = house.program("lin")
    assert program.get("/books").status_code == 200
    assert {"en": "1 programs act", "zh_Hans_CN": "有 1 个程序"}[language] in office.open(page).main.text
    assert house.sit("chen").open(page).main.text.count("programs act") == 0
    done = office.fill(page, {}, to="/programs")
    assert (done.status_code, done.location) == (303, page)
    assert (program.get("/books").status_code, house.program("gao").get("/books").status_code) == (401, 200)
    assert not [form for form in office.open(page).all("form") if form["action"].endswith("/programs")]


def test_a_new_keeper_signs_in_with_the_password_the_county_reads_out(house):
    form = {"name": "ly02-bai", "full_name": "白云", "role": "keeper", "book": "LY02"}
    done = house.sit("wei").fill("/registers/staff/new", form, to="/staff/")
    assert done.location == "/registers/staff/ly02-bai"
    given = house.sit("wei").fill("/registers/staff/ly02-bai", {}, to="/password")
    password = next(one.text for one in Page(given.text).main.all("strong"))
    answer = house.nobody().send("/sign-in", name="ly02-bai", password=password)
    assert (answer.status_code, answer.location) == (303, "/books/LY02/")


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({"role": "keeper", "book": ""}, {"book"}), ({"role": "checker", "town": ""}, {"town"}),
        ({"role": "auditor", "book": "LY01"}, {"book"}), ({"name": "Lin!"}, {"name"}),
        ({"name": "lin", "book": "LY01"}, {"name"}),
        ({"role": "king"}, {"role"}), ({"full_name": ""}, {"full_name"}),
        ({"book": "LY99", "role": "keeper"}, {"book"}),
    ],
)
def test_a_member_of_staff_has_a_name_a_role_and_a_place_for_it(house, form, errors):
    usual = {"name": "neu", "full_name": "新人", "role": "clerk", "book": "LY02", "town": ""}
    with house.untouched():
        refused = house.sit("wei").fill("/registers/staff/new", {**usual, **form}, to="/staff/")
    assert refused.status_code == 422
    assert set(Page(refused.text).errors()) == errors


def test_a_code_that_is_a_word_of_the_ledger_too_is_told_as_it_was_typed(house):
    wei = house.sit("wei")
    wei.fill("/registers/donors/new", {"code": "county", "name": "县总工会"}, to="/donors/")
    with house.untouched():
        refused = wei.fill("/registers/donors/new", {"code": "county", "name": "县总工会"}, to="/donors/")
    assert Page(refused.text).errors() == {"code": ["COUNTY is in the register already."]}


def test_a_declared_household_is_not_served_by_its_kin_any_more(house):
    house.sit("wei").fill("/registers/staff/lin", {"outlet": "LY01", "household": "H001", "tie": "relative"}, to="/kin")
    refused = house.sit("lin").fill("/books/LY01/redemptions/new?household=H001", {"basket-1-quantity": "1"})
    assert refused.status_code == 422
    assert set(Page(refused.text).errors()) == {"household"}


@pytest.mark.parametrize("name", ["prices", "households", "SITES", "%00", "rules%00", "new"])
def test_a_register_there_is_not_is_not_found(house, name):
    for path in (f"/registers/{name}/", f"/registers/{name}/new", f"/registers/{name}/X1",
                 f"/registers/{name}/X1/edit"):
        assert house.sit("wei").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/registers/rules/CLEAN/edit", "/registers/lots/new"])
def test_a_rule_is_not_written_over_and_a_lot_is_entered_by_no_form(house, path):
    assert house.sit("wei").get(path).status_code == 404
    with house.untouched():
        for typed in ({"code": "L9"}, {"unit_value": "3", "value_basis": "fair"}):
            assert house.sit("wei").send("/registers/lots/", typed, version="1").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("wxl", ["H001"]), ("王", ["H001"]), ("610001", ["H001"]), ("h001", ["H001"]), ("2", ["H003", "H004"]),
        ("2组 马", ["H004"]),
        ("", ["H001", "H002", "H003", "H004", "H005", "H006"]), ("　ｗｘｌ　", ["H001"]), ("xyz", []), ("%", []),
        ("_", []), ("\x00", None),
        ("'; DROP TABLE household; --", []), ("x" * 5000, []),
    ],
)
def test_households_are_found_by_what_a_keeper_has_at_hand(house, asked, found):
    page = house.sit("lin").get("/books/LY01/households", query_string={"q": asked})
    assert page.status_code == 200
    if found is not None:
        numbers = [row.text.split()[0] for row in Page(page.text).main.all("tr")][1:]
        assert numbers == found


def test_at_the_counter_one_household_found_stands_there_at_once_and_of_several_one_is_chosen(house):
    lin = house.sit("lin")
    assert lin.open("/books/LY01/redemptions/new?q=wxl").form()[1]["household"] == "H001"
    several = lin.open("/books/LY01/redemptions/new?q=2").main
    chosen = [one["href"] for one in several.all("a") if "household=" in one["href"]]
    assert chosen == [f"/books/LY01/redemptions/new?household={number}" for number in ("H003", "H004")]
    assert "No household found for “nobody”." in lin.open("/books/LY01/redemptions/new?q=nobody").main.text
    assert "No household found for “H101”." in lin.open("/books/LY01/redemptions/new?household=H101").main.text


def test_more_households_than_a_page_holds_follow_on_the_next(house):
    with house.county.store.writing() as session:
        more = [Household(book="LY01", number=f"K{n:03d}", name=f"户{n}") for n in range(194)]
        take_in_all(session, more, by="mei", now=house.county.now)
    numbers, path = [], "/books/LY01/households"
    while path:
        page = house.sit("mei").open(path).main
        numbers += [[row.text.split()[0] for row in page.all("tr")][1:]]
        path = next((one["href"] for one in page.all("a") if one.text == "More households"), None)
    assert [len(some) for some in numbers] == [100, 100]
    read = [number for some in numbers for number in some]
    assert sorted(set(read)) == read


def test_the_new_link_stands_on_the_donors_page(house):
    before = house.sit("wei").open("/donors/D7/statement").main.text
    LINK.do(house)
    assert house.sit("wei").open("/donors/D7/statement").main.text != before
