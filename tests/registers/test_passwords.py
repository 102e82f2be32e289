"""Passwords and tokens: kept so that nobody can read them back."""

import re

import pytest

from ledger.registers import passwords
from ledger.registers.passwords import fits, hashed, new_token, one_time_password, token_digest


def test_the_right_password_fits_and_no_other():
    kept = hashed("wheat-rain-43")
    assert fits(kept, "wheat-rain-43")
    for wrong in ("", "Wheat-rain-43", "wheat-rain-4", "wheat-rain-43 ", kept, "x" * 5000, "密码"):
        assert not fits(kept, wrong)


def test_a_password_may_be_in_any_script_and_of_any_length():
    for password in ("密码·春天", "x" * 5000, "a\x00b"):
        assert fits(hashed(password), password)


def test_what_is_kept_differs_each_time_and_holds_no_password():
    first, second = hashed("wheat-rain-43"), hashed("wheat-rain-43")
    assert first != second
    assert "wheat" not in first
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("kept", [None, "", "no hash at all", "$argon2id$v=19$m=19456,t=2,p=1$broken"])
def test_nobody_signs_in_without_a_kept_password(kept):
    for password in ("", "nobody signs in with this", "no hash at all", "wheat-rain-43"):
        assert not fits(kept, password)


# The names are given: a hash differs each time, and processes that share the tests must call them the same.
@pytest.mark.parametrize("kept", [None, "", hashed("wheat-rain-43")], ids=["unknown", "without a password", "known"])
def test_an_unknown_person_costs_the_same_work_as_a_known_one(monkeypatch, kept):
    tried = []

    class Counting:
        def verify(self, against, password):
            tried.append((against[:31], password))
            return True

    monkeypatch.setattr(passwords, "HASHER", Counting())
    assert fits(kept, "guess") is bool(kept)
    assert tried == [("$argon2id$v=19$m=19456,t=2,p=1$", "guess")]


def test_a_one_time_password_can_be_read_out_on_the_phone():
    drawn = {one_time_password() for _ in range(200)}
    assert len(drawn) == 200
    for password in drawn:
        assert re.fullmatch(r"([a-z2-9]{4}-){2}[a-z2-9]{4}", password)
        assert not set("ilo01") & set(password)


def test_a_token_is_long_and_only_its_digest_is_kept():
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    # SHA-256 of "abc", FIPS 180-2, appendix B.1.
    assert token_digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert token_digest("令牌") != token_digest("令")
