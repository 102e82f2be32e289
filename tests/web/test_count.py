"""The pages of the stock-take: begun, keyed in parts and blind, explained, confirmed by another, and printed."""

import inspect
import re

import pytest

from ledger.operations.count import begin_count, key_lines
from ledger.web.words import LANGUAGES
from schemas.count import CountedLine, CountForm, CountLinesForm
from tests.web.faults import faults
from tests.web.page import Page, inputs_of
from tests.web.test_few_questions import MOST, counted
from tests.web.test_names import ASKED_OF_EVERY_ACT as ASKED

COUNT = "/books/LY01/counts/1"
# What lies in the house on 6 March, by lot.
SHELF = {"L1": 36, "L2": 9, "L3": 5, "L4": 20}


def form_to(page, ending):
    """Return the inputs of the form that goes to an address ending so; none if it is not there."""
    forms = [one for one in page.main.all("form") if one["method"] == "post" and one["action"].endswith(ending)]
    return inputs_of(forms[0]) if forms else None


def begin(house, nature="month-end"):
    """Begin a stock-take, as Lin."""
    return house.sit("lin").fill("/books/LY01/counts", {"nature": nature}, "/counts")


def key(house, finished=False, by="lin", **found):
    """Key what was found, by lot, on the page."""
    inputs = form_to(house.sit(by).open(COUNT), "/lines")
    lots = {value: name.removesuffix("-lot") for name, value in inputs.items() if name.endswith("-lot")}
    typed = {f"{lots[lot]}-quantity": str(quantity) for lot, quantity in found.items()}
    return house.sit(by).send(f"{COUNT}/lines", {**inputs, **typed, **({"finished": "1"} if finished else {})})


def explain(house, reason="unknown", words=""):
    """Give every difference the same reason."""
    inputs = form_to(house.sit("lin").open(COUNT), "/lines")
    reasons = {name: reason for name in inputs if name.endswith("-reason")}
    return house.sit("lin").send(f"{COUNT}/lines", {**inputs, **reasons, **{
        name: words for name in inputs if name.endswith("-words")
    }})


def test_a_month_is_counted_blind_in_two_parts_and_confirmed_by_the_supervisor(house):
    assert begin(house).location == COUNT
    page = house.sit("lin").open(COUNT)
    assert "Stock-take 盘-2026-0001" in page.text
    assert not [cell.text for cell in page.main.all("td") if cell["class"] == "number" and cell.text], "it is blind"
    assert "Stock-take 盘-2026-0001 is under way." in house.sit("gao").open("/books/LY01/").text
    assert key(house, L1=36, L2=9).status_code == 303
    assert "36 块" in house.sit("lin").open(COUNT).text
    house.county.book("LY01").redeem("H001", salt=2)
    assert key(house, finished=True, L3=4, L4=18).location == COUNT
    page = house.sit("lin").open(COUNT)
    assert "菜籽油 5升 · L3: should be 5, counted 4" in page.text
    assert "食盐" not in [one.text for one in page.main.all("legend")], "handed out meanwhile is no difference"
    assert "waits for a second person" in house.sit("gao").open("/books/LY01/").text
    refused = house.sit("gao").fill(COUNT, {}, "/confirmation")
    assert Page(refused.text).summary() == ["These differ from the book and have no reason yet: L3."]
    assert explain(house, "other", "漏了").status_code == 303
    assert "漏了" in house.sit("gao").open(COUNT).text
    done = house.sit("gao").fill(COUNT, {}, "/confirmation")
    assert (done.status_code, done.location) == (303, COUNT)
    liuhe = house.county.book("LY01")
    assert (liuhe.stock("OIL"), liuhe.stock("SALT"), liuhe.holds("difference", "OIL/L3")) == (4, 18, 1)
    assert "Confirmed: entry 13" in house.sit("lin").open(COUNT).text
    assert house.sit("lin").open("/books/LY01/entries/13").text.count("Stock-take") > 1
    house.county.replay()


def test_everything_found_as_booked_is_confirmed_with_one_tap(house):
    begin(house)
    key(house, finished=True, **SHELF)
    page = house.sit("gao").open(COUNT)
    assert "Shelf and book agree." in page.text
    assert house.sit("gao").fill(COUNT, {}, "/confirmation").status_code == 303
    assert house.count() == 12


def test_what_was_typed_stays_when_a_lot_is_missing_and_nothing_is_kept(house):
    begin(house)
    with house.untouched():
        refused = key(house, finished=True, L1=36)
    page = Page(refused.text)
    assert refused.status_code == 422
    assert page.summary() == ["Lots not counted yet: 3; the first is 菜籽油 5升 L3. Enter 0 where nothing is left."]
    assert "36" in form_to(page, "/lines").values()


