"""The papers of points and goods: three copies of a donation slip, page sums, the claw-back notice, the proxy paper."""

from datetime import date

import pytest

from ledger.journal import Move, post
from ledger.operations.count import begin_count
from ledger.operations.write_off import propose_write_off
from ledger.registers.items import Item
from ledger.registers.lots import Lot
from ledger.registers.register import add
from ledger.reports.papers import capitals, in_pages
from ledger.terms import EntryKind
from ledger.web.words import LANGUAGES
from tests.web.faults import faults
from tests.web.page import Page

SLIP = "/books/COUNTY/donations/1/paper"


@pytest.mark.parametrize(("fen", "words"), [
    (0, "零元整"), (5, "伍分"), (50, "伍角整"), (10_530, "壹佰零伍元叁角整"), (10_003, "壹佰元零叁分"),
    (1_001_000, "壹万零壹拾元整"), (12_345_678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"), (2_000_000_000, "贰仟万元整"),
    (100_100_000, "壹佰万零壹仟元整"), (10_000_000_000_00, "壹佰亿元整"),
])
def test_a_sum_is_written_in_capitals(fen, words):
    assert capitals(fen) == words


def test_a_table_over_pages_carries_its_sums_forward_and_they_add_up():
    rows = [{"value": n, "sent": None} for n in range(1, 31)]
    pages = in_pages(rows, 14, "value", "sent")
    assert [(len(page.rows), page.start) for page in pages] == [(14, 0), (14, 14), (2, 28)]
    assert [page.carried["value"] for page in pages] == [0, 105, 406]
    assert [page.here["value"] for page in pages] == [105, 301, 59]
    assert pages[-1].through == {"value": sum(range(31)), "sent": 0}
    assert [page.rows for page in in_pages([], 14)] == [[]]


@pytest.mark.parametrize(("rows", "pages"), [
    (0, [0]), (10, [10]), (11, [9, 2]), (14, [12, 2]), (16, [14, 2]), (24, [14, 10]), (26, [14, 10, 2]),
])
def test_signatures_stand_with_the_last_rows_and_never_alone(rows, pages):
    lines = [{"value": 1}] * rows
    made = in_pages(lines, 14, "value", last=10)
    assert [len(page.rows) for page in made] == pages
    assert (made[-1].through["value"], made[-1].start) == (rows, rows - pages[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_note_numbers_its_own_sheets_and_each_paper_has_its_own_witness(house, language):
    """Twelve lots go to Liuhe: ten would stand above the signatures, so two go over to another sheet with them."""
    county = house.county.book("COUNTY")
    for _ in range(12):
        county.give(lines=[{"item": "SOAP", "quantity": 2, "unit_value": 100, "basis": "fair"}])
    lots = sorted(county.lots("SOAP").items())
    note = county.send("LY01", lines=[{"item": "SOAP", "lot": lot, "quantity": 1} for lot, _ in lots[:12]])
    page = house.sit("wei", language).open(f"/books/COUNTY/dispatches/{note['number']}/paper")
    heads = [one.text for one in page.all("caption")]
    first, second, witness = {
        "en": ("sheet 1 of 2", "sheet 2 of 2", "Witness of the receipt"),
        "zh_Hans_CN": ("第1张，共2张", "第2张，共2张", "监收人"),
    }[language]
    assert len(heads) == 2 and "调-2026-0005" in heads[0] and first in heads[0] and second in heads[1]
    assert witness in page.text and "监交人" not in page.text
    liuhe = house.county.book("LY01")
    [oil] = [lot for lot, left in liuhe.lots("OIL").items() if left]
    liuhe.do(propose_write_off, by="lin", lines=[{"item": "OIL", "lot": oil, "quantity": 5}], reason="expired")
    paper = house.sit("lin", language).open("/books/LY01/write-offs/2/paper").text
    assert {"en": "Witness of the disposal", "zh_Hans_CN": "监销人"}[language] in paper and "监交人" not in paper


def test_the_summary_of_an_allocation_over_pages_carries_its_sums_forward(house):
    """Twenty-two kinds of goods are given out: twenty stand on a page, and two go over with the signatures."""
    county = house.county.book("COUNTY")
    with house.county.store.writing() as session:
        for n in range(22):
            add(session, Item(code=f"X{n:02}", name=f"物{n}", unit="个"), by="wei", now=house.county.now)
    county.give(lines=[{"item": f"X{n:02}", "quantity": 3} for n in range(22)])
    county.allocate(**{f"x{n:02}": {"LY01": 1, "LY02": 2} for n in range(22)})
    text = house.sit("wei").open("/books/COUNTY/allocations/1/paper").text
    for words in ("Sum of this page 20 40 60", "Carried forward 20 40 60", "Sum of this page 2 4 6", "Total 22 44 66"):
        assert words in text


def test_the_summary_of_an_allocation_names_the_notes_that_stand(house):
    """Of the notes 6 to 8 the one to Liuhe's neighbour, 7, is taken back the same day."""
    county = house.county.book("COUNTY")
    made = county.allocate(soap={"LY01": 1, "LY02": 1, "LY03": 1})
    at = f"/books/COUNTY/allocations/{made['n']}/paper"
    assert "Transfer notes COUNTY-6–8 " in house.sit("wei").open(at).text
    county.reverse({"number": 7}, by="han", reason="the road is closed")
    assert "Transfer notes COUNTY-6 · COUNTY-8 " in house.sit("wei").open(at).text


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Serial no. 调-2026-0006", "In place of note 调-2026-0005 (COUNTY-6)", "Decision no. 略工发〔2026〕3号",
            "Number of the donor's consent 捐意-7"]),
    ("zh_Hans_CN", ["单据号 调-2026-0006", "原调拨单 调-2026-0005 (COUNTY-6)", "分配方案文号 略工发〔2026〕3号",
                    "捐赠方同意书编号 捐意-7"]),
])
def test_a_note_of_goods_sent_on_has_its_serial_and_names_the_decision_and_the_donors_consent(house, language, words):
    """The soap of one allocation was put down in the wrong village; by paper 捐意-7 the donor agrees to that."""
    county = house.county.book("COUNTY")
    county.allocate(soap={"LY01": 1})
    moved = county.redirect({"number": 6}, "LY02", consent="捐意-7")
    text = house.sit("wei", language).open(f"/books/COUNTY/dispatches/{moved['number']}/paper").text
    for said in words:
        assert said in text
    on = county.redirect(moved, "LY03")
    text = house.sit("wei", language).open(f"/books/COUNTY/dispatches/{on['number']}/paper").text
    assert "调-2026-0007" in text and "调-2026-0006 (COUNTY-7)" in text and "略工发〔2026〕3号" in text


