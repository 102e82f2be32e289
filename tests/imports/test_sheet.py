"""A file as rows of text, whichever program of the office wrote it."""

import io
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ledger.imports.sheet import NotATable, TooManyRows, cell_text, rows_in

ROWS = [["户编号", "户主姓名"], ["H0201", "单小云"], ["H0202", "解大壮"]]
TEXT = "\n".join(",".join(row) for row in ROWS)


def workbook(rows):
    """Return an .xlsx workbook as Excel would save it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return file.getvalue()


def cells(content):
    """Return the cells of a file."""
    return [row.cells for row in rows_in(content)]


@pytest.mark.parametrize("content", [
    TEXT.encode("utf-8-sig"), TEXT.encode("utf-8"), TEXT.encode("gb18030"), TEXT.replace(",", "\t").encode("gb18030"),
    TEXT.replace(",", ";").encode(), TEXT.replace("\n", "\r\n").encode(), workbook(ROWS),
], ids=["with a byte-order mark", "UTF-8", "GB18030", "tabs", "semicolons", "Windows", "Excel"])
def test_the_same_list_reads_the_same(content):
    assert cells(content) == ROWS


def test_the_old_format_of_excel_is_read_too():
    old = (Path(__file__).parent / "households.xls").read_bytes()
    assert cells(old) == [
        ["网点", "户编号", "户主姓名", "组别", "卡号", "无劳动能力"],
        ["LY01", "H0201", "单小云", "3", "610201", "是"], ["LY01", "H0202", "解大壮", "4", "", "否"],
    ]


def test_numbers_and_days_read_as_excel_shows_them():
    row = [12.0, 2.5, date(2026, 3, 6), datetime(2026, 3, 6, 8, tzinfo=UTC).replace(tzinfo=None)]
    assert cells(workbook([["a", "b", "c", "d"], row]))[1] == ["12", "2.5", "2026-03-06", "2026-03-06"]


def test_a_computed_number_reads_as_it_is_shown():
    """Excel keeps =2.3*3 as 6.8999999999999995 and shows 6.9; our writer of workbooks would round it."""
    kept = [2.3 * 3, 11.000000000000002, sum([0.1] * 100), 10.005, float(2**40), -2.5]
    assert [kept[0], kept[2]] == [6.8999999999999995, 9.99999999999998]
    assert [cell_text(cell) for cell in kept] == ["6.9", "11", "10", "10.005", "1099511627776", "-2.5"]


def test_rows_keep_the_number_they_have_in_excel_and_empty_ones_are_passed_over():
    rows = rows_in(b"a,b\n,\n\nc,d\n")
    assert [(row.number, row.cells) for row in rows] == [(1, ["a", "b"]), (4, ["c", "d"])]


@pytest.mark.parametrize("content", [
    b"", b"\n\n", b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0 nor this", b"\x00\x01\x02", b'a,"b\n',
], ids=["empty", "blank", "broken xlsx", "broken xls", "bytes", "an open quote"])
def test_what_is_no_table_is_refused(content):
    with pytest.raises(NotATable):
        rows_in(content)


def test_a_file_has_an_end():
    with pytest.raises(TooManyRows):
        rows_in(b"a\n" * 20_001)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    with suppress(NotATable):
        assert rows_in(content)