def test_a_wrong_number_and_an_unknown_lot_are_refused_at_their_fields(house):
    begin(house)
    inputs = form_to(house.sit("lin").open(COUNT), "/lines")
    blank = next(name for name, value in inputs.items() if name.endswith("-lot") and not value).removesuffix("-lot")
    typed = {**inputs, "lines-0-quantity": "-1", f"{blank}-quantity": "2"}
    with house.untouched():
        refused = Page(house.sit("lin").send(f"{COUNT}/lines", typed).text)
    assert refused.errors() == {
        "lines-0-quantity": ["Enter a whole number from 0 to 999999."], f"{blank}-lot": ["Please fill this in."],
    }
    with house.untouched():
        typed = {**inputs, f"{blank}-quantity": "2", f"{blank}-lot": "l77"}
        refused = Page(house.sit("lin").send(f"{COUNT}/lines", typed).text)
    assert refused.errors() == {f"{blank}-lot": ["There is no lot L77."]}
    assert "l77" in form_to(refused, "/lines").values()


def test_a_count_is_dropped_with_one_press_and_another_can_begin(house):
    begin(house)
    assert "Begin to count" not in house.sit("lin").open("/books/LY01/counts").text
    assert house.sit("lin").fill(COUNT, {}, "/dropping").status_code == 303
    assert "Dropped: nothing was booked." in house.sit("lin").open(COUNT).text
    assert begin(house, "surprise").location == "/books/LY01/counts/2"
    page = house.sit("chen").open("/books/LY01/counts").text
    assert "盘-2026-0002 Surprise count" in page and "盘-2026-0001 Month-end" in page


def test_a_finished_count_is_dropped_by_a_second_person_alone(house):
    begin(house)
    key(house, finished=True, **{**SHELF, "L1": 35})
    assert form_to(house.sit("lin").open(COUNT), "/dropping") is None
    with house.untouched():
        refused = house.sit("lin").send(f"{COUNT}/dropping", {})
    assert refused.status_code == 422 and "only a second person can drop" in Page(refused.text).text
    assert house.sit("gao").fill(COUNT, {}, "/dropping").status_code == 303
    assert "Dropped: nothing was booked." in house.sit("lin").open(COUNT).text


def test_a_lot_on_the_list_and_keyed_again_below_it_is_added_up(house):
    begin(house)
    inputs = form_to(house.sit("lin").open(COUNT), "/lines")
    blank = next(name for name, value in inputs.items() if name.endswith("-lot") and not value).removesuffix("-lot")
    listed = next(name for name, value in inputs.items() if value == "L1").removesuffix("-lot")
    typed = {**inputs, f"{listed}-quantity": "30", f"{blank}-lot": "L1", f"{blank}-quantity": "6"}
    assert house.sit("lin").send(f"{COUNT}/lines", typed).status_code == 303
    page = house.sit("lin").open(COUNT)
    assert "36 块" in page.text and "saved together they are added up" in page.text


def test_the_sheet_is_printed_blank_first_and_afterwards_with_the_result(house):
    begin(house)
    blank = house.sit("lin").open(f"{COUNT}/paper")
    heads = [head.text for head in blank.all("th")]
    assert "Tally marks" in heads and "Should be" not in heads
    assert "1袋＝5千克＝10斤" in blank.text
    key(house, finished=True, **{**SHELF, "L2": 7})
    explain(house)
    heads = [head.text for head in house.sit("chen").open(f"{COUNT}/paper").all("th")]
    assert "Should be" in heads and "Tally marks" not in heads


def test_a_file_of_a_count_that_runs_tells_nothing_of_the_book(house):
    begin(house)
    head = house.sit("lin").get(f"{COUNT}?format=csv").data.decode("utf-8-sig").splitlines()[0]
    assert head.split(",")[-1] == "Counted"
    key(house, finished=True, **SHELF)
    head = house.sit("lin").get(f"{COUNT}?format=csv").data.decode("utf-8-sig").splitlines()[0]
    assert "Should be" in head


