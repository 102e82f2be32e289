"""verify.py: whatever was changed in a package, it says so and names the entry or the file."""

import json
from pathlib import Path

import pytest

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
    assert (code, "entry 12：manifest.json 所列只到 11 号 · lists entries up to 11 only" in said) == (1, True), said


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
