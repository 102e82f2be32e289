"""verify.py: whatever was changed in a package, it says so and names the entry or the file."""

import ast
import json
import os
import sys
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ledger import chart
from ledger.exports import verify
from tests.exports.story import (
    VERIFY,
    canonical,
    laid_out,
    lines_of,
    manifest_of,
    pack,
    rechained,
    run_verify,
    unpacked,
    vouched,
    written,
)

VECTORS = Path(__file__).parent.parent / "vectors"


@pytest.fixture
def files(package):
    """The files of the package of Liuhe, to spoil."""
    return unpacked(package)


@pytest.fixture
def check(tmp_path):
    """Lay files out in a folder and check them there, with the program that lies among them if it does."""

    def check(files):
        folder = laid_out(files, tmp_path / "package")
        return run_verify(folder / "verify.py" if "verify.py" in files else VERIFY, folder)

    return check


def with_lines(files, change):
    """Change the lines of the journal and nothing else."""
    lines = files["journal.jsonl"].splitlines(keepends=True)
    change(lines)
    return {**files, "journal.jsonl": b"".join(lines)}


def with_line(files, number, old, new):
    """Change one entry's line and nothing else."""

    def change(lines):
        assert old in lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(old, new, 1)

    return with_lines(files, change)


# One byte


@pytest.mark.parametrize("vouch", [False, True], ids=["found out by its hash", "with a hash that fits"])
@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (1, b'{"number":1,', b'{"number":2,'),
        (1, b'{"number":1,', b'{"number":true,'),
        (2, b'"recorded_us":1', b'"recorded_us":2'),
        (3, b'"body":"{', b'"body":"['),
        (7, b'\\"quantity\\":400', b'\\"quantity\\":900'),
        (7, b"fund:support", b"fund:suppork"),
        (7, b"purse:H001:", b"purse:H006:"),
        (8, b'\\"by\\":\\"luo', b'\\"by\\":\\"lua'),
        (10, b'\\"occurred_on\\":\\"2026-03-14', b'\\"occurred_on\\":\\"2026-03-13'),
        (11, b'\\"notes\\":{\\"proxy', b'\\"notes\\":{\\"proxi'),
        (11, b'\\"notes\\":{\\"proxy', b'\\"notes\\":{"proxy'),
        (12, b'\\"reverses\\":11', b'\\"reverses\\":10'),
        (4, b'","digest":"', b'","digesf":"'),
        (5, b'"}\n', b'"} '),
        (6, b'{"number"', b'{ "number"'),
        (12, b'"}\n', b'"}'),
        (9, b'"}\n', b'"}\r\n'),
    ],
)
def test_a_byte_changed_in_the_journal_is_named_by_its_entry(files, check, number, old, new, vouch):
    spoilt = with_line(files, number, old, new)
    code, said = check(vouched(spoilt) if vouch else spoilt)
    assert code == 1
    assert f"凭证 entry {number}：" in said and said.startswith("有错 WRONG")


def test_any_byte_changed_in_the_journal_is_named_by_its_entry(files, tmp_path):
    folder, journal = laid_out(files, tmp_path), files["journal.jsonl"]
    for place in range(0, len(journal), 13):
        changed = bytes([journal[place] ^ 1])
        (folder / "journal.jsonl").write_bytes(journal[:place] + changed + journal[place + 1 :])
        with pytest.raises(verify.Wrong, match=f"凭证 entry {journal.count(bytes([10]), 0, place) + 1}："):
            verify.check_package(folder)


def test_a_byte_taken_out_anywhere_is_named_by_its_entry(files, tmp_path):
    folder, journal = laid_out(files, tmp_path), files["journal.jsonl"]
    for place in range(0, len(journal), 29):
        (folder / "journal.jsonl").write_bytes(journal[:place] + journal[place + 1 :])
        with pytest.raises(verify.Wrong, match=f"凭证 entry {journal.count(bytes([10]), 0, place) + 1}："):
            verify.check_package(folder)


# Lines


@pytest.mark.parametrize("vouch", [False, True])
@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda lines: lines.pop(4), "entry 5：缺失或多余 · missing or too many, here stands 6"),
        (lambda lines: lines.insert(4, lines.pop(5)), "entry 5：缺失或多余 · missing or too many, here stands 6"),
        (lambda lines: lines.insert(4, lines[3]), "entry 5：缺失或多余 · missing or too many, here stands 4"),
        (lambda lines: lines.pop(), "entry 12：缺失 · is missing"),
        (lambda lines: lines.pop(0), "entry 1：缺失或多余 · missing or too many, here stands 2"),
        (lambda lines: lines.clear(), "entry 1：缺失 · is missing"),
        (lambda lines: lines.insert(6, b"\n"), "entry 7：无法读取"),
        (lambda lines: lines.append(b"{}\n"), "entry 13："),
    ],
    ids=["removed", "swapped", "doubled", "the last removed", "the first removed", "all removed", "empty", "added"],
)
def test_lines_removed_swapped_or_added_are_named(files, check, change, named, vouch):
    spoilt = with_lines(files, change)
    code, said = check(vouched(spoilt) if vouch else spoilt)
    assert (code, named in said) == (1, True), said