def test_a_surprise_count_is_rolled_back_to_a_day(house):
    house.county.move_to("2026-03-08")
    begin(house, "surprise")
    assert house.sit("chen").get(f"{COUNT}/rollback").status_code == 404, "not before all is counted"
    key(house, finished=True, **{**SHELF, "L1": 35})
    page = house.sit("chen").open(f"{COUNT}/rollback?since=2026-03-05")
    rows = {row[0]: row[4:] for row in [[cell.text for cell in one.all("td")] for one in page.all("tr")] if row}
    # On 6 March two soaps and one bag of rice were handed out, a bag of salt too and taken back.
    assert rows["SOAP"] == ["35", "2", "0", "37", "38", "-1"]
    assert rows["RICE"] == ["9", "1", "0", "10", "10", "0"]
    assert rows["SALT"] == ["20", "1", "1", "20", "20", "0"]
    table = house.sit("chen").get(f"{COUNT}/rollback?since=2026-03-05&format=csv").data.decode("utf-8-sig")
    assert "SOAP,肥皂,,块,35,2,0,37,38,-1" in table
    assert "2026-02-28" in house.sit("chen").open(f"{COUNT}/rollback?since=soon").text


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Counting began on 2026-03-08. Choose a base day before that."),
    ("zh_Hans_CN", "盘点从2026-03-08开始，请选这一天以前的基准日。"),
])
@pytest.mark.parametrize("day", ["2026-03-08", "2026-03-09", "2026-04-30"])
def test_a_count_is_not_rolled_forward(house, language, words, day):
    """Two soaps went out on the day of the count, five came the day after: neither is a difference of the count."""
    house.county.move_to("2026-03-08")
    begin(house, "surprise")
    key(house, finished=True, **SHELF)
    liuhe = house.county.book("LY01")
    liuhe.redeem("H001", salt=2)
    house.county.move_to("2026-03-09")
    liuhe.give(salt=5, by="lin")
    page = house.sit("chen", language).get(f"{COUNT}/rollback?since={day}")
    assert (page.status_code, Page(page.text).errors()) == (422, {"since": [words]})
    paper = house.sit("chen", language).get(f"{COUNT}/rollback/paper?since={day}")
    assert paper.status_code == 422 and words in paper.text
    assert "2026-02-28" in house.sit("chen", language).open(f"{COUNT}/rollback").text


def test_counting_that_takes_two_days_is_rolled_back_to_before_the_first(house):
    house.county.move_to("2026-03-31")
    begin(house)
    key(house, **SHELF)
    house.county.book("LY01").redeem("H001", salt=2)
    house.county.move_to("2026-04-01")
    key(house, finished=True, L1=36)
    page = house.sit("chen").open(f"{COUNT}/rollback")
    assert "2026-02-28" in page.text and {cells[-1] for cells in rows_of(page)} == {"0"}
    assert house.sit("chen").get(f"{COUNT}/rollback?since=2026-03-31").status_code == 422


def test_a_paper_from_before_the_count_that_is_keyed_after_it_is_carried_back_too(house):
    """A salt went out on 7 March and was missing on the 8th; its paper turns up on the 9th."""
    house.county.move_to("2026-03-08")
    begin(house)
    key(house, finished=True, **{**SHELF, "L4": 19})
    house.county.move_to("2026-03-09")
    house.county.book("LY01").redeem("H001", salt=1, on="2026-03-07", paper_number="31")
    for day, rolled in (("2026-03-06", ["19", "1", "0", "20", "20", "0"]),
                        ("2026-03-07", ["19", "0", "0", "19", "19", "0"])):
        (salt,) = [row[4:] for row in rows_of(house.sit("chen").open(f"{COUNT}/rollback?since={day}"))
                   if row[0] == "SALT"]
        assert salt == rolled


def rows_of(page):
    """Return the cells of each row of a table."""
    return [row for row in [[cell.text for cell in one.all("td")] for one in page.all("tr")] if row]


def press_print(house, at):
    """Press Print on a paper as Gao; return where it is then shown."""
    browser = house.sit("gao")
    form = next(one for one in browser.open(at).all("form") if "/papers/" in one["action"])
    return browser.send(form["action"]).location


def test_a_roll_back_is_a_paper_with_serial_sums_and_hands_and_its_prints_are_counted(house):
    begin(house, "surprise")
    key(house, finished=True, **{**SHELF, "L1": 35})
    paper = f"{COUNT}/rollback/paper?since=2026-03-05"
    preview = house.sit("gao").open(paper)
    assert preview.all("form") == [], "its prints are counted by the entry it becomes"
    assert "Preview" in preview.text and "盘-2026-0001" in preview.text and "Base day 2026-03-05" in preview.text
    explain(house, "other", "漏了")
    house.sit("gao").fill(COUNT, {}, "/confirmation")
    first = press_print(house, paper)
    text = house.sit("gao").open(first).text
    assert "since=2026-03-05" in first and "Base day 2026-03-05" in text
    assert "Preview" not in text and "Copy" not in text and "SOAP 肥皂 块 35" in text
    assert "Total " in text and "Approved by" in text and "LY01-12" in text
    again = press_print(house, paper)
    assert "Copy, print no. 2" in house.sit("gao").open(again).text
    sheet = press_print(house, f"{COUNT}/paper")
    assert "Copy" not in house.sit("gao").open(sheet).text and "printed=1" in sheet


