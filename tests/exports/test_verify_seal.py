"""The seal of a package: a signature, an entry's place in the county's log, and whatever somebody outside has kept.

The county signed its log after the story of twelve entries at Liuhe. A soap was redeemed (13), oil was given to the
county store, and it was signed again. Chen kept the first checkpoint and the package made then.
"""

import base64
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.db import Database
from ledger.exports import verify
from ledger.journal import extend_log
from ledger.journal.signing import public_line, signed
from tests.county import County
from tests.exports.sealing import ORIGIN, SEAL, log_of, note_of, seal_of, signed_anew
from tests.exports.story import VERIFY, laid_out, manifest_of, pack, rechained, run_verify, tell, unpacked, vouched
from tests.sealing import ANOTHER_KEY, KEY, public, sign


@dataclass
class Kept:
    """What there is in the end: with Chen the first checkpoint and package, with the county the log and the second."""

    county: County
    first_note: str
    first_package: bytes
    log: tuple[list[str], list[bytes]]
    note: str
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def kept(sqlite_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """The story, signed twice; for those who only read."""
    path = tmp_path_factory.mktemp("sealed") / "ledger.sqlite"
    shutil.copy(sqlite_county, path)
    county = County(Database(f"sqlite:///{path}"))
    yield signed_twice(county)
    county.store.close()


def signed_twice(county: County) -> Kept:
    """Let the story happen and the county sign twice."""
    liuhe = tell(county)
    first_note, first_package = sign(county.store).note, pack(county)
    liuhe.redeem("H001", soap=1)
    county.book("COUNTY").give(oil=3)
    note = sign(county.store).note
    return Kept(county, first_note, first_package, log_of(county.store), note, unpacked(pack(county)))


@pytest.fixture
def check(tmp_path):
    """Check files as a stranger does, and compare with what was kept if there is something."""

    def check(files, against=None):
        shutil.rmtree(tmp_path / "package", ignore_errors=True)
        folder = laid_out(files, tmp_path / "package")
        if against is not None:
            (tmp_path / "kept").write_bytes(against if isinstance(against, bytes) else against.encode())
            return run_verify(VERIFY, folder, "--against", tmp_path / "kept")
        return run_verify(VERIFY, folder)

    return check


@pytest.fixture
def rewritten(kept):
    """The package after somebody with database and key has let Gao credit in Luo's name, and signed the whole anew."""
    forged = rechained(kept.files, lambda lines, bodies: bodies[7].update(by="gao"))
    return signed_anew(forged, kept.log, older=[verify.read_note(kept.first_note).size])


# What is right


def test_a_signed_package_is_good_wherever_the_book_was_kept(county, check):
    there = signed_twice(county)
    code, said = check(there.files)
    assert code == 0, said
    assert manifest_of(there.files)["signature"] == SEAL
    assert "签名有效：13 号凭证在县总账中，以前各张由它逐笔相连；签名时总账共 17 张" in said
    assert "the signature is good: entry 13 is in the county's log, 17 entries when" in said
    assert "历次封账时本账簿的末号（1 张）都还在总账原位" in said and "last at former checkpoints (1) are still" in said
    assert public(KEY) in said
    assert check(there.files, there.first_note)[0] == 0


def test_the_seal_is_the_one_the_definitions_lead_to(kept):
    places, leaves = kept.log
    first = verify.read_note(kept.first_note).size
    assert kept.note == note_of(leaves) and kept.first_note == note_of(leaves[:first])
    assert kept.files[SEAL] == seal_of(
        leaves, "LY01", 13, places.index("LY01-13"), older=[first], held={12: places.index("LY01-12")}
    )


def test_what_lies_in_it_is_told_in_the_leaflet(kept):
    leaflet = kept.files["说明.txt"].decode()
    assert "本包有签名" in leaflet and "This package is signed" in leaflet and leaflet.count(SEAL) == 4


def test_alone_it_says_what_it_cannot_show(kept, check):
    code, said = check(kept.files)
    assert code == 0
    assert "只有在外留存的旧校验能揭穿" in said and "only a checkpoint that somebody outside has kept shows it" in said


def as_a_copy_by_hand(kept):
    return "\r\n".join([" ", *(f" {line} " for line in kept.first_note.splitlines()[:3]), ""])


WITNESSES = {
    "a checkpoint": lambda kept: kept.first_note,
    "a checkpoint copied by hand": as_a_copy_by_hand,
    "the same checkpoint": lambda kept: kept.note,
    "checkpoints.txt of a package": lambda kept: unpacked(kept.first_package)[SEAL],
    "checkpoints.txt of this package, saved by an editor": lambda kept: kept.files[SEAL].replace(b"\n", b"\r\n"),
    "a package": lambda kept: kept.first_package,
    "a package of another book": lambda kept: pack_of_the_county_before(kept),
}


def pack_of_the_county_before(kept):
    return pack(kept.county, "COUNTY", last=3)


@pytest.mark.parametrize("name", WITNESSES)
def test_it_agrees_with_what_was_kept(kept, check, name):
    code, said = check(kept.files, WITNESSES[name](kept))
    assert code == 0, said
    assert "此后只增未改" in said and "others were only added" in said
    assert ("13 号" in said, "揭穿" in said) == (True, False)


def test_it_agrees_with_an_older_package_entry_by_entry(kept, check):
    code, said = check(kept.files, kept.first_package)
    assert code == 0, said
    assert "与留存的旧审计包或其封账校验相符：12 号及以前的凭证完全相同" in said
    assert "entries up to 12 are the very same" in said
    assert "县总账当时的 15 张凭证" in said


def test_a_book_whose_end_was_cut_off_does_not_agree_with_the_longer_one_that_was_kept(kept, check):
    """Chen kept entries 1 to 12. Somebody shows a book that ends at 9, its seal in order."""
    cut = vouched(unpacked(pack(kept.county, last=9)), head=9)
    for files in (cut, bare(cut)):
        code, said = check(files, kept.first_package)
        assert (code, "entry 10：缺失，留存的旧审计包到 12 号" in said) == (1, True), said
        assert "is missing, the older package goes on to entry 12" in said


def test_a_package_of_former_days_did_not_say_how_far_the_book_goes(kept, check):
    files = unpacked(pack(kept.county, last=9))
    said_of = manifest_of(files)
    del said_of["head"]
    code, said = check({**files, "manifest.json": json.dumps(said_of).encode()}, kept.first_package)
    assert (code, "entry 10：缺失" in said) == (1, True), said


def test_a_run_that_ends_earlier_on_purpose_says_so_aloud_and_not_that_it_agrees(kept, check):
    files = unpacked(pack(kept.county, last=9))
    code, said = check(files, kept.first_package)
    assert (code, manifest_of(files)["head"]) == (0, 13), said
    assert said.splitlines()[2].startswith("★★ 注意：本包只到 9 号，留存的到 12 号")
    assert "this package ends at entry 9; the one you kept goes on to 12" in said
    assert ("it agrees with" in said, "相符：" in said) == (False, False)


def test_a_run_that_ends_earlier_and_carries_no_seal_has_nothing_to_compare(kept, check):
    code, said = check(bare(unpacked(pack(kept.county, last=9))), kept.first_package)
    assert (code, "没有可对照之处" in said) == (1, True), said


def test_an_older_package_unpacked_is_as_good(kept, tmp_path):
    old, new = (laid_out(files, tmp_path / name) for name, files in
                (("old", unpacked(kept.first_package)), ("new", kept.files)))
    code, said = run_verify(new / "verify.py", "--against", old)
    assert (code, "entries up to 12 are the very same" in said) == (0, True), said


def bare(files):
    """Take the seal out of a package, and the manifest's word of it."""
    return vouched({name: content for name, content in files.items() if name != SEAL}, signature=None)


def test_packages_without_a_seal_are_compared_by_their_entries(kept, tmp_path):
    old, new = (laid_out(bare(files), tmp_path / name) for name, files in
                (("old", unpacked(kept.first_package)), ("new", kept.files)))
    code, said = run_verify(VERIFY, new, "--against", old)
    assert (code, "entries up to 12 are the very same" in said, "carries no signature" in said) == (0, True, True), said


def test_a_run_that_goes_on_from_an_older_package_is_held_to_it(kept, check):
    run = unpacked(pack(kept.county, first=13))
    code, said = check(run, kept.first_package)
    assert (code, "entries up to 12 are the very same" in said) == (0, True), said
    another = rechained(run, lambda lines, bodies: lines[0].update(previous="11" * 32))
    assert "entry 13：不在签名的总账中" in check(vouched(another, previous="11" * 32))[1]
    code, said = check(bare(vouched(another, previous="11" * 32)), kept.first_package)
    assert (code, "entry 12：与旧审计包不同" in said) == (1, True), said


def test_entries_after_the_last_checkpoint_are_said_to_be_unsigned(kept, county, check):
    there = signed_twice(county)
    county.book("LY01").reverse(13)
    with county.store.writing() as session:
        assert extend_log(session) == 1  # it has its place; that place is not signed
    files = unpacked(pack(county))
    code, said = check(files, there.first_note)
    assert code == 0, said
    assert "签名只到 13 号，其后的凭证做包的人可以改写" in said and "the signature goes up to entry 13;" in said
    assert manifest_of(unpacked(pack(county, first=14)))["signature"] is None


def test_of_a_run_the_last_signed_entry_is_proved(kept, check):
    files = unpacked(pack(kept.county, first=3, last=9))
    assert f"entry LY01 9\n\nc2sp.org/tlog-proof@v1\nindex {kept.log[0].index('LY01-9')}\n".encode() in files[SEAL]
    code, said = check(files, kept.first_note)
    assert (code, "9 号凭证在县总账中" in said) == (0, True), said


def test_another_key_is_pointed_out(kept, check):
    """The county lost its key, made a new one and signed the same history with it."""
    anew = signed_anew(kept.files, kept.log, older=[15], key=ANOTHER_KEY)
    for old in (kept.first_note, kept.first_package):
        code, said = check(anew, old)
        assert code == 0, said
        assert "出自另一把密钥" in said and "signed with another key" in said
        assert public(ANOTHER_KEY) in said


# A history that was rewritten and signed


def test_a_rewritten_history_that_is_signed_anew_passes_who_comes_fresh(rewritten, check):
    """This is why something must be kept outside: signature, proofs, chain and balances are all in order."""
    code, said = check(rewritten)
    assert code == 0, said
    assert "the signature is good" in said and public(KEY) in said


@pytest.mark.parametrize("name", ["a checkpoint", "a checkpoint copied by hand"])
def test_a_rewritten_history_fails_against_an_older_checkpoint(kept, rewritten, check, name):
    code, said = check(rewritten, WITNESSES[name](kept))
    assert code == 1
    assert "历史被改写：旧封账校验中的 15 张凭证不是现在总账的开头" in said and "history was rewritten" in said
    assert ("compare the copy first" in said) == (name == "a checkpoint copied by hand")


def test_a_rewritten_history_fails_against_the_seal_of_an_older_package(kept, rewritten, check):
    code, said = check(rewritten, WITNESSES["checkpoints.txt of a package"](kept))
    assert (code, "凭证 entry 12：与旧审计包不同" in said) == (1, True), said


def test_a_rewritten_history_fails_against_an_older_package(kept, rewritten, check):
    code, said = check(rewritten, kept.first_package)
    assert (code, "凭证 entry 12：与旧审计包不同" in said) == (1, True), said


def test_a_rewritten_book_fails_against_an_older_package_of_any_other_book(kept, rewritten, check):
    code, said = check(rewritten, pack_of_the_county_before(kept))
    assert (code, "历史被改写" in said) == (1, True), said


def test_leaving_the_older_checkpoint_out_does_not_hide_it(kept, check):
    forged = rechained(kept.files, lambda lines, bodies: bodies[7].update(by="gao"))
    code, said = check(signed_anew(forged, kept.log, older=[]), kept.first_note)
    assert (code, "历史被改写" in said) == (1, True), said


def test_leaving_the_seal_out_does_not_hide_it(kept, rewritten, check):
    code, said = check(bare(rewritten), kept.first_note)
    assert (code, "没有可对照之处" in said) == (1, True), said


# What is wrong with a seal


def spoilt(files, old, new):
    """Change checkpoints.txt, and the manifest so that its hash fits."""
    assert old.encode() in files[SEAL], old
    return vouched({**files, SEAL: files[SEAL].replace(old.encode(), new.encode(), 1)}, signature=SEAL)


SPOILT = {
    "the size": ("\n17\n", "\n18\n", "签名无效"),
    "another county's log": (f"{ORIGIN}\n17", "aixin-ledger/610728\n17", "属于别县"),
    "the place": ("index 16\n", "index 15\n", "entry 13：不在签名的总账中"),
    "a place beyond the log": ("index 16\n", "index 17\n", "entry 13：不在签名的总账中"),
    "the entry": ("entry LY01 13", "entry LY01 12", "entry 12：不在签名的总账中"),
    "an entry that is not in the package": ("entry LY01 13", "entry LY01 14", "entry 14：不在签名的总账中"),
    "an entry of another book": ("entry LY01 13", "entry LY02 13", "属于其他账簿 · belongs to book LY02"),
    "the key's name": ("key aixin-ledger/610727+", "key aixin-ledger/610728+", "公钥不全"),
    "another key": (f"key {public(KEY)}", f"key {public(ANOTHER_KEY)}", "签名无效"),
    "no key": (f"key {public(KEY)}\n", "", "checkpoints.txt：无法读取"),
    "another form": ("tlog-proof@v1", "tlog-proof@v2", "checkpoints.txt：无法读取"),
    "no dash": ("— ", "- ", "不是封账校验"),
    "a line too much": ("index 16\n", "index 16\n" + base64.b64encode(bytes(32)).decode() + "\n", "不在签名的总账中"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_seal_that_does_not_fit_is_named(kept, check, name):
    old, new, named = SPOILT[name]
    code, said = check(spoilt(kept.files, old, new))
    assert (code, named in said, "Traceback" in said) == (1, True, False), said


def test_a_seal_of_the_entry_that_was_taken_over_says_nothing_of_the_run(kept, check):
    places, leaves = kept.log
    written = seal_of(leaves, "LY01", 12, places.index("LY01-12"), older=[])
    code, said = check(vouched({**unpacked(pack(kept.county, first=13)), SEAL: written}, signature=SEAL))
    assert (code, "entry 12：不在签名的总账中" in said) == (1, True), said


def test_a_proof_of_an_older_checkpoint_that_holds_more_than_it_needs_is_refused(kept, check):
    more = kept.files[SEAL].replace(b"\n\nheld", b"\n" + base64.b64encode(bytes(32)) + b"\n\nheld")
    code, said = check(vouched({**kept.files, SEAL: more}, signature=SEAL), kept.first_note)
    assert (code, "历史被改写" in said) == (1, True), said


def test_base64_is_read_in_the_one_way_it_is_written():
    assert verify.decoded("AAE=") == b"\0\1"
    with pytest.raises(verify.Wrong):
        verify.decoded("AAF=")  # the same two bytes


def test_a_key_of_another_name_does_not_sign_for_the_county(kept):
    text = kept.note.partition("\n\n")[0] + "\n"
    for name, good in ((ORIGIN, True), ("somebody", None)):
        note = verify.read_note(signed(text, name, KEY))
        assert verify.is_signed(note, public_line(name, KEY)) is good


def test_a_seal_changed_after_packing_is_named_as_a_file(kept, check):
    code, said = check({**kept.files, SEAL: kept.files[SEAL] + b"\n"})
    assert (code, f"{SEAL}：已被改动" in said) == (1, True), said


def test_a_seal_that_is_promised_and_missing_is_named(kept, check):
    code, said = check(vouched({name: content for name, content in kept.files.items() if name != SEAL}))
    assert (code, f"{SEAL}：" in said) == (1, True), said


def test_any_byte_changed_in_what_the_seal_proves_is_found(kept, tmp_path):
    seal = kept.files[SEAL]
    folder = laid_out(kept.files, tmp_path)
    book = verify.check_package(folder)
    for place in range(0, seal.index(b"\n\nold "), 3):
        (folder / SEAL).write_bytes(seal[:place] + bytes([seal[place] ^ 1]) + seal[place + 1 :])
        # What stands there is read before the journal is, and compared after it.
        with pytest.raises((verify.Wrong, ValueError, KeyError)):
            verify.check_seal(verify.read_seal(folder), book)


def test_any_byte_changed_in_what_was_kept_is_found(kept, tmp_path):
    """But for the name of the key and its four bytes: then it may be a key of former days, and that is pointed out."""
    book, note = verify.check_package(laid_out(kept.files, tmp_path / "package")), kept.first_note.encode()
    name = note.index(b"\xe2\x80\x94") + 4
    for place in range(len(note)):
        (tmp_path / "kept").write_bytes(note[:place] + bytes([note[place] ^ 1]) + note[place + 1 :])
        try:
            old = verify.read_witness(tmp_path / "kept")
            found = verify.compare(book, old)
        except (verify.Wrong, ValueError):
            continue
        if old.note == verify.read_note(kept.first_note):
            assert note[place : place + 1] == b"\n"
        else:
            assert (found, name <= place < name + len(ORIGIN) + 7) == (["witness", "other", "then"], True)
