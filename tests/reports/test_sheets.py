"""Sheets read back: what was assessed, what hangs, what is credited."""

from datetime import date

import pytest

from ledger.errors import NotFound
from ledger.reports.sheets import sheet_page, sheets


def test_sheets_are_told_the_newest_first_with_how_far_they_have_come(book, county):
    credited = book.on_notice(("H001", "CLEAN"), period="2026-01")
    county.move_to("2026-03-14")
    number = book.credit(credited)["number"]
    book.on_notice(("H001", "CLEAN"), period="2026-02")
    book.draw(("H001", "CLEAN"), period="2026-03")
    rows = [(row["n"], row["period"], row["status"], row["notice_until"], row["credit_number"])
            for row in county.ask(sheets, "LY01").rows]
    assert rows == [
        (3, "2026-03", "assessed", None, None), (2, "2026-02", "on-notice", date(2026, 3, 21), None),
        (1, "2026-01", "credited", date(2026, 3, 13), number),
    ]


def test_a_merit_sheet_shows_who_gets_how_many_points_for_what(book, county):
    line = {"household": "H001", "rule": "WORK", "points": 80, "evidence": "分工表"}
    book.draw(lines=[line, {"household": "H003", "rule": "CLEAN"}], by="gao")
    sheet, _, _, table, _ = county.ask(sheet_page, "LY01", 1)
    assert (sheet.purse, sheet.drawn_by) == ("merit", "gao")
    shown = [tuple(row[column.name] for column in table.columns) for row in table.rows]
    assert shown == [
        (1, 1, "王秀兰", "H001", "WORK", "公益劳动", 80, "分工表"),
        (2, 2, "张玉芳", "H003", "CLEAN", "庭院整洁", 50, ""),
    ]


def test_a_support_sheet_shows_no_reason_so_that_nobodys_illness_is_published(book, county):
    line = {"household": "H004", "rule": "BASE", "points": 400, "evidence": "住院"}
    book.draw(lines=[line], purse="support", by="gao")
    table = county.ask(sheet_page, "LY01", 1).table
    assert not {"rule", "rule_name", "evidence"} & {column.name for column in table.columns}
    shown = [tuple(row[column.name] for column in table.columns) for row in table.rows]
    assert shown == [(1, 2, "马老四", "H004", 400)]


def test_what_a_support_sheet_does_not_show_does_not_leave_with_it_either(book, county):
    line = {"household": "H004", "rule": "BASE", "points": 400, "evidence": "住院"}
    book.draw(lines=[line], purse="support", by="gao")
    table = county.ask(sheet_page, "LY01", 1).table
    assert not any(word in str(list(table.rows)) for word in ("住院", "BASE", "基本保障"))


def test_a_sheet_of_another_outlet_is_not_found_here(book, county):
    book.draw(("H001", "CLEAN"))
    assert county.ask(sheets, "LY02").rows == []
    with pytest.raises(NotFound):
        county.ask(sheet_page, "LY02", 1)
