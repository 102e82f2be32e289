"""verify.py and the files of a package: changed, missing, planted, zipped anew; how it is called, and what it is."""

import ast
import json
import os
import sys
import warnings
import zipfile
from io import BytesIO

import pytest

from ledger import chart
from ledger.exports import verify
from tests.exports.story import (
    VERIFY,
    laid_out,
    manifest_of,
    run_verify,
    vouched,
)
from tests.exports.test_verify import VECTORS, check, files, with_line

__all__ = ["check", "files"]


# Files


@pytest.mark.parametrize("name", ["说明.txt", "verify.py", "registers/staff.csv", "balances.csv"])
def test_a_changed_file_is_named(files, check, name):
    code, said = check({**files, name: files[name] + b"\n"})
    assert (code, f"{name}：已被改动 · has been changed" in said) == (1, True), said


@pytest.mark.parametrize("name", ["说明.txt", "journal.jsonl", "balances.csv", "registers/lots.csv", "verify.py"])
def test_a_missing_file_is_named(files, tmp_path, name):
    folder = laid_out({other: content for other, content in files.items() if other != name}, tmp_path / "package")
    code, said = run_verify(VERIFY, folder)
    assert (code, f"{name}：缺失 · is missing" in said) == (1, True), said


@pytest.mark.parametrize(("content", "why"), [(None, " (No such file or directory)"), ("{", ""), ("{}", "")],
                         ids=["nothing", "no JSON", "another JSON"])
def test_a_folder_that_is_no_package_is_said_in_a_sentence(tmp_path, content, why):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    assert run_verify(VERIFY, tmp_path) == (1, f"有错 WRONG  manifest.json：无法读取 · cannot be read{why}\n")


@pytest.mark.parametrize("said", [{"size": 1}, {"sha256": "00" * 32}])
def test_a_manifest_that_says_something_else_of_the_journal_is_found_though_every_entry_is_right(files, check, said):
    says = manifest_of(files)
    says["files"]["journal.jsonl"].update(said)
    code, out = check({**files, "manifest.json": json.dumps(says).encode()})
    assert (code, "journal.jsonl：已被改动 · has been changed" in out) == (1, True), out


@pytest.mark.parametrize("name", ["more.csv", "registers/kin.csv", "json.py", ".hidden"])
def test_an_added_file_is_named(files, check, name):
    code, said = check({**files, name: b"print('all right')"})
    assert (code, f"{name}：多出的文件 · has been added" in said) == (1, True), said


@pytest.mark.parametrize("name", ["journal.jsonl", "balances.csv", "verify.py"])
def test_a_manifest_that_leaves_a_file_out_does_not_hide_it(files, check, name):
    said_of = manifest_of(files)
    del said_of["files"][name]
    code, said = check({**files, "manifest.json": json.dumps(said_of).encode()})
    assert (code, f"{name}：" in said) == (1, True), said


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"v": 1}', b'{"v": 2, "first": 1, "last": 1}',
        b'{"v": 1, "first": "1", "last": 1}', b'{"v": 1, "first": 0, "last": 1}',
        b'{"v": 1, "first": 1, "last": 1, "files": 7}', b'{"v": 1, "first": 1, "last": 1, "files": {}}',
    ],
)
def test_a_manifest_that_cannot_be_read_is_said_in_a_sentence(files, check, manifest):
    code, said = check({**files, "manifest.json": manifest})
    assert (code, said.startswith("有错 WRONG"), "Traceback" in said) == (1, True, False), said


@pytest.mark.parametrize(
    "change",
    [{"book": 7}, {"book": "六河"}, {"digest": None}, {"files": 0}, {"last": 10**30}, {"demo": "{x}"}, {"made_at": 0}],
)
def test_a_manifest_that_says_something_odd_never_breaks_the_check(files, check, change):
    code, said = check({**files, "manifest.json": json.dumps({**manifest_of(files), **change}).encode()})
    assert code in (0, 1) and "Traceback" not in said, said
    assert code == 1 or change.keys() & {"demo", "made_at"}


@pytest.mark.parametrize("change", [{"v": 2}, {"first": 0}, {"first": 14}, {"last": -1}])
def test_a_package_of_a_form_not_known_is_not_called_right(files, check, change):
    code, said = check({**files, "manifest.json": json.dumps({**manifest_of(files), **change}).encode()})
    assert (code, "manifest.json：不识 · unknown form" in said) == (1, True), said