def test_who_may_key_and_who_may_confirm(house):
    begin(house)
    for name in ("mei", "gao", "luo", "wei", "chen"):
        assert house.sit(name).send(f"{COUNT}/lines", {"lines-0-lot": "L1", "lines-0-quantity": "1"}).status_code == 403
        assert form_to(house.sit(name).open(COUNT), "/lines") is None
    key(house, finished=True, **SHELF)
    assert form_to(house.sit("lin").open(COUNT), "/confirmation") is None
    assert house.sit("lin").send(f"{COUNT}/confirmation").status_code == 403


def test_today_says_when_a_count_is_overdue_and_what_is_near_its_best_before(house):
    house.county.setting("count_days", "10")
    page = house.sit("lin").open("/books/LY01/")
    assert "The shelf should have been counted 7 days ago" in page.text
    house.county.setting("count_days", "40", book="LY01")
    assert "should have been counted" not in house.sit("lin").open("/books/LY01/").text
    stock = house.sit("lin").open("/books/LY01/stock")
    assert "菜籽油 5 桶 (L3): past its best-before since 2026-03-01" in stock.text
    assert "大米 9 袋 (L2): best before 2026-04-20, 45 days left" in stock.text
    house.county.setting("warning_days", "44", book="LY01")
    assert "45 days left" not in house.sit("lin").open("/books/LY01/stock").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_well_in_both_languages_at_every_step(house, language):
    def look(name, *more):
        for path in ("/books/LY01/counts", "/books/LY01/", "/books/LY01/stock", COUNT, f"{COUNT}/paper", *more):
            assert (path, faults(house.sit(name, language).get(path).text, language)) == (path, [])

    begin(house)
    for name in ("lin", "gao", "chen"):
        look(name)
    key(house, finished=True, **{**SHELF, "L2": 7})
    for name in ("lin", "gao", "chen"):
        look(name, f"{COUNT}/rollback", f"{COUNT}/rollback/paper")
    explain(house, "other", "漏了")
    house.sit("gao").fill(COUNT, {}, "/confirmation")
    look("lin", f"{COUNT}/rollback", "/books/LY01/entries/12")


def test_programs_count_in_parts_or_at_once(house):
    lin, gao = house.program("lin"), house.program("gao")
    asked = lin.post("/books/LY01/counts", {"nature": "surprise"})
    assert (asked.status_code, asked.json) == (201, {"book": "LY01", "n": 1, "status": "counting"})
    lines = [{"lot": lot, "quantity": quantity} for lot, quantity in SHELF.items()]
    part = lin.post("/books/LY01/counts/1/lines", {"lines": lines[:2]})
    assert part.json["status"] == "counting"
    last = {"lines": [*lines[2:3], {"lot": "L4", "quantity": 19}], "finished": True}
    rest = lin.post("/books/LY01/counts/1/lines", last)
    assert rest.json == {"book": "LY01", "n": 1, "status": "waiting"}
    refused = gao.post("/books/LY01/counts/1/confirmation")
    assert refused.status_code == 422
    assert lin.post("/books/LY01/counts/1/lines", {"lines": [{"lot": "L4", "reason": "lost"}]}).status_code == 201
    done = gao.post("/books/LY01/counts/1/confirmation")
    assert (done.status_code, done.json["number"], done.json["status"]) == (201, 12, "confirmed")
    lines[3]["quantity"] = 19
    at_once = lin.post("/books/LY01/counts", {"lines": lines, "finished": True})
    assert at_once.json == {"book": "LY01", "n": 2, "status": "waiting"}
    assert gao.post("/books/LY01/counts/2/confirmation").status_code == 201


def test_input_field_and_argument_have_the_same_name(house):
    begin(house)
    inputs = {re.sub(r"-\d+-", "-", name) for name in form_to(house.sit("lin").open(COUNT), "/lines")} - {"key"}
    key(house, finished=True, **{**SHELF, "L2": 7})
    inputs |= {re.sub(r"-\d+-", "-", name) for name in form_to(house.sit("lin").open(COUNT), "/lines")} - {"key"}
    assert inputs == {f"lines-{name}" for name in CountedLine().fields}
    assert set(CountLinesForm().fields) - ASKED == set(inspect.signature(key_lines).parameters) - ASKED - {"count"}
    assert set(CountForm().fields) - ASKED == set(inspect.signature(begin_count).parameters) - ASKED


def test_a_page_of_a_stock_take_asks_a_handful_of_questions(house):
    begin(house)
    for path in ("/books/LY01/counts", COUNT, f"{COUNT}/paper", "/books/LY01/write-offs/new"):
        with counted(house) as asked:
            house.sit("lin").open(path)
        assert len(asked) <= MOST, "\n".join(asked)