def test_a_last_entry_cut_off_is_missed_even_if_the_manifest_forgets_it(files, check):
    shorter = with_lines(files, lambda lines: lines.pop())
    code, said = check(vouched(shorter, last=11))
    assert (code, "manifest.json：末笔校验码不符" in said) == (1, True), said


def test_an_entry_more_than_the_manifest_promises_is_named(files, check):
    code, said = check(vouched(files, last=11, digest=lines_of(files)[10]["digest"]))
    assert (code, "entry 12：缺失或多余 · missing or too many, here stands 12" in said) == (1, True), said


# History rewritten, with digests that fit


def leg(bodies, number, **values):
    bodies[number - 1]["postings"][0].update(values)


REWRITTEN = {
    "a quantity of nothing": (lambda lines, bodies: leg(bodies, 7, quantity=0), "entry 7：分录不对"),
    "a negative quantity": (lambda lines, bodies: leg(bodies, 7, quantity=-400), "entry 7：分录不对"),
    "a quantity that is no whole number": (lambda lines, bodies: leg(bodies, 7, quantity=400.5), "entry 7：不规范"),
    "a quantity in words": (lambda lines, bodies: leg(bodies, 7, quantity="400"), "entry 7：分录不全"),
    "yes for a quantity": (lambda lines, bodies: leg(bodies, 7, quantity=True), "entry 7：分录不全"),
    "a move that goes nowhere": (lambda lines, bodies: leg(bodies, 7, destination="fund:support"), "entry 7：分录不对"),
    "more redeemed than there was": (
        lambda lines, bodies: leg(bodies, 10, quantity=401), "entry 10：余额低于零 · purse:H001:support POINT",
    ),
    "a posting without a lot": (lambda lines, bodies: bodies[0]["postings"][0].pop("lot"), "entry 1：分录不全"),
    "a posting with something more": (lambda lines, bodies: leg(bodies, 1, price=3), "entry 1：分录不全"),
    "an account that is no text": (lambda lines, bodies: leg(bodies, 7, destination=None), "entry 7：分录不全"),
    "postings that are no list": (lambda lines, bodies: bodies[6].update(postings=7), "entry 7：无法读取"),
    "a body of another book": (lambda lines, bodies: bodies[4].update(book="LY02"), "entry 5：属于其他账簿"),
    "a body of another form": (lambda lines, bodies: bodies[4].update(v=2), "entry 5：不规范"),
    "yes for the form of a body": (lambda lines, bodies: bodies[4].update(v=True), "entry 5：不规范"),
    "a body that leaves something out": (lambda lines, bodies: bodies[4].pop("late"), "entry 5：不规范"),
    "a body that is no object": (lambda lines, bodies: bodies.__setitem__(4, "[]"), "entry 5："),
    "a body that is no JSON": (lambda lines, bodies: bodies.__setitem__(4, "{"), "entry 5：无法读取"),
    "a body that never ends": (lambda lines, bodies: bodies.__setitem__(4, "[" * 100_000), "entry 5：无法读取"),
    "a body with spaces": (
        lambda lines, bodies: bodies.__setitem__(4, json.dumps(bodies[4], sort_keys=True)), "entry 5：不规范",
    ),
    "a body that says a thing twice": (
        lambda lines, bodies: bodies.__setitem__(4, canonical(bodies[4])[:-1] + ',"v":1}'), "entry 5：不规范",
    ),
    "a body in another order": (
        lambda lines, bodies: bodies.__setitem__(4, '{"v":1,' + canonical(bodies[4])[1:].replace(',"v":1}', "}")),
        "entry 5：不规范",
    ),
    "a time that runs backwards": (
        lambda lines, bodies: lines[6].update(recorded_us=lines[5]["recorded_us"] - 1), "entry 7：记录时间倒退",
    ),
    "a reversal that mirrors another quantity": (
        lambda lines, bodies: leg(bodies, 12, quantity=2), "entry 12：不是镜像",
    ),
    "a reversal that leaves a posting out": (lambda lines, bodies: bodies[11]["postings"].pop(), "entry 12：不是镜像"),
    "a reversal of another entry": (lambda lines, bodies: bodies[11].update(reverses=10), "entry 12：不是镜像"),
    "a reversal of what is still to come": (lambda lines, bodies: bodies[11].update(reverses=13), "entry 12：不可冲销"),
    "a reversal of itself": (lambda lines, bodies: bodies[11].update(reverses=12), "entry 12：不"),
    "a reversal of nothing": (lambda lines, bodies: bodies[11].update(reverses=None), "entry 12：不可冲销"),
    "a reversal in words": (lambda lines, bodies: bodies[11].update(reverses="11"), "entry 12：不可冲销"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_book_that_cannot_be_is_found_out_even_with_digests_that_fit(files, check, name):
    change, named = REWRITTEN[name]
    code, said = check(rechained(files, change))
    assert (code, f"凭证 {named}" in said) == (1, True), said


def test_an_entry_is_reversed_once(files, check):
    def again(lines, bodies):
        lines.append({**lines[-1], "number": 13})
        bodies.append(bodies[-1])

    code, said = check(rechained(files, again))
    assert (code, "entry 13：不可冲销 · cannot reverse entry 11 (again)" in said) == (1, True), said


def test_an_entry_that_does_not_follow_the_one_before_is_named(files, check):
    """The digest of entry 6 fits what it says, but it names another entry 5."""
    lines = lines_of(files)
    lines[5]["previous"] = "ab" * 32
    line = lines[5]
    line["digest"] = verify.leaf("LY01", 6, line["recorded_us"], line["previous"], line["body"].encode())
    code, said = check(vouched({**files, "journal.jsonl": written(lines)}))
    assert (code, "entry 6：与上一凭证不相连" in said) == (1, True), said


def test_a_history_rewritten_as_a_whole_agrees_with_itself_and_shows_another_digest(files, check):
    """This is why the digest is compared with one kept outside: a package alone cannot show who wrote it."""
    del files["journal.body"]  # written anew it would fit too; packages of former days had none
    forged = rechained(files, lambda lines, bodies: leg(bodies, 8, quantity=990))
    assert "balances.csv：fund:merit POINT" in check(forged)[1]
    balances = forged["balances.csv"].replace(b"fund:merit,POINT,,-150", b"fund:merit,POINT,,-1040")
    balances = balances.replace(b"purse:H001:merit,POINT,,100", b"purse:H001:merit,POINT,,990")
    forged = vouched({**forged, "balances.csv": balances})
    code, said = check(forged)
    assert code == 0, said
    assert manifest_of(files)["digest"] not in said


# Balances


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (b"H006:merit,POINT,,50", b"H006:merit,POINT,,51", "purse:H006:merit POINT  应为 50 · should be 50, says 51"),
        (b"purse:H006:merit,POINT,,50\r\n", b"", "purse:H006:merit POINT  应为 50 · should be 50, says 0"),
        (b"\r\nstock,", b"\r\nstocks,RICE,L1,7\r\nstock,", "stocks RICE L1 应为 0 · should be 0, says 7"),
        (b"H006:merit,POINT,,50", b"H006:merit,POINT,,fifty", "无法读取"),
        (b"H006:merit,POINT,,50", b"H006:merit,POINT,50", "无法读取"),
        (b"purse:H006:merit,POINT,,50\r\n", b"purse:H006:merit,POINT,,50\r\n" * 2, "有重复行"),
        (b"purse:H006", b"purse:\xff", "无法读取"),
    ],
)
def test_balances_must_be_those_the_entries_lead_to(files, check, old, new, named):
    assert old in files["balances.csv"]
    spoilt = {**files, "balances.csv": files["balances.csv"].replace(old, new, 1)}
    code, said = check(spoilt)
    assert (code, "balances.csv：已被改动" in said) == (1, True), said
    code, said = check(vouched(spoilt))
    assert (code, f"balances.csv：{named}" in said) == (1, True), said


