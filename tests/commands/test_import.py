"""aixin import: a list is tried, taken in whole, or refused cell by cell."""

import json

from ledger.registers.households import search
from ledger.registers.requests import proposals_waiting
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


def test_prices_of_a_list_wait_for_a_second_person_as_its_dry_run_says(demo_copy):
    aixin, file = calling(demo_copy), demo_copy / "物品.csv"
    file.write_text("编号,名称,单位,积分价\nN1,搪瓷碗,只,4.5\nN2,木盆,只,\n", encoding="utf-8")
    tried = aixin("import", "items", str(file), "--dry-run")
    assert tried.stdout.splitlines()[1:] == ["1 prices would wait for a second person of the county office."]
    taken = aixin("import", "items", str(file))
    assert taken.stdout.splitlines()[1:] == ["1 prices wait for a second person of the county office."]
    store = database_in(demo_copy)
    with store.reading() as session:
        waits = {one.lines()["item"] for one in proposals_waiting(session)}
    store.close()
    assert "N1" in waits and "N2" not in waits


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
