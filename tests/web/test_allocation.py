"""Giving goods out on pages: choose, share out by households, edit the grid, send, and print. No JavaScript anywhere.

On the county store's shelf are 137 soaps, 30 rice, 50 salt; the oil there is past its best-before. Liuhe has four
active
households, Shimo and Baique one each.
"""

import time

import pytest

from ledger.journal import body_of
from ledger.registers.households import Household
from ledger.registers.items import Item
from ledger.registers.register import add
from ledger.registers.sites import Site, open_site
from tests.web.page import Page

NEW = "/books/COUNTY/allocations/new"


def spread(house, by="households", **typed):
    """Press a button of the grid as Wei, with what is typed; return the page."""
    _, inputs = house.sit("wei").open(NEW).form("/allocations")
    return house.sit("wei").send(NEW, {**inputs, "by": by, **typed})


def named(page, words):
    """Return the inputs of the goods called so: those of one place."""
    _, inputs = Page(page.text).form("/allocations")
    (place,) = [name.split("-")[1] for name, value in inputs.items() if name.endswith("-item") and value == words]
    return {name: value for name, value in inputs.items() if name.startswith(f"goods-{place}-")}


def shares(page, item):
    """Return what stands in the cells of an item, by outlet."""
    return {name.split("-")[3]: value for name, value in named(page, item).items() if "-shares-" in name}


def sent(house, page, **typed):
    """Send the grid of a page off as it stands, with a decision."""
    _, inputs = Page(page.text).form("/allocations")
    return house.sit("wei").send("/books/COUNTY/allocations", {**inputs, "decision": "略工发〔2026〕12号", **typed})


@pytest.fixture
def soap(house):
    """The input in which the soap's quantity is typed."""
    return next(name for name in named(house.sit("wei").get(NEW), "SOAP") if name.endswith("-quantity"))


def test_expired_goods_are_not_offered(house):
    page = house.sit("wei").get(NEW).text
    assert [item in page for item in ("SOAP", "RICE", "SALT", "OIL")] == [True, True, True, False]


def test_a_press_shares_out_by_number_of_households_to_the_last_piece_and_books_nothing(house, soap):
    with house.untouched():
        page = spread(house, **{soap: "32"})
    assert page.status_code == 200
    assert shares(page, "SOAP") == {"LY01": "22", "LY02": "5", "LY03": "5"}
    seen = Page(page.text).main.text
    assert "4 households" in seen and "Total 32 22 5 5" in seen
    assert "RICE" in page.text, "other goods can still be added"


def test_what_was_edited_is_added_up_and_kept(house, soap):
    page = spread(house, by="hand", **{soap: "", soap.replace("quantity", "shares-LY02"): "7", "grid": "1"})
    assert shares(page, "SOAP") == {"LY01": "", "LY02": "7", "LY03": ""}
    assert "Total 7 0 7 0" in Page(page.text).main.text


def test_a_total_other_than_its_shares_is_refused_with_both_sums(house, soap):
    page = spread(house, **{soap: "32"})
    with house.untouched():
        refused = sent(house, page, **{soap.replace("quantity", "shares-LY02"): "0"})
    assert refused.status_code == 422
    assert Page(refused.text).errors() == {
        soap: ["The shares come to 27, and 32 was to be given out. Change one of them."],
    }
    line = {"item": "SOAP", "shares": {"LY01": 22}, "quantity": 21}
    said = {"decision": "略工发〔2026〕12号", "occurred_on": "2026-03-06", "goods": [line]}
    with house.untouched():
        answer = house.program("wei").post("/books/COUNTY/allocations", said)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["goods.0.quantity"])


def test_one_press_sends_a_note_to_each_outlet_and_shows_the_summary(house, soap):
    page = spread(house, **{soap: "32"})
    done = sent(house, page, **{soap.replace("quantity", "shares-LY02"): "0", soap: "27"})
    assert (done.status_code, done.location) == (303, "/books/COUNTY/allocations/1")
    shown = house.sit("wei").open(done.location).main.text
    assert "Allocation 1 略工发〔2026〕12号 · 2026-03-06" in shown
    assert "SOAP 肥皂 块 22 5 27" in shown and "Total 22 5 27" in shown
    assert "六河村爱心超市 (LY01) 调-2026-0005 6 22 22" in shown
    assert [body_of(house.county.book("COUNTY").entry(n))["facts"]["to"] for n in (6, 7)] == ["LY01", "LY03"]
    assert "Allocation 1" in house.sit("wei").open(NEW).main.text
    assert "COUNTY-6" in house.sit("lin").open("/books/LY01/").main.text
    house.county.replay()