def test_a_donation_slip_has_three_copies_and_the_donors_phone_is_on_the_first_alone(house):
    house.county.book("COUNTY").give(
        lines=[{"item": "SOAP", "quantity": 12, "unit_value": 250, "basis": "invoice", "refused": 2, "reason": "湿",
                "condition": "干净"}, {"item": "RICE", "quantity": 0, "refused": 1, "reason": "破"}, {"cash": 50_000}],
    )
    page = house.sit("wei").open("/books/COUNTY/donations/6/paper")
    copies = page.all("section")
    assert ["13812345678" in one.text for one in copies] == [True, False, False]
    for copy in copies:
        assert "肥皂" in copy.text and "14 12 2 湿 干净" in copy.text and "1 0 1 破" in copy.text
        assert "530.00" in copy.text and "伍佰叁拾元整" in copy.text and "blank below" in copy.text
    assert "13812345678" not in house.sit("chen").get("/books/COUNTY/donations/6/paper").text


def test_each_line_of_the_form_is_a_line_of_the_slip_whatever_its_goods_are_called_later(house):
    """
    A lorry of rice: ten bags dry and whole, best before June; five with torn wrappings, best before January; three that
    expire on Wednesday and two lumps of damp are refused. Afterwards the register calls the bags something else.
    """
    said = [(10, 0, "2027-06-01", "condition", "干燥完好"), (5, 0, "2027-01-15", "condition", "外袋破损"),
            (0, 3, "2026-12-02", "reason", "临期"), (0, 2, None, "reason", "受潮结块")]
    house.county.book("COUNTY").give(lines=[
        {"item": "RICE", "quantity": accepted, "refused": refused, word: told,
         "best_before": date.fromisoformat(best) if best else None}
        for accepted, refused, best, word, told in said
    ])
    house.county.edit(Item, "RICE", name="东北大米 (新)", spec="")
    slip = next(iter(house.sit("wei").open("/books/COUNTY/donations/6/paper").all("section")))
    rows = [[cell.text for cell in row.all("td")] for row in slip.all("tr")]
    assert [[*row[5:10], row[11]] for row in rows if len(row) == 17] == [
        ["10", "10", "", "", "干燥完好", "2027-06-01"], ["5", "5", "", "", "外袋破损", "2027-01-15"],
        ["3", "0", "3", "临期", "", "2026-12-02"], ["2", "0", "2", "受潮结块", "", ""],
    ]


