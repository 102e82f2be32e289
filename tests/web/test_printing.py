"""Papers on the pages: the slip the outlet prints, and the copy mark from the second print on."""

import pytest

from ledger.operations.redemption import redeem
from ledger.web.words import LANGUAGES
from tests.web.faults import faults
from tests.web.house import HERE

SHOWN = "/books/LY01/redemptions/9"
SLIP = f"{SHOWN}/slip"


def mark(page):
    """Return the mark in the corner of a paper, that of all its copies once."""
    return " ".join(dict.fromkeys(one.text for one in page.main.all("p") if one["class"].startswith("copy")))


def press(house, name, at, language="en"):
    """Press Print on a page and return the paper that is then printed."""
    browser = house.sit(name, language)
    form = next(one for one in browser.open(at).all("form") if "/papers/" in one["action"])
    key = next(one["value"] for one in form.all("input") if one["name"] == "key")
    done = browser.send(form["action"], {"key": key})
    assert done.status_code == 303
    return browser.open(done.location)


@pytest.mark.parametrize("size", ["58mm", "a5"])
def test_after_a_redemption_the_slip_of_the_outlet_is_one_press_away(house, size):
    house.county.setting("slip", size)
    paper = press(house, "lin", SHOWN)
    assert paper.all("body")[0]["class"] == {"58mm": "slip short-roll", "a5": "a5"}[size]
    assert mark(paper) == ""
    assert [one["src"] for one in paper.all("script")] == ["/static/print.js"]


@pytest.mark.parametrize("slip", ["register", "no-slip"])
def test_where_the_outlet_prints_none_no_slip_is_pressed_on_anybody(house, slip):
    house.county.setting("slip", slip)
    page = house.sit("lin").open(SHOWN)
    assert [one["action"] for one in page.all("form") if "/papers/" in one["action"]] == []
    assert house.sit("lin").open(SLIP).all("body")[0]["class"] == "a5", "but it can be had"


def test_an_outlets_own_setting_goes_before_the_countys(house):
    house.county.setting("slip", "58mm")
    house.county.setting("slip", "a5", book="LY01")
    assert house.sit("lin").open(SLIP).all("body")[0]["class"] == "a5"


def test_the_slip_tells_points_before_and_after_and_where_it_stands_in_the_book(house):
    text = house.sit("lin").open(SLIP).main.text
    for told in ("六河村爱心超市", "王秀兰", "H001", "肥皂", "2 块 24.0", "大米 5千克 1 袋 36.5", "Points left 39.5",
                 "Support points 100.0 −60.5 39.5", "Total 100.0 −60.5 39.5", "兑-2026-0001", "LY01-9"):
        assert told in text
    digest = house.county.book("LY01").entry(9).digest.hex()
    assert digest[:8] in text and digest[:9] not in text


def test_later_redemptions_do_not_change_what_a_slip_says_was_left(house):
    house.county.book("LY01").redeem("H001", soap=1)
    assert "Points left 39.5" in house.sit("lin").open(SLIP).main.text


def test_from_the_second_print_on_the_slip_says_that_it_is_a_copy(house):
    assert mark(press(house, "lin", SLIP)) == ""
    assert mark(press(house, "gao", SLIP)) == "Copy, print no. 2"
    assert mark(press(house, "wei", SLIP)) == "Copy, print no. 3"
    assert "Printed so far: 3" in house.sit("lin").open(SLIP).text


def test_what_was_not_counted_is_a_preview_and_looking_at_it_writes_nothing(house):
    with house.untouched():
        assert mark(house.sit("lin").open(SLIP)) == "Preview"
        assert mark(house.sit("chen").open(SLIP)) == "Preview"
    assert [one for one in house.sit("chen").open(SLIP).all("form")] == [], "an auditor's print is a preview"


def test_the_mark_also_stands_on_transfer_notes_and_the_slip_of_a_gift(house):
    for at in ("/books/COUNTY/dispatches/2/paper", "/books/COUNTY/donations/1/paper"):
        assert mark(house.sit("wei").open(at)) == "Preview"
        assert mark(press(house, "wei", at)) == ""
        assert mark(press(house, "wei", at)) == "Copy, print no. 2"
    assert mark(house.sit("wei").open("/books/COUNTY/dispatches/3/paper?printed=1")) == ""


@pytest.mark.parametrize(("language", "copy", "blank"), [
    ("en", "Copy, print no. 2", "Print no. 2"), ("zh_Hans_CN", "补打 第2次", "第2次打印"),
])
def test_the_mark_stands_on_every_paper_that_is_signed_and_a_blank_form_has_its_number(house, language, copy, blank):
    """The Wangs get a soap home, are told of points to take back, and have their proxy paper printed twice."""
    liuhe, county = house.county.book("LY01"), house.county.book("COUNTY")
    sold = liuhe.act(redeem, by="lin", household="H001", basket=[{"item": "SOAP", "quantity": 1}], delivered_by="lin")
    n, made = liuhe.claw_back("H001", 10, reason="外出", place="公示栏")["n"], county.allocate(soap={"LY02": 1})["n"]
    second = {
        f"/books/LY01/deliveries/{sold['number']}/paper": copy, f"/books/LY01/claw-backs/{n}/paper": copy,
        f"/books/COUNTY/allocations/{made}/paper": copy, "/books/LY01/households/H001/proxy-paper": blank,
    }
    for at, marked in second.items():
        name = "wei" if "COUNTY" in at else "lin"
        assert [mark(press(house, name, at, language)) for _ in range(2)] == ["", marked], at
        assert faults(house.sit(name, language).get(f"{at}?printed=1").text, language) == []
        assert [one for one in house.sit("chen").open(at).all("form")] == []
    assert mark(press(house, "lin", "/books/LY01/households/H003/proxy-paper", language)) == ""


