"""What somebody kept outside and cannot be compared, shows little, or was forged."""

import base64

import pytest

from tests.exports.sealing import SEAL, note_of
from tests.exports.story import laid_out, pack, run_verify, unpacked
from tests.exports.test_verify_seal import bare, check, kept
from tests.sealing import ANOTHER_KEY, KEY, public, some_leaves

__all__ = ["check", "kept"]


@pytest.mark.parametrize(
    ("old", "named"),
    [
        (lambda kept: note_of(some_leaves(40)), "留存的封账校验比本包新 · what was kept is newer: 40 entries"),
        (lambda kept: note_of(some_leaves(9)), "历史被改写"),
        (lambda kept: note_of(kept.log[1][:9]), "历史被改写"),
        (lambda kept: note_of(kept.log[1][:15], origin="aixin-ledger/610728"), "属于别县"),
        (lambda kept: kept.first_note.replace("— ", ""), "不是封账校验"),
        (lambda kept: kept.first_note.replace("=\n", "\n"), "kept：无法读取"),
        (lambda kept: "", "kept：无法读取"),
        (lambda kept: "a receipt", "kept：无法读取"),
        (lambda kept: bytes(100), "kept：无法读取"),
        (lambda kept: pack(kept.county, "LY02"), "没有可对照之处"),
    ],
    ids=["newer", "of another log", "never signed", "of another county", "no signature line", "cut off", "empty",
         "some words", "no text", "a package without a seal"],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(kept, check, old, named):
    code, said = check(kept.files, old(kept))
    assert (code, named in said, "Traceback" in said) == (1, True, False), said


def test_a_forged_signature_on_what_was_kept_is_found(kept, check):
    made = kept.first_note.splitlines()[-1].split(" ")[2]
    signature = bytearray(base64.b64decode(made))
    signature[40] ^= 1
    forged = kept.first_note.replace(made, base64.b64encode(signature).decode())
    code, said = check(kept.files, forged)
    assert (code, "旧封账校验签名无效" in said) == (1, True), said


def test_what_was_kept_with_its_key_must_be_signed_with_that_key(kept, check):
    of_then = unpacked(kept.first_package)[SEAL].decode()
    code, said = check(kept.files, of_then.replace(public(KEY), public(ANOTHER_KEY)))
    assert (code, "旧封账校验签名无效" in said) == (1, True), said


@pytest.mark.parametrize("arguments", [("--against",), ("--against", "nowhere.txt"), ("a", "b", "--against", "c")])
def test_asked_to_compare_with_nothing_it_says_how_it_is_called(kept, tmp_path, arguments):
    folder = laid_out(kept.files, tmp_path / "package")
    code, said = run_verify(folder / "verify.py", *arguments, cwd=tmp_path)
    assert (code, "--against OLD" in said) == (2, True), said


def test_a_package_that_ends_earlier_says_how_far_the_book_goes(kept, check):
    said = check(unpacked(pack(kept.county, last=9)), kept.first_note)[1]
    assert "this package ends at 9, the book goes on to 13" in said and "the log then held all entries of this" in said


def test_an_older_package_of_another_book_says_nothing_of_how_long_this_one_is(kept, check):
    longer, shorter = pack(kept.county), unpacked(pack(kept.county, "COUNTY"))
    code, said = check(shorter, longer)
    assert (code, "this package ends at" in said, "others were only added" in said) == (0, False, True), said


def test_a_checkpoint_of_a_log_that_had_no_entry_yet_agrees_with_all_that_came(kept, check):
    note = note_of([])
    for files in (kept.files, bare(kept.files)):
        code, said = check(files, note)
        assert (code, "the log had no entry when the older checkpoint was signed" in said) == (0, True), said
        assert ("None was compared" in said) == (SEAL in files)
    wrong = note.replace(note.splitlines()[2], kept.note.splitlines()[2])
    assert check(kept.files, wrong)[0] == 1


def test_what_was_kept_and_cannot_be_read_is_said_of_what_was_kept(kept, check):
    for typed in (kept.first_note.replace("15", "1,5", 1), "\n".join(kept.first_note.splitlines()[:2])):
        code, said = check(kept.files, typed)
        assert (code, "what was kept: " in said, "compare the copy first" in said) == (1, True, True), said