def test_a_slip_booked_before_its_lines_were_kept_still_prints_and_loses_no_words(house):
    """Once the words stood beside the goods' name, and what was refused stood in the line of what was accepted."""
    facts = {"donor": "D7", "wish": "none", "refused": [{"item": "RICE", "quantity": 3}]}
    with house.county.store.writing() as session:
        post(
            session, book="COUNTY", kind=EntryKind.DONATION, by="wei", occurred_on=house.county.day, key="old-slip-1",
            now=house.county.now, facts=facts, moves=[Move("donor:D7", "stock", "RICE", 10, "L99")],
            notes={"refused": "大米 5千克: 受潮", "condition": "大米 5千克: 完好"},
        )
        session.add(Lot(code="L99", item="RICE", donor="D7", book="COUNTY", number=6, quantity=10))
    paper = "/books/COUNTY/donations/6/paper"
    assert "13 10 3 受潮 完好" in house.sit("wei").open(paper).text
    house.county.edit(Item, "RICE", name="东北大米")
    assert "13 10 3 大米 5千克: 受潮 大米 5千克: 完好" in house.sit("wei").open(paper).text


def test_the_county_values_what_a_keeper_received_and_the_slip_has_room_for_who_checked_it(house):
    keeper, county = house.sit("lin"), house.sit("wei")
    page = "/books/LY01/donations/new"
    assert "lines-0-unit_value" not in keeper.open(page).form("/donations")[1]
    there = keeper.fill(page, {"donor": "D7", "lines-0-item": "SOAP", "lines-0-quantity": "3"}, "/donations").location
    number, lot = there.rsplit("/", 1)[1], max(house.county.book("LY01").lots("SOAP"))
    worth = {"unit_value": "2.50", "value_basis": "fair"}
    assert county.fill(f"/registers/lots/{lot}/edit", worth, to=f"/registers/lots/{lot}").status_code == 303
    assert "fair value" in county.open(f"/registers/lots/{lot}").main.text
    slip = keeper.open(f"/books/LY01/donations/{number}/paper").text
    for words in ("2.50 7.50 fair value", "Way of giving in goods", "Received by Checked by Supervisor"):
        assert words in slip


def test_a_slip_longer_than_a_page_carries_its_sum_forward(house):
    lines = [{"item": "SOAP", "quantity": 1, "unit_value": 100, "basis": "fair"} for _ in range(20)]
    house.county.book("COUNTY").give(lines=lines)
    first = next(iter(house.sit("wei").open("/books/COUNTY/donations/6/paper").all("section"))).text
    assert "Sum of this page 14.00" in first and "Carried forward 14.00" in first
    assert "Sum of this page 6.00" in first and "Total 20.00" in first


