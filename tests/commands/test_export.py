"""aixin export audit and aixin verify: a package leaves the house, and anybody can check it."""

import zipfile

import pytest

from tests.commands.conftest import calling, code_of


@pytest.fixture
def aixin(demo_copy):
    """The command, called beside a demo."""
    return calling(demo_copy)


def test_the_package_of_a_whole_book_is_all_right(aixin, demo_copy):
    done = aixin("export", "audit", "--book", "LY01", "ly01.zip")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ly01.zip: entries 1 to ")
    checked = aixin("verify", "ly01.zip")
    assert checked.returncode == 0
    assert "ALL RIGHT" in checked.stdout


@pytest.mark.parametrize("part", [["--period", "2026-10"], ["--from", "10", "--to", "30"]], ids=["a month", "a run"])
def test_a_part_of_a_book_is_all_right_too(aixin, part):
    assert aixin("export", "audit", "--book", "LY09", *part, "part.zip").returncode == 0
    checked = aixin("verify", "part.zip")
    assert checked.returncode == 0
    assert "taken over" in checked.stdout


def test_a_changed_package_is_found_wrong(aixin, demo_copy):
    aixin("export", "audit", "--book", "LY01", "ly01.zip")
    with zipfile.ZipFile(demo_copy / "ly01.zip") as package:
        package.extractall(demo_copy / "unpacked")
    journal = demo_copy / "unpacked" / "journal.jsonl"
    journal.write_text(journal.read_text().replace('\\"quantity\\":100', '\\"quantity\\":900', 1))
    checked = aixin("verify", "unpacked")
    assert checked.returncode == 1
    assert "WRONG" in checked.stdout


def test_of_a_book_without_an_entry_it_is_said_that_it_has_none(county):
    aixin = calling(county)
    done = aixin("export", "audit", "--book", "COUNTY", "county.zip")
    assert (done.returncode, done.stdout) == (0, "county.zip: COUNTY has no entry yet\n")
    checked = aixin("verify", "county.zip")
    assert checked.returncode == 0
    assert "账簿 COUNTY，还没有凭证，" in checked.stdout and "Book COUNTY, no entry yet, made at" in checked.stdout
    assert aixin("rebuild", "--check").stdout == "1 book: no entry yet; the file can be read whole.\n"
    assert aixin("nightly").stdout.splitlines()[:2] == [
        "1 book: heads, last entries and sums agree.", "COUNTY: no entry yet; the file can be read whole."
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--book", "LY99"], "There is no book LY99."),
        (["--book", "LY01", "--from", "9999"], "Book LY01 has entries 1 to"),
        (["--book", "LY01", "--period", "2025-01"], "Nothing was booked in LY01 in 2025-01."),
        (["--book", "LY01", "--period", "soon"], "Enter a month as year-month, such as 2026-03."),
    ],
)
def test_what_is_not_in_the_books_is_refused_and_leaves_no_file(aixin, demo_copy, arguments, sentence):
    done = aixin("export", "audit", *arguments, "out.zip")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(sentence)
    assert list(demo_copy.glob("out.zip*")) == []


@pytest.mark.parametrize(
    "arguments",
    [["export", "audit", "x.zip"], ["export", "audit", "--book", "LY01"],
     ["export", "audit", "--book", "LY01", "--from", "0", "x.zip"],
     ["export", "audit", "--book", "LY01", "--from", "1", "--period", "2026-10", "x.zip"],
     ["export", "audit", "--book", "LY01", "no/such/folder/x.zip"], ["verify"], ["verify", "nothing.zip"]],
)
def test_a_package_without_book_or_place_is_wrong_usage(arguments):
    assert code_of(*arguments) == 2