@pytest.mark.parametrize("name", ["v", "book", "first", "last", "digest", "made_at", "demo", "files"])
def test_a_manifest_that_leaves_something_out_never_breaks_the_check(files, check, name):
    said_of = manifest_of(files)
    del said_of[name]
    code, said = check({**files, "manifest.json": json.dumps(said_of).encode()})
    assert (code, said.startswith("有错 WRONG"), "Traceback" in said) == (1, True, False), said


def test_the_book_in_plain_text_must_come_to_the_same_balances(files, check):
    """Somebody wrote its last lines and the balances behind them anew, and the manifest; both programs would agree."""
    for old, new in ((b'stock:L1  0 "RICE" = 7 ', b'stock:L1  -1 "RICE" = 6 '),
                     (b'purse:H001:support  0.0 "POINT" = ', b'purse:H001:support  -9.0 "POINT" = -12.5 "POINT" ;'),
                     (b'(entries)  0 "ENTRY" = 12 ', b'(entries)  1 "ENTRY" = 13 ')):
        assert files["journal.body"].count(old) == 1, old
        code, said = check(vouched({**files, "journal.body": files["journal.body"].replace(old, new)}))
        assert (code, "journal.body：" in said, "off the balance" in said) == (1, True, True), said


def test_a_balance_beside_a_line_of_the_plain_text_follows_from_the_lines_before(files, check):
    for old, new in ((b'stock:L1  -1 "RICE" = 7 ', b'stock:L1  -1 "RICE" = 8 '),
                     (b'stock:L1  -1 "RICE" = 7 ', b'stock:L1  -2 "RICE" = 7 '),
                     (b'(entries)  1 "ENTRY" = 10 ', b'(entries)  1 "ENTRY" = 11 ')):
        assert old in files["journal.body"]
        code, said = check(vouched({**files, "journal.body": files["journal.body"].replace(old, new, 1)}))
        assert (code, "journal.body：此行余额不符 · this balance is wrong" in said) == (1, True), said


def test_it_does_not_speak_for_files_that_nothing_outside_vouches_for(files, check):
    code, said = check(vouched({**files, "registers/lots.csv": b"written anew"}))
    assert (code, "unchanged" in said, "导出时逐字节相同" in said) == (0, False, False), said
    for words in (said, files["说明.txt"].decode()):
        assert "registers/" in words and "not found" in words and "查不出" in words, words


@pytest.mark.parametrize("name", ["csv.py", "typing.py", "__future__.py"])
@pytest.mark.parametrize("options", [(), ("-I",)], ids=["as it is", "-I"])
def test_a_program_planted_beside_it_does_not_speak_in_its_name(files, tmp_path, name, options):
    """Though the manifest lists it, and nobody thought of -I."""
    planted = vouched({**files, name: b"print('ALL RIGHT, says I'); import os; os._exit(0)"})
    spoilt = with_line(planted, 3, b'"recorded_us":1', b'"recorded_us":2')
    code, said = run_verify(laid_out(spoilt, tmp_path / "package") / "verify.py", options=options)
    assert (code, "ALL RIGHT" in said, "entry 3" in said) == (1, False, True), said


def test_the_leaflet_and_its_own_help_say_how_to_keep_planted_programs_out(files):
    leaflet, (code, said) = files["说明.txt"].decode(), run_verify(VERIFY, "nowhere")
    assert (code, "python3 -I verify.py PACKAGE.zip" in said, "python3 verify.py" in said) == (2, True, False)
    assert leaflet.count("python3 -I verify.py") == 4 and "python3 verify.py" not in leaflet


# The zip


def test_the_zip_itself_is_checked_without_unpacking(package, tmp_path):
    (tmp_path / "package.zip").write_bytes(package)
    code, said = run_verify(VERIFY, tmp_path / "package.zip")
    assert (code, "ALL RIGHT" in said) == (0, True), said


def test_a_zip_packed_anew_by_another_program_is_still_right(files, tmp_path):
    folder = laid_out(files, tmp_path / "package")
    with zipfile.ZipFile(tmp_path / "again.zip", "w") as zipped:
        zipped.mkdir("registers") if sys.version_info >= (3, 11) else None
        for path in sorted(folder.rglob("*.*")):
            zipped.write(path, path.relative_to(folder))
    code, said = run_verify(VERIFY, tmp_path / "again.zip")
    assert code == 0, said


