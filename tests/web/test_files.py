"""Files that leave: every table as CSV, and the audit package with the program that proves it."""

import csv
import io
import subprocess
import sys
import zipfile

import pytest

from ledger.registers.sites import Site, open_site
from tests.operations.test_closing import close
from tests.sealing import sign
from tests.stores import as_the_owner
from tests.web.acts import GIFT, HOUSEHOLD
from tests.web.house import House

TABLES = {
    "/books/LY01/": ("lin", "LY01-2026-03-06-redemptions.csv", ["9", "H001", "3", "60.5", "60.5", "lin"]),
    "/books/LY01/stock": ("lin", "LY01-stock.csv",
                          ["OIL", "菜籽油", "5升", "桶", "", "L3", "D7", "2026-03-01", "yes", "5", "50.0"]),
    "/books/LY01/stock/SOAP": ("lin", "LY01-SOAP-stock-card.csv",
                               ["9", "2026-03-06", "Redemption", "L1", "", "2", "36", ""]),
    "/books/LY01/entries": ("lin", "LY01-journal.csv",
                            ["1", "2026-02-17", "Received and checked", "", "", "73", "lin", "", "", "", ""]),
    "/books/LY01/entries?kind=redemption&household=H004": (
        "lin", "LY01-journal.csv", ["10", "2026-03-06", "Redemption", "H004", "0.0", "1", "lin", "", "", "", "11"]
    ),
    "/books/LY01/households": ("lin", "LY01-households.csv", ["H001", "1", "王**", "", "Active", "39.5", "0.0", ""]),
    "/books/LY01/households?q=mls": ("lin", "LY01-households.csv",
                                     ["H004", "2", "马**", "", "Active", "50.0", "0.0", ""]),
    "/books/LY01/households/H001": (
        "lin", "LY01-H001-passbook.csv", ["9", "2026-03-06", "Redemption", "", "Support points", "-60.5", "39.5"]
    ),
    "/books/LY01/sheets": ("mei", "LY01-sheets.csv",
                           ["3", "2026-03", "Merit points", "Waiting for notice", "mei", "", "", ""]),
    "/books/LY01/sheets/2": ("mei", "LY01-sheet-2.csv", ["1", "1", "王**", "H001", "CLEAN", "庭院整洁", "5.0", ""]),
    "/books/LY01/redemptions/9": ("lin", "LY01-9-receipt.csv",
                                  ["RICE", "大米", "5千克", "袋", "L2", "1", "36.5", "36.5"]),
    "/books/LY01/closings": ("lin", "LY01-closings.csv", []),
    "/county/": (
        "wei", "board.csv",
        ["LY02", "石磨村爱心超市", "演示镇", "1", "2026-02-17", "0", "0", "0", "0.0", "0.0", "0.0", "", "20", "0"],
    ),
    "/registers/sites/": ("wei", "sites.csv", ["COUNTY", "County store", "县级中心库", "", "", ""]),
    "/registers/donors/": ("wei", "donors.csv", ["D7", "汉中粮油公司", "刘**", "138****5678", "", ""]),
    "/registers/items/": ("lin", "items.csv", ["OIL", "菜籽油", "5升", "桶", "", "50.0", ""]),
    "/registers/lots/": ("chen", "lots.csv", ["L1", "SOAP", "D7", "COUNTY", "1", "200", "", "", ""]),
    "/registers/rules/": ("bao", "rules.csv",
                          ["BASE", "基本保障积分", "", "保障", "Support points", "10.0", "100.0", "", "", "", "", "1",
                           "2026-01-02", ""]),
    "/registers/staff/": ("wei", "staff.csv", ["chen", "陈*", "Auditor", "", "", ""]),
    "/donors/D7/statement": (
        "chen", "D7-gifts-by-outlet.csv", ["县级中心库", "肥皂", "0", "137", "0", "0", "0", "0", "0"],
    ),
    "/donors/D7/statement?of=gifts": (
        "wei", "D7-gifts.csv",
        ["L1", "2026-02-16", "捐-2026-0001", "肥皂", "块", "200", "2", "193", "5", "0", "0", "0", "0"],
    ),
}


@pytest.mark.parametrize("path", TABLES)
def test_a_table_is_had_as_a_file_for_excel(house, path):
    name, file, row = TABLES[path]
    answer = house.sit(name).get(f"{path}{'&' if '?' in path else '?'}format=csv")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{file}"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.data.count(b"\r\n") == answer.data.count(b"\n")
    head, *lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert all(len(line) == len(head) for line in lines)
    assert [line[: len(row)] for line in lines if line[: len(row)] == row] == ([row] if row else [])


@pytest.mark.parametrize("path", [path for path in TABLES if "?" not in path])
def test_the_page_of_a_table_leads_to_its_file(house, path):
    name = TABLES[path][0]
    links = [one["href"] for one in house.sit(name).open(path).all("a") if "format=csv" in one["href"]]
    more = [f"{path}?format=csv&of=gifts"] if path.startswith("/donors/") else []
    assert links == [*more, f"{path}?format=csv"]


