"""What somebody kept outside and cannot be compared, or was forged."""

import base64

import pytest

from tests.exports.sealing import SEAL, note_of
from tests.exports.story import laid_out, pack, run_verify, unpacked
from tests.exports.test_verify_seal import check, kept
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
