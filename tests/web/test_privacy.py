"""Names are whole at the outlet's own counter; whoever else reads, and whatever leaves, sees a mask or nothing."""

import io
import re
import zipfile

import pytest

from ledger.registers.donors import Donor
from tests.web.page import Page

WHOLE = ("王秀兰", "李长贵", "张玉芳", "马老四", "何旺", "苏平")
MASKED = ("王**", "李**", "张**", "马**", "何*", "苏*")
AT_THE_COUNTER = ["bao", "mei", "lin", "gao"]
ELSEWHERE = ["luo", "wei", "chen"]
PEOPLE_ON = [
    "/books/LY01/households", "/books/LY01/households/H001", "/books/LY01/households/H004", "/books/LY01/sheets/1",
    "/books/LY01/sheets/2", "/books/LY01/redemptions/9", "/books/LY01/entries/9", "/books/LY01/", "/books/LY01/entries",
]
NIECE, YARD = "郑果", "the yard of Wang Xiulan"


@pytest.mark.parametrize("name", AT_THE_COUNTER)
def test_the_outlets_own_people_see_names_whole(house, name):
    browser = house.sit(name)
    listed = browser.open("/books/LY01/households").text
    assert [whole in listed for whole in WHOLE] == [True] * 6
    assert "610001" in listed
    assert "王秀兰 H001" in browser.open("/books/LY01/households/H001").text
    assert "ID …123X" in browser.open("/books/LY01/households/H004").text
    assert "王秀兰" in browser.open("/books/LY01/sheets/2").text
    assert YARD in browser.open("/books/LY01/sheets/2").text
    slip = browser.open("/books/LY01/redemptions/9").text
    assert "王秀兰 · group 1 · H001" in slip and NIECE in slip


@pytest.mark.parametrize("name", ELSEWHERE)
def test_county_auditor_and_checker_see_masks(house, name):
    browser = house.sit(name)
    listed = browser.open("/books/LY01/households").text
    assert [mask in listed for mask in MASKED] == [True] * 6
    assert "610001" not in listed
    assert "ID …***X" in browser.open("/books/LY01/households/H004").text
    assert "王** · group 1 · H001" in browser.open("/books/LY01/redemptions/9").text
    for path in PEOPLE_ON:
        page = browser.open(path).text
        for private in (*WHOLE, YARD, "123X"):
            assert private not in page, path


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_the_form_that_shows_a_line_whole_is_for_the_outlets_own_people_alone(house, language):
    for name, code in (("mei", 200), ("gao", 200), ("luo", 403), ("wei", 403), ("chen", 403)):
        answer = house.sit(name, language).get("/books/LY01/households/H004/edit")
        assert (answer.status_code, "马老四" in answer.text) == (code, code == 200), name
        page = house.sit(name, language).open("/books/LY01/households/H004")
        assert any(one["href"].endswith("/H004/edit") for one in page.all("a")) is (code == 200), name


@pytest.mark.parametrize("name", ["luo", "chen"])
def test_who_carried_the_goods_home_is_the_counters_business(house, name):
    for path in ("/books/LY01/redemptions/9", "/books/LY01/entries/9"):
        page = house.sit(name).open(path).text
        assert NIECE not in page and "侄女" not in page
        assert "郑*" in page


@pytest.mark.parametrize("name", ["bao", "mei", "lin", "gao"])
def test_at_another_outlet_one_stands_before_a_closed_door(house, name):
    for path in ("/books/LY02/households", "/books/LY02/households/H101"):
        answer = house.sit(name).get(path)
        assert answer.status_code == 403
        assert "周" not in answer.text


@pytest.mark.parametrize("name", [*AT_THE_COUNTER, *ELSEWHERE])
@pytest.mark.parametrize("path", [*PEOPLE_ON, "/books/LY01/sheets", "/books/LY01/stock", "/books/LY01/closings"])
def test_a_file_that_leaves_names_nobody_whoever_takes_it(house, name, path):
    answer = house.sit(name).get(f"{path}?format=csv")
    if path.endswith("/entries/9"):
        return
    assert answer.mimetype == "text/csv"
    for private in (*WHOLE, NIECE, YARD, "123X", "610001"):
        assert private not in answer.text


@pytest.mark.parametrize("name", ["wei", "chen"])
def test_the_county_sees_whom_to_call_and_the_auditor_does_not(house, name):
    browser, whole = house.sit(name), name == "wei"
    for path, private, mask in [
        ("/registers/donors/", "刘经理", "刘**"), ("/registers/donors/", "13812345678", "138****5678"),
        ("/registers/donors/D7", "刘经理", "刘**"), ("/registers/donors/D7", "13812345678", "138****5678"),
    ]:
        page = browser.open(path).main.text
        assert (private in page, mask in page) == (whole, not whole), path
    for path in ("/registers/donors/?format=csv", "/registers/staff/?format=csv"):
        page = browser.get(path).text
        assert not any(private in page for private in ("刘经理", "13812345678", "林玉芳"))


@pytest.mark.parametrize("name", [*AT_THE_COUNTER, *ELSEWHERE])
def test_who_did_what_is_read_by_full_name_here_in_the_county_office_and_by_the_auditor(house, name):
    for path in ("/books/LY01/entries/9", "/books/LY01/entries", "/books/LY01/"):
        page = house.sit(name).open(path).main.text
        assert ("林玉芳 (lin)" in page, "lin" in page) == (name != "luo", True), path
        assert path.endswith("/9") or "林玉芳" not in house.sit(name).get(f"{path}?format=csv").text


