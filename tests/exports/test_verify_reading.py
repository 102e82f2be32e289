"""verify.py reads fast what looks as usual, and in full what does not: both ways must say the same of every line."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.exports import verify
from tests.exports.story import canonical, laid_out, pack, rechained, run_verify, unpacked

VECTORS = Path(__file__).parent.parent / "vectors"


@pytest.fixture(scope="module")
def lines(package):
    """The lines of the journal of Liuhe."""
    return unpacked(package)["journal.jsonl"].decode().splitlines(keepends=True)


PIECES = ["", *'{}[]",:\\0123456789.-eE tn\n\t\x00兑é', '\\"', "\\\\", "null", "true", ',"v":1']


def in_full(line):
    """Return what the slow way says of a line; nothing if it finds it wrong."""
    try:
        return verify.in_full(line, "LY01")
    except Exception:
        return None


def test_the_whole_story_is_read_the_fast_way_and_both_ways_agree(lines):
    assert len(lines) == 12
    for line in lines:
        assert verify.quickly(line, "LY01") == verify.in_full(line, "LY01")


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_whatever_is_changed_in_a_line_the_fast_way_never_takes_what_the_slow_one_refuses(lines, data):
    line = data.draw(st.sampled_from(lines))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(line)))
        end = data.draw(st.integers(start, min(start + 3, len(line))))
        pieces = [*PIECES, line[start : start + 20], line[max(start - 20, 0) : start]]
        piece = data.draw(st.sampled_from(pieces))
        line = line[:start] + piece + line[end:]
    said = verify.quickly(line, "LY01")
    assert said is None or said == in_full(line)


ASCII = st.characters(codec="ascii")
PLAIN = st.dictionaries(
    st.text(ASCII, max_size=3),
    st.recursive(
        st.one_of(st.integers(0, 10**16), st.text(max_size=3)),
        lambda inner: st.dictionaries(st.text(ASCII, max_size=2), inner, max_size=3), max_leaves=4,
    ),
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(facts=PLAIN, shuffled=st.randoms())
def test_facts_are_taken_in_order_of_their_names_and_in_no_other(lines, facts, shuffled):
    line = json.loads(lines[6])
    body = {**json.loads(line["body"]), "facts": facts}
    right = written(line, canonical(body))
    said = verify.quickly(right, "LY01")
    assert in_full(right) is not None and said in (None, in_full(right))
    names = list(facts)
    shuffled.shuffle(names)
    turned = canonical(body).replace(canonical(facts), loose({name: facts[name] for name in names}), 1)
    if turned != canonical(body):
        assert verify.quickly(written(line, turned), "LY01") is None


def written(line, body):
    return json.dumps({**line, "body": body}, separators=(",", ":"), ensure_ascii=False) + "\n"


def loose(facts):
    return json.dumps(facts, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize(
    "facts",
    [
        {}, {"a": {}}, {"a": [1, {"b": []}]}, {"a": -1}, {"a": None, "b": True}, {"a": 'a "word" \\ in quotes'},
        {"a": "{b}"}, {"a": {"b": {"c": 1}}}, {"a": "两\n行"}, {"B": 1, "a": {"Z": 1, "b": 2}}, {"a": 10**16},
    ],
)
def test_facts_of_any_kind_are_read(package, tmp_path, facts):
    changed = rechained(unpacked(package), lambda lines, bodies: bodies[6].update(facts=facts))
    code, said = run_verify(Path(verify.__file__), laid_out(changed, tmp_path))
    assert code == 0, said


@pytest.mark.parametrize(
    "facts",
    [
        '{"b":1,"a":2}', '{"a":1,"a":2}', '{"a":1 }', '{"a":{"c":1,"b":2}}', '{"a":01}', '{"a":1.0}', '{"a":"\\u0041"}',
        '{"a":{"b":1,"b":1}}', '{"b":{"c":1},"a":2}', '{"a":1,"b":{},"aa":1}',
    ],
)
def test_facts_that_could_be_written_otherwise_are_found(package, tmp_path, facts):
    def change(lines, bodies):
        was = canonical(bodies[6]["facts"])
        bodies[6] = canonical(bodies[6]).replace(f'"facts":{was}', f'"facts":{facts}')

    code, said = run_verify(Path(verify.__file__), laid_out(rechained(unpacked(package), change), tmp_path))
    assert (code, "entry 7：" in said) == (1, True), said


def test_an_entry_read_in_full_is_mirrored_by_a_reversal_that_is_not(package, tmp_path):
    """Entry 11 has facts of an unusual kind; 12 reverses it."""
    def change(lines, bodies):
        bodies[10]["facts"]["more"] = [1]

    changed = rechained(unpacked(package), change)
    assert verify.quickly(changed["journal.jsonl"].decode().splitlines(keepends=True)[10], "LY01") is None
    assert verify.check_package(laid_out(changed, tmp_path)).number == 12


def test_numbers_yes_no_and_nothing_among_the_facts_do_not_slow_it_down(lines):
    line = json.loads(lines[6])
    body = canonical({**json.loads(line["body"]), "facts": {"a": True, "b": None, "c": {"D-1": 0, "e_2": "两"}}})
    assert verify.quickly(written(line, body), "LY01") == verify.in_full(written(line, body), "LY01")


def test_every_kind_of_entry_of_a_county_is_read_the_fast_way(told):
    for book in ("COUNTY", "LY01"):
        journal = unpacked(pack(told, book))["journal.jsonl"].decode().splitlines(keepends=True)
        slow = {json.loads(json.loads(line)["body"])["kind"] for line in journal if not verify.quickly(line, book)}
        assert slow <= {"donation"}


# The signature


@pytest.mark.parametrize("said", json.loads((VECTORS / "ed25519.json").read_text())["signatures"])
def test_signatures_of_rfc_8032_are_good(said):
    public, message, signature = (bytes.fromhex(said[name]) for name in ("public", "message", "signature"))
    assert verify.ed25519(public, message, signature)
    assert not verify.ed25519(public, message + b"\0", signature)


def test_the_published_note_is_good():
    said = json.loads((VECTORS / "signed-note.json").read_text(encoding="utf-8"))
    public = base64.b64decode(said["key"].split("+", 2)[2])[1:]
    signature = base64.b64decode(said["note"].rstrip().split(" ")[-1])[4:]
    assert verify.ed25519(public, said["text"].encode(), signature)


def by_the_library(public, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@settings(max_examples=60, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80), data=st.data())
def test_ours_and_a_foreign_library_agree_on_every_signature_good_or_spoilt(seed, message, data):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    parts = [key.public_key().public_bytes_raw(), message, key.sign(message)]
    assert verify.ed25519(*parts)
    which = data.draw(st.integers(0, 2))
    at = data.draw(st.integers(0, max(len(parts[which]) - 1, 0)))
    parts[which] = parts[which][:at] + bytes([data.draw(st.integers(0, 255))]) + parts[which][at + 1 :]
    assert verify.ed25519(*parts) == by_the_library(*parts)


@pytest.mark.parametrize("length", [0, 31, 32, 63, 65, 96])
def test_a_signature_of_another_length_is_not_good(length):
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    whole = (key.sign(b"x") * 2)[:length]
    assert not verify.ed25519(key.public_key().public_bytes_raw(), b"x", whole)


def test_a_signature_with_nothing_behind_it_is_not_good_either():
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"x")
    assert verify.ed25519(public, b"x", signature) and not verify.ed25519(public, b"x", signature + b"\0")


def test_a_signature_that_was_stretched_is_not_good():
    """S and S plus the order fit the same equation; RFC 8032 allows only the smaller."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"x")
    stretched = int.from_bytes(signature[32:], "little") + verify.ORDER
    twin = signature[:32] + stretched.to_bytes(32, "little")
    assert verify.ed25519(public, b"x", signature) and not verify.ed25519(public, b"x", twin)
    assert not by_the_library(public, b"x", twin)


@pytest.mark.parametrize(
    "public",
    [
        verify.P.to_bytes(32, "little"), (verify.P + 1).to_bytes(32, "little"), b"\xff" * 32,
        b"\x01" + bytes(30) + b"\x80", b"\x02" + bytes(31),
    ],
    ids=["zero plus p", "one plus p", "the greatest", "minus zero", "on no point"],
)
def test_what_is_no_point_is_no_key(public):
    assert verify.point_of(public) is None
    assert not verify.ed25519(public, b"x", bytes(64))