def test_a_transfer_note_longer_than_a_page_carries_its_sums_forward(house):
    county = house.county.book("COUNTY")
    for _ in range(20):
        county.give(lines=[{"item": "SOAP", "quantity": 2, "unit_value": 100, "basis": "fair"}])
    lots = sorted(county.lots("SOAP").items())
    note = county.send("LY01", lines=[{"item": "SOAP", "lot": lot, "quantity": 1} for lot, _ in lots[:16]])
    text = house.sit("wei").open(f"/books/COUNTY/dispatches/{note['number']}/paper").text
    assert "Sum of this page 14" in text and "Carried forward 14" in text and "Total 16" in text


def test_the_stock_take_sheet_goes_along_the_shelves_and_adds_up(house):
    keeper = house.sit("lin")
    for item, place in (("SALT", "A-1"), ("RICE", "B-2")):
        assert keeper.fill("/books/LY01/stock", {"item": item, "place": place}, "/stock").status_code == 303
    keeper.fill("/books/LY01/counts", {}, "/counts")
    rows = [row.text for row in keeper.open("/books/LY01/counts/1/paper").all("tr")][1:]
    assert rows[0].startswith("1 A-1 SALT") and rows[1].startswith("2 B-2 RICE")
    assert "A-1" in keeper.open("/books/LY01/stock").text


def test_the_result_of_a_stock_take_has_value_of_one_note_and_five_hands(house):
    liuhe = house.county.book("LY01")
    lines = [{"lot": lot, "quantity": left} for item in ("SOAP", "SALT", "RICE", "OIL") for lot, left in
             liuhe.lots(item).items() if left]
    liuhe.do(begin_count, by="lin", lines=lines, finished=1)
    text = house.sit("gao").open("/books/LY01/counts/1/paper").text
    assert "Expired" in text, "the oil is past its day"
    assert "Near its best-before" in text, "the rice has 45 days left"
    assert "Short Value of one (yuan) Difference in yuan Why Decision Note" in text
    assert "Counted by 林玉芳 (lin)" in text
    assert "Counted by Observer Checked by Approved by Prepared by" in text


def test_the_back_of_a_points_notice_names_the_household_an_objection_is_about(house):
    liuhe = house.county.book("LY01")
    sheet = liuhe.on_notice(("H001", "WORK", 80), by="mei")
    liuhe.object(sheet, 1, by="lin")
    back = list(house.sit("mei").open(f"/books/LY01/sheets/{sheet}/notice").all("section"))[-1].text
    assert "How Household no. What was said" in back and "By word of mouth H001" in back


def test_the_notice_of_taking_points_back_says_how_to_object_and_what_became_of_it(house):
    liuhe = house.county.book("LY01")
    n = liuhe.claw_back("H001", 15, reason="was away")["n"]
    path = f"/books/LY01/claw-backs/{n}/paper"
    text = house.sit("lin").open(path).text
    assert "王秀兰" in text and "1.5 points (Merit points)" in text and "was away" in text and "object" in text
    assert "Serial no. 追-2026-0001" in text
    assert "王秀兰" not in house.sit("chen").get(path).text
    house.county.wait(8)
    liuhe.confirm_claw_back(n)
    assert "Taken back on 2026-03-14: 0.0 points" in house.sit("lin").open(path).text
    assert house.sit("lin").get("/books/LY01/claw-backs/1/paper").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_papers_read_well_in_both_languages(house, language):
    liuhe = house.county.book("LY01")
    n = liuhe.claw_back("H001", 15, reason="外出", place="村委会门口")["n"]
    paths = [SLIP, f"/books/LY01/claw-backs/{n}/paper", "/books/LY01/households/H001/proxy-paper", "/books/LY01/stock",
             "/books/COUNTY/dispatches/2/paper", "/books/LY01/sheets/2/notice"]
    for path in paths:
        who = "wei" if "COUNTY" in path else "lin"
        assert (path, faults(house.sit(who, language).get(path).text, language)) == (path, [])


def test_the_proxy_paper_names_the_household_and_the_places_limit(house):
    text = Page(house.sit("mei").get("/books/LY01/households/H001/proxy-paper").text).text
    assert "王秀兰" in text and "at most 3 households a day" in text