def test_the_summary_is_a_file_and_a_paper_and_the_notes_are_printed_in_one_go(house, soap):
    sent(house, spread(house, **{soap: "32"}))
    wei = house.sit("chen")
    table = wei.get("/books/COUNTY/allocations/1?format=csv").data.decode("utf-8-sig").splitlines()
    assert table == ["Item,Goods,Unit,LY01,LY02,LY03,Total", "SOAP,肥皂,块,22,5,5,32"]
    assert "肥皂 块 22 5 5 32" in wei.open("/books/COUNTY/allocations/1/paper").main.text
    notes = wei.open("/books/COUNTY/allocations/1/notes").main
    assert len(list(notes.all("section"))) == 3
    assert "To: 白雀寺村爱心超市 (LY03)".replace(": ", " ") in notes.text


def test_goods_that_are_short_are_told_together_at_their_rows_with_what_was_typed(house, soap):
    page = spread(house, **{soap: "138", soap.replace("quantity", "item"): "SOAP"})
    with house.untouched():
        refused = sent(house, page)
    assert refused.status_code == 422
    assert "Not enough on the shelf: 肥皂, asked 138, there is 137." in Page(refused.text).main.text
    assert sum(map(int, shares(refused, "SOAP").values())) == 138


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("two", "Enter a whole number from 0 to 9999."), ("-1", "Enter a whole number from 0 to 9999.")],
)
def test_a_wrong_cell_is_told_in_its_cell(house, soap, typed, sentence):
    cell = soap.replace("quantity", "shares-LY03")
    with house.untouched():
        refused = sent(house, spread(house, **{soap: "32"}), **{cell: typed})
    assert refused.status_code == 422
    assert f'id="{cell}-error">{sentence}' in refused.text and f'value="{typed}"' in refused.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [("decision", "", "Please fill this in."), ("decision", "王秀兰", "Enter the number as it stands on the paper"),
     ("occurred_on", "2026-03-07", "2026-03-07 is still to come")],
)
def test_decision_and_day_are_asked_for(house, soap, field, typed, sentence):
    with house.untouched():
        refused = sent(house, spread(house, **{soap: "32"}), **{field: typed})
    assert refused.status_code == 422
    assert sentence in Page(refused.text).main.text


def test_a_quantity_that_is_no_number_is_told_before_anything_is_shared(house, soap):
    page = spread(house, **{soap: "many"})
    assert page.status_code == 422
    assert f'id="{soap}-error"' in page.text


def test_the_same_page_sent_twice_is_one_allocation(house, soap):
    page = spread(house, **{soap: "32"})
    first = sent(house, page)
    with house.untouched():
        assert sent(house, page).location == first.location


def test_the_page_speaks_chinese(house, soap):
    _, inputs = house.sit("wei").open(NEW).form("/allocations")
    page = house.sit("wei", "zh_Hans_CN").send(NEW, {**inputs, "by": "households", soap: "32"})
    assert "按户数分配" in page.text and "4户" in page.text and "全部开出调拨单" in page.text


def test_forty_five_goods_for_twenty_eight_outlets_go_in_one_form(house):
    store = house.county.book("COUNTY")
    with house.county.store.writing() as session:
        said = {"by": "wei", "now": house.county.now}
        for n in range(45):
            add(session, Item(code=f"X{n:02}", name=f"物{n}", unit="件"), **said)
        for n in range(4, 29):
            open_site(session, Site(code=f"LY{n:02}", name=f"村{n}"), **said)
    store.give(lines=[{"item": f"X{n:02}", "quantity": 280} for n in range(45)])
    _, inputs = house.sit("wei").open(NEW).form("/allocations")
    wanted = {name.replace("-item", "-quantity"): "280" for name, value in inputs.items() if value.startswith("X")}
    liuhe = [("LY01", number) for number in ("H001", "H003", "H004", "H006")]
    for key in [*liuhe, ("LY02", "H101"), ("LY03", "H201")]:
        house.county.edit(Household, key, status="closed")
    page = spread(house, **wanted)
    assert set(shares(page, "X44").values()) == {"10"}, "without households every outlet gets the same"
    began = time.process_time()
    done = sent(house, page)
    assert done.status_code == 303
    assert time.process_time() - began < 5
    shown = house.sit("wei").open(done.location)
    assert "Total" in shown.text and "12600" in shown.text
    assert house.count("COUNTY") == 6 + 28
    house.county.replay()