@pytest.fixture
def run(told):
    """The files of a package that takes over at entry 5."""
    return unpacked(pack(told, first=5, last=11))


def test_what_was_taken_over_is_what_a_run_counts_from(run, check):
    code, said = check(run)
    assert code == 0, said
    less = {**run, "taken-over.csv": run["taken-over.csv"].replace(b"stock,RICE,L1,8", b"stock,RICE,L1,0")}
    assert "taken-over.csv：已被改动" in check(less)[1]
    code, said = check(vouched(less))
    assert (code, "entry 10：余额低于零 · stock RICE L1 falls below zero" in said) == (1, True), said


def test_the_digest_taken_over_is_what_a_run_goes_on_from(run, check):
    code, said = check(vouched(run, previous="00" * 32))
    assert (code, "entry 5：与上一凭证不相连" in said) == (1, True), said


def test_what_was_taken_over_cannot_be_left_out(run, check):
    code, said = check(vouched({name: content for name, content in run.items() if name != "taken-over.csv"}))
    assert (code, "taken-over.csv：" in said) == (1, True), said


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


def test_a_folder_that_is_no_package_is_said_in_a_sentence(tmp_path):
    code, said = run_verify(VERIFY, tmp_path)
    assert (code, "manifest.json：无法读取 · cannot be read" in said) == (1, True), said


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
    """Somebody wrote its lines and the balances behind them anew, and the manifest; both other programs would agree."""
    for old, new in ((b'stock:L1  -1 "RICE" = 7 ', b'stock:L1  -2 "RICE" = 6 '),
                     (b'purse:H001:support  36.5 "POINT"', b'purse:H001:support  46.5 "POINT"'),
                     (b'(entries)  1 "ENTRY" = 10 ', b'(entries)  2 "ENTRY" = 11 ')):
        assert old in files["journal.body"]
        code, said = check(vouched({**files, "journal.body": files["journal.body"].replace(old, new, 1)}))
        assert (code, "journal.body：" in said, "off the balance" in said) == (1, True, True), said


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
    assert len(source.splitlines()) <= 485
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