@pytest.mark.parametrize("name", ["wei", "chen"])
def test_staff_is_listed_by_full_name_in_the_county_office_and_for_the_auditor(house, name):
    for path in ("/registers/staff/", "/registers/staff/lin"):
        assert "林玉芳" in house.sit(name).open(path).main.text


@pytest.mark.parametrize("name", ["lin", "wei", "chen", "luo"])
def test_a_donor_who_wants_no_name_has_none_on_a_page(house, name):
    house.county.book("LY01").give(donor="D8", by="lin", soap=3)
    page = house.sit(name).open("/books/LY01/entries/12").main.text
    assert "爱心人士" not in page
    assert ("Donor D8" if name == "luo" else "Donor anonymous (D8)") in page


def test_what_was_changed_in_a_name_is_read_at_the_counter_only(house):
    house.sit("mei").fill("/books/LY01/households/H001/edit", {"name": "王秀英"}, to="/H001")
    assert "王秀兰" in house.sit("gao").open("/books/LY01/households/H001").text
    for name in ELSEWHERE:
        assert "王秀" not in house.sit(name).open("/books/LY01/households/H001").text


def test_a_program_sees_what_its_owner_sees(house):
    assert house.program("lin").get("/books/LY01/households/H001").json["name"] == "王秀兰"
    for name in ELSEWHERE:
        program = house.program(name)
        assert program.get("/books/LY01/households/H001").json["name"] == "王**"
        assert [one["name"] for one in program.get("/books/LY01/households").json["items"]] == list(MASKED)
        for path in ("/books/LY01/households?q=wxl", "/books/LY01/entries", "/books/LY01/entries/9"):
            assert not any(private in program.get(path).text for private in (*WHOLE, NIECE))


def link_of(house, donor="D7"):
    with house.county.store.reading() as session:
        return session.get_one(Donor, donor).link


@pytest.mark.parametrize("name", [None, "lin", "wei"])
def test_a_donor_reads_what_became_of_the_gift_and_of_no_household(house, name):
    browser = house.sit(name) if name else house.nobody()
    page = browser.open(f"/gifts/{link_of(house)}?item=all").main.text
    assert "Given 350: handed out 3, on the shelf 342, on the road 5" in page
    assert "Households reached: 1." in page
    file = browser.get(f"/gifts/{link_of(house)}?format=csv")
    assert file.mimetype == "text/csv"
    for told in (page, file.text):
        assert not re.search(r"\bH\d{3}\b", told)
        assert not any(private in told for private in (*WHOLE, *MASKED, "刘经理", "13812345678", "林玉芳"))


def test_the_donors_page_has_no_menu_and_no_button(house):
    page = house.nobody().open(f"/gifts/{link_of(house)}")
    assert [one.tag for one in page.all("nav", "form", "button")] == []
    assert {re.split("[?#]", one["href"])[0] for one in page.main.all("a")} == {f"/gifts/{link_of(house)}"}


@pytest.mark.parametrize("link", ["", "x", "D7", "%00", "a" * 5000, "../D7", "' OR 1=1 --", "%"])
def test_a_wrong_link_opens_nothing_and_tells_nothing(house, link):
    answer = house.nobody().get(f"/gifts/{link}")
    assert answer.status_code == 404
    assert "汉中" not in answer.text


def test_a_new_link_ends_the_old_one(house):
    old = link_of(house)
    house.sit("wei").fill("/donors/D7/statement", {}, to="/link")
    assert house.nobody().get(f"/gifts/{old}").status_code == 404
    assert link_of(house) != old
    assert house.nobody().get(f"/gifts/{link_of(house)}").status_code == 200
    assert len(link_of(house)) >= 32


def test_a_retired_donors_link_opens_nothing(house):
    link = link_of(house)
    house.county.edit(Donor, "D7", retired=1)
    assert house.nobody().get(f"/gifts/{link}").status_code == 404


def test_no_address_of_the_service_names_a_person(house):
    private = (*WHOLE, NIECE, "郑", "610001", "123X", "13812345678", "林玉芳")
    for path in (*PEOPLE_ON, "/books/LY01/redemptions/new?q=1", "/books/LY01/sheets/new",
                 "/books/LY01/redemptions/new?household=H001"):
        page = house.sit("lin").open(path)
        addresses = [one["href"] + one["action"] + one["src"] for one in page.all("a", "form", "link", "script")]
        assert addresses
        assert not any(name in address for name in private for address in addresses)


def test_the_package_of_an_auditor_names_nobody(house):
    package = zipfile.ZipFile(io.BytesIO(house.sit("chen").get("/books/LY01/audit-package", buffered=True).data))
    for name in package.namelist():
        told = package.read(name).decode(errors="replace")
        assert not any(private in told for private in (*WHOLE, NIECE, YARD, "123X", "610001", "刘经理", "林玉芳")), name


def test_the_sign_in_page_of_a_demo_names_no_password(house):
    assert "secret" not in house.nobody().open("/sign-in").text


def test_what_is_said_about_a_wrong_form_names_nobody_of_another_outlet(house):
    answer = house.program("lin").post(
        "/books/LY01/redemptions",
        {"household": "H101", "occurred_on": "2026-03-06", "basket": [{"item": "SALT", "quantity": 1}]}
    )
    assert (answer.status_code, answer.json["errors"]) == (422, {"household": ["There is no household H101."]})
    assert "周" not in Page(house.sit("lin").send("/books/LY01/redemptions", household="H101").text).text