def test_programs_give_goods_out_in_one_call(house):
    order = {"decision": "略工发〔2026〕12号", "occurred_on": "2026-03-06",
             "goods": [{"item": "SOAP", "shares": {"LY01": 3, "LY02": 4}}]}
    done = house.program("wei").post("/books/COUNTY/allocations", order)
    assert (done.status_code, done.json["number"], done.json["last"], done.json["n"]) == (201, 6, 7, 1)
    order["goods"][0]["shares"] = {"LY01": 9_999, "LY99": 1}
    refused = house.program("wei").post("/books/COUNTY/allocations", order)
    assert refused.json["errors"] == {"goods.0.shares.LY99": ["There is no outlet LY99."]}
    assert house.program("lin").post("/books/LY01/allocations", order).status_code == 403


# The note on paper, and another village

def test_a_transfer_note_is_printed_with_room_for_what_was_received(house):
    note = house.sit("wei", "zh_Hans_CN").open("/books/COUNTY/dispatches/2/paper").main.text
    assert "调拨单" in note and "调-2026-0001" in note and "六河村爱心超市 (LY01)" in note and "县到村" in note
    assert "大米 5千克 1袋＝5千克＝10斤 L2 2026-04-20 D7" in note
    assert "实发＝实收＋短少－溢余" in note
    assert house.sit("wei").get("/books/COUNTY/dispatches/1/paper").status_code == 404


def test_goods_in_the_wrong_village_are_checked_in_where_they_lie(house):
    page = house.sit("wei").open("/books/COUNTY/entries/5")
    assert "Wrong village: send it to another outlet" in page.main.text
    done = house.sit("wei").fill("/books/COUNTY/dispatches/5/redirection/new", {"to": "LY02"}, "/redirection")
    assert done.location == "/books/COUNTY/entries/6"
    assert "COUNTY-5" not in house.sit("lin").open("/books/LY01/").main.text
    today = house.sit("zhao").open("/books/LY02/")
    assert "COUNTY-6" in today.main.text
    note = "/books/LY02/arrivals/new?from=COUNTY&dispatch=6"
    arrived = house.sit("zhao").fill(note, {"lines-0-quantity": "3"}, "/arrivals")
    assert arrived.status_code == 303
    assert house.county.book("LY02").stock("SOAP") == 13
    assert "In place of note" in house.sit("wei").open("/books/COUNTY/dispatches/6/paper").main.text
    with house.untouched():
        form = {"to": "LY03", "occurred_on": "2026-03-06"}
        refused = house.sit("wei").send("/books/COUNTY/dispatches/5/redirection", form)
    assert refused.status_code == 422
    assert "Nothing of this transfer note is on the road any more." in Page(refused.text).main.text


def test_programs_redirect_too(house):
    done = house.program("wei").post(
        "/books/COUNTY/dispatches/5/redirection", {"to": "LY03", "occurred_on": "2026-03-06"}
    )
    assert (done.status_code, done.json["to"], done.json["lines"]) == (
        201, "LY03", [{"item": "SOAP", "lot": "L1", "quantity": 3}]
    )


def test_sending_against_a_wish_asks_for_the_donors_consent(house):
    store = house.county.book("COUNTY")
    store.give(lines=[{"item": "TOWEL", "quantity": 6}], wish={"kind": "outlets", "outlets": ["LY01"]})
    page = house.sit("wei").open("/books/COUNTY/dispatches/new")
    assert "only for LY01" in page.main.text
    action, inputs = page.form("/dispatches")
    (line,) = [name.removesuffix("-item") for name, value in inputs.items() if value == "TOWEL"]
    typed = {**inputs, "to": "LY02", f"{line}-quantity": "2"}
    with house.untouched():
        refused = house.sit("wei").send(action, typed)
    assert "毛巾 L5: the donor (汉中粮油公司 (D7)) gave it for LY01." in Page(refused.text).main.text
    assert house.sit("wei").send(action, {**typed, "consent": "2026-5"}).status_code == 303