def test_notes_of_an_allocation_are_counted_one_by_one_when_all_are_printed_together(house):
    made = house.county.book("COUNTY").allocate(soap={"LY02": 1, "LY03": 1})
    press(house, "wei", f"/books/COUNTY/dispatches/{made['number']}/paper")
    together = press(house, "wei", f"/books/COUNTY/allocations/{made['n']}/notes")
    assert mark(together) == "Copy, print no. 2", "the first had been printed, the other had not"


def test_a_press_without_its_key_or_for_no_paper_counts_nothing(house):
    browser = house.sit("lin")
    with house.untouched():
        refused = browser.client.post("/books/LY01/papers/slip/9", headers=HERE)
        assert (refused.status_code, "not complete" in refused.text) == (422, True)
        for path in ("slip/1", "slip/99", "poster/9", "transfer-note/9", "allocation/1", "delivery/9", "claw-back/1",
                     "proxy-H999/2026", "proxy-H001/1", "allocation-summary/1", f"claw-back/{10**30}"):
            assert browser.send(f"/books/LY01/papers/{path}").status_code == 404, path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", [
    SHOWN, f"{SLIP}?size=58mm&printed=1", "/books/COUNTY/dispatches/2/paper?printed=1",
    "/books/COUNTY/donations/1/paper?printed=1",
])
def test_the_papers_read_well(house, language, at):
    house.county.setting("slip", "58mm")
    for _ in range(2):
        name = "wei" if "COUNTY" in at else "lin"
        press(house, name, at.partition("?")[0])
    assert faults(house.sit(name, language).get(at).text, language) == []


def test_the_balance_is_printed_in_large_figures_with_or_without_the_last_lines(house):
    page = house.sit("lin").open("/books/LY01/households/H001/paper")
    assert [one.text for one in page.all("p") if one["class"] == "figure"] == ["39.5"]
    assert "Support points 39.5 · Merit points 0.0" in page.text
    assert "2026-03-06 Redemption Support points -60.5 39.5" in page.text
    alone = house.sit("lin").open("/books/LY01/households/H001/paper?only=balance")
    assert alone.all("table") == [] and "39.5" in alone.text
    assert "王秀兰" not in house.sit("wei").open("/books/LY01/households/H001/paper").text


def test_a_shelf_label_has_price_unit_in_words_and_the_barcode_or_else_the_code(house):
    house.sit("wei").fill("/registers/items/RICE", {"ean": "6901234567892"}, "/barcodes")
    tags = [one for one in house.sit("lin").open("/books/LY01/labels").all("article")]
    rice, salt, soap = (next(tag for tag in tags if name in tag.text) for name in ("大米", "食盐", "肥皂"))
    assert "36.5 points" in rice.text and "袋（每袋5千克＝10斤）" in rice.text
    assert [one["aria-label"] for one in rice.all("svg")] == ["Barcode 6901234567892"]
    assert "6901234567892" in rice.text and "RICE" not in rice.text
    assert ([one["aria-label"] for one in soap.all("svg")], "SOAP" in soap.text) == (["Barcode SOAP"], True)
    assert "0.0 points" in salt.text
    assert not [tag for tag in tags if "菜籽油" in tag.text], "what has expired is not sold"


def test_a_long_name_on_a_label_is_written_small_and_whole(house):
    house.sit("wei").fill("/registers/items/RICE/edit", {"name": "东北五常稻花香长粒香大米"}, "/RICE")
    names = [one for one in house.sit("lin").open("/books/LY01/labels").all("p") if one["class"].startswith("ware")]
    assert [(one["class"], one.text) for one in names] == [
        ("ware long", "东北五常稻花香长粒香大米"), ("ware", "食盐"), ("ware", "肥皂"),
    ]


def test_a_points_notice_printed_again_is_a_copy_and_none_is_counted_before_it_hangs(house):
    liuhe = house.county.book("LY01")
    sheet = liuhe.draw(("H001", "WORK", 80))["n"]
    at = f"/books/LY01/sheets/{sheet}/notice"
    assert mark(house.sit("mei").open(at)) == "Preview" and not house.sit("mei").open(at).all("form")
    liuhe.hang(sheet)
    assert [mark(press(house, name, at)) for name in ("mei", "gao")] == ["", "Copy, print no. 2"]
    liuhe.hang(sheet, reason="rain")
    assert mark(press(house, "mei", at)) == "Hung again", "what hangs again is a paper of its own"
