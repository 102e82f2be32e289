"""aixin import: a list is tried, taken in whole, or refused cell by cell."""

import json

from ledger.registers.households import search
from tests.commands.conftest import calling, database_in

LIST = "网点,户编号,户主姓名,组别\nLY01,H9001,单小云,3\nLY01,H9002,解大壮,4\n"


def households(folder):
    """Return the new households there are."""
    store = database_in(folder)
    with store.reading() as session:
        found = [one.name for one in search(session, "LY01", "", limit=500) if one.number.startswith("H900")]
    store.close()
    return found


def test_a_list_is_tried_and_then_taken_in(demo_copy):
    aixin, file = calling(demo_copy), demo_copy / "农户.csv"
    file.write_text(LIST, encoding="gb18030")
    tried = aixin("import", "households", str(file), "--dry-run")
    assert (tried.returncode, tried.stdout, households(demo_copy)) == (0, "2 rows could be taken in.\n", [])
    taken = aixin("import", "households", str(file))
    assert (taken.returncode, taken.stdout) == (0, "2 rows were taken in.\n")
    assert households(demo_copy) == ["单小云", "解大壮"]
    assert "100%" in taken.stderr


def test_wrong_cells_are_told_by_row_and_column_and_nothing_is_taken_in(demo_copy):
    aixin, file = calling(demo_copy), demo_copy / "农户.csv"
    file.write_text(LIST.replace(",4", ",第四组"), encoding="utf-8")
    refused = aixin("import", "households", str(file))
    assert refused.returncode == 1
    assert "row 3, 组别: Enter a whole number from 1 to 99." in refused.stderr
    assert households(demo_copy) == []


def test_a_file_that_is_not_there_and_one_that_is_no_table(demo_copy):
    aixin, file = calling(demo_copy), demo_copy / "农户.xlsx"
    assert aixin("import", "households", str(file)).returncode == 2
    file.write_bytes(json.dumps({"a": 1}).encode() + b"\0")
    refused = aixin("import", "households", str(file))
    assert refused.returncode == 1 and "cannot be read" in refused.stderr