def test_a_file_that_is_in_the_zip_twice_is_named(package, files, tmp_path):
    """Which of the two a reader sees would be up to their program."""
    spoilt = BytesIO(package)
    with warnings.catch_warnings(), zipfile.ZipFile(spoilt, "a") as zipped:
        warnings.simplefilter("ignore")
        zipped.writestr("balances.csv", files["balances.csv"])
    (tmp_path / "package.zip").write_bytes(spoilt.getvalue())
    code, said = run_verify(VERIFY, tmp_path / "package.zip")
    assert (code, "balances.csv：出现两次 · is there twice" in said) == (1, True), said


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_package_is_said_in_a_sentence(tmp_path, content):
    (tmp_path / "package.zip").write_bytes(content)
    code, said = run_verify(VERIFY, tmp_path / "package.zip")
    assert (code, said.startswith("有错 WRONG"), "Traceback" in said) == (1, True, False), said


def test_no_damage_to_a_zip_breaks_the_check(package, tmp_path, capsys):
    path = tmp_path / "package.zip"
    for place in range(0, len(package), 61):
        path.write_bytes(package[:place] + bytes([package[place] ^ 0x55]) + package[place + 1 :])
        code = verify.main([str(path)])
        said = capsys.readouterr().out
        # What a zip says beside its files, such as the hour it was packed at, may change without harm.
        assert (code, said[:10]) in [(1, "有错 WRONG  "), (0, "核验通过 ALL R")], said
    for size in range(0, len(package), 499):
        path.write_bytes(package[:size])
        assert verify.main([str(path)]) == 1


# How it is called


@pytest.mark.parametrize("arguments", [("one.zip", "two.zip"), ("nowhere.zip",), ("--help",)])
def test_called_in_a_wrong_way_it_says_how(tmp_path, arguments):
    code, said = run_verify(VERIFY, *arguments, cwd=tmp_path)
    assert (code, "python3 -I verify.py PACKAGE.zip" in said) == (2, True), said


def test_a_terminal_that_knows_no_chinese_does_not_stop_it(files, tmp_path):
    folder = laid_out(files, tmp_path / "package")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    code, said = run_verify(VERIFY, folder, options=("-S",), env=environment)
    assert (code, "ALL RIGHT" in said) == (0, True), said


def test_it_lies_in_a_folder_without_leaving_anything_there(files, tmp_path):
    folder = laid_out(files, tmp_path / "package")
    for _ in range(2):
        assert run_verify(folder / "verify.py", options=())[0] == 0
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(files)


# What it is


def test_it_is_read_in_ten_minutes_and_needs_nothing_but_an_old_python():
    source = VERIFY.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    assert len(source.splitlines()) <= 530
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names) - {"__future__"}
    # Without it Python 3.8 works annotations out, and knows neither list[int] nor int | None.
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    said = [arg.annotation for one in functions for arg in one.args.args] + [one.returns for one in functions]
    parts = [part for one in said if one for part in ast.walk(one) if not isinstance(one, ast.Constant)]
    new = ("list", "dict", "tuple")
    assert not [part for part in parts if isinstance(part, ast.BinOp) or getattr(part, "id", "") in new]


def test_it_knows_the_same_sources_as_the_ledger():
    accounts = [value for name, value in vars(chart).items() if name.isupper() and isinstance(value, str)]
    accounts += [chart.donor("D7"), "supplier:S3", chart.sent("LY12"), chart.received("LY12"), chart.fund("merit"),
                 chart.purse("H001", "merit"), "moved:LY02"]
    assert len(accounts) > 15
    for account in accounts:
        assert (account.partition(":")[0] in verify.SOURCES) == chart.may_go_below_zero(account), account


def test_it_works_out_the_digests_everybody_else_works_out():
    vectors = json.loads((VECTORS / "leaf.json").read_text(encoding="utf-8"))
    assert vectors
    for vector in vectors:
        asked = (vector["book"], vector["number"], vector["recorded_us"], vector["previous"])
        assert verify.leaf(*asked, vector["body"].encode()) == vector["digest"]