def test_a_filter_holds_for_the_file_too(house):
    links = [one["href"] for one in house.sit("lin").open("/books/LY01/entries?kind=credit").all("a")]
    assert "/books/LY01/entries?kind=credit&format=csv" in links
    file = house.sit("lin").get("/books/LY01/entries?kind=credit&format=csv").text
    assert file.count("\r\n") == 3


@pytest.mark.parametrize(("language", "head", "page", "by"), [
    ("en", "Booked on", "booked on 2026-03-01", "The days are those of booking"),
    ("zh_Hans_CN", "记账日", "记在2026-03-01", "按记账日查"),
])
def test_a_late_entry_shows_both_its_days_and_is_found_by_that_of_booking(house, language, head, page, by):
    """February is closed; a paper of its 27th is keyed in March. Who adds a month up goes by the day of booking."""
    liuhe, lin = house.county.book("LY01"), house.sit("lin", language)
    close(liuhe)
    liuhe.redeem("H001", salt=1, on="2026-02-27", paper_number="31")
    first = "/books/LY01/entries?since=2026-03-01&until=2026-03-01"
    found = lin.open(first).main
    assert page in found.text and "2026-02-27" in found.text and by in found.text
    assert "booked on" not in lin.open("/books/LY01/entries?kind=close").main.text
    assert lin.open("/books/LY01/entries?since=2026-02-27&until=2026-02-27").main.text.count("2026-02-27") == 0
    lines = list(csv.reader(io.StringIO(lin.get(f"{first}&format=csv").data.decode("utf-8-sig"))))
    assert (lines[0][-1], lines[1][1], lines[1][-1]) == (head, "2026-02-27", "2026-03-01")


def test_headings_are_chinese_for_who_reads_chinese(house):
    file = house.sit("lin", "zh_Hans_CN").get("/books/LY01/stock?format=csv").data.decode("utf-8-sig")
    head = file.splitlines()[0]
    assert not any(sign.isascii() and sign.isalpha() for sign in head)


def test_a_table_of_many_pages_is_one_file(house):
    house.county.book("LY01").write("\n".join(
        "2026-03-06 credit\n fund:merit -> purse:H001:merit POINT 1" for _ in range(120)
    ))
    file = house.sit("lin").get("/books/LY01/entries?format=csv").text
    assert file.count("\r\n") == 1 + 11 + 120
    page = house.sit("lin").open("/books/LY01/entries")
    assert len(list(page.main.all("tr"))) == 1 + 50


def test_words_that_a_spreadsheet_would_run_are_made_harmless(house):
    HOUSEHOLD.do(house, name="=HYPERLINK(1)")
    GIFT.do(house)
    file = house.sit("mei").get("/books/LY01/households?q=H0001&format=csv").text
    assert "\n=" not in file and ",=" not in file


def package(house: House, name: str, book: str = "LY01") -> zipfile.ZipFile:
    answer = house.sit(name).get(f"/books/{book}/audit-package", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=aixin-{book}-20260306.zip"
    return zipfile.ZipFile(io.BytesIO(answer.data))


@pytest.mark.parametrize(("name", "book"), [("gao", "LY01"), ("chen", "LY01"), ("wei", "COUNTY"), ("chen", "LY03")])
def test_the_package_of_a_book_proves_itself_without_this_service(house, tmp_path, name, book):
    package(house, name, book).extractall(tmp_path)
    verify = next(tmp_path.rglob("verify.py"))
    done = subprocess.run([sys.executable, "-I", verify.name], cwd=verify.parent, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_package_in_which_one_sign_was_changed_is_found_out(house, tmp_path):
    package(house, "chen").extractall(tmp_path)
    journal = next(tmp_path.rglob("journal.jsonl"))
    told = journal.read_text()
    assert "H001" in told
    journal.write_text(told.replace("H001", "H004", 1))
    verify = next(tmp_path.rglob("verify.py"))
    done = subprocess.run([sys.executable, "-I", verify.name], cwd=verify.parent, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 1


@pytest.mark.parametrize(("language", "said"), [("en", "of the county log is empty"), ("zh_Hans_CN", "县总账的第")])
def test_over_a_gap_in_the_log_there_is_no_package_but_a_sentence(house, language, said):
    sign(house.county.store)
    as_the_owner(house.county.store, "DELETE FROM logged WHERE position = 0")
    answer = house.sit("chen", language).get("/books/LY01/audit-package")
    assert (answer.status_code, said in answer.text) == (422, True), answer.text


def test_the_button_for_the_package_stands_beside_the_journal_of_who_may_have_it(house):
    for name, there in [("gao", True), ("chen", True), ("wei", True), ("lin", False), ("luo", False)]:
        links = [one["href"] for one in house.sit(name).open("/books/LY01/entries").all("a")]
        assert ("/books/LY01/audit-package" in links) is there


def test_an_empty_book_has_a_package_too(house):
    with house.county.store.writing() as session:
        open_site(session, Site(code="LY04", name="新店", town="演示镇"), by="wei", now=house.county.now)
    assert "journal.jsonl" in " ".join(package(house, "chen", "LY04").namelist())
