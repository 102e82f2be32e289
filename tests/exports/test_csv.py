"""A table as a CSV file: what a clerk sees on double click, and what a program reads."""

import csv
from datetime import UTC, date, datetime, timedelta, timezone
from io import StringIO

import pytest

from ledger.exports.csvfile import csv_lines
from ledger.exports.words import catalogue, in_language
from ledger.reports.table import Column, Table

CHINESE = {"Goods": "物品", "Quantity": "数量", "yes": "是", "frozen": "冻结"}


def say(sentence):
    return CHINESE.get(sentence, sentence)


def csv_text(table, say):
    return "".join(csv_lines(table, say))


def cell(kind, value):
    """Return a value as it is written under a column of a kind."""
    columns = (Column("value", "Goods", kind), Column("after", "Quantity", "number"))
    text = csv_text(Table("t", "T", columns, [{"value": value, "after": 1}]), say)
    return list(csv.reader(StringIO(text, newline="")))[1][0]


def test_excel_and_wps_open_it_with_chinese_intact():
    columns = (Column("name", "Goods"), Column("left", "Quantity", "number"))
    stock = Table("stock", "Stock", columns, [{"name": "大米", "left": 8}])
    assert csv_text(stock, say).encode() == b"\xef\xbb\xbf" + "物品,数量\r\n大米,8\r\n".encode()


@pytest.mark.parametrize(
    ("kind", "value", "is_written"),
    [
        ("points", 365, "36.5"),
        ("points", 380, "38.0"),
        ("points", 0, "0.0"),
        ("points", -5, "-0.5"),
        ("points", 2**53 - 1, "900719925474099.1"),
        ("money", 123_456, "1234.56"),
        ("money", -7, "-0.07"),
        ("number", 12, "12"),
        ("number", -12, "-12"),
        ("day", date(2026, 3, 6), "2026-03-06"),
        ("instant", datetime(2026, 3, 6, 10, tzinfo=timezone(timedelta(hours=8))), "2026-03-06T02:00:00Z"),
        ("instant", datetime(2026, 3, 6, 2, 0, 0, 125, tzinfo=UTC), "2026-03-06T02:00:00.000125Z"),
        ("word", "frozen", "冻结"),
        ("yes", True, "是"),
        ("yes", 1, "是"),
        ("yes", 0, ""),
        ("yes", False, ""),
        ("code", "0012", "0012"),
        ("code", "1E5", "1E5"),
        ("text", 7, "7"),
        ("text", "一袋, “5千克”\n很重", "一袋, “5千克”\n很重"),
        *[(kind, None, "") for kind in ("text", "code", "number", "points", "money", "day", "instant", "word", "yes")],
    ],
)
def test_every_kind_of_value_has_one_way_to_be_written(kind, value, is_written):
    assert cell(kind, value) == is_written


@pytest.mark.parametrize("kind", ["text", "code", "word", "day"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_words_are_taken_for_a_formula(kind, sign):
    assert cell(kind, f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"


def test_words_with_such_a_sign_inside_stay_as_they_are():
    assert cell("text", "a=1 - @b") == "a=1 - @b"


def test_headings_are_as_harmless_as_values():
    assert csv_text(Table("t", "T", (Column("a", "=1+1"),), []), say) == "\ufeff'=1+1\r\n"


def test_a_column_without_a_value_in_a_row_is_left_empty():
    assert csv_text(Table("t", "T", (Column("a", "A"), Column("b", "B")), [{"b": 1}]), say) == "\ufeffA,B\r\n,1\r\n"


def test_rows_are_written_as_they_are_read():
    read = []

    def rows():
        for number in (1, 2):
            read.append(number)
            yield {"a": number}

    lines = csv_lines(Table("t", "T", (Column("a", "A", "number"),), rows()), say)
    assert ["\ufeff", "A\r\n", "1\r\n"] == [next(lines) for _ in range(3)]
    assert read == [1]


def test_a_file_speaks_the_language_of_its_catalogue(tmp_path, monkeypatch):
    monkeypatch.setattr("ledger.exports.words.CATALOGUES", tmp_path)
    folder = tmp_path / "zh_Hans_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    said = 'msgid ""\nmsgstr ""\n\nmsgid "Goods"\nmsgstr "物品"\n\nmsgid "Lot"\nmsgstr ""\n'
    (folder / "messages.po").write_text(said, encoding="utf-8")
    catalogue.cache_clear()
    try:
        assert [in_language("zh_Hans_CN")(word) for word in ("Goods", "Lot", "Quantity")] == ["物品", "Lot", "Quantity"]
        assert in_language("en")("Goods") == "Goods"
    finally:
        catalogue.cache_clear()
