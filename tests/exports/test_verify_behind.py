"""A book written anew behind a county log that was left as it is, or behind the seal of a shorter run."""

import pytest

from tests.exports.sealing import SEAL, signed_anew
from tests.exports.story import pack, rechained, unpacked, vouched
from tests.exports.test_verify_seal import WITNESSES, check, kept

__all__ = ["check", "kept"]


@pytest.fixture
def behind_the_log(kept):
    """Luo's credit (8) is Gao's now, and the chain from there on is worked out anew. The log keeps the old entries in
    their places; only 13, booked since, stands in it as it is now. That needs no key: the county signs by night.
    """
    return rechained(kept.files, lambda lines, bodies: bodies[7].update(by="gao"))


def test_what_was_last_at_a_former_checkpoint_is_looked_for_in_the_log_too(kept, behind_the_log, check):
    code, said = check(signed_anew(behind_the_log, kept.log, older=[15], held=[12], in_log=[13]))
    assert (code, "凭证 entry 12：不在签名的总账中" in said) == (1, True), said


def test_who_leaves_that_out_is_found_by_the_seal_or_the_package_that_was_kept(kept, behind_the_log, check):
    silent = signed_anew(behind_the_log, kept.log, older=[15], in_log=[13])
    for name in ("checkpoints.txt of a package", "a package"):
        code, said = check(silent, WITNESSES[name](kept))
        assert (code, "凭证 entry 12：与旧审计包不同" in said) == (1, True), said


def test_a_bare_checkpoint_cannot_show_that_but_it_is_said_how_far_the_book_is_shown_to_have_gone(
    kept, behind_the_log, check
):
    for held, told in (([], "does not show that the log then held any entry"),
                       ([7], "Of this book the log then held entries up to 7, recorded 2026-03-14 02:00 UTC")):
        silent = signed_anew(behind_the_log, kept.log, older=[15], held=held, in_log=[13])
        code, said = check(silent, kept.first_note)
        assert (code, told in said) == (0, True), said
    honest = check(kept.files, kept.first_note)[1]
    assert "那时总账中有本账簿至 12 号" in honest and "the log then held entries up to 12, recorded 2026-03" in honest


def test_entries_written_behind_the_seal_of_a_shorter_run_are_said_to_be_vouched_for_by_nobody(kept, check):
    """Somebody puts the county's seal of entries 1 to 7 beside a book whose rest he wrote himself."""
    seal = unpacked(pack(kept.county, last=7))[SEAL]
    forged = rechained(kept.files, lambda lines, bodies: bodies[7].update(by="gao"))
    code, said = check(vouched({**forged, SEAL: seal}, signature=SEAL), kept.first_note)
    assert (code, "★ NOTE: the signature goes up to entry 7; those after it may be written by" in said) == (0, True)
    code, said = check(vouched({**forged, SEAL: seal}, signature=SEAL), WITNESSES["checkpoints.txt of a package"](kept))
    assert (code, "凭证 entry 12：与旧审计包不同" in said) == (1, True), said


def test_a_book_cut_off_fails_against_the_seal_that_was_kept(kept, check):
    cut = vouched(unpacked(pack(kept.county, last=9)), head=9)
    code, said = check(cut, WITNESSES["checkpoints.txt of a package"](kept))
    assert (code, "entry 10：缺失" in said) == (1, True), said
